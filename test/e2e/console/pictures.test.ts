import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { it } from "vitest";
import { theBrain } from "../../support/brain.ts";
import { Chat } from "../../support/client.ts";
import { openConsole } from "../../support/console.ts";
import { fileAll, request } from "../../support/filing.ts";
import { ROOT } from "../../support/repository.ts";
import { until } from "../../support/until.ts";
import { sharedBrowser } from "../../support/visitor.ts";
import { type AgentPage, agentPage } from "./support/agent.ts";

/** Where they go: `MADOGUCHI_PICTURES=docs/console npx vitest run test/e2e/console/pictures.test.ts`; unset: nowhere. */
const FOLDER = process.env.MADOGUCHI_PICTURES;
const browser = sharedBrowser();
const MODES = {
  ja: { locale: "ja-JP" },
  "ja-dark": { locale: "ja-JP", colorScheme: "dark" },
  en: { locale: "en-US" },
  "en-dark": { locale: "en-US", colorScheme: "dark" },
} as const satisfies Record<string, BrowserContextOptions>;
const ALL = process.env.MADOGUCHI_PICTURES_ALL === "1";
const GRANTS = { jcom: ["agent"], "sakura-internet": ["agent"] } as const;

it.runIf(FOLDER).each(ALL ? (Object.keys(MODES) as (keyof typeof MODES)[]) : ["ja" as const])(
  "the pictures of docs/console.md: %s",
  async (mode) => {
    const folder = join(ROOT, FOLDER ?? "");
    mkdirSync(folder, { recursive: true });
    const around = await openConsole({ brain: await theBrain() }, { runs: true });
    const { desk, clock, store } = around;
    const chat = async (...said: string[]) => {
      const one = await Chat.open(desk.url);
      for (const text of said) {
        await one.say(text);
        await until(
          async () => (await one.all()).at(-1)?.from.role === "bot",
          10_000,
          `an answer to ${text}`,
        );
      }
      return one;
    };
    // An operator is staffed once somebody can sign in.
    await around.hire("takahashi", GRANTS, "高橋");
    await fileAll(
      store,
      "jcom",
      ["KQ7M2XW4HD", "TR9P3ZC6YA"].map((receipt) => request(receipt)),
    );
    await chat("何歳から契約できますか", "担当者と話したい");
    clock.at += 110_000;
    await chat("個人情報を第三者に渡していますか", "人と話したいです");
    clock.at += 40_000;
    const customer = await chat(
      "電話は録音していますか",
      "ダイレクトメールを止めてほしい",
      "郵便",
      "東京都千代田区丸の内1-1-1",
    );
    await customer.say("担当者と話したい");
    await until(
      async () => (await customer.all()).some(({ text }) => text?.includes("お呼び")),
      10_000,
      "a place in the queue",
    );
    clock.at += 20_000;
    const sato = await agentPage(
      around,
      browser,
      "sato",
      GRANTS,
      { ...MODES[mode], viewport: { width: 1200, height: 720 } },
      "佐藤",
    );
    const suzuki = await agentPage(around, browser, "suzuki", GRANTS, {}, "鈴木");
    const take = takeOf(sato, folder, mode);
    await sato.page.locator(".chat-list a").nth(2).waitFor();
    await sato.page.waitForTimeout(300);
    await take("inbox");
    await sato.press("j", "j", "j", "Enter");
    await sato.page.locator(".take .main-button").waitFor();
    await take("waiting");
    await sato.press("c");
    await sato.page.locator("#reply").waitFor();
    await sato.page.keyboard.type("お待たせしました、佐藤です。郵便のご案内ですね。");
    await sato.press("Enter");
    await sato.page.locator(".entry.agent").last().waitFor();
    await suzuki.page.goto(sato.page.url());
    await suzuki.page.locator("#note").fill("昨日、同じ住所のご家族からもお電話がありました。");
    await suzuki.page.locator("#note").press("Control+Enter");
    await sato.page.locator(".entry.note").last().waitFor();
    await customer.say("はい。録音した内容は、どのくらい保存されますか");
    await sato.page.locator(".suggestions button").first().waitFor();
    await sato.page.locator(".said p").waitFor({ state: "detached" });
    await take("chat");
    await sato.page.locator("#reply").focus();
    await sato.page.keyboard.type("/");
    await sato.page.locator(".canned").waitFor();
    await take("canned");
    await sato.press("Escape", "Backspace", "Escape", "f");
    await sato.page.locator("#fill-in-box input").first().waitFor();
    await take("fill-in");
    await sato.press("Escape", "t");
    await sato.page.locator("dialog").waitFor();
    await take("transfer");
    await sato.press("Escape");
    await sato.press("?");
    await sato.page.locator(".key-lists").waitFor();
    await take("keys");
    await sato.press("Escape", "g", "r");
    await sato.page.locator(".requests").waitFor();
    await take("register");
  },
  180_000,
);

function takeOf({ page }: AgentPage, folder: string, mode: string) {
  return (what: string) =>
    page.screenshot({ path: join(folder, `${what}${mode === "ja" ? "" : `-${mode}`}.png`) });
}
