import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import type { AdaptiveCard } from "../../src/channels/teams/cards/element.ts";
import { HOSTS, type Theme } from "./card-hosts.ts";

const LIBRARY = createRequire(import.meta.url).resolve("adaptivecards/dist/adaptivecards.js");

const DRAWING = join(import.meta.dirname, "draw-cards.js");

/** Paints the buttons as Teams does: the library leaves that to its host. */
const STYLE = (dark: boolean) => `
body { margin: 0; padding: 16px; background: ${dark ? "#1f1f1f" : "#f5f5f5"}; }
.card { margin-bottom: 16px; border-radius: 6px; overflow: hidden; box-shadow: 0 1px 3px #0005; }
.ac-pushButton { font: 600 14px/20px system-ui, sans-serif; padding: 5px 12px; border-radius: 4px; cursor: pointer;
  border: 1px solid ${dark ? "#8a8a8a" : "#c7c7c7"}; background: ${dark ? "#292929" : "#fff"}; color: ${dark ? "#fff" : "#242424"}; min-height: 32px; max-width: 100%; white-space: normal; text-align: left; }
.ac-pushButton.style-positive, .ac-pushButton.primary { background: #4f52b2; border-color: #4f52b2; color: #fff; }
.ac-pushButton.style-destructive { color: ${dark ? "#f1707b" : "#b10e1c"}; }
.ac-input { font: 14px/20px system-ui, sans-serif; padding: 5px 8px; width: 100%; box-sizing: border-box; background: ${dark ? "#1f1f1f" : "#fff"}; color: inherit; border: 1px solid #8a8a8a; border-radius: 4px; }
.ac-input-container label { font: 14px/20px system-ui, sans-serif; color: ${dark ? "#fff" : "#242424"}; }
.ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect { border: 0 !important; padding: 0 !important; background: none !important; }
input[type=radio], input[type=checkbox] { width: auto; }
.ac-anchor, a { color: ${dark ? "#a6a7dc" : "#4f52b2"}; }
`;

/** What the library thought of a card, and what stands in the page. */
export interface Drawn {
  warnings: string[];
  text: string;
}

/** A page of one host that draws cards with Microsoft's library. Nothing in it may ask for anything outside. */
export class CardPage {
  readonly page: Page;
  /** Addresses that were asked for. */
  readonly asked: string[] = [];
  private readonly theme: Theme;

  private constructor(page: Page, theme: Theme) {
    this.page = page;
    this.theme = theme;
  }

  /** `width`: of the pane, in CSS pixels. */
  static async open(browser: Browser, theme: Theme, width = 420): Promise<CardPage> {
    const page = await browser.newPage({ viewport: { width, height: 600 } });
    onTestFinished(() => page.close());
    const cards = new CardPage(page, theme);
    await page.route("**/*", (route) => {
      cards.asked.push(route.request().url());
      return route.abort();
    });
    await page.setContent(
      `<!doctype html><html lang="ja"><style>${STYLE(theme !== "light")}</style><main></main></html>`,
    );
    for (const path of [LIBRARY, DRAWING]) await page.addScriptTag({ content: readFileSync(path, "utf8") });
    return cards;
  }

  /** Draws the cards below each other, in the place of those before; what was told by their buttons is kept in `told`. */
  draw(cards: readonly AdaptiveCard[]): Promise<Drawn[]> {
    const given = JSON.stringify({ cards, config: HOSTS[this.theme] });
    return this.page.evaluate(
      `drawCards(${given.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029")})`,
    );
  }

  /** What buttons have told since the last drawing. */
  told(): Promise<{ type: string; data?: unknown; url?: string }[]> {
    return this.page.evaluate("told");
  }

  close(): Promise<void> {
    return this.page.close();
  }
}
