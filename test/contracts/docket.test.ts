import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql as kysely } from "kysely";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { noLog } from "../../src/ports.ts";
import type { AuditEntry } from "../../src/requests/audit.ts";
import { targetDay } from "../../src/requests/deadline.ts";
import type { Note, Paper } from "../../src/requests/docket.ts";
import { createRounds } from "../../src/requests/rounds.ts";
import { type Actor, EventsBroken, REQUEST_STATES, type Step } from "../../src/requests/state.ts";
import { steadyClock } from "../../src/requests/steady.ts";
import { migrations } from "../../src/storage/migrations.ts";
import { Rows } from "../../src/storage/rows.ts";
import { Seal } from "../../src/storage/seal.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { createStores, type Stores } from "../../src/storage/store.ts";
import { takeStep } from "../support/deciding.ts";
import { bytesIn } from "../support/files.ts";
import { fileAll, request } from "../support/filing.ts";
import { measure, random, SEED } from "../support/long.ts";
import { withTables } from "../support/tables.ts";
import { tempFolder } from "../support/temp.ts";
import { workSince } from "../support/took.ts";

const T0 = Date.parse("2026-11-16T10:00:00+09:00");
const at = (day: string, time = "12:00:00") => Date.parse(`${day}T${time}+09:00`);
const officer: Actor = { by: "officer", name: "Sato" };
const text = { ja: "ほかの方の情報が含まれるため", en: "It holds data of others" };
const entry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  at: T0,
  actor: "Sato",
  role: "officer",
  operator: "jcom",
  what: "move",
  subject: null,
  reason: "r",
  ...changes,
});

let folder: string;
let path: string;
let key: Uint8Array;
let store: Stores;
const open = async () => {
  const opened = await createStores(openSqlite(await withTables(path)), key);
  onTestFinished(() => opened.close());
  return opened;
};
beforeEach(async () => {
  folder = tempFolder();
  path = join(folder, "desk.db");
  key = randomBytes(32);
  store = await open();
});

function sql(query: string): Record<string, unknown>[] {
  const db = new DatabaseSync(path);
  const found = db.prepare(query).all();
  db.close();
  return found.map((row) => ({ ...row }));
}
const auditRows = () => sql("select count(*) as n from audit")[0]?.n;

const step = async (
  receipt: string,
  what: Step,
  { operator = "jcom", by = officer, now = T0, version = 0, on = store, reason = "r" } = {},
) => {
  const seen = version || (await on.docket.show(operator, receipt))?.version || 1;
  const about = { operator, receipt, version: seen };
  return takeStep(on.docket, about, what, by, now, entry({ operator, subject: receipt, reason }));
};
const check: Step = { kind: "identity-check" };
const work: Step = { kind: "in-progress", reason: "licence seen" };

