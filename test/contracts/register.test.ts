import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import type { Answers } from "../../src/dialog/form/form.ts";
import { createInMemoryRegister } from "../../src/requests/in-memory.ts";
import type { Change } from "../../src/requests/register.ts";
import { migrations } from "../../src/storage/migrations.ts";
import { Rows } from "../../src/storage/rows.ts";
import { Seal } from "../../src/storage/seal.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { createStores, type Stores } from "../../src/storage/store.ts";
import type { Arrival, Claim, Job, Result } from "../../src/turn/store.ts";
import type { Talk } from "../../src/turn/talk.ts";
import { bytesIn } from "../support/files.ts";
import { measure } from "../support/long.ts";
import { withTables } from "../support/tables.ts";
import { tempFolder } from "../support/temp.ts";
import {
  type At,
  at,
  byCode,
  byNumber,
  DAY_MS,
  file,
  registerContract,
  type Subject,
  sameAs,
  T0,
} from "./register.contract.ts";

const claim: Claim = { by: "one", leaseMs: 1_000 };
const other: Claim = { by: "two", leaseMs: 1_000 };

function result(changes: readonly Change[] = [], more: Partial<Result> = {}): Result {
  return { state: "done", talk: { locale: "ja" }, messages: [], changes, ...more };
}

const saving = (code: string, until = T0 + 7 * DAY_MS): Change => ({
  do: "save",
  code,
  until,
  draft: { form: "deletion", answers: { name: "山田太郎" }, asking: "address" },
});

let events = 0;
function arrival({ conversation, channel }: Pick<At, "conversation" | "channel">): Arrival {
  events += 1;
  const body = { kind: "message" as const, incoming: { text: "x" }, activity: null, digest: "" };
  return { conversation, channel, eventId: `${events}`, ...body };
}

/** The customer's next message, whose turn runs now. */
async function arrive(store: Stores, who: At, now: number): Promise<Job> {
  const { conversation: id, channel, operator, customer } = who;
  if (!(await store.conversations.find(id)))
    await store.conversations.create({ id, channel, operator, customer }, now);
  const received = await store.inbox.receive(arrival(who), now, claim);
  if (received.kind !== "recorded" || !received.job) throw new Error("no turn");
  return received.job;
}

async function turn(store: Stores, who: At, outcome: Result, now = T0): Promise<void> {
  const job = await arrive(store, who, now);
  expect(await store.inbox.commit(job, outcome, now, claim, false)).toMatchObject({ kind: "committed" });
}

let folder: string;
let path: string;
let store: Stores;
const open = async () => {
  const opened = await createStores(openSqlite(await withTables(path)), key);
  onTestFinished(() => opened.close());
  return opened;
};
let key: Uint8Array;
beforeEach(async () => {
  folder = tempFolder();
  path = join(folder, "desk.db");
  key = randomBytes(32);
  store = await open();
});

/** Rows as they stand in the file. */
function rows(query: string): Record<string, unknown>[] {
  const db = new DatabaseSync(path, { readOnly: true });
  const found = db.prepare(query).all();
  db.close();
  return found.map((row) => ({ ...row }));
}
const count = (table: string) => rows(`select count(*) as n from ${table}`)[0]?.n;

registerContract("sqlite", (): Subject => {
  return { register: store.register, apply: (who, changes, now) => turn(store, who, result(changes), now) };
});

let memory: ReturnType<typeof createInMemoryRegister>;
beforeEach(() => {
  memory = createInMemoryRegister();
});
registerContract("in memory", (): Subject => {
  return { register: memory, apply: async (who, changes, now) => memory.apply(who, changes, now) };
});

const RACES = measure(15, 1_000);

