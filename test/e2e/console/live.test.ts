import { expect, it, onTestFinished } from "vitest";
import { BotService } from "../../support/bot-service.ts";
import { theBrain } from "../../support/brain.ts";
import { openConsole } from "../../support/console.ts";
import { LinePlatform } from "../../support/line-platform.ts";
import { LONG } from "../../support/long.ts";
import { until } from "../../support/until.ts";
import { sharedBrowser } from "../../support/visitor.ts";
import { violations } from "../widget/support/accessible.ts";
import { type AgentPage, agentPage } from "./support/agent.ts";
import { type Customer, lineCustomer, teamsCustomer, websiteCustomer } from "./support/customer.ts";

const browser = sharedBrowser();
const brain = await theBrain();
const PASSED_ON = "郵送とメールの停止です。";
const OUTCOME = "停止の手続きへ";
const NOTE = "ご家族の契約は別。昨日もお電話あり";

it("two agents and three customers: called, claimed once, talked, noted, passed on, handed back, filed", async () => {
  const [line, service] = [await LinePlatform.open(), await BotService.open(() => clock.now())];
  onTestFinished(() => Promise.all([line.close(), service.close()]).then(() => {}));
  const env = { ...line.env(), ...service.env(), OPERATORS: "jcom" };
  const around = await openConsole({ brain, env }, { runs: true });
  const { desk, clock } = around;
  const sato = await agentPage(around, browser, "sato");
  const suzuki = await agentPage(
    around,
    browser,
    "suzuki",
    { jcom: ["agent"] },
    { locale: "en-US", colorScheme: "dark" },
  );
  const clean = async (agent: AgentPage, state: string, always = false) => {
    if (always || LONG) expect(await violations(agent.page.mainFrame()), state).toEqual([]);
  };

  const first = await websiteCustomer(desk, browser);
  await first.say("ダイレクトメールを止めて");
  await first.hears("住所");
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
  // Whoever has taken it can write at once.
  await one.page.waitForFunction(() => document.activeElement?.id === "reply");
  await one.page.keyboard.type("お待たせしました。郵便とメールのどちらを止めますか。");
  await one.press("Enter");
  await first.hears("お待たせしました");
  await first.say("両方お願いします");
  for (const agent of [one, other]) await agent.shows("両方お願いします");
  await clean(one, "talking", true);

  // What the staff write for the staff stays there.
  await other.press("n");
  await other.page.keyboard.type(NOTE);
  await other.press("Control+Enter");
  for (const agent of [one, other]) await agent.page.locator(".entry.note", { hasText: NOTE }).waitFor();

  await one.press("Escape", "t");
  await one.page.locator("dialog input[type=radio]").first().waitFor();
  await clean(one, "passing on");
  await one.page.getByRole("radio", { name: `${other.login} さん` }).check();
  await one.page.locator("dialog textarea").fill(PASSED_ON);
  await one.page.locator("dialog .main-button").click();
  await other.page.locator("#reply").waitFor();
  await other.page.locator(".entry.note", { hasText: PASSED_ON }).waitFor();
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

  // The open form, answered for the customer, who sees it.
  await other.press("Escape", "f");
  await other.page.locator("#fill-in-box input").first().waitFor();
  await clean(other, "answering for the customer");
  await other.page.keyboard.type("東京都千代田区丸の内1-1-1");
  await other.press("Enter");
  await other.page.locator(".beside .answers").getByText("千代田区").waitFor();

  const more = await twoMore();

  await other.page.locator("#timeline").focus();
  await other.press("e");
  await other.page.locator("dialog textarea").fill(OUTCOME);
  await other.page.locator("dialog .main-button").click();
  // Back at the question that stood open, and on to the paper.
  await first.hears("いかがでしたか");
  await first.hears("お名前");
  await first.say("山田太郎");
  await first.hears("ご確認");
  await first.say("送信");
  await first.hears("受付番号");
  expect(first.reached()).toContain("お待たせしました");
  for (const secret of [NOTE, PASSED_ON, OUTCOME])
    for (const customer of [first, ...more]) expect(customer.reached()).not.toContain(secret);
  expect(line.problems).toEqual([]);
  for (const { complaints } of [sato, suzuki]) expect(complaints).toEqual([]);

  async function twoMore(): Promise<Customer[]> {
    // Two more at the same time, on LINE and in Teams, each in their own language.
    const [second, third] = [lineCustomer(desk, line), teamsCustomer(desk, service)];
    await second.say("人と話したいです");
    await second.hears("次にご案内します");
    await third.say("I want to talk to a person");
    for (const agent of [one, other])
      await until(async () => (await agent.page.title()).startsWith("(2)"), 5_000, "two that wait");
    const takeNext = async (language: "ja" | "en") => {
      await one.press("w");
      await one.page.locator(".take .main-button").waitFor();
      await one.press("c");
      await one.page.waitForFunction((l) => document.activeElement?.matches(`#reply:lang(${l})`), language);
    };
    await takeNext("ja");
    await one.page.keyboard.type("二人目のお客さまへ");
    await one.press("Enter");
    await second.hears("二人目のお客さまへ");
    expect(await one.page.locator(".cost").innerText(), "a message on LINE may cost").toContain("1");
    await one.press("Escape");
    await takeNext("en");
    await one.page.keyboard.type("Hello, third");
    await one.press("Enter");
    await third.hears("Hello, third");
    expect(await one.page.locator(".cost").count(), "Teams costs nothing").toBe(0);
    expect(second.reached()).not.toContain("Hello, third");
    expect(third.reached()).not.toContain("二人目");
    return [second, third];
  }
}, 90_000);