describe("the docket", () => {
  it("lists by target day, in pages, what was asked for, of one operator", async () => {
    const days = ["2026-12-04", "2026-12-01", "2026-12-01", "2026-12-03", "2026-12-02"];
    await fileAll(
      store,
      "jcom",
      days.map((targetOn, i) => request(`R${i}`, { targetOn, ...(i === 3 ? { type: "deletion" } : {}) })),
    );
    await fileAll(store, "sakura-internet", [request("S1")]);
    const receipts = async (filter = {}) => {
      const all: string[] = [];
      for (let page = await store.docket.list({ operator: "jcom", ...filter }, 2); ; ) {
        all.push(...page.requests.map(({ receipt }) => receipt));
        if (!page.next) return all;
        page = await store.docket.list({ operator: "jcom", ...filter }, 2, page.next);
      }
    };
    expect(await receipts()).toEqual(["R1", "R2", "R4", "R3", "R0"]);
    expect(await receipts({ dueBy: "2026-12-02" })).toEqual(["R1", "R2", "R4"]);
    expect(await receipts({ types: ["deletion"] })).toEqual(["R3"]);
    await step("R2", check);
    await step("R4", { kind: "withdrawn", reason: "by telephone" });
    expect(await receipts({ states: ["identity-check", "withdrawn"] })).toEqual(["R2", "R4"]);
    expect(await receipts({ open: true })).toEqual(["R1", "R2", "R3", "R0"]);
    expect(await receipts({ states: [] })).toEqual([]);
    expect((await store.docket.list({ operator: "sakura-internet" }, 9)).requests).toHaveLength(1);
  });

  it("uses its indexes", () => {
    const plan = (where: string) =>
      sql(
        `explain query plan select * from request where operator = 'jcom' ${where} order by target_on, id limit 50`,
      )
        .map((row) => row.detail)
        .join();
    expect(plan("")).toMatch(/USING INDEX request_docket/);
    expect(plan("and closed_at is null and target_on <= '2026-12-01'")).toMatch(/USING INDEX request_open/);
    for (const where of ["", "and closed_at is null"]) expect(plan(where)).not.toMatch(/TEMP B-TREE/);
  });

  it("shows all of a request to its own operator, and that there is none to others", async () => {
    await fileAll(store, "jcom", [request("R1")]);
    await step("R1", check, { now: T0 + 1 });
    const shown = await store.docket.show("jcom", "R1");
    expect(shown).toMatchObject({
      receipt: "R1",
      state: "identity-check",
      version: 2,
      answers: { name: "山田太郎" },
      events: [
        { kind: "received", by: "customer", at: T0 },
        { kind: "identity-check", by: "officer", name: "Sato", at: T0 + 1 },
      ],
      notes: [],
      papers: [],
    });
    expect(await store.docket.show("sakura-internet", "R1")).toBe(undefined);
    expect(await step("R1", work, { operator: "sakura-internet", version: 2 })).toEqual({ kind: "unknown" });
    expect(await store.docket.show("jcom", "R9")).toBe(undefined);
  });

  it("stops the clock while the person is awaited, and the customer sees each state and the day that it moves to", async () => {
    await fileAll(store, "jcom", [request("R1")]);
    let arrival = 0;
    const seen = async () => {
      arrival += 1;
      const who = { operator: "jcom", conversation: "c", customer: "c", channel: "web", arrival };
      const found = await store.register.look(
        who,
        { look: "request", receipt: "R1", code: "code of R1" },
        T0,
      );
      return found.look === "request" && [found.request?.state, found.request?.targetOn];
    };
    expect(await seen()).toEqual(["received", "2026-12-01"]);
    await step("R1", check);
    await step("R1", work);
    await step("R1", { kind: "awaiting-person", reason: "which contract" }, { now: at("2026-11-20") });
    expect(await seen()).toEqual(["awaiting-person", "2026-12-01"]);
    await step("R1", { kind: "in-progress" }, { now: at("2026-11-26"), by: { by: "customer" } });
    expect(await seen()).toEqual(["in-progress", "2026-12-04"]);
    expect((await store.docket.show("jcom", "R1"))?.promisedOn).toBe("2026-12-01");
    await step("R1", { kind: "answered", reason: "sent" }, { now: at("2026-12-03") });
    expect(await seen()).toEqual(["answered", "2026-12-04"]);
    expect(sql("select closed_at from request")).toEqual([{ closed_at: at("2026-12-03") }]);
  });

  it("of 100 moves at once, over two processes, one wins and the others hear so", async () => {
    await fileAll(store, "jcom", [request("R1")]);
    const two = await open();
    const tries = Array.from({ length: 100 }, (_, n) =>
      step("R1", check, { version: 1, on: n % 2 ? two : store }),
    );
    const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "moved")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "changed")).toHaveLength(99);
    expect(auditRows()).toBe(1);
    expect(sql("select kind from request_event order by seq").map(({ kind }) => kind)).toEqual([
      "received",
      "identity-check",
    ]);
  });

  it("a step stands together with its row of the audit, or not at all", async () => {
    await fileAll(store, "jcom", [request("R1")]);
    sql("alter table audit rename to gone");
    await expect(step("R1", check)).rejects.toThrow("no such table");
    sql("alter table gone rename to audit");
    expect((await store.docket.show("jcom", "R1"))?.version).toBe(1);
    expect(await step("R1", work)).toEqual({ kind: "refused", issue: "identity-first" });
    expect(auditRows()).toBe(0);
    expect(await step("R1", check)).toMatchObject({ kind: "moved", request: { version: 2 } });
    expect(auditRows()).toBe(1);
  });
});

const UNVERIFIED = measure(40, 500);

