import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import type { Brain } from "../../../src/turn/talk.ts";
import { callingBrain } from "../../support/calling-brain.ts";
import { openDesk } from "../../support/desk.ts";
import { agent, key } from "../../support/handoffs.ts";
import { deliver, type Event, LinePlatform, userOf, visible, webhook } from "../../support/line-platform.ts";
import { measure } from "../../support/long.ts";
import { standInBrain } from "../../support/stand-in-brain.ts";
import { tempFolder } from "../../support/temp.ts";
import { until } from "../../support/until.ts";

const sato = agent("佐藤");
const [HOUR_MS, MARK] = [3_600_000, "/v2/bot/chat/markAsRead"];

interface Given {
  /** Whether the account's chat is on. */
  chat?: boolean;
  brain?: Brain;
}

async function opened({ chat = true, brain = standInBrain({ operators: ["jcom"] }) }: Given = {}) {
  const line = await LinePlatform.open();
  line.chat = chat;
  let pastMs = 0;
  const desk = await openDesk({
    dataDir: tempFolder(),
    env: { ...line.env(), OPERATORS: "jcom" },
    brain,
    staffed: true,
    clock: { now: () => Date.now() + pastMs },
  });
  onTestFinished(async () => {
    expect(line.problems).toEqual([]);
    await desk.stop();
    await line.close();
  });
  const send = async (...events: Event[]) => {
    expect((await deliver(desk.url, webhook(events))).status).toBe(200);
  };
  const metrics = async () => (await fetch(`${desk.url}/metrics`)).text();
  const counted = async (state: string) =>
    Number(
      new RegExp(
        `^madoguchi_read_marks_total\\{channel="line",operator="jcom",state="${state}"\\} (\\d+)`,
        "m",
      ).exec(await metrics())?.[1] ?? 0,
    );
  const isRead = (user: string, read: number, of: number) =>
    until(() => line.read(user).read === read && line.read(user).of === of, 5_000, `${read} of ${of} read`);
  const pass = (ms: number) => {
    pastMs += ms;
  };
  return { line, desk, send, counted, isRead, pass };
}

it("69: what the bot has answered is shown as read, each message once; a press on a button reads what was written before it", async () => {
  const { line, desk, send, counted, isRead } = await opened();
  const user = userOf(1);
  for (const n of [1, 2]) {
    await send(line.text(user, `id-${n}`));
    await isRead(user, n, n);
  }
  await send(line.pressed(user, "c=repeat"));
  await until(() => visible(line.of(user)).includes("#3"));
  expect(line.calls.get(MARK)).toBe(2);
  await until(async () => (await counted("marked")) === 2);
  expect(desk.lines.join()).not.toContain("mark-");
});

it("69: where the chat is off LINE marks by itself: it is asked that, and nothing is marked; once it is on, we mark", async () => {
  const { line, send, isRead, pass } = await opened({ chat: false });
  const user = userOf(1);
  for (const n of [1, 2, 3]) {
    await send(line.text(user, `id-${n}`));
    await until(() => visible(line.of(user)).includes(`id-${n}`));
  }
  await until(() => line.calls.has("/v2/bot/info"));
  await sleep(100);
  expect(line.calls.get("/v2/bot/info")).toBe(1);
  expect(line.calls.has(MARK)).toBe(false);
  line.chat = true;
  pass(HOUR_MS);
  await send(line.text(user, "id-4"));
  await isRead(user, 4, 4);
});

