import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Locale } from "../../../src/reply/locale.ts";
import { browserPath, openPage } from "../../support/browser.ts";
import { freePort } from "../../support/desk.ts";
import { measure } from "../../support/long.ts";
import { type DeskProcess, ready, start } from "../../support/process.ts";
import { ROOT } from "../../support/repository.ts";
import { tempFolder } from "../../support/temp.ts";
import { until } from "../../support/until.ts";

/** Microsoft's own client for bots, which speaks Bot Framework over HTTP and draws cards as Teams does. */
const PLAYGROUND = "node_modules/@microsoft/m365agentsplayground/cli.js";
const START_MS = 60_000;

/** Why it cannot be run here; undefined when it can. */
const missing = !existsSync(join(ROOT, PLAYGROUND))
  ? "Microsoft 365 Agents Playground is not installed"
  : await browserPath().then(
      () => undefined,
      (error: Error) => error.message,
    );
if (missing) console.warn(`skipped, the Playground does not start: ${missing}`);

async function playground(desk: DeskProcess): Promise<DeskProcess> {
  const port = String(await freePort());
  const folder = tempFolder();
  const env = {
    PORT: port,
    HOME: folder,
    TEAMSAPPTESTER_BROWSER: "none",
    M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, "log.txt"),
  };
  const told = ["start", "-e", `${desk.url}/api/messages`, "-c", "msteams", "-p", port, "--dt"];
  const client = start(PLAYGROUND, env, [], [], told);
  const up = () =>
    fetch(client.url).then(
      (response) => response.ok,
      () => false,
    );
  await until(up, START_MS, "the Playground");
  return client;
}

/** All that can be read in the chat. */
const read = (page: Page) => page.innerText("body");

async function say(page: Page, text: string): Promise<void> {
  const box = page.locator('[role="textbox"][contenteditable="true"]').first();
  await box.click();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

const shows = (page: Page, pattern: RegExp) =>
  until(async () => pattern.test(await read(page)), 20_000, String(pattern));

/** What is typed, and what must be shown then. */
interface Script {
  question: [string, RegExp];
  /** The request, up to the address that is asked for last. */
  wish: readonly [string, RegExp][];
  send: string;
}
const SCRIPTS: Readonly<Record<Locale, Script>> = {
  en: {
    question: ["Do you record calls?", /We may record telephone calls/],
    wish: [
      ["stop sending me advertising", /What would you like to stop/],
      ["email", /Which e-mail address/],
    ],
    send: "Send this request",
  },
  ja: {
    question: ["電話は録音されていますか", /録音することがあります/],
    wish: [
      ["広告のメールを止めてほしい", /止めたいご案内は、どれですか/],
      ["メール", /ご案内のメールが届くアドレス/],
    ],
    send: "この内容で申し込む",
  },
};

it.skipIf(missing).each(["en", "ja"].slice(0, measure(1, 2)) as Locale[])(
  "a request is filed in Microsoft's Playground, from the greeting to the receipt (%s)",
  async (locale) => {
    const { question, wish, send } = SCRIPTS[locale];
    const desk = start("src/main.ts", {
      PORT: String(await freePort()),
      DATA_DIR: tempFolder(),
      TEAMS_ANONYMOUS: "1",
      TEAMS_OPERATOR: "jcom",
    });
    await ready(desk);
    const client = await playground(desk);
    const page = await openPage({ viewport: { width: 1_280, height: 1_000 } });
    await page.goto(client.url);
    await shows(page, /privacy desk of J:COM/);
    const picture = (name: string) => shoot(page, `${locale}-${name}`);

    await say(page, question[0]);
    await shows(page, question[1]);
    await picture("answer");
    for (const [n, [text, shown]] of wish.entries()) {
      await say(page, text);
      await shows(page, shown);
      await picture(`question-${n + 1}`);
    }
    await say(page, "name@example.jp");
    const confirm = page.getByRole("button", { name: send });
    await confirm.waitFor({ timeout: 20_000 });
    await picture("review");
    await confirm.click();
    await shows(page, /[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{4}/);
    await picture("receipt");
    // What was pressed stands closed in its place.
    await until(async () => (await confirm.count()) === 0, 10_000, "a closed review");
    expect(desk.output()).not.toMatch(/"level":50/);
  },
  180_000,
);

/** A picture for whoever wants to look, where MADOGUCHI_PICTURES names a folder. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.MADOGUCHI_PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `playground-${name}.png`) });
}