describe("A22: the check of identity", () => {
  it(`of ${UNVERIFIED} requests without it, filed twice, re-sent or put right in the file, none is decided on`, async () => {
    const all = Array.from({ length: UNVERIFIED }, (_, n) => request(`R${n}`));
    await fileAll(store, "jcom", all);
    const decide: Step[] = [
      { kind: "answered", reason: "x" },
      { kind: "no-such-data", reason: "x" },
      { kind: "partly-answered", ground: "33-2-1", text },
      work,
    ];
    const results = await Promise.all(
      all.map(({ receipt }, n) => step(receipt, decide[n % 4] as Step, { version: 1 })),
    );
    expect(results.filter(({ kind }) => kind !== "refused")).toEqual([]);
    // Whoever writes to the file can set a state, but not what the events say.
    sql("update request set state = 'in-progress', version = 1");
    for (let n = 0; n < UNVERIFIED; n += 10) {
      await expect(step(`R${n}`, decide[n % 4] as Step, { version: 1 })).rejects.toThrow(EventsBroken);
      await expect(store.docket.show("jcom", `R${n}`)).rejects.toThrow(EventsBroken);
    }
    expect(sql("select count(*) as n from request where closed_at is not null")).toEqual([{ n: 0 }]);
    expect(auditRows()).toBe(0);
  });

  it("T5: no one officer decides, by whichever door: a step that would do is refused, with nothing in the audit", async () => {
    const steps: Step[] = [
      { kind: "answered", reason: "x" },
      { kind: "no-such-data", reason: "x" },
      { kind: "partly-answered", ground: "33-2-1", text },
      { kind: "refused", ground: "33-2-1", text },
    ];
    for (const [n, decision] of steps.entries()) {
      const receipt = `F${n}`;
      await fileAll(store, "jcom", [request(receipt)]);
      const at = (version: number) => ({ operator: "jcom", receipt, version });
      await step(receipt, check);
      await step(receipt, work);
      const before = auditRows();
      for (const by of [officer, { ...officer, second: "Suzuki" }])
        expect(await store.docket.move(at(3), decision, by, T0, entry())).toEqual({
          kind: "refused",
          issue: "second-person",
        });
      expect(auditRows()).toBe(before);
      expect(await step(receipt, decision)).toMatchObject({
        kind: "moved",
        request: { state: decision.kind },
      });
    }
  });

  it("events cannot be written, moved or taken away by whoever writes to the file", async () => {
    await fileAll(store, "jcom", [request("R1"), request("R2")]);
    await step("R2", check);
    await step("R2", work);
    const forged = [
      "insert into request_event select 1, seq, at, actor, kind, body from request_event where request_id = 2 and seq > 1",
      "insert into request_event select 1, seq, at, actor, kind, null from request_event where request_id = 2 and seq > 1",
    ];
    for (const statement of forged) {
      sql(statement);
      sql("update request set state = 'in-progress', version = 3 where id = 1");
      await expect(step("R1", { kind: "answered", reason: "x" }, { version: 3 })).rejects.toThrow();
      sql("delete from request_event where request_id = 1 and seq > 1");
    }
    sql("delete from request_event where request_id = 2 and seq = 2");
    await expect(step("R2", { kind: "answered", reason: "x" }, { version: 3 })).rejects.toThrow(EventsBroken);
  });

  it("100 decisions and 100 withdrawals at once: what was withdrawn first is not decided on", async () => {
    await fileAll(
      store,
      "jcom",
      Array.from({ length: 20 }, (_, n) => request(`R${n}`)),
    );
    for (let n = 0; n < 20; n += 1) {
      await step(`R${n}`, check);
      await step(`R${n}`, work);
    }
    const races = Array.from({ length: 200 }, (_, n) => {
      const kind = n % 2 ? ("answered" as const) : ("withdrawn" as const);
      return step(`R${Math.floor(n / 10)}`, { kind, reason: "x" }, { version: 3 });
    });
    expect((await Promise.all(races)).filter(({ kind }) => kind === "moved")).toHaveLength(20);
    expect(sql("select count(*) as n from request_event where seq = 4")).toEqual([{ n: 20 }]);
    expect(sql("select max(seq) as n from request_event")).toEqual([{ n: 4 }]);
  });
});

