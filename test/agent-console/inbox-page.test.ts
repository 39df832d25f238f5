import { describe, expect, it } from "vitest";
import {
  belongs,
  fits,
  inOrder,
  isUnread,
  waitedMs,
  wanting,
} from "../../src/agent-console/app/inbox/chats.ts";
import { Drafts } from "../../src/agent-console/app/inbox/drafts.ts";
import { filtered } from "../../src/agent-console/app/inbox/filtered.ts";
import { timeline } from "../../src/agent-console/app/inbox/timeline.ts";
import type { ShownChat } from "../../src/agent-console/inbox/shown.ts";
import { random, SEED } from "../support/long.ts";

const NOON = Date.parse("2026-11-16T12:00:00+09:00");
const MINUTE = 60_000;
const chat = (changes: Partial<ShownChat> = {}): ShownChat => ({
  id: "h1",
  operator: "jcom",
  channel: "web",
  language: "ja",
  state: "requested",
  way: "chat",
  trigger: "asked",
  topic: null,
  agent: null,
  requestedAt: NOON,
  assignedAt: null,
  doneAt: null,
  targetOn: null,
  customerSeq: 3,
  readSeq: 0,
  activeAt: NOON,
  rating: null,
  version: 1,
  ...changes,
});
const sato = { id: "sato", name: "佐藤" };

describe("what the inbox shows", () => {
  const waiting = chat();
  const own = chat({ id: "h2", state: "assigned", agent: sato, assignedAt: NOON + MINUTE });
  const others = chat({ id: "h3", state: "assigned", agent: { id: "suzuki", name: "鈴木" } });
  const later = chat({ id: "h4", way: "callback" });
  const over = chat({ id: "h5", state: "ended", agent: sato, doneAt: NOON });
  const all = [waiting, own, others, later, over];
  const shown = (view: Parameters<typeof belongs>[1]) =>
    all.filter((one) => belongs(one, view, "sato")).map(({ id }) => id);

  it("each view has its own", () => {
    expect(shown("unassigned")).toEqual(["h1"]);
    expect(shown("mine")).toEqual(["h2"]);
    expect(shown("all")).toEqual(["h1", "h2", "h3", "h4"]);
    expect(shown("callbacks")).toEqual(["h4"]);
    expect(shown("closed")).toEqual(["h5"]);
  });

  it("the wait ends when somebody comes", () => {
    expect(waitedMs(waiting, NOON + 5 * MINUTE)).toBe(5 * MINUTE);
    expect(waitedMs(own, NOON + 5 * MINUTE)).toBe(MINUTE);
    // A clock that is behind the server's makes no wait of less than nothing.
    expect(waitedMs(waiting, NOON - MINUTE)).toBe(0);
  });

  it("is narrowed by desk, language and waiting time", () => {
    const any = { operator: "", language: "", waited: 0 } as const;
    expect(fits(waiting, any, NOON)).toBe(true);
    expect(fits(waiting, { ...any, operator: "sakura-internet" }, NOON)).toBe(false);
    expect(fits(waiting, { ...any, language: "en" }, NOON)).toBe(false);
    expect(fits(waiting, { ...any, waited: 3 }, NOON + 2 * MINUTE)).toBe(false);
    expect(fits(waiting, { ...any, waited: 3 }, NOON + 3 * MINUTE)).toBe(true);
  });

  it("whoever has waited longest is first, and counts besides what one has not read", () => {
    const older = chat({ id: "h0", requestedAt: NOON - MINUTE });
    expect(inOrder([waiting, older], "unassigned").map(({ id }) => id)).toEqual(["h0", "h1"]);
    expect(isUnread(own)).toBe(true);
    expect(isUnread({ ...own, readSeq: 3 })).toBe(false);
    const { waiting: wait, unread } = wanting(all, "sato");
    expect([wait, unread].map((some) => some.map(({ id }) => id))).toEqual([["h1"], ["h2"]]);
  });
});

