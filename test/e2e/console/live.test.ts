import { expect, it } from "vitest";
import { theBrain } from "../../support/brain.ts";
import { openConsole } from "../../support/console.ts";
import { until } from "../../support/until.ts";
import { sharedBrowser } from "../../support/visitor.ts";
import { violations } from "../widget/support/accessible.ts";
import { type AgentPage, agentPage } from "./support/agent.ts";
import { websiteCustomer } from "./support/customer.ts";

const browser = sharedBrowser();
const brain = await theBrain();
const NOTE = "ご家族の契約は別。昨日もお電話あり";

it("two agents and three customers: called, claimed once, talked, noted, passed on, handed back, filed", async () => {
  const around = await openConsole({ brain }, { runs: true });
  const { desk } = around;
  const sato = await agentPage(around, browser, "sato");
  const suzuki = await agentPage(
    around,
    browser,
    "suzuki",
    { jcom: ["agent"] },
    { locale: "en-US", colorScheme: "dark" },
  );
  const clean = async (agent: AgentPage, state: string) =>
    expect(await violations(agent.page.mainFrame()), state).toEqual([]);

  const first = await websiteCustomer(desk, browser);
  await first.say("ダイレクトメールを止めて");
  await first.hears("どの");
  await first.say("担当者と話したい");
  await first.hears("次にご案内します");
  // Both hear of it at once, wherever they are.
  for (const agent of [sato, suzuki]) {
    await agent.page.locator(".chat-list a").waitFor({ timeout: 3_000 });
    await until(async () => (await agent.page.title()).startsWith("(1)"), 3_000, "the count in the title");
  }
  await clean(sato, "inbox");
  for (const agent of [sato, suzuki]) {
    await agent.press("w");
    await agent.page.locator(".take .main-button").waitFor();
  }
  await clean(suzuki, "a chat that waits");
  await Promise.all([sato.press("c"), suzuki.press("c")]);
  const has = (agent: AgentPage) => agent.page.locator("#reply").isVisible();
  await until(async () => (await has(sato)) || (await has(suzuki)), 5_000, "somebody has it");
  const [one, other] = (await has(sato)) ? [sato, suzuki] : [suzuki, sato];
  await other.page.locator("section.chat").getByText(`${one.login} さん`).first().waitFor();
  expect(await has(other)).toBe(false);

  await first.hears(`${one.login} さんが対応いたします`);
  await one.press("r");
  await one.page.keyboard.type("お待たせしました。郵便とメールのどちらを止めますか。");
  await one.press("Enter");
  await first.hears("お待たせしました");
  await first.say("両方お願いします");
  for (const agent of [one, other]) await agent.shows("両方お願いします");
  await clean(one, "talking");

  // What the staff write for the staff stays there.
  await other.press("n");
  await other.page.keyboard.type(NOTE);
  await other.press("Control+Enter");
  for (const agent of [one, other]) await agent.page.locator(".entry.note", { hasText: NOTE }).waitFor();

  await one.press("Escape", "t");
  await one.page.locator("dialog input[type=radio]").first().waitFor();
  await clean(one, "passing on");
  await one.page.getByRole("radio", { name: `${other.login} さん` }).check();
  await one.page.locator("dialog textarea").fill("郵送とメールの停止です。");
  await one.page.locator("dialog .main-button").click();
  await other.page.locator("#reply").waitFor();
  await other.page.locator(".entry.note", { hasText: "郵送とメールの停止です。" }).waitFor();
  expect(await has(one)).toBe(false);
  await first.hears(`${other.login} さん`);

  // A clause by one key, said with its source.
  await other.page.locator(".suggestions button").first().waitFor();
  const title = await other.page.locator(".suggestions b").first().innerText();
  await other.page.locator("#reply").focus();
  await other.press("Alt+1", "Enter");
  await first.hears(title);
  // A ready reply by a slash.
  await other.page.keyboard.type("/あいさつ");
  await other.page.locator('.canned [aria-selected="true"]').waitFor();
  await clean(other, "ready replies");
  await other.press("Enter");
  await until(
    async () => (await other.page.locator("#reply").inputValue()).length > 10,
    2_000,
    "a ready reply",
  );
  await other.press("Enter");
  await until(async () => (await other.page.locator("#reply").inputValue()) === "", 3_000, "said");

  await other.press("Escape", "e");
  await other.page.locator("dialog textarea").fill("停止の手続きへ");
  await other.page.locator("dialog .main-button").click();
  await first.hears("いかがでしたか");
  expect(first.reached()).toContain("お待たせしました");
  for (const secret of [NOTE, "郵送とメールの停止です。", "停止の手続きへ"])
    expect(first.reached()).not.toContain(secret);
  for (const { complaints } of [sato, suzuki]) expect(complaints).toEqual([]);
}, 90_000);