it("69: what is written to a person stays unread until they have seen it, and no further than they have", async () => {
  const { line, desk, send, isRead } = await opened({ brain: callingBrain() });
  const [user, port] = [userOf(1), desk.app.desk];
  await send(line.text(user, "人と話したい"));
  await isRead(user, 1, 1);
  const [call] = (await port.list(sato, { states: ["requested"] }, 1)).handoffs;
  const id = call?.id ?? "";
  await port.claim(sato, id);
  const seqs: number[] = [];
  for (const text of ["first", "second", "third"]) {
    await send(line.text(user, text));
    await until(async () => (await port.look(sato, id))?.lines.at(-1)?.text === text);
    seqs.push((await port.look(sato, id))?.lines.at(-1)?.seq ?? 0);
  }
  // Somebody else looks on, and a note is written: nobody who answers has read it.
  await port.read(agent("鈴木"), id, seqs[2] ?? 0);
  await port.note(sato, id, "a note");
  await sleep(200);
  expect(line.read(user)).toEqual({ read: 1, of: 4 });
  await port.read(sato, id, seqs[1] ?? 0);
  await isRead(user, 3, 4);
  await port.read(sato, id, seqs[1] ?? 0);
  await port.read(sato, id, seqs[2] ?? 0);
  await isRead(user, 4, 4);
  await port.say(sato, id, key(), "hello");
  await until(() => visible(line.of(user)).includes("hello"));
  expect(line.calls.get(MARK)).toBe(3);
});

it("69: a mark that fails is tried again, unless a later one has stood for it; it fails no turn", async () => {
  const { line, desk, send, counted, isRead } = await opened();
  const user = userOf(1);
  await send(line.text(user, "id-1"));
  await isRead(user, 1, 1);
  line.failing.add(MARK);
  await send(line.text(user, "id-2"));
  await until(() => line.calls.get(MARK) === 2);
  await until(() => visible(line.of(user)).includes("id-2"));
  line.failing.clear();
  await send(line.text(user, "id-3"));
  await isRead(user, 3, 3);
  // The one that waited for its next try has become needless.
  await sleep(measure(0, 2_300));
  expect(line.calls.get(MARK)).toBe(3);
  expect([await counted("marked"), await counted("failed"), await counted("refused")]).toEqual([2, 0, 0]);
  expect(desk.lines.join()).not.toContain("turn.failed");
});

it("69: while marks are not answered at all, customers are, each at once", async () => {
  const { line, send } = await opened();
  line.silent.add(MARK).add("/v2/bot/info");
  for (const n of [1, 2, 3]) {
    await send(line.text(userOf(n), `id-${n}`), line.text(userOf(n), `id-${n}0`));
    await until(() => visible(line.of(userOf(n))).includes(`id-${n}0`), 3_000, "an answer");
  }
  expect(line.read(userOf(1))).toEqual({ read: 0, of: 2 });
});

it("69: a message without a token is answered; one whose token is not good is counted as refused, once", async () => {
  const { line, send, counted, isRead } = await opened();
  const user = userOf(1);
  const bare = line.text(user, "id-1");
  delete (bare.message as { markAsReadToken?: string }).markAsReadToken;
  await send(bare);
  await until(() => visible(line.of(user)).includes("id-1"));
  const forged = line.text(user, "id-2");
  (forged.message as { markAsReadToken?: string }).markAsReadToken = "of-another-account";
  await send(forged);
  await until(async () => (await counted("refused")) === 1);
  expect(line.problems.splice(0)).toEqual(["no such token of a message"]);
  // One that is right.
  await send(line.text(user, "id-3"));
  await isRead(user, 3, 3);
  expect(line.calls.get(MARK)).toBe(2);
});

it("69: a message that was taken back is marked by nobody", async () => {
  const { line, desk, send } = await opened({ brain: callingBrain() });
  const [user, port] = [userOf(1), desk.app.desk];
  await send(line.text(user, "人と話したい"));
  await until(() => line.read(user).read === 1);
  const id = (await port.list(sato, { states: ["requested"] }, 1)).handoffs[0]?.id ?? "";
  await port.claim(sato, id);
  const wrong = line.text(user, "wrong");
  await send(wrong);
  const lines = async () => (await port.look(sato, id))?.lines ?? [];
  await until(async () => (await lines()).at(-1)?.text === "wrong");
  const seq = (await lines()).at(-1)?.seq ?? 0;
  await send(line.event("unsend", user, { unsend: { messageId: (wrong.message as { id: string }).id } }));
  await until(async () => (await lines()).at(-1)?.text === "");
  await port.read(sato, id, seq);
  await sleep(200);
  expect(line.read(user).read).toBe(1);
  expect(line.calls.get(MARK)).toBe(1);
});
