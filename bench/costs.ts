import type { KyselyPlugin } from "kysely";
import type { ChatSearch } from "../src/agent-console/inbox/chats.ts";
import { randomIds } from "../src/keys.ts";
import { loadTexts } from "../src/reply/texts.ts";
import { type Place, Seal } from "../src/storage/seal.ts";
import { openSqlite } from "../src/storage/sqlite/open.ts";
import { storesOn } from "../src/storage/store.ts";
import { createHandoffDesk } from "../src/turn/handoff-desk.ts";
import { callingBrain } from "../test/support/calling-brain.ts";
import { times } from "../test/support/many.ts";

const ROUNDS = 20;
/** Hand-offs and lines of a page of the console. */
const [LISTED, READ] = [50, 101];

/** What was asked of the database, and what was opened of it. */
const spent = { queries: 0, rows: 0, opened: 0 };

const counting: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult({ result }) {
    spent.queries += 1;
    spent.rows += result.rows.length;
    return Promise.resolve(result);
  },
};

class CountingSeal extends Seal {
  override open(place: Place, sealed: Uint8Array): unknown {
    spent.opened += 1;
    return super.open(place, sealed);
  }
}

/** What each reading of the inbox costs on a full desk, whatever else the machine does: without HTTP, sign-in and audit. */
export async function printCosts(path: string, dataKey: Uint8Array, chats: number): Promise<void> {
  const database = openSqlite(path);
  const counted = { ...database, reader: database.reader.withPlugin(counting) };
  const store = await storesOn(counted, new CountingSeal(dataKey));
  const desk = createHandoffDesk({
    brain: callingBrain(),
    texts: await loadTexts("locales"),
    store,
    ids: randomIds,
    ...{ clock: { now: () => Date.now() }, random: (n: number) => new Uint8Array(n) },
    ...{ pushes: () => false, onActivities() {}, onTyping() {}, onRead() {}, onMoved() {} },
  });
  const inbox = store.console.chats;
  const search = (what: ChatSearch) => () => inbox.search("jcom", what, LISTED, null);
  const list = (show: "unassigned" | "mine" | "all") => () =>
    inbox.list("jcom", { show, account: "agent-7" }, LISTED, null);
  const by = { id: "agent-7", name: "A", role: "agent", operators: ["jcom"] };
  const kinds: [string, (n: number) => Promise<unknown>][] = [
    ["search: two words said everywhere", search({ words: "解約 手続き" })],
    ["search: a word of one chat", (n) => search({ words: `顧客${(n * 37) % chats}` })()],
    ["search: a word, state, agent", search({ words: "料金", state: "assigned", agent: "agent-7" })],
    ["search: three words, those who wait", search({ words: "書類 録音 請求", state: "requested" })],
    ["search: topic", search({ topic: "fees" })],
    ["search: nothing to be found", search({ words: "zzz" })],
    ["list: all", list("all")],
    ["list: unassigned", list("unassigned")],
    ["list: mine", list("mine")],
    ["counts of the views", () => inbox.counts("jcom")],
    ["colleagues", () => store.console.accounts.at("jcom")],
    ["a transcript's page", (n) => desk.look(by, `handoff-${(n * 37) % chats}`, { most: READ })],
    ["how every chat stands", () => inbox.open()],
    ["the clock's round", () => store.handoffs.pending()],
  ];
  for (const [what, run] of kinds) {
    await run(0);
    Object.assign(spent, { queries: 0, rows: 0, opened: 0 });
    const before = process.cpuUsage();
    for (const n of times(ROUNDS)) await run(n);
    const { user, system } = process.cpuUsage(before);
    const [queries, rows, opened] = [spent.queries, spent.rows, spent.opened].map((sum) =>
      Math.round(sum / ROUNDS),
    );
    const ms = ((user + system) / 1_000 / ROUNDS).toFixed(1);
    console.log(
      `${what.padEnd(36)} ${queries} queries, ${rows} rows, ${opened} opened, ${ms} ms of processor`,
    );
  }
  desk.stop();
  await store.close();
}
