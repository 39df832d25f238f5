import { expect, it, onTestFinished } from "vitest";
import { theBrain } from "../../support/brain.ts";
import { openConsole } from "../../support/console.ts";
import { deliver, LinePlatform, userOf, webhook } from "../../support/line-platform.ts";
import { until } from "../../support/until.ts";
import { sharedBrowser } from "../../support/visitor.ts";
import { violations } from "../widget/support/accessible.ts";
import { agentPage } from "./support/agent.ts";

const browser = sharedBrowser();
const brain = await theBrain();

it("47: the agent sees what the next reply counts: free, a push, near the limit, none left", async () => {
  const line = await LinePlatform.open();
  onTestFinished(() => line.close());
  const env = { ...line.env(), OPERATORS: "jcom", LINE_PUSH_LIMIT_JCOM: "5" };
  const around = await openConsole({ brain, env }, { runs: true });
  const { desk, clock } = around;
  const sato = await agentPage(around, browser, "sato", { jcom: ["agent"] }, { locale: "ja-JP" });
  const user = userOf(1);
  const say = async (text: string) => {
    expect((await deliver(desk.url, webhook([line.text(user, text)]))).status).toBe(200);
  };
  const how = () => line.reached.filter(({ to }) => to === user).map((one) => one.how);
  const { page } = sato;
  const cost = page.locator(".composer .cost");
  const costs = (words: string) => page.locator(".composer .cost", { hasText: words }).waitFor();
  const reply = async (text: string) => {
    const before = how().length;
    await page.locator("#reply").fill(text);
    await sato.press("Enter");
    await until(() => how().length > before, 10_000, `${text} reached the customer`);
    return how().at(-1);
  };

  await say("担当者と話したい");
  await page.locator(".chat-list a").waitFor();
  await sato.press("w");
  await page.locator(".take .main-button").waitFor();
  await sato.press("c");
  // The notice that somebody has come was pushed: it answers nothing that was written a moment ago.
  await costs("プッシュ通知1通として数えられます（今月 1 / 5通）");

  await say("昨日の件です");
  await costs("いま送ると、この返信は無料です");
  expect(await reply("お待たせしました")).toBe("reply");
  await costs("（今月 1 / 5通）");
  expect(await reply("もう少々お待ちください")).toBe("push");
  await costs("（今月 2 / 5通）");

  // A minute later the customer's words can be answered by a push alone.
  await say("はい");
  await costs("無料です");
  clock.at += 60_000;
  await page.clock.fastForward(60_000);
  await costs("（今月 2 / 5通）");
  expect(await cost.getAttribute("class")).not.toContain("near");
  for (const text of ["確認できました", "手続きは済んでいます"]) expect(await reply(text)).toBe("push");
  await costs("上限が近づいています");
  expect(await violations(page.mainFrame())).toEqual([]);
  expect(await reply("ご安心ください")).toBe("push");
  await costs("上限の5通に達したため");
  await page.locator("#reply").fill("届かないはずの返信");
  await sato.press("Enter");
  await expect
    .poll(() => page.locator(".composer button[type=submit]").isDisabled(), { timeout: 15_000 })
    .toBe(true);
  expect(await page.locator("#reply").inputValue(), "the draft stays").toBe("届かないはずの返信");
  expect(await violations(page.mainFrame())).toEqual([]);

  // The customer's next words open the way again.
  await say("ほかにもあります");
  await costs("無料です");
  await page.locator("#reply").focus();
  await sato.press("Enter");
  await until(() => how().at(-1) === "reply", 10_000, "answered by the reply token");
  expect(JSON.stringify(line.of(user).at(-1))).toContain("届かないはずの返信");
  expect(line.problems).toEqual([]);
  expect(sato.complaints).toEqual([]);
}, 60_000);
