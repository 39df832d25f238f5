import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HandoffDesk } from "../../src/handoff/desk.ts";
import { BotService, Person } from "../support/bot-service.ts";
import { theBrain } from "../support/brain.ts";
import { openDesk, type TestDesk } from "../support/desk.ts";
import { agent, key } from "../support/handoffs.ts";
import { deliver, LinePlatform, userOf, webhook } from "../support/line-platform.ts";
import { sharedFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

/** A person on the channels that push: LINE and Teams, each against its stand-in. */
const folder = sharedFolder();
const sato = agent("佐藤");
// Monday the 16th, ten in the morning in Japan.
const began = Date.now();
const clock = { now: () => Date.UTC(2026, 10, 16, 1) + Date.now() - began };
let line: LinePlatform;
let service: BotService;
let desk: TestDesk;

beforeAll(async () => {
  [line, service] = [await LinePlatform.open(), await BotService.open(clock.now)];
  desk = await openDesk({
    dataDir: folder.path,
    env: { ...line.env(), ...service.env(), OPERATORS: "jcom" },
    brain: await theBrain(),
    staffed: true,
    clock,
  });
}, 120_000);
afterAll(async () => {
  expect(line.problems).toEqual([]);
  await desk.stop();
  await line.close();
  await service.close();
  folder.remove();
});

const waiting = async (port: HandoffDesk, channel: string) => {
  const found = async () =>
    (await port.list(sato, { states: ["requested"] }, 50)).handoffs.find((one) => one.channel === channel);
  await until(async () => (await found()) !== undefined, 10_000, "a call");
  return (await found())?.id ?? "";
};

async function talksToAPerson(
  channel: string,
  say: (text: string) => Promise<void>,
  heard: () => string[],
  dots: () => number,
) {
  const port = desk.app.desk;
  const hears = (part: string) =>
    until(() => heard().some((one) => one.includes(part)), 10_000, `${part}; heard ${heard().join(" | ")}`);
  await say("担当者と話したい");
  await hears("次にご案内します");
  const id = await waiting(port, channel);
  await port.claim(sato, id);
  await hears("佐藤が対応いたします");
  const before = heard().length;
  await say("録音について聞きたいです");
  await port.note(sato, id, "planted-note");
  // Dots while the person writes, and none only because the customer has written.
  const shown = dots();
  await sleep(1_500);
  expect(dots()).toBe(shown);
  await port.typing(sato, id);
  await until(() => dots() > shown, 5_000, "dots");
  for (const text of ["はい、", "どうぞ。"]) await port.say(sato, id, key(), text);
  await hears("どうぞ。");
  const said = heard().slice(before);
  expect(said.length).toBe(2);
  expect(said[0]).toContain("はい、");
  await port.end(sato, id, "planted-note");
  await hears("ここからは自動応答");
  await say("よかった");
  await hears("今後の参考");
  expect(await port.get(sato, id)).toMatchObject({ handoff: { rating: "up" } });
  expect(heard().join()).not.toContain("planted-note");
}

describe("a talk with a person", () => {
  it("on LINE: under the agent's own name, in order; the first answer free by the reply token, the next pushed", async () => {
    const user = userOf(1);
    const heard = () => line.of(user).map((message) => JSON.stringify(message));
    const say = async (text: string) => {
      expect((await deliver(desk.url, webhook([line.text(user, text)]))).status).toBe(200);
    };
    const dots = () => line.loading.filter((one) => one === user).length;
    await talksToAPerson("line", say, heard, dots);
    const senders = heard().filter((one) => one.includes('"sender":{"name":"佐藤"}'));
    expect(senders.length).toBe(2);
    const how = (part: string) =>
      line.reached.find(({ to, messages }) => to === user && JSON.stringify(messages).includes(part))?.how;
    expect([how("はい、"), how("どうぞ。")]).toEqual(["reply", "push"]);
  }, 120_000);

  it("in Teams: the agent's name stands above their words", async () => {
    const person = new Person(service, desk.url, { locale: "ja-JP" });
    const heard = () => person.heard().map(Person.words);
    const say = async (text: string) => {
      expect((await person.say(text)).status).toBe(200);
    };
    const dots = () => service.sent.filter(({ activity }) => activity.type === "typing").length;
    await talksToAPerson("teams", say, heard, dots);
    expect(heard().filter((one) => /佐藤：\s*(はい|どうぞ)/.test(one)).length).toBe(2);
    expect(JSON.stringify(service.sent)).not.toMatch(/handoff\.(initiate|status)/);
  }, 120_000);

  it("in a chat that others read along nobody is called: how to reach a person is said", async () => {
    const person = new Person(service, desk.url, { locale: "ja-JP" });
    const shared = { conversation: { id: person.conversation, conversationType: "channel" } };
    await person.post({ ...shared, text: "担当者と話したい" });
    await until(
      () => person.heard().map(Person.words).join().includes("0120-999-000"),
      10_000,
      "the contact",
    );
    expect((await desk.app.desk.list(sato, { states: ["requested", "assigned"] }, 10)).handoffs).toEqual([]);
  }, 120_000);
});
