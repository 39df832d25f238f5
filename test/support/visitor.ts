import { join } from "node:path";
import type { BrowserContext, BrowserContextOptions, Frame, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import type { Website } from "../../src/app.ts";
import { loadBundle } from "../../src/widget/bundle/load.ts";
import { theBrowser } from "./browser.ts";
import { type DeskOptions, openDesk, type TestDesk } from "./desk.ts";
import { theContent } from "./lessons.ts";
import { talkingBrain } from "./talking-brain.ts";
import { tempFolder } from "./temp.ts";
import { until } from "./until.ts";

const ROOT = join(import.meta.dirname, "../..");
let site: Website | undefined;

/** What browsers are served, as in production. */
export function website(): Website {
  if (site) return site;
  const content = theContent();
  site = {
    operators: [...content.operators.values()],
    content,
    bundle: loadBundle(ROOT),
  };
  return site;
}

/** A desk with its website, closed when the test ends. */
export async function openWebsite(options: Partial<DeskOptions> = {}): Promise<TestDesk> {
  const desk = await openDesk({
    dataDir: tempFolder(),
    brain: talkingBrain(),
    website: website(),
    ...options,
  });
  onTestFinished(() => desk.stop());
  return desk;
}

/** A customer in an open chat, with all that is around it. */
export interface Chatting extends Visitor {
  desk: TestDesk;
  context: BrowserContext;
  frame: Frame;
}

export interface SharedBrowser {
  context(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A desk of its own, its sample page in Japanese, and the chat opened there. */
  chat(options?: BrowserContextOptions, desk?: Partial<DeskOptions>): Promise<Chatting>;
}

/** The tests' browser, with contexts and desks that end with the test. */
export function sharedBrowser(): SharedBrowser {
  async function contextOf(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const browser = await theBrowser();
    const context = await browser.newContext({ locale: "ja-JP", timezoneId: "Asia/Tokyo", ...options });
    onTestFinished(() => context.close());
    return context;
  }
  return {
    context: contextOf,
    async chat(options = {}, around = {}) {
      const desk = await openWebsite(around);
      const context = await contextOf(options);
      const visitor = await visit(context, `${desk.url}/demo/jcom?lang=ja`);
      return { ...visitor, desk, context, frame: await openChat(visitor.page) };
    },
  };
}

/** Somebody on a page with the launcher, and what their browser complained about. */
export interface Visitor {
  page: Page;
  /** Errors of pages and console, refused by policies among them. */
  complaints: string[];
}

export async function visit(context: BrowserContext, address: string): Promise<Visitor> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource|WebSocket connection/.test(message.text()))
      complaints.push(message.text());
  });
  await page.goto(address);
  return { page, complaints };
}

/** Opens the chat by the launcher, and waits until one can write. */
export async function openChat(page: Page): Promise<Frame> {
  await page.locator("madoguchi-desk .launcher").click();
  return chatIn(page);
}

/** The chat's frame once it is there and has been greeted. */
export async function chatIn(page: Page): Promise<Frame> {
  const found = () => page.frames().find((frame) => frame.url().includes("/widget/"));
  await until(() => found() !== undefined, 10_000, "a frame");
  const frame = found();
  if (!frame) throw new Error("no frame");
  await frame.locator("#message, .ended").first().waitFor();
  await frame.locator(".choices, .message, .ended").first().waitFor();
  return frame;
}

/** Writes and sends by Enter. */
export async function say(frame: Frame, text: string): Promise<void> {
  await frame.fill("#message", text);
  await frame.press("#message", "Enter");
}

/** Everything that both sides said, in order, as it stands on the screen. */
export async function said(frame: Frame): Promise<string[]> {
  return frame.locator(".message .bubble").allInnerTexts();
}

/** Waits until the desk has said so many things. */
export async function answered(frame: Frame, count: number): Promise<void> {
  await frame.locator(`.message.desk >> nth=${count - 1}`).waitFor({ timeout: 15_000 });
}