describe("the clock's rounds", () => {
  const kinds = (receipt: string, on = store) =>
    on.docket.show("jcom", receipt).then((shown) => shown?.events.map(({ kind }) => kind));
  const wound = (now: () => number, elapsed = () => 0) =>
    createRounds(store.docket, steadyClock({ now }, elapsed), noLog);

  it("say due soon and overdue once each, at the day, not before, and nothing while the person is awaited", async () => {
    await fileAll(store, "jcom", [request("R1"), request("R2")]);
    await step("R2", check);
    await step("R2", work);
    await step("R2", { kind: "awaiting-person", reason: "x" });
    const two = await open();
    const said = async (now: number) => {
      const before = await kinds("R1");
      await Promise.all([store, two, store].map((on) => on.docket.tick(now, 10, 0)));
      return (await kinds("R1"))?.slice(before?.length);
    };
    // Target: Tuesday 1 December; two business days before: Friday 27 November.
    expect(await said(at("2026-11-26", "23:59:59.999"))).toEqual([]);
    expect(await said(at("2026-11-27", "00:00:00"))).toEqual(["due-soon"]);
    for (const day of ["2026-11-27", "2026-11-30", "2026-12-01"])
      expect(await said(at(day, "23:59:59.999"))).toEqual([]);
    expect(await said(at("2026-12-02", "00:00:00"))).toEqual(["overdue"]);
    for (const day of ["2026-11-20", "2026-12-03", "2038-01-20"]) expect(await said(at(day))).toEqual([]);
    expect(await kinds("R2")).toEqual(["received", "identity-check", "in-progress", "awaiting-person"]);
  });

  it("after three days of standstill say what has fallen due meanwhile; due soon no more once it is overdue", async () => {
    await fileAll(store, "jcom", [request("R1")]);
    await wound(() => at("2026-12-04"))();
    expect(await kinds("R1")).toEqual(["received", "overdue"]);
  });

  it("close what has come to its end, a day after it", async () => {
    await fileAll(store, "jcom", [request("R1")]);
    await step("R1", { kind: "identity-check", until: "2026-11-20" });
    await store.docket.tick(at("2026-11-20", "23:59:59"), 10, 0);
    expect(await kinds("R1")).toHaveLength(2);
    await store.docket.tick(at("2026-11-21", "00:00:00"), 10, 0);
    expect(await kinds("R1")).toEqual(["received", "identity-check", "expired"]);
  });

  it("go on where one was broken off, and pass over a request that was tampered with", async () => {
    await fileAll(
      store,
      "jcom",
      Array.from({ length: 250 }, (_, n) => request(`R${n}`)),
    );
    sql("update request set state = 'in-progress' where id = 7");
    const now = at("2026-12-02");
    const first = await store.docket.tick(now, 100, 0);
    expect([first.due.length, first.broken]).toEqual([99, 1]);
    // The process dies here; the next one begins again.
    await wound(() => now)();
    await wound(() => now)();
    expect(sql("select count(*) as n from request_event where kind = 'overdue'")).toEqual([{ n: 249 }]);
  });

  it("R17: a clock that jumps and is set right again says nothing early and nothing twice", async () => {
    await fileAll(store, "jcom", [request("R1"), request("R2", { targetOn: "2026-12-15" })]);
    let [wall, run] = [at("2026-11-24"), 0];
    const round = wound(
      () => wall,
      () => run,
    );
    const HOUR = 3_600_000;
    const pass = async (ms: number) => {
      for (let left = ms; left > 0; left -= 300_000) {
        wall += 300_000;
        run += 300_000;
        await round();
      }
    };
    await pass(HOUR);
    for (const jump of [HOUR, -HOUR, 24 * HOUR, -24 * HOUR, at("2038-01-20") - wall]) {
      wall += jump;
      await pass(600_000);
      wall -= jump;
      await pass(600_000);
      expect(await kinds("R1"), `a jump of ${jump / HOUR} hours`).toEqual(["received"]);
    }
    await pass(24 * 8 * HOUR);
    expect(await kinds("R1")).toEqual(["received", "due-soon", "overdue"]);
    expect(await kinds("R2")).toEqual(["received"]);
  }, 120_000);

  it(`R18: ${measure(50, 2_000)} requests over days with restarts: each says due soon and overdue on its day`, async () => {
    const next = random(SEED);
    const count = measure(50, 2_000);
    const arrival = () => at("2026-11-20") + Math.floor(next() * 40) * 86_400_000;
    const targets = Array.from({ length: count }, () => targetDay(arrival(), 12));
    await fileAll(
      store,
      "jcom",
      targets.map((targetOn, n) => request(`R${n}`, { targetOn })),
    );
    const first = new Map<string, string>();
    for (let day = at("2026-12-01", "00:00:00"); day < at("2027-01-25"); day += 86_400_000)
      // Each day is a process of its own.
      for (let after: number | null = 0; after !== null; ) {
        const done = await store.docket.tick(day + Math.floor(next() * 86_000_000), 50, after);
        for (const { receipt, kind } of done.due) {
          expect(first.has(`${receipt} ${kind}`)).toBe(false);
          first.set(`${receipt} ${kind}`, new Date(day + 9 * 3_600_000).toISOString().slice(0, 10));
        }
        after = done.next;
      }
    const works = (day: string) =>
      ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) &&
      !["12-29", "12-30", "12-31", "01-01", "01-02", "01-03", "01-11", "11-23"].includes(day.slice(5));
    const shift = (day: string, days: number) =>
      new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
    for (const [n, target] of targets.entries()) {
      let soon = target;
      // The first day with two working days left at most, the target among them.
      for (let left = 0; left + (works(soon) ? 1 : 0) <= 2; soon = shift(soon, -1))
        left += works(soon) ? 1 : 0;
      expect([target, first.get(`R${n} due-soon`)]).toEqual([target, soon]);
      expect([target, first.get(`R${n} overdue`)]).toEqual([target, shift(target, 1)]);
    }
  }, 120_000);
});

