import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it } from "vitest";
import type { Notice } from "../../src/notices/notice.ts";
import type { Posting } from "../../src/notices/outbox.ts";
import { noLog } from "../../src/ports.ts";
import { RegisterConflict } from "../../src/requests/register.ts";
import type { Step } from "../../src/requests/state.ts";
import { backUp, DATABASE_FILE, restore } from "../../src/storage/backup.ts";
import { openDatabase } from "../../src/storage/opened.ts";
import { Seal } from "../../src/storage/seal.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import type { Stores } from "../../src/storage/store.ts";
import { folderWitness } from "../../src/storage/witness.ts";
import { bytesIn } from "../support/files.ts";
import { measure } from "../support/long.ts";
import { times } from "../support/many.ts";
import { PlainSeal } from "../support/plain-seal.ts";
import {
  ALL,
  change,
  commit,
  filing,
  HOLDER,
  move,
  openStore,
  type Place,
  place,
  T0,
  TO,
  turn,
} from "../support/posting.ts";
import { cause } from "../support/records.ts";
import { tempFolder } from "../support/temp.ts";

const DAY_MS = 86_400_000;
const at = (day: string, time = "12:00") => Date.parse(`${day}T${time}:00+09:00`);
const DESK_ONLY = { customers: false, desks: new Set(["jcom"]) };
let there: Place;
let store: Stores;
beforeEach(async () => {
  there = place();
  store = await openStore(there);
});

const claimed = (now = T0, on = store, limit = 1_000) => on.notices.claimDue(now, limit, 60_000);
/** What is due, sent at once. */
async function posted(now = T0): Promise<Notice[]> {
  const due = await claimed(now);
  for (const posting of due) await store.notices.sent(posting, now);
  return due.map(({ notice }) => notice);
}
const kinds = (notices: readonly Notice[]) => notices.map((n) => `${n.for} ${n.kind}`).sort();
function sql(query: string): Record<string, unknown>[] {
  const db = new DatabaseSync(join(there.folder, DATABASE_FILE));
  const found = db.prepare(query).all();
  db.close();
  return found.map((row) => ({ ...row }));
}
const text = { ja: "words of staff", en: "words of staff" };
const check: Step = { kind: "identity-check" };
const work: Step = { kind: "in-progress", reason: "seen" };