it(`R11: a double click in each of two tabs, at two processes, ${RACES} times: one request, one event, one receipt`, async () => {
  const [one, two] = [store, await open()];
  for (let race = 0; race < RACES; race += 1) {
    const [who, now] = [at(`race-${race}`), T0 + race * 10_000];
    const { conversation: id, channel, operator, customer } = who;
    await one.conversations.create({ id, channel, operator, customer }, now);
    const told: string[] = [];
    const tabs = [
      { process: one, by: claim },
      { process: two, by: other },
    ];
    // Each turn thinks up a receipt of its own, and knows nothing of the others.
    const run = async ({ process, by }: (typeof tabs)[number], first: Job | null, clock: number) => {
      for (let job = first; job; ) {
        const receipt = `${race}/${by.by}/${job.inboxId}/${job.tries}`;
        const done = await process.inbox.commit(job, result([file(receipt)]), clock, by, false);
        if (done.kind === "committed") told.push(receipt);
        job = done.kind === "committed" ? done.next : null;
      }
    };
    const clicks = tabs.flatMap((tab) => [tab, tab]);
    await Promise.all(
      clicks.map(async (tab) => {
        const received = await tab.process.inbox.receive(arrival(who), now, tab.by);
        if (received.kind === "recorded") await run(tab, received.job, now);
      }),
    );
    await Promise.all(
      tabs.map(async (tab) => {
        for (const job of await tab.process.inbox.claimDue(now + 2_000, 10, tab.by))
          await run(tab, job, now + 2_000);
      }),
    );
    expect(told).toHaveLength(4);
    const shown = told.map((receipt, n) => one.register.look(at(`r${race}/${n}`), byNumber(receipt), now));
    expect((await Promise.all(shown)).map((found) => "request" in found && found.request?.receipt)).toEqual([
      told[0],
      undefined,
      undefined,
      undefined,
    ]);
  }
  expect([count("request"), count("request_event")]).toEqual([RACES, RACES]);
}, 600_000);

it("a process that went to sleep over its turn files nothing after another one has", async () => {
  const who = at();
  const asleep = await arrive(store, who, T0);
  const two = await open();
  const [job] = await two.inbox.claimDue(T0 + 1_001, 1, other);
  if (!job) throw new Error("no turn");
  expect([asleep.receivedAt, job.receivedAt, job.tries]).toEqual([T0, T0, 2]);
  await two.inbox.commit(job, result([file("R1")]), T0 + 1_001, other, false);
  expect(await store.inbox.commit(asleep, result([file("R2")]), T0 + 1_002, claim, false)).toEqual({
    kind: "lost",
  });
  expect(await store.register.look(at(), byNumber("R1"), T0)).toMatchObject({ request: { receipt: "R1" } });
  expect([count("request"), count("request_event")]).toEqual([1, 1]);
});

it("a receipt that is taken undoes the whole turn, which then runs again with another one", async () => {
  await turn(store, at("c1"), result([file("R1")]));
  const job = await arrive(store, at("c2"), T0);
  const message = { locale: "ja" as const, text: "x", choices: [], words: { kind: "notice" as const } };
  const outcome = result([file("R1")], { messages: [{ id: "m1", message }], formUntil: T0 + DAY_MS });
  await expect(store.inbox.commit(job, outcome, T0, claim, false)).rejects.toMatchObject({
    reason: "receipt-taken",
  });
  expect(await store.transcript.after(job.conversation, 0, 10)).toEqual([]);
  const [again] = await store.inbox.claimDue(T0 + 1_001, 1, claim);
  expect(again).toMatchObject({ inboxId: job.inboxId, tries: 2, talkVersion: job.talkVersion });
  if (!again) return;
  const second = { ...outcome, changes: [file("R2")] };
  expect(await store.inbox.commit(again, second, T0, claim, false)).toMatchObject({ kind: "committed" });
  expect(rows("select seq, actor, kind, at from request_event order by request_id")).toEqual(
    [1, 1].map((seq) => ({ seq, actor: "customer", kind: "received", at: T0 })),
  );
});

it("another process sees what was filed, tried and taken", async () => {
  const two = await open();
  await turn(store, at(), result([file("R1", { person: "taro" }), saving("D1", T0 + 1)]));
  for (let n = 0; n < 5; n += 1) await store.register.look(at(), byNumber("R1", "wrong"), T0);
  expect(await two.register.look(at(), byNumber("R1"), T0)).toMatchObject({ locked: true });
  expect(await two.register.look(at("c2"), sameAs("taro"), T0)).toMatchObject({ open: { receipt: "R1" } });
  const both = [store, two].map((process, n) => process.register.look(at(`c${n}`), byCode("D1"), T0));
  expect((await Promise.all(both)).filter((found) => "draft" in found && found.draft)).toHaveLength(1);
});

