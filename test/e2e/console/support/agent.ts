import type { BrowserContextOptions, Page } from "playwright-core";
import type { Grants } from "../../../../src/agent-console/role.ts";
import { type ConsoleDesk, codeOf, PASSWORD } from "../../../support/console.ts";
import { type SharedBrowser, type Visitor, visit } from "../../../support/visitor.ts";

/** An agent in a browser of their own, signed in. */
export interface AgentPage extends Visitor {
  id: string;
  login: string;
  /** Strokes of keys, one after the other; the page may need a moment for each. */
  press(...keys: string[]): Promise<void>;
  /** Waits until this stands on the page. */
  shows(text: string): Promise<void>;
}

/** The page's clock is the desk's. */
export async function agentPage(
  around: ConsoleDesk,
  browser: SharedBrowser,
  login: string,
  grants: Grants = { jcom: ["agent"] },
  options: BrowserContextOptions = {},
  name?: string,
): Promise<AgentPage> {
  const { desk, clock } = around;
  const staff = await around.hire(login, grants, name);
  const context = await browser.context({
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    ...options,
  });
  clock.at += 31_000;
  await context.clock.install({ time: clock.now() });
  const visitor = await visit(context, `${desk.url}/console`);
  const { page } = visitor;
  await page.locator("input[autocomplete=username]").fill(staff.login);
  await page.locator("input[type=password]").fill(PASSWORD);
  await page.locator("input[autocomplete=one-time-code]").fill(codeOf(staff, clock.now()));
  await page.keyboard.press("Enter");
  await page.locator(".side").waitFor();
  return {
    ...visitor,
    id: staff.id,
    login,
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
    shows: (text) => page.getByText(text, { exact: false }).last().waitFor({ timeout: 10_000 }),
  };
}

/** Everything that a page has been sent: answers, and frames of its streams. */
export function received(page: Page): string[] {
  const all: string[] = [];
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => all.push(String(payload))));
  page.on("response", (response) => {
    if (/json|text|event-stream/.test(response.headers()["content-type"] ?? ""))
      response.text().then(
        (text) => all.push(text),
        () => {},
      );
  });
  return all;
}