describe("the talk", () => {
  const at = (time: string) => Date.parse(`2026-11-${time}+09:00`);

  it("has the day in Japan where one begins, and notes where they were written", () => {
    const lines = [{ at: at("15T23:59:00") }, { at: at("16T00:00:00") }, { at: at("16T09:00:00") }];
    const notes = [{ at: at("16T08:00:00") }, { at: at("17T08:00:00") }];
    expect(timeline(lines, notes, true).map((one) => (one.kind === "day" ? one.day : one.kind))).toEqual([
      "2026-11-15",
      "line",
      "2026-11-16",
      "line",
      "note",
      "line",
      "2026-11-17",
      "note",
    ]);
  });

  it("notes that are older than the first line wait for earlier pages", () => {
    const [lines, notes] = [[{ at: at("16T09:00:00") }], [{ at: at("15T08:00:00") }]];
    expect(timeline(lines, notes, false).some(({ kind }) => kind === "note")).toBe(false);
    expect(timeline(lines, notes, true).some(({ kind }) => kind === "note")).toBe(true);
  });

  it("has each line and each note once, in their order, whatever the times", () => {
    const next = random();
    for (let round = 0; round < 200; round += 1) {
      const some = (count: number) =>
        Array.from({ length: count }, () => ({
          at: at("10T00:00:00") + Math.floor(next() * 5 * 86_400_000),
        }));
      const [lines, notes] = [some(20), some(5)];
      const shown = timeline(lines, notes, true);
      const kept = shown.flatMap((one) => (one.kind === "line" ? [one.line] : []));
      expect(kept, `MADOGUCHI_SEED=${SEED}`).toEqual(lines);
      expect(
        shown.filter(({ kind }) => kind === "note"),
        `MADOGUCHI_SEED=${SEED}`,
      ).toHaveLength(5);
    }
  });
});

describe("ready replies", () => {
  const find = (typed: string) =>
    filtered(
      ["あいさつ Greeting", "終わりのあいさつ Closing", "手数料 Fees"],
      typed,
      (one) => one,
      (one) => (one.startsWith("手数料") ? "手数料は１１００円です" : ""),
    );

  it("are found by any writing of their words, the beginning of a title first", () => {
    expect(find("あいさつ")).toEqual(["あいさつ Greeting", "終わりのあいさつ Closing"]);
    expect(find("アイサツ 終わり")).toEqual(["終わりのあいさつ Closing"]);
    expect(find("ＦＥＥＳ")).toEqual(["手数料 Fees"]);
    expect(find("1100")).toEqual(["手数料 Fees"]);
    expect(find("")).toHaveLength(3);
    expect(find("ない")).toEqual([]);
  });
});

describe("drafts", () => {
  it("are kept by chat, replies and notes apart; the same words keep their key, others get one", () => {
    const keys = ["one", "two", "three", "four", "five"];
    const drafts = new Drafts<string>(() => keys.pop() ?? "");
    const first = drafts.keepReply("a", { text: "half" });
    drafts.keepNote("a", "private");
    expect(drafts.reply("a")).toEqual(first);
    expect(drafts.reply("b").text).toBe("");
    expect(drafts.note("a")).toBe("private");
    const second = drafts.keepReply("a", { text: "half a sentence" });
    expect(second.key).not.toBe(first.key);
    expect(drafts.said("a", second).text).toBe("");
    expect([drafts.hasReply("a"), drafts.note("a")]).toEqual([false, "private"]);
  });

  it("keep what was written while the words before it were being sent", () => {
    let keys = 0;
    const drafts = new Drafts<string>(() => String(keys++));
    const sent = drafts.keepReply("a", { text: "Good morning.", cited: "clause" });
    drafts.keepReply("a", { text: "Good morning.\n/gre" });
    expect(drafts.said("a", sent)).toMatchObject({ text: "/gre", cited: null });
    const next = drafts.keepReply("a", { text: "One moment." });
    drafts.keepReply("a", { text: "Other words.", cited: "another" });
    expect(drafts.said("a", next)).toMatchObject({ text: "Other words.", cited: "another" });
    expect(drafts.hasReply("a")).toBe(true);
  });
});