it.each([
  ["by its customer", (id: string) => store.conversations.erase(id, T0 + 1)],
  ["by retention", () => store.conversations.purge("jcom", T0 + 1, T0 + 2)],
])(
  "a chat erased %s leaves its requests and their events, and nothing of drafts saved from it",
  async (_, erase) => {
    const changes = [file("R1", { person: "taro" }), saving("D1"), saving("D2")];
    await turn(store, at("c1"), result(changes));
    await turn(store, at("c2", { operator: "sakura-internet" }), result([saving("D1")]));
    await turn(store, at("c1"), result([{ do: "withdraw", receipt: "R1" }]));
    await store.register.look(at("c1"), byCode("wrong"), T0);
    const sealed = rows("select body from draft where operator = 'jcom'").map((row) =>
      Buffer.from(row.body as Uint8Array),
    );
    await erase("c1");
    expect([count("request"), count("request_event"), count("draft"), count("attempt")]).toEqual([
      1, 2, 1, 0,
    ]);
    expect(rows("select seq, kind from request_event order by seq")).toEqual([
      { seq: 1, kind: "received" },
      { seq: 2, kind: "withdrawn" },
    ]);
    expect(await store.register.look(at("c9"), byNumber("R1"), T0)).toMatchObject({
      request: { state: "withdrawn" },
    });
    expect(sealed).toHaveLength(2);
    const bytes = bytesIn(folder);
    for (const body of sealed) expect(bytes.includes(body)).toBe(false);
  },
);

it("the purge takes drafts at their time and wrong tries when they can lock nothing any more", async () => {
  await turn(store, at("c1"), result([saving("D1", T0 + 7 * DAY_MS), saving("D2", T0 + 8 * DAY_MS)]));
  for (let n = 0; n < 5; n += 1) await store.register.look(at(), byNumber("R1", "x"), T0 + n * 20_000_000);
  const left = async (now: number) => {
    await store.conversations.purge("jcom", 0, now);
    return [count("draft"), count("attempt")];
  };
  const last = T0 + 80_000_000;
  expect(await left(last + DAY_MS - 1)).toEqual([2, 5]);
  expect(await store.register.look(at(), byNumber("R1", "x"), last + DAY_MS - 1)).toMatchObject({
    locked: true,
  });
  expect(await left(last + 2 * DAY_MS + 1)).toEqual([2, 0]);
  expect(await left(T0 + 7 * DAY_MS - 1)).toEqual([2, 0]);
  expect(await left(T0 + 7 * DAY_MS)).toEqual([1, 0]);
  expect(await left(T0 + 8 * DAY_MS)).toEqual([0, 0]);
});

/** The stack of a form with these answers. */
const formWith = (answers: Answers) => ({
  dialogStack: [{ id: "form", state: { form: "disclosure" as const, n: 1, answers, asking: "name" } }],
});

it("a lapsed form leaves the talk and the files, everything else of the talk stays", async () => {
  const talk: Talk = { locale: "en", misses: 2, dialog: formWith({ name: PLANTED }) };
  const formUntil = T0 + DAY_MS;
  const state = () => rows("select talk_version, form_until from conversation order by id");
  const next = async (id: string, now: number) => (await arrive(store, at(id), now)).talk;
  for (let n = 0; n < 250; n += 1) await turn(store, at(`lapsed-${n}`), result([], { talk, formUntil }));
  await turn(store, at("running"), result([], { talk, formUntil: formUntil + 1 }));
  await turn(store, at("none"), result([], { talk }));
  await turn(store, at("elsewhere", { operator: "sakura-internet" }), result([], { talk, formUntil }));
  const old = rows("select talk from conversation where id like 'lapsed%'").map((row) =>
    Buffer.from(row.talk as Uint8Array),
  );
  await store.conversations.purge("jcom", 0, formUntil - 1);
  expect(state().filter((row) => row.form_until !== null)).toHaveLength(252);
  expect(bytesIn(folder).includes(old[0] as Buffer)).toBe(true);

  await store.conversations.purge("jcom", 0, formUntil);
  expect(state().slice(1, 251)).toEqual(Array(250).fill({ talk_version: 2, form_until: null }));
  expect(state().at(-1)).toEqual({ talk_version: 1, form_until: formUntil + 1 });
  const bytes = bytesIn(folder);
  expect(old.filter((value) => bytes.includes(value))).toEqual([]);
  expect(await next("lapsed-7", formUntil)).toEqual({ locale: "en", misses: 2 });
  for (const id of ["running", "none", "elsewhere"]) expect(await next(id, formUntil)).toEqual(talk);
});

