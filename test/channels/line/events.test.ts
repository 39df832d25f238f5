import { afterAll, beforeAll, expect, it } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { deliver, LinePlatform, userOf, visible, webhook } from "../../support/line-platform.ts";
import { standInBrain } from "../../support/stand-in-brain.ts";
import { sharedFolder } from "../../support/temp.ts";
import { until } from "../../support/until.ts";

const folder = sharedFolder();
let line: LinePlatform;
let desk: TestDesk;
let users = 0;
const newUser = () => userOf(++users);
const brain = standInBrain({ operators: ["jcom"] });
const heard: { text?: string; command?: string; files?: true }[] = [];

beforeAll(async () => {
  line = await LinePlatform.open();
  const listening = {
    ...brain,
    respond: (...given: Parameters<typeof brain.respond>) => {
      heard.push(given[2]);
      return brain.respond(...given);
    },
  };
  desk = await openDesk({ dataDir: folder.path, env: line.env(), brain: listening });
});
afterAll(async () => {
  expect(line.problems).toEqual([]);
  await desk.stop();
  await line.close();
  folder.remove();
});

const send = async (...events: object[]) => {
  const { status } = await deliver(desk.url, webhook(events));
  expect(status).toBe(200);
};
const texts = (user: string) => line.of(user).map((message) => message.text);

it("answers what is written, the opening and the answer in one reply", async () => {
  const user = newUser();
  await send(line.text(user, "こんにちは"));
  await until(() => line.of(user).length === 2);
  expect(texts(user)).toEqual(["greeting jcom", "#1 こんにちは"]);
  expect(line.reached.filter(({ to }) => to === user)).toHaveLength(1);
  expect(line.reached.at(-1)?.how).toBe("reply");
});

it("opens for whoever follows, in the language of their profile, which is asked for once", async () => {
  const user = newUser();
  line.languages.set(user, "en");
  const before = line.calls.get("/v2/bot/profile/*") ?? 0;
  await send(line.event("follow", user, { follow: { isUnblocked: false } }));
  await until(() => line.of(user).length === 1);
  await send(line.text(user, "again"));
  await until(() => line.of(user).length === 2);
  expect(texts(user)).toEqual(["greeting jcom", "#1 again"]);
  expect(line.calls.get("/v2/bot/profile/*")).toBe(before + 1);
});

it.each([
  ["sticker", {}],
  ["image", { files: true }],
  ["audio", { files: true }],
  ["video", { files: true }],
  ["file", { files: true }],
  ["location", {}],
])("hands a %s on without its contents, and fetches nothing", async (type, wanted) => {
  const user = newUser();
  await send(line.event("message", user, { message: { type, id: `9${users}`, fileName: "secret.pdf" } }));
  await until(() => line.of(user).length === 2);
  expect(heard.at(-1)).toEqual(wanted);
  expect([...line.calls.keys()].filter((path) => path.includes("content"))).toEqual([]);
});

it("takes a button for its command", async () => {
  const user = newUser();
  await send(line.pressed(user, "c=form:1.choose.what.email"));
  await until(() => line.of(user).length === 2);
  expect(heard.at(-1)).toEqual({ command: "form:1.choose.what.email" });
});

it("does nothing for events that it does not know, standby, nobody and other bots' buttons", async () => {
  const user = newUser();
  const before = heard.length;
  const nobody = { ...line.text(user, "x"), source: { type: "user" } };
  await send(
    { ...line.text(user, "standby"), mode: "standby" },
    nobody,
    line.event("membership", user),
    line.event("beacon", user, { beacon: { hwid: "d", type: "enter" } }),
    line.event("videoPlayComplete", user),
    line.event("unfollow", user),
    line.pressed(user, "another=bot"),
    { type: "future" },
    {},
  );
  await send();
  const control = newUser();
  await send(line.text(control, "control"));
  await until(() => line.of(control).length === 2);
  expect(heard.length).toBe(before + 1);
  expect(line.of(user)).toEqual([]);
});

it("says in a group that it is for one person, and leaves; in a room too, and at a message when it is still there", async () => {
  const [group, room] = [`C${"a".repeat(32)}`, `R${"b".repeat(32)}`];
  const asked = heard.length;
  await send(line.event("join", group, { source: { type: "group", groupId: group } }));
  await until(() => line.left.length === 1);
  expect(visible(line.of(group))).toContain("1対1");
  const said = line.text(room, "やあ");
  await send({ ...said, source: { type: "room", roomId: room, userId: newUser() } });
  await until(() => line.left.length === 2);
  expect(heard.length).toBe(asked);
});

it("orders the events of a webhook by their time, and takes each id once", async () => {
  const user = newUser();
  const [one, two, three] = [line.text(user, "one"), line.text(user, "two"), line.text(user, "three")];
  await send(three, one, two, one);
  await send({ ...two, deliveryContext: { isRedelivery: true } }, three);
  await until(() => line.of(user).length >= 4);
  const control = newUser();
  await send(line.text(control, "control"));
  await until(() => line.of(control).length === 2);
  expect(texts(user)).toEqual(["greeting jcom", "#1 one", "#2 two", "#3 three"]);
});

it("pushes, once, when the reply token is gone", async () => {
  const user = newUser();
  const event = line.text(user, "late");
  line.expire(event);
  await send(event);
  await until(() => line.of(user).length === 2);
  expect(line.reached.at(-1)?.how).toBe("push");
  expect(await (await fetch(`${desk.url}/metrics`)).text()).toMatch(
    /madoguchi_pushes\{channel="line",operator="jcom"\} \d/,
  );
});

it("45, P06: what is unsent is gone, with the answer that may repeat it; unsent before it came it never arrives", async () => {
  const user = newUser();
  const event = line.text(user, "私の録音番号は 0120");
  await send(event);
  await until(() => line.of(user).length === 2);
  const { message } = event as unknown as { message: { id: string } };
  await send(line.event("unsend", user, { unsend: { messageId: message.id } }));
  await send(line.event("unsend", user, { unsend: { messageId: message.id } }));
  const next = line.text(user, "never mind");
  const id = (next as unknown as { message: { id: string } }).message.id;
  await send(line.event("unsend", user, { unsend: { messageId: id } }));
  await send(next);
  await send(line.text(user, "control"));
  await until(() => line.of(user).length === 3);
  expect(texts(user).at(-1)).toBe("#2 control");
  expect(heard.some(({ text }) => text === "never mind")).toBe(false);
});