describe("words for the staff and words for the customer", () => {
  const note: Note = { audience: "staff", at: T0, by: "Sato", text: "内部メモ planted-note" };
  const paper: Paper = { audience: "customer", at: T0, by: "Sato", html: "<p>planted-paper</p>" };

  it("stand apart by type, by table and by seal", async () => {
    await fileAll(store, "jcom", [request("R1")]);
    const about = { operator: "jcom", receipt: "R1" };
    expect(await store.docket.addNote(about, note)).toBe(true);
    expect(await store.docket.addPaper(about, paper)).toBe(true);
    expect(await store.docket.addNote({ operator: "sakura-internet", receipt: "R1" }, note)).toBe(false);
    // @ts-expect-error a note is no paper
    const mixed: Paper = note;
    // @ts-expect-error nor a paper a note
    const other: Note = paper;
    expect([mixed, other]).toHaveLength(2);
    expect(await store.docket.show("jcom", "R1")).toMatchObject({ notes: [note], papers: [paper] });
    sql("update request_paper set body = (select body from request_note)");
    await expect(store.docket.show("jcom", "R1")).rejects.toThrow("sealed paper does not open");
  });

  it("P03: neither they nor reasons, grounds and names of staff stand readable in the files", async () => {
    await fileAll(store, "jcom", [request("R1")]);
    await store.docket.addNote({ operator: "jcom", receipt: "R1" }, note);
    await store.docket.addPaper({ operator: "jcom", receipt: "R1" }, paper);
    await step("R1", check);
    const planted = { ja: "planted-text", en: "planted-text" };
    const by: Actor = { by: "officer", name: "planted-name" };
    await step("R1", { kind: "refused", ground: "33-2-2", text: planted, reason: "planted-reason" }, { by });
    expect((await store.docket.show("jcom", "R1"))?.events.at(-1)).toMatchObject({
      text: planted,
      name: "planted-name",
    });
    const bytes = bytesIn(folder);
    for (const word of ["planted", "内部メモ", "33-2-2"]) expect(bytes.includes(word), word).toBe(false);
  });
});

/** What is tried against databases, each way to end a string, and what a pattern or a search would take for its own. */
const ENDS = ["'", '"', "\\'", "')", "'))", "`", "\\", "''", "%27", "\u02bc", "\uff07", "\0'", "';", "' /*"];
const TAILS = [
  " or 1=1 --",
  " or '1'='1",
  " union select * from request --",
  " union select body from request_event --",
  "; drop table request; --",
  "; update request set state='answered'; --",
  " and 1=(select count(*) from request, request, request, request) --",
  " or randomblob(1000000000) --",
  " order by 99 --",
  " || (select body from request) || ",
  " or operator glob '*",
  " limit 0 offset 1 --",
];
const PATTERNS = [
  "%",
  "_",
  "R_",
  "R%",
  "*",
  "?",
  "[R]1",
  "NEAR(a b)",
  "a AND b",
  "receipt:R1",
  "^R",
  "R1*",
  "-R1",
  "",
];
const PAYLOADS = [...PATTERNS, ...ENDS.flatMap((end) => TAILS.map((tail) => `R1${end}${tail}`))];