describe("notices", () => {
  it("follow what happens to a request: number, language and last day, nothing else", async () => {
    await change(store, "c1", [filing("R1", { locale: "en" })]);
    expect(await posted()).toEqual([
      { for: "customer", kind: "receipt", to: TO, locale: "en", receipt: "R1" },
      { for: "desk", kind: "new", receipt: "R1", type: "disclosure" },
    ]);
    await move(store, "R1", check);
    await move(store, "R1", work);
    expect(await posted()).toEqual([]);
    await move(store, "R1", { kind: "awaiting-person", reason: "planted: his licence", until: "2026-11-20" });
    expect(await posted()).toEqual([
      { for: "customer", kind: "awaiting-person", to: TO, locale: "en", receipt: "R1", on: "2026-11-20" },
    ]);
    await move(store, "R1", { kind: "in-progress" });
    await move(store, "R1", { kind: "refused", ground: "33-2-1", text });
    expect(await posted()).toEqual([
      { for: "customer", kind: "decided", to: TO, locale: "en", receipt: "R1" },
    ]);
    await change(store, "c2", [filing("R2")]);
    await change(store, "c2", [{ do: "withdraw", receipt: "R2" }]);
    expect(kinds(await posted())).toEqual(["customer receipt", "customer withdrawn", "desk new"]);
  });

  it("are one with what causes them: what is undone tells nobody, what is done again tells once", async () => {
    await change(store, "c1", [filing("R1")]);
    await expect(change(store, "c2", [filing("R2"), filing("R1", { form: 2 })])).rejects.toBeInstanceOf(
      RegisterConflict,
    );
    expect(await store.docket.show("jcom", "R2")).toBeUndefined();
    await change(store, "c1", [filing("R1")]);
    expect(kinds(await posted())).toEqual(["customer receipt", "desk new"]);
  });

  it("tell the desk of what is due soon and overdue, once each, and the customer when it has expired", async () => {
    await change(store, "c1", [filing("R1")]);
    await posted();
    for (const [day, told] of [
      ["2026-11-27", ["desk due-soon"]],
      ["2026-11-28", []],
      ["2026-12-02", ["desk overdue"]],
      ["2026-12-03", []],
    ] as const) {
      await store.docket.tick(at(day), 100, 0);
      expect(kinds(await posted(at(day))), day).toEqual(told);
    }
    await move(store, "R1", { kind: "identity-check", until: "2026-12-10" }, at("2026-12-03"));
    await store.docket.tick(at("2026-12-11"), 100, 0);
    // Its reminder has gone with it, unsent: nobody looked in time.
    expect(kinds(await posted(at("2026-12-11")))).toEqual(["customer expired"]);
  });

  it("25: remind once, at nine on the business day before the last one, as long as the person is awaited", async () => {
    await change(store, "c1", [filing("R1")]);
    await posted();
    // Tuesday after a Monday that is a holiday: the business day before is Friday.
    await move(store, "R1", { kind: "identity-check", until: "2026-11-24" });
    expect(await posted(at("2026-11-20", "08:59"))).toEqual([]);
    expect(await posted(at("2026-11-20", "09:00"))).toEqual([
      { for: "customer", kind: "reminder", to: TO, locale: "ja", receipt: "R1", on: "2026-11-24" },
    ]);
    expect(await posted(at("2026-11-23"))).toEqual([]);

    await change(store, "c2", [filing("R2")]);
    await change(store, "c3", [filing("R3")]);
    expect(await posted()).toHaveLength(4);
    await move(store, "R2", { kind: "identity-check", until: "2026-11-24" });
    await move(store, "R2", work);
    await move(store, "R3", { kind: "identity-check", until: "2026-11-17" }, at("2026-11-16", "11:00"));
    expect(await posted(at("2026-11-20"))).toEqual([]);
  });

  it("25: remind of a saved draft, unless it is taken up again or forgotten", async () => {
    const until = T0 + 7 * DAY_MS;
    const draft = { form: "deletion", answers: {}, asking: "scope", mail: { to: TO, use: "reply" } } as const;
    const { mail: _, ...without } = draft;
    await change(store, "c1", [{ do: "save", code: "AAAA2222", until, draft }]);
    await change(store, "c2", [{ do: "save", code: "BBBB2222", until, draft }]);
    await change(store, "c2", [{ do: "take", code: "BBBB2222" }]);
    await change(store, "c3", [{ do: "save", code: "CCCC2222", until, draft: without }]);
    await change(store, "c4", [{ do: "save", code: "DDDD2222", until, draft }]);
    await store.conversations.erase("c4", T0);
    // Until Monday 23, a holiday: told on Friday.
    expect(await posted(at("2026-11-20", "08:59"))).toEqual([]);
    expect(await posted(at("2026-11-20", "09:00"))).toEqual([
      { for: "customer", kind: "draft", to: TO, locale: "en", on: "2026-11-23" },
    ]);
    await store.conversations.purge("jcom", 0, until + 1);
    expect(sql("select * from notice")).toEqual([]);
  });

  it("go only where an address for replies was told, mail is set up, and a desk has an address", async () => {
    const { mail: _, ...nowhere } = (filing("R1") as Extract<ReturnType<typeof filing>, { do: "file" }>)
      .request;
    await change(store, "c1", [{ do: "file", request: nowhere }]);
    await change(store, "c2", [filing("R2", { type: "opt-out-marketing", mail: HOLDER })]);
    await change(store, "s1", [filing("S1")], T0, "sakura-internet");
    expect(kinds(await posted())).toEqual(["customer receipt", "desk new", "desk new"]);

    const another = place();
    store = await openStore(another, DESK_ONLY);
    await change(store, "c1", [filing("R1")]);
    expect(kinds(await posted())).toEqual(["desk new"]);
    const nobody = await openStore(place(), { customers: false, desks: new Set() });
    await change(nobody, "c1", [filing("R1")]);
    await move(nobody, "R1", { kind: "identity-check", until: "2026-11-24" });
    expect(await claimed(T0 + 30 * DAY_MS, nobody)).toEqual([]);
  });

  it(`of ${measure(200, 1_000)} that two processes take up at once, each is given to one; a lease that lapses gives it on`, async () => {
    const count = measure(100, 500);
    const second = await openStore(there);
    const job = await turn(store, "c1");
    await commit(
      store,
      job,
      times(count).map((n) =>
        filing(`R${n}`, { form: n + 1, mail: { to: `p${n}@example.jp`, use: "reply" } }),
      ),
    );
    const given: Posting[] = [];
    const work = async (on: Stores) => {
      for (;;) {
        const due = await on.notices.claimDue(T0, 7, 60_000);
        if (due.length === 0) return;
        given.push(...due);
      }
    };
    await Promise.all([work(store), work(second), work(store)]);
    expect(given).toHaveLength(2 * count);
    expect(new Set(given.map(({ key }) => key)).size).toBe(2 * count);
    expect(await claimed(T0 + 59_999, second)).toEqual([]);
    const again = await claimed(T0 + 60_000, second, 3);
    expect(again.map(({ tries }) => tries)).toEqual([2, 2, 2]);
    expect(given.map(({ key }) => key)).toEqual(expect.arrayContaining(again.map(({ key }) => key)));
  });

  it("that were sent leave no address in the files; given up ones stay to be seen, as those that came too late", async () => {
    const plain = place();
    store = await openStore(plain, ALL, new PlainSeal());
    there = plain;
    await change(store, "c1", [
      filing("R1", { answers: {}, mail: { to: "planted@example.jp", use: "reply" } }),
    ]);
    const inNotices = () => sql("select body from notice where body is not null").length;
    expect(inNotices()).toBe(2);
    const [receipt, desk] = await claimed();
    if (!receipt || !desk) throw new Error("nothing is due");
    await store.notices.failed(receipt, T0 + 1_000);
    expect(await store.notices.counts()).toEqual({ waiting: 2, dead: 0 });
    const [again] = await claimed(T0 + 1_000);
    expect(again).toMatchObject({ key: receipt.key, tries: 2 });
    await store.notices.failed(receipt, null);
    await store.notices.sent(desk, T0 + 5);
    expect(inNotices()).toBe(0);
    expect(await store.notices.counts()).toEqual({ waiting: 0, dead: 1 });
    expect((await store.docket.show("jcom", "R1"))?.notices).toEqual([
      { for: "customer", kind: "receipt", at: T0, state: "dead", tries: 2 },
      { for: "desk", kind: "new", at: T0 + 5, state: "sent", tries: 1 },
    ]);
    await change(store, "c2", [filing("R2")]);
    expect(await claimed(T0 + 3 * DAY_MS)).toEqual([]);
    expect(await store.notices.counts()).toEqual({ waiting: 0, dead: 3 });
  });

  it("caused by customers alone go to one address ten times a day, whoever names it; a decision is always told", async () => {
    for (const n of times(13))
      await change(
        store,
        `c${n}`,
        [filing(`R${n}`, { mail: { to: n % 2 ? TO : TO.toUpperCase(), use: "reply" } })],
        T0 + n,
      );
    await change(store, "c1", [{ do: "withdraw", receipt: "R1" }], T0 + 20);
    await change(store, "d1", [filing("R90", { mail: { to: "other@example.jp", use: "reply" } })], T0 + 20);
    const count = (notices: readonly Notice[], kind: string) => notices.filter((n) => n.kind === kind).length;
    const first = await posted(T0 + 30);
    expect([count(first, "receipt"), count(first, "withdrawn"), count(first, "new")]).toEqual([11, 0, 14]);
    await move(store, "R2", { kind: "withdrawn", reason: "by telephone" }, T0 + 40);
    await move(store, "R3", check, T0 + 40);
    await move(store, "R3", { kind: "refused", ground: "33-2-1", text }, T0 + 40);
    expect(kinds(await posted(T0 + 50))).toEqual(["customer decided"]);
    await change(store, "c4", [filing("R91", { form: 2 })], T0 + 2 * DAY_MS);
    expect(count(await posted(T0 + 2 * DAY_MS), "receipt")).toBe(1);
  });

  it("P18: a backup that is brought back mails nothing again, and holds no code; what is to come still comes", async () => {
    await change(store, "c1", [filing("R1")]);
    await change(store, "c1", [{ do: "mail-code", receipt: "R1", code: "918273" }]);
    await move(store, "R1", { kind: "identity-check", until: "2026-11-24" });
    expect(sql("select kind from notice where state = 'waiting'")).toHaveLength(4);
    const outside = { witness: folderWitness(there.folder), log: noLog };
    const opened = await openDatabase(
      openSqlite(join(there.folder, DATABASE_FILE)),
      new Seal(there.key),
      outside,
    );
    const file = join(tempFolder(), "backup");
    await backUp({ ...opened, ...outside }, there.key, { dataDir: there.folder, file }, cause());
    await opened.ours.close();
    const back = { folder: join(tempFolder(), "new"), key: there.key };
    const told = { ...cause({ at: T0 + 1_000 }) };
    const witness = folderWitness(back.folder);
    await restore(openSqlite, back.key, { dataDir: back.folder, file }, { witness, log: noLog }, told);
    store = await openStore(back);
    there = back;
    expect(await posted(T0 + 2_000)).toEqual([]);
    expect(sql("select code from identity_code")).toEqual([{ code: null }]);
    expect(kinds(await posted(at("2026-11-20", "09:00")))).toEqual(["customer reminder"]);
  });

  it("are sealed, and go with their request", async () => {
    await change(store, "c1", [filing("R1", { mail: { to: "planted@example.jp", use: "reply" } })]);
    await change(store, "c1", [{ do: "mail-code", receipt: "R1", code: "918273" }]);
    expect(bytesIn(there.folder).includes(Buffer.from("planted@example.jp"))).toBe(false);
    expect(bytesIn(there.folder).includes(Buffer.from("918273"))).toBe(false);
    expect(sql("select * from notice")).toHaveLength(3);
    await change(store, "c1", [{ do: "withdraw", receipt: "R1" }]);
    expect(await store.conversations.purgeRequests("jcom", T0 + 1, T0 + DAY_MS)).toBe(1);
    expect([sql("select * from notice"), sql("select * from identity_code")]).toEqual([[], []]);
  });
});
