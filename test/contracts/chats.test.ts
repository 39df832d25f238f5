import { randomBytes } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { ChatSearch } from "../../src/agent-console/inbox/chats.ts";
import { rotate } from "../../src/storage/rotation.ts";
import { callIn, sayTo } from "../support/chats.ts";
import { openRecords, type Records, T0 } from "../support/records.ts";

const find = async ({ store }: Records, what: ChatSearch, operator = "jcom") =>
  (await store.console.chats.search(operator, what, 50, null)).chats.map(({ id }) => id);

/** What stands in the table of words. */
function words({ path }: Records): { word: number; conversation_id: string }[] {
  const db = new DatabaseSync(path, { readOnly: true });
  const rows = db.prepare("select word, conversation_id from chat_word").all();
  db.close();
  return rows as { word: number; conversation_id: string }[];
}

it("finds a chat by whole words of either language, said before or after the person was called, by the customer or the agent", async () => {
  const records = await openRecords();
  const { store } = records;
  const one = await callIn(store, "jcom", ["解約手続きを教えてください", "人に代わって"], T0, {
    reply: "秘密の返事",
  });
  const two = await callIn(store, "jcom", ["Please DELETE my recordings", "a person please"], T0 + 1);
  await sayTo(store, one.conversation, "請求書はＡＢＣ１２３です", T0 + 2);
  await store.handoffs.change(
    one.handoff,
    T0 + 3,
    () => false,
    ({ locale }) => ({
      say: {
        id: "agents-words-0001",
        message: { locale, text: "返金いたします", choices: [], words: { kind: "notice" } },
        agent: "佐藤",
      },
    }),
  );
  for (const [text, wanted] of [
    ["解約", [one.handoff]],
    ["解約手続き", [one.handoff]],
    ["解約 請求書", [one.handoff]],
    ["abc123", [one.handoff]],
    ["返金", [one.handoff]],
    ["delete", [two.handoff]],
    ["Recordings DELETE", [two.handoff]],
    // A part of a word is none, nor are words of two chats, nor what the bot says.
    ["record", []],
    ["解約 delete", []],
    ["秘密", []],
  ] as const)
    expect(await find(records, { words: text }), text).toEqual(wanted);
});

it("narrows by state, agent, language, channel, topic and day, page by page; another operator's are not there", async () => {
  const records = await openRecords();
  const { store } = records;
  const [ja, en] = [
    await callIn(store, "jcom", ["録音"], T0, { topic: "call-recording" }),
    await callIn(store, "jcom", ["録音 please"], T0 + 1_000, { locale: "en", channel: "line" }),
  ];
  const foreign = await callIn(store, "sakura-internet", ["録音"], T0);
  for (const [what, wanted] of [
    [{ words: "録音" }, [en, ja]],
    [{ language: "en" }, [en]],
    [{ channel: "line" }, [en]],
    [{ topic: "call-recording" }, [ja]],
    [{ topic: "fees" }, []],
    [{ state: "ended" }, []],
    [{ state: "requested", from: T0 + 1 }, [en]],
    [{ until: T0 + 1_000 }, [ja]],
    [{ agent: "a-1" }, []],
  ] as const)
    expect(await find(records, what), JSON.stringify(what)).toEqual(wanted.map(({ handoff }) => handoff));
  expect(await find(records, { words: "録音" }, "sakura-internet")).toEqual([foreign.handoff]);
  const first = await store.console.chats.search("jcom", { words: "録音" }, 1, null);
  expect(first.chats.map(({ id }) => id)).toEqual([en.handoff]);
  const second = await store.console.chats.search("jcom", { words: "録音" }, 1, first.next);
  expect([second.chats.map(({ id }) => id), second.next]).toEqual([[ja.handoff], null]);
});

it("an operator's words say nothing beside another's; nothing readable stands there; a chat that nobody was called to has none", async () => {
  const records = await openRecords();
  const { store } = records;
  const ours = await callIn(store, "jcom", ["ヤマダタロウ"], T0);
  const theirs = await callIn(store, "sakura-internet", ["ヤマダタロウ"], T0);
  await store.conversations.create({ id: "alone", channel: "line", operator: "jcom", customer: "c" }, T0);
  await sayTo(store, "alone", "ヤマダタロウ", T0);
  const rows = words(records);
  const of = (id: string) =>
    new Set(rows.filter((row) => row.conversation_id === id).map(({ word }) => word));
  expect(of(ours.conversation).size).toBeGreaterThan(1);
  expect([...of(ours.conversation)].filter((word) => of(theirs.conversation).has(word))).toEqual([]);
  expect(of("alone").size).toBe(0);
  expect(rows.every(({ word }) => Number.isSafeInteger(word))).toBe(true);
});

it("goes with the chat, and with the last hand-off of a chat; a change of the data key leaves it", async () => {
  const records = await openRecords();
  const { store } = records;
  const [erased, old, kept] = [
    await callIn(store, "jcom", ["ひみつ 解約"], T0),
    await callIn(store, "jcom", ["古い 解約"], T0),
    await callIn(store, "jcom", ["新しい 解約"], T0),
  ];
  await store.conversations.erase(erased.conversation, T0 + 1);
  await store.handoffs.change(
    old.handoff,
    T0 + 1,
    () => false,
    ({ handoff }) => ({
      standing: { ...handoff, state: "abandoned", doneAt: T0 + 1 },
    }),
  );
  const week = 8 * 86_400_000;
  await store.conversations.purge("jcom", T0 - 1, T0 + week);
  expect(await find(records, { words: "解約" })).toEqual([kept.handoff]);
  expect(new Set(words(records).map((row) => row.conversation_id))).toEqual(new Set([kept.conversation]));
  const next = randomBytes(32);
  const told = { at: T0, actor: "officer", role: "officer", operator: "*", reason: "yearly" };
  await rotate(records, next, told, { settled: () => sleep(40), pause: () => Promise.resolve() });
  await records.close();
  const fresh = await openRecords({ folder: records.folder, key: next });
  expect(await find(fresh, { words: "解約" })).toEqual([kept.handoff]);
});
