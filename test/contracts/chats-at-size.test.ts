import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { expect, it } from "vitest";
import type { ChatSearch } from "../../src/agent-console/inbox/chats.ts";
import type { HandoffState } from "../../src/handoff/state.ts";
import { ChatWords } from "../../src/storage/chat-words.ts";
import { createChats } from "../../src/storage/chats.ts";
import { createHandoffs } from "../../src/storage/handoffs.ts";
import { nodeSqliteDialect } from "../../src/storage/sqlite/dialect.ts";
import type { Tables } from "../../src/storage/tables.ts";
import { measure, random, SEED } from "../support/long.ts";
import { times } from "../support/many.ts";
import { openRecords, type Records, T0 } from "../support/records.ts";

/** More than is looked through at once, here and there several called at the same time. */
const CHATS = 2_600;
const SEARCHES = measure(20, 400);
const STATES: readonly HandoffState[] = ["requested", "assigned", "ended", "abandoned"];

interface Chat {
  id: string;
  operator: string;
  state: HandoffState;
  agent: string | null;
  locale: "ja" | "en";
  channel: string;
  at: number;
  words: readonly string[];
}

/** `alpha` is said nearly everywhere, `beta` in half of the chats, `gamma` in some, `rare-n` in one. */
function chatsOf(next: () => number): Chat[] {
  const pick = <T>(some: readonly T[]): T => some[Math.floor(next() * some.length)] as T;
  return times(CHATS).map((n) => {
    const state = pick(STATES);
    return {
      id: `h-${Math.floor(next() * 1e9)}-${n}`,
      operator: next() < 0.9 ? "jcom" : "sakura-internet",
      state,
      agent: state === "requested" ? null : pick(["a-1", "a-2", "a-3"]),
      locale: pick(["ja", "ja", "en"]),
      channel: pick(["direct-line", "line"]),
      at: T0 + Math.floor(next() * 800),
      words: [
        ...(next() < 0.95 ? ["alpha"] : []),
        ...(next() < 0.5 ? ["beta"] : []),
        ...(next() < 0.05 ? ["gamma"] : []),
        `rare${n % 1_000}`,
      ],
    };
  });
}

async function fill({ ours, rows }: Records, chats: readonly Chat[]): Promise<void> {
  const words = new ChatWords(rows);
  await ours.writer.write(async (tx) => {
    for (let from = 0; from < chats.length; from += 200) {
      const some = chats.slice(from, from + 200);
      const handoffs = some.map(({ id, operator, state, agent, locale, channel, at }) => ({
        id,
        conversation_id: `c-${id}`,
        operator,
        channel,
        locale,
        state,
        way: "chat" as const,
        agent,
        requested_at: at,
        assigned_at: agent === null ? null : at,
        seen_at: at,
        read_seq: 0,
        version: 1,
        done_at: state === "ended" || state === "abandoned" ? at + 500 : null,
        told_place: null,
        told_at: null,
        rating: null,
        body: rows.handoffBody(
          { id, operator },
          {
            trigger: "asked",
            topic: null,
            clauses: [],
            agentName: agent,
            callback: null,
            resolution: null,
          },
        ),
      }));
      await tx.insertInto("handoff").values(handoffs).execute();
      const conversations = some.map(({ id, operator, channel, at }) => ({
        id: `c-${id}`,
        channel,
        operator,
        customer: new Uint8Array(),
        active_at: at,
        last_seq: 3,
        last_at: at,
        talk_version: 0,
        claim_until: 0,
      }));
      await tx
        .insertInto("conversation")
        .values(conversations as never)
        .execute();
      const said = some.flatMap(({ id, operator, words: all }) =>
        all.map((word) => ({ conversation_id: `c-${id}`, word: words.hash(operator, "word", word) })),
      );
      await tx.insertInto("chat_word").values(said).execute();
    }
  });
}

/** What must be found, newest first. */
const wantedOf = (chats: readonly Chat[], what: ChatSearch, operator = "jcom") =>
  chats
    .filter(
      (chat) =>
        chat.operator === operator &&
        (what.words ?? "")
          .split(/[ -]/)
          .filter((word) => word !== "")
          .every((word) => chat.words.includes(word)) &&
        (what.state ?? chat.state) === chat.state &&
        (what.agent ?? chat.agent) === chat.agent &&
        (what.language ?? chat.locale) === chat.locale &&
        (what.channel ?? chat.channel) === chat.channel &&
        chat.at >= (what.from ?? 0) &&
        chat.at < (what.until ?? Number.MAX_SAFE_INTEGER),
    )
    .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    .map(({ id }) => id);