it("a form is not taken from whoever runs its chat, and who lost the chat meanwhile writes nothing", async () => {
  const talk: Talk = { locale: "ja", dialog: formWith({}) };
  const formUntil = T0 + 10;
  await turn(store, at(), result([], { talk, formUntil }));
  const job = await arrive(store, at(), T0 + 500);
  await store.conversations.purge("jcom", 0, T0 + 1_499);
  expect(rows("select form_until from conversation")).toEqual([{ form_until: formUntil }]);
  // The lease has lapsed, its holder sleeps.
  await store.conversations.purge("jcom", 0, T0 + 1_500);
  expect(await store.inbox.commit(job, result([file("R1")]), T0 + 1_501, claim, false)).toEqual({
    kind: "lost",
  });
  const [again] = await store.inbox.claimDue(T0 + 1_502, 1, claim);
  expect(again?.talk).toEqual({ locale: "ja" });
  expect(count("request")).toBe(0);
});

it("a turn that leaves no form in progress says so by saying nothing", async () => {
  await turn(store, at(), result([], { formUntil: T0 + DAY_MS }));
  expect(rows("select form_until from conversation")).toEqual([{ form_until: T0 + DAY_MS }]);
  await turn(store, at(), result());
  expect(rows("select form_until from conversation")).toEqual([{ form_until: null }]);
});

const PLANTED = "山田太郎 090-1234-5678";

it("P03: nothing that was told, no number and no code stands readable in the files, also while it is tried", async () => {
  const code = "status-code-planted";
  const planted = file("RCPTPLANTD", {
    code,
    answers: { name: PLANTED },
    person: PLANTED,
    consent: "consent-planted",
  });
  const draft = { form: "deletion" as const, answers: { name: PLANTED }, asking: "asking-planted" };
  const save: Change = { do: "save", code: "draft-code-planted", until: T0 + DAY_MS, draft };
  const customer = `dl_${PLANTED}`;
  const who = () => at("c1", { customer });
  await turn(store, who(), result([planted, save]));
  await store.register.look(who(), { look: "request", receipt: "RCPTPLANTD", code: "try-planted" }, T0);
  await store.register.look(who(), { look: "request", receipt: "UNKNWPLNTD", code }, T0);
  await store.register.look(who(), byCode("draft-try-planted"), T0);
  expect(await store.register.look(who(), byCode("draft-code-planted"), T0)).toEqual({
    look: "draft",
    draft,
  });
  expect(await store.register.look(at(), byNumber("RCPTPLANTD", code), T0)).toMatchObject({
    request: { receipt: "RCPTPLANTD" },
  });
  expect(count("attempt")).toBe(3);
  const bytes = bytesIn(folder);
  for (const word of ["山田", "090-1234", "planted", "PLANTD", "PLNTD"]) {
    const utf8 = Buffer.from(word);
    const spellings = [
      utf8,
      Buffer.from(word, "utf16le"),
      ...(["base64", "hex"] as const).map((e) => Buffer.from(utf8.toString(e))),
    ];
    for (const spelling of spellings) expect(bytes.includes(spelling), `${word} in ${spelling}`).toBe(false);
  }
  expect(bytes.includes(Buffer.from("2027-01-29"))).toBe(true);
});

it("P04: the sealed body of another request or draft does not open", async () => {
  await turn(store, at(), result([file("R1"), file("R2", { form: 2 }), saving("D1"), saving("D2")]));
  for (const table of ["request", "draft"]) {
    const db = new DatabaseSync(path);
    db.exec(`update ${table} set body = (select o.body from ${table} o where o.rowid <> ${table}.rowid)`);
    db.close();
  }
  await expect(store.register.look(at(), byNumber("R1"), T0)).rejects.toThrow("sealed request does not open");
  await expect(store.register.look(at(), byCode("D1"), T0)).rejects.toThrow("sealed draft does not open");
});

it("a database of the time before requests is brought forward, and its chats go on", async () => {
  const database = openSqlite(join(folder, "old.db"));
  await database.writer.write(async (tx) => {
    await sql`create table migration (name text primary key)`.execute(tx);
    for (const { name, up } of migrations.filter((m) => m.name < "0003")) {
      await up(tx);
      await sql`insert into migration (name) values (${name})`.execute(tx);
    }
    const customer = new Rows(new Seal(key)).customer({
      id: "c1",
      channel: "web",
      operator: "jcom",
      customer: "dl_c1",
    });
    await sql`insert into conversation (id, channel, operator, customer, active_at, last_seq, last_at, talk_version, claim_until)
      values ('c1', 'web', 'jcom', ${customer}, 0, 0, 0, 0, 0)`.execute(tx);
  });
  const old = await createStores(database, key);
  onTestFinished(() => old.close());
  await turn(old, at(), result([file("R1")]));
  expect(await old.register.look(at(), byNumber("R1"), T0)).toMatchObject({ request: { receipt: "R1" } });
});
