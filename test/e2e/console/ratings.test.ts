import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { callIn } from "../../support/chats.ts";
import { type ConsoleDesk, openConsole } from "../../support/console.ts";
import { agent } from "../../support/handoffs.ts";
import { measure } from "../../support/long.ts";
import { ROOT } from "../../support/repository.ts";
import { sharedBrowser } from "../../support/visitor.ts";
import { violations } from "../widget/support/accessible.ts";
import { type AgentPage, agentPage } from "./support/agent.ts";

/** Where pictures go; unset: nowhere. */
const FOLDER = process.env.MADOGUCHI_PICTURES;
const browser = sharedBrowser();
const HOUR = 3_600_000;

async function filled({ store, clock, desk }: ConsoleDesk): Promise<void> {
  const now = clock.at;
  const said: [string[], "up" | "down", string | null][] = [
    [["call-recording"], "down", "わかりにくかった: もう少し短く教えてください"],
    [["call-recording"], "up", null],
    [["purposes"], "up", "すぐに分かって助かりました"],
    [["third-parties"], "down", "知りたいことが書かれていなかった"],
    [[], "down", "質問と違う答えだった"],
  ];
  for (const [i, [clauses, rating, reason]] of said.entries()) {
    clock.at = now - (said.length - i) * HOUR;
    const words = { kind: "answer" as const, clauses, citations: [], score: 1 };
    const { conversation } = await callIn(store, "jcom", ["質問です"], clock.at, { words });
    const chat = await store.conversations.find(conversation);
    const answer = chat && (await store.transcript.after(chat, 0, 10)).find(({ by }) => by === "bot");
    if (chat && answer) await store.feedbacks.put(chat, { activityId: answer.id, rating, reason }, clock.at);
  }
  clock.at = now;
  for (const id of ["a-sato", "a-sato", "a-suzuki"]) {
    const by = agent(id, { id, operators: ["jcom"] });
    const { handoff } = await callIn(store, "jcom", ["質問です"], now);
    await desk.app.desk.claim(by, handoff);
    await desk.app.desk.end(by, handoff, "");
  }
}

it("72: a supervisor sees what customers thought, in both languages; an agent is not offered it", async () => {
  const around = await openConsole({ staffed: true });
  await around.hire("suzuki", { jcom: ["agent"] }, "鈴木");
  await filled(around);
  const sato = await agentPage(around, browser, "sato", { jcom: ["agent"] }, {}, "佐藤");
  expect(await sato.page.getByRole("link", { name: "お客さまの評価" }).count()).toBe(0);
  await sato.press("g", "f");
  expect(new URL(sato.page.url()).hash).not.toContain("ratings");
  const boss = (options: object) => (name: string) =>
    agentPage(around, browser, name, { jcom: ["supervisor"] }, options);
  const modes = [
    ["ja", boss({ locale: "ja-JP" })],
    ["en-dark", boss({ locale: "en-US", colorScheme: "dark" })],
    ["ja-dark", boss({ locale: "ja-JP", colorScheme: "dark" })],
    ["en", boss({ locale: "en-US", viewport: { width: 700, height: 900 } })],
  ] as const;
  for (const [mode, open] of modes.slice(0, FOLDER ? 4 : measure(1, 4))) {
    const page = await open(`boss-${mode}`);
    await looksAt(page, mode);
    expect(page.complaints).toEqual([]);
  }
}, 90_000);

async function looksAt({ page, press }: AgentPage, mode: string): Promise<void> {
  await press("g", "f");
  await page.locator(".counts").first().waitFor();
  const answers = page.locator("section", { has: page.locator("#ratings-answers") });
  const rows = await answers.locator("tbody tr").allInnerTexts();
  expect(rows).toHaveLength(4);
  expect(await answers.locator("tfoot td").allInnerTexts()).toEqual(["2", "3", "40%"]);
  expect(await answers.locator(".reasons li").count()).toBe(4);
  const handoffs = page.locator("section", { has: page.locator("#ratings-handoffs") });
  expect(await handoffs.locator("tbody tr").first().innerText()).toMatch(/佐藤\s+2/);
  expect(await violations(page.mainFrame()), mode).toEqual([]);
  if (FOLDER) {
    mkdirSync(join(ROOT, FOLDER), { recursive: true });
    await page.screenshot({ path: join(ROOT, FOLDER, `ratings${mode === "ja" ? "" : `-${mode}`}.png`) });
  }
  // Days before there was anything.
  await page.locator("#ratings-from").fill("2026-11-01");
  await page.locator("#ratings-to").fill("2026-11-02");
  await page.locator(".empty-line").nth(1).waitFor();
  await page.locator("#ratings-to").fill("2026-10-01");
  await page.locator(".problem").waitFor();
  await page.locator(".shortcuts button").nth(1).click();
  await page.locator(".reasons li").first().waitFor();
}