it(`${SEARCHES} searches of ${CHATS} chats find page by page what a plain look at each finds; the lists hold each once`, async () => {
  console.info(`seed ${SEED}`);
  const next = random();
  const records = await openRecords();
  const chats = chatsOf(next);
  await fill(records, chats);
  const { console: staff, handoffs } = records.store;
  const pick = <T>(some: readonly T[]): T => some[Math.floor(next() * some.length)] as T;
  const maybe = <T>(value: T): T | undefined => (next() < 0.25 ? value : undefined);
  let found = 0;
  for (const n of times(SEARCHES)) {
    const rare = `rare${Math.floor(next() * 1_000)}`;
    const what: ChatSearch = {
      words: pick(["alpha", "alpha beta", "gamma", "gamma-beta", rare, `${rare} alpha`, "zeta", undefined]),
      state: maybe(pick(STATES)),
      agent: maybe("a-2"),
      language: maybe("en"),
      channel: maybe("line"),
      from: maybe(T0 + Math.floor(next() * 800)),
      until: maybe(T0 + Math.floor(next() * 800)),
    };
    const limit = pick([20, 50, 400, 3_000]);
    const wanted = wantedOf(chats, what);
    const seen: string[] = [];
    let after = null;
    do {
      const page = await staff.chats.search("jcom", what, limit, after);
      expect(page.chats.length).toBeLessThanOrEqual(limit);
      seen.push(...page.chats.map(({ id }) => id));
      after = page.next;
    } while (after);
    expect(seen, `${n}: ${JSON.stringify(what)}`).toEqual(wanted);
    found += seen.length;
  }
  // Which words are asked for is drawn: now rare ones, now those that are said everywhere.
  expect(found).toBeGreaterThan(CHATS / 20);
  const open = chats.filter(({ state }) => state === "requested" || state === "assigned");
  const ids = (some: readonly { id: string }[]) => some.map(({ id }) => id).sort();
  expect(ids(await staff.chats.open())).toEqual(ids(open));
  const pending = await handoffs.pending();
  expect(ids(pending)).toEqual(ids(open));
  const waiting = pending.filter(({ operator, state }) => operator === "jcom" && state === "requested");
  expect(waiting.map(({ place }) => place)).toEqual(times(waiting.length).map((n) => n + 1));
  expect(await handoffs.waiting("jcom")).toBe(waiting.length);
  const mine = open.filter((chat) => chat.operator === "jcom" && chat.agent === "a-1");
  expect(await staff.chats.countOf("jcom", "a-1")).toBe(mine.length);
  expect(await staff.chats.counts("jcom")).toEqual({
    all: open.filter(({ operator }) => operator === "jcom").length,
    callbacks: 0,
    unassigned: waiting.length,
  });
});

it("a page of the inbox opens what it shows and nothing else, in a few queries of which none goes through a table", async () => {
  const records = await openRecords();
  const chats = chatsOf(random(1));
  await fill(records, chats);
  const { rows, audit, ours } = records;
  const connection = new DatabaseSync(records.path);
  const asked: { sql: string; parameters: readonly unknown[] }[] = [];
  const reader = new Kysely<Tables>({
    dialect: nodeSqliteDialect(connection),
    log: ({ query }) => void asked.push(query),
  });
  let opened = 0;
  const open = rows.seal.open.bind(rows.seal);
  rows.seal.open = (...place) => {
    opened += 1;
    return open(...place);
  };
  const words = new ChatWords(rows);
  const inbox = createChats({ reader }, rows, words);
  const handoffs = createHandoffs({ ...ours, reader }, rows, audit, words);
  const list = (show: "unassigned" | "mine" | "all" | "callbacks" | "closed") => () =>
    inbox.list("jcom", { show, account: "a-1" }, 50, null);
  const search = (what: ChatSearch) => () => inbox.search("jcom", what, 50, null);
  /** The queries and the values that a page may take. */
  const most: [string, () => Promise<unknown>, number, number][] = [
    ["unassigned", list("unassigned"), 2, 50],
    ["mine", list("mine"), 2, 50],
    ["all", list("all"), 2, 50],
    ["callbacks", list("callbacks"), 1, 0],
    ["closed", list("closed"), 2, 50],
    ["counts", () => inbox.counts("jcom"), 1, 0],
    ["count of an account", () => inbox.countOf("jcom", "a-1"), 1, 0],
    ["held", () => inbox.held("jcom"), 1, 0],
    ["waiting", () => handoffs.waiting("jcom"), 1, 0],
    ["a word said everywhere", search({ words: "alpha" }), 4, 50],
    ["a word said once", search({ words: "rare7" }), 5, 3],
    ["a word and who has it", search({ words: "alpha", agent: "a-1", state: "assigned" }), 8, 50],
    ["nothing", search({ words: "zeta" }), 3, 0],
    ["a request that is not there", search({ receipt: "2222222222" }), 1, 0],
    ["one chat's stand", () => inbox.open([`c-${chats[0]?.id}`]), 1, 0],
  ];
  const planOf = (sql: string, parameters: readonly unknown[]): string[] =>
    connection
      .prepare(`explain query plan ${sql}`)
      .all(...(parameters as string[]))
      .map(({ detail }) => String(detail));
  const plans: string[] = [];
  for (const [what, run, queries, values] of most) {
    asked.length = 0;
    opened = 0;
    await run();
    expect(asked.length, what).toBeLessThanOrEqual(queries);
    expect(opened, what).toBeLessThanOrEqual(values);
    plans.push(
      ...asked.flatMap(({ sql, parameters }) => planOf(sql, parameters).map((step) => `${what}: ${step}`)),
    );
  }
  const through = (steps: readonly string[]) => steps.filter((step) => /\bSCAN (?!CONSTANT)/.test(step));
  expect(through(plans)).toEqual([]);
  // Only the few chats of a rare word are sorted; all else stands in its order.
  const sorted = plans.filter((step) => step.includes("TEMP B-TREE FOR ORDER BY"));
  expect(sorted.every((step) => /^(a word said once|nothing)/.test(step))).toBe(true);
  // The control: what does go through a table says so.
  expect(through(planOf("select id from handoff where channel = ?", ["line"]))).toHaveLength(1);
  connection.close();
});
