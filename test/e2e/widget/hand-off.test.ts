import { expect, it } from "vitest";
import { theBrain } from "../../support/brain.ts";
import { agent, key } from "../../support/handoffs.ts";
import { until } from "../../support/until.ts";
import { said, say, sharedBrowser } from "../../support/visitor.ts";
import { violations } from "./support/accessible.ts";

const browser = sharedBrowser();
const brain = await theBrain();
/** A Monday at ten in Japan: the desk is open. */
const clock = () => {
  const began = Date.now();
  return { now: () => Date.UTC(2026, 10, 16, 1) + Date.now() - began };
};
const sato = agent("佐藤");

it("a person is called in the middle of a form, talks under their own name, and hands back to the open question", async () => {
  const desk_ = { brain, staffed: true, clock: clock() };
  const { desk, frame, complaints } = await browser.chat({}, desk_);
  const shows = (text: string) => frame.getByText(text, { exact: false }).last().waitFor({ timeout: 15_000 });
  const bar = frame.locator(".person .bar");
  await say(frame, "DM止めて");
  await shows("住所");
  await say(frame, "担当者と話したい");
  await shows("次にご案内します");
  expect(await bar.innerText()).toContain("担当者をお呼びしています");

  const [waiting] = (await desk.app.desk.list(sato, { states: ["requested"] }, 10)).handoffs;
  const id = waiting?.id ?? "";
  await desk.app.desk.claim(sato, id);
  await shows("佐藤が対応いたします");
  expect(await bar.innerText()).toContain("担当者が対応しています");
  expect(await frame.locator(".head .status").innerText()).toBe("有人対応");
  await say(frame, "郵便とメールのどちらも止まりますか");
  // Nobody writes yet: no dots that promise an answer.
  await until(async () => (await said(frame)).at(-1)?.includes("郵便とメール") ?? false);
  expect(await frame.locator(".typing").count()).toBe(0);
  await desk.app.desk.typing(sato, id);
  await frame.locator(".typing").waitFor();
  await desk.app.desk.say(sato, id, key(), "はい、どちらも止められます。お手続きはこのまま続けられます。");
  await frame.locator(".message.agent").waitFor();
  expect(await frame.locator(".message.agent .agent-name").innerText()).toBe("佐藤");
  expect(await violations(frame)).toEqual([]);

  await desk.app.desk.end(sato, id, "");
  await shows("いかがでしたか");
  expect(await bar.count()).toBe(0);
  // The form's open question again, with its own buttons; a thumb besides.
  await frame.getByRole("button", { name: "👍 よかった" }).waitFor();
  await frame.getByRole("button", { name: "👍 よかった" }).click();
  await shows("ありがとうございました");
  expect(await desk.app.desk.get(sato, id)).toMatchObject({ handoff: { rating: "up", state: "ended" } });
  await say(frame, "東京都千代田区丸の内1-1-1");
  await shows("お名前");
  expect(complaints).toEqual([]);
}, 120_000);

it("the way back to the bot is a button, for whoever waits and for whoever talks to a person", async () => {
  const desk_ = { brain, staffed: true, clock: clock() };
  const { desk, frame } = await browser.chat({ colorScheme: "dark" }, desk_);
  const bar = frame.locator(".person .bar");
  await say(frame, "担当者と話したい");
  await bar.waitFor();
  await bar.getByRole("button").click();
  await frame.getByText("お呼び出しを取り消しました").last().waitFor();
  expect(await bar.count()).toBe(0);
  await say(frame, "担当者と話したい");
  await bar.waitFor();
  await until(async () => {
    const [waiting] = (await desk.app.desk.list(sato, { states: ["requested"] }, 10)).handoffs;
    return waiting !== undefined && (await desk.app.desk.claim(sato, waiting.id)).kind === "done";
  });
  await frame.getByText("担当者が対応しています").first().waitFor();
  await desk.app.desk.say(
    sato,
    (await desk.app.desk.list(sato, { states: ["assigned"] }, 1)).handoffs[0]?.id ?? "",
    key(),
    "こんにちは、佐藤です。",
  );
  await frame.locator(".message.agent").waitFor();
  expect(await violations(frame)).toEqual([]);
  await bar.getByRole("button").click();
  await frame.getByText("担当者との会話を終わりました").last().waitFor();
  expect((await desk.app.desk.list(sato, {}, 10)).handoffs.map(({ state }) => state)).toEqual([
    "abandoned",
    "abandoned",
  ]);
}, 120_000);