it("B15: injections in every argument find nothing, change nothing, and take no time", async () => {
  await fileAll(store, "jcom", [request("R1"), request("R2")]);
  const before = sql("select * from request");
  let tried = 0;
  for (const payload of PAYLOADS) {
    const bad = payload as never;
    const worked = workSince();
    const { docket } = store;
    const operator = "jcom";
    const lists = await Promise.all(
      [{ operator: payload }, { operator, states: [bad] }, { operator, types: [bad] }].map((filter) =>
        docket.list(filter, 10),
      ),
    );
    expect(lists.flatMap(({ requests }) => requests)).toEqual([]);
    // A day and a cursor are compared as text: whatever they are, no other operator's requests and none twice.
    const days = await docket.list({ operator: "nobody", dueBy: payload }, 10);
    const cursor = await docket.list({ operator: "nobody" }, 10, { targetOn: payload, id: bad });
    expect([...days.requests, ...cursor.requests]).toEqual([]);
    expect(await docket.show(operator, payload)).toBe(undefined);
    expect(await docket.show(payload, "R1")).toBe(undefined);
    const moves = [
      docket.move({ operator, receipt: payload, version: 1 }, check, officer, T0, entry()),
      docket.move({ operator: payload, receipt: "R1", version: 1 }, check, officer, T0, entry()),
      docket.move({ operator, receipt: "R1", version: bad }, check, officer, T0, entry()),
    ];
    for (const { kind } of await Promise.all(moves)) expect(["unknown", "changed"]).toContain(kind);
    tried += 10;
    expect(worked(), payload).toBeLessThan(500);
  }
  for (const payload of PAYLOADS.slice(0, 20)) {
    const by: Actor = { by: "officer", name: payload };
    const until = payload as never;
    expect(await step("R1", { kind: "identity-check", until }, { by, version: 1 })).toMatchObject({
      kind: "refused",
    });
  }
  expect(tried).toBeGreaterThan(1_800);
  expect(sql("select * from request")).toEqual(before);
  expect(sql("select count(*) as n from request_event")).toEqual([{ n: 2 }]);
  // What a name or a reason holds is kept as it is.
  const payload = "'; drop table request; --";
  await step("R1", check, { by: { by: "officer", name: payload } });
  expect((await store.docket.show("jcom", "R1"))?.events.at(-1)).toMatchObject({ name: payload });
  expect(REQUEST_STATES).toHaveLength(10);
}, 120_000);

it("requests of the time before states are brought forward: what was withdrawn is closed, the rest goes on", async () => {
  const old = openSqlite(join(folder, "old.db"));
  const rows = new Rows(new Seal(key));
  await old.writer.write(async (tx) => {
    await kysely`create table migration (name text primary key)`.execute(tx);
    for (const { name, up } of migrations.filter((m) => m.name < "0004")) {
      await up(tx);
      await kysely`insert into migration (name) values (${name})`.execute(tx);
    }
    const body = new Seal(key).seal({ column: "check", operator: "", row: "1" }, "madoguchi");
    await tx.insertInto("sealed_check").values({ id: 1, body }).execute();
    const chat = { id: "c1", channel: "web", operator: "jcom", customer: "dl_c1" };
    for (const [n, receipt] of ["R1", "R2"].entries()) {
      const row = rows.requestRow(chat, request(receipt, { form: n + 1 }));
      await kysely`insert into request
        (operator, type, receipt, code, state, received_at, target_on, conversation, form, customer, locale, body)
        values ('jcom', 'disclosure', ${row.receipt}, ${row.code}, ${n ? "withdrawn" : "received"}, ${T0}, '2026-12-01',
        ${row.conversation}, ${row.form}, ${row.customer}, 'ja', ${row.body})`.execute(tx);
      await kysely`insert into request_event values (${n + 1}, 1, ${T0}, 'customer', 'received', null)`.execute(
        tx,
      );
    }
    await kysely`insert into request_event values (2, 2, ${T0 + 5}, 'customer', 'withdrawn', null)`.execute(
      tx,
    );
  });
  const forward = await createStores(old, key);
  onTestFinished(() => forward.close());
  expect(await forward.docket.show("jcom", "R2")).toMatchObject({
    state: "withdrawn",
    version: 2,
    closedAt: T0 + 5,
  });
  expect(await step("R1", check, { on: forward })).toMatchObject({ kind: "moved", request: { version: 2 } });
  expect((await forward.docket.list({ operator: "jcom", open: true }, 9)).requests).toHaveLength(1);
});
