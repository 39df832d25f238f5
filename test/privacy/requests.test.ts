import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { noLog } from "../../src/ports.ts";
import { yearsBefore } from "../../src/requests/retention.ts";
import { steadyClock } from "../../src/requests/steady.ts";
import { ON_A_REQUEST } from "../../src/storage/forget.ts";
import { hold } from "../../src/storage/holds.ts";
import { Seal } from "../../src/storage/seal.ts";
import { purge } from "../../src/turn/retention.ts";
import { file } from "../contracts/register.contract.ts";
import { bytesIn } from "../support/files.ts";
import { measure, random, SEED } from "../support/long.ts";
import { times } from "../support/many.ts";
import { PlainSeal } from "../support/plain-seal.ts";
import { start } from "../support/process.ts";
import { DAY_MS, entry, openRecords, type Records, T0, tell } from "../support/records.ts";
import { tempFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

const KEPT = () => ({ chatDays: 90, requestYears: 3 });
const PLANTED = ["山田太郎", "Yamada Taro", "東京都千代田区丸の内9-9-9", "taro@mail.example"];
const YEARS_MS = (365 * 3 + 1) * DAY_MS;

/** A request with planted answers, closed at `at` by its withdrawal, and a row of the audit about it. */
async function closed(records: Records, n: number, at: number, operator = "jcom"): Promise<void> {
  const [conversation, receipt] = [`chat-${n}`, `R${n}`];
  const changes = [file(receipt, { answers: { words: `planted ${PLANTED.join(" ")}` }, receivedAt: T0 })];
  await tell(records.store, { conversation, words: "x", changes, operator }, T0);
  await tell(
    records.store,
    { conversation, words: "y", changes: [{ do: "withdraw", receipt }], operator },
    at,
  );
  const subject = records.rows.receiptKey(receipt);
  await records.audit.record(entry({ at, subject, operator, reason: `planted reason about ${PLANTED[0]}` }));
}

const daily = (records: Records, now: number) =>
  purge(records.store.conversations, ["jcom"], KEPT, { now: () => now }, noLog);

it.each([
  ["nothing sealed", () => new PlainSeal()],
  ["everything sealed", (key: Uint8Array) => new Seal(key)],
])(
  "P05, %s: three years and a day after it was closed nothing of a request is left in the files, what is held or open stays",
  async (_, seal) => {
    const records = await openRecords({ seal, key: randomBytes(32) });
    const open = file("R-open", { answers: { words: "open 山田太郎" } });
    await tell(records.store, { conversation: "open", words: "x", changes: [open] });
    await Promise.all(times(130).map((n) => closed(records, n, T0 + DAY_MS)));
    await closed(records, 200, T0 + 9 * DAY_MS);
    await closed(records, 201, T0 + DAY_MS);
    await closed(records, 202, T0 + DAY_MS, "sakura-internet");
    expect(await hold(records, "R201", true, entry({ reason: "a suit" }))).toBe(true);
    const db = new DatabaseSync(records.path, { readOnly: true });
    const bodies = db
      .prepare("select body from request where id between 2 and 131")
      .all()
      .map((row) => Buffer.from(row.body as Uint8Array));
    db.close();
    const left = async () => (await records.ours.reader.selectFrom("request").select("id").execute()).length;
    await daily(records, T0 + YEARS_MS - DAY_MS);
    expect(await left()).toBe(134);
    expect(bodies.filter((body) => !bytesIn(records.folder).includes(body))).toEqual([]);

    const began = performance.now();
    await daily(records, T0 + YEARS_MS + 2 * DAY_MS);
    expect(performance.now() - began).toBeLessThan(60_000);
    expect(await left()).toBe(4);
    const bytes = bytesIn(records.folder);
    expect(bodies.filter((body) => bytes.includes(body))).toEqual([]);
    const proofs = await records.store.conversations.proofs();
    expect(proofs.reduce((sum, proof) => sum + proof.requests, 0)).toBe(130);
    // The reasons of those who had seen it are gone with it, their rows are not.
    expect(await records.audit.verify()).toMatchObject({ ok: true });
    const reasons = await records.ours.reader
      .selectFrom("audit")
      .select("seq")
      .where("what", "=", "show")
      .where("reason", "is not", null)
      .execute();
    expect(reasons).toHaveLength(3);
    await hold(records, "R201", false, entry({ reason: "the suit has ended" }));
    await daily(records, T0 + YEARS_MS + 30 * DAY_MS);
    expect(await left()).toBe(2);
    expect(await hold(records, "R201", true, entry())).toBe(false);
  },
);

it("P05: with nothing sealed, no planted word of a forgotten request is left", async () => {
  const records = await openRecords({ seal: () => new PlainSeal() });
  for (let n = 0; n < 5; n += 1) await closed(records, n, T0);
  expect(bytesIn(records.folder).includes(Buffer.from("planted"))).toBe(true);
  await daily(records, T0 + YEARS_MS + DAY_MS);
  const bytes = bytesIn(records.folder);
  for (const word of ["planted", ...PLANTED]) expect(bytes.includes(Buffer.from(word))).toBe(false);
});

it("82: a year is a calendar year in Japan: never too early, in 2038 and on 29 February", () => {
  const day = (text: string) => Date.parse(`${text}+09:00`);
  for (const [now, years, before] of [
    ["2027-01-15T00:00", 3, "2024-01-15T00:00"],
    ["2038-01-19T12:14:08", 3, "2035-01-19T12:14:08"],
    ["2028-02-29T00:00", 3, "2025-03-01T00:00"],
    ["2041-01-01T00:00", 1, "2040-01-01T00:00"],
  ] as const)
    expect(yearsBefore(day(now), years)).toBe(day(before));
});

it("R17: a clock that jumps, an hour, a day, to 2038, deletes nothing early, whatever the time zone of the machine", async () => {
  const [HOUR, LOOK] = [3_600_000, 30_000];
  const records = await openRecords();
  await closed(records, 1, T0);
  await tell(records.store, { conversation: "silent", words: "x" }, T0);
  let [wall, run] = [T0 + 90 * DAY_MS - HOUR / 2, 0];
  const steady = steadyClock({ now: () => wall }, () => run);
  const left = async () => {
    const { ours } = records;
    const [chats, requests] = ["conversation", "request"] as const;
    return [
      (await ours.reader.selectFrom(chats).select("id").execute()).length,
      (await ours.reader.selectFrom(requests).select("id").execute()).length,
    ];
  };
  /** The desk for so long: it looks at the clock every half minute, and purges when it believes it. */
  const pass = async (ms: number) => {
    for (let gone = 0; gone < ms; gone += LOOK) {
      [wall, run] = [wall + LOOK, run + LOOK];
      const now = steady.now();
      if (now !== undefined) await daily(records, now);
    }
  };
  await pass(60_000);
  for (const jump of [HOUR, -HOUR, DAY_MS, -DAY_MS, Date.parse("2038-01-20T00:00:00Z") - wall]) {
    wall += jump;
    await pass(600_000);
    wall -= jump;
    await pass(60_000);
    expect(await left(), `a jump of ${jump / HOUR} hours`).toEqual([2, 1]);
  }
  // The control: what is due goes when its time has come, and the clock is believed again.
  await pass(1_200_000);
  wall = T0 + 91 * DAY_MS;
  await pass(1_200_000);
  expect(await left()).toEqual([0, 1]);
});

it("82: every table that hangs on a request goes with it", async () => {
  const { path } = await openRecords();
  const db = new DatabaseSync(path, { readOnly: true });
  const found = db
    .prepare(
      `select m.name as t from sqlite_master m join pragma_table_info(m.name) c
       where m.type = 'table' and c.name = 'request_id'`,
    )
    .all();
  db.close();
  expect(found.map(({ t }) => String(t)).sort()).toEqual([...ON_A_REQUEST].sort());
});

const KILLS = measure(1, 100);
const REQUESTS = measure(60, 150);

it(`P05, P15: a purge of requests that is killed, ${KILLS} times, is finished by the next one; every request has its row of the audit`, async () => {
  console.info(`seed ${SEED}`);
  const next = random();
  const [prepared, root] = [tempFolder(), tempFolder()];
  const records = await openRecords({ folder: prepared, seal: () => new PlainSeal() });
  await Promise.all(times(REQUESTS).map((n) => closed(records, n, T0)));
  await records.close();
  const now = T0 + YEARS_MS + DAY_MS;
  let interrupted = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const folder = join(root, `kill-${kill}`);
    mkdirSync(folder);
    cpSync(prepared, folder, { recursive: true });
    const purging = start("test/support/purge.ts", {
      FOLDER: folder,
      FILE: "madoguchi.db",
      NOW: String(now),
    });
    await until(() => purging.output().includes("begun"), 15_000, "the purge begins");
    await sleep(next() * 120);
    await purging.end("SIGKILL");
    if (!purging.output().includes("ended")) interrupted += 1;
    const again = await openRecords({ folder, seal: () => new PlainSeal() });
    await daily(again, now + DAY_MS);
    const proofs = await again.store.conversations.proofs();
    expect(proofs.reduce((sum, proof) => sum + proof.requests, 0)).toBe(REQUESTS);
    expect(bytesIn(folder).includes(Buffer.from("planted"))).toBe(false);
    const rows = await again.ours.reader
      .selectFrom("audit")
      .select("subject")
      .where("what", "=", "purge")
      .where("subject", "is not", null)
      .execute();
    expect(new Set(rows.map((row) => row.subject)).size).toBe(REQUESTS);
    expect(rows).toHaveLength(REQUESTS);
    expect(await again.audit.verify()).toMatchObject({ ok: true });
    const erased = again.witness.erasures();
    expect([erased.requests.size, erased.chats.size]).toEqual([REQUESTS, REQUESTS]);
    await again.close();
  }
  console.info(`${KILLS} kills, ${interrupted} before the end`);
}, 600_000);

it.each([
  ["nothing sealed", () => new PlainSeal()],
  ["everything sealed", (key: Uint8Array) => new Seal(key)],
])(
  "82, %s: the chat that a held request came from is deleted for everybody, and its bytes stay until the release",
  async (_, seal) => {
    const records = await openRecords({ seal });
    const { store, rows } = records;
    for (const id of ["deleted", "old", "free"]) {
      await tell(store, { conversation: id, words: `planted ${id}`, changes: [file(`R-${id}`)] });
      if (id !== "free") expect(await hold(records, `R-${id}`, true, entry({ reason: "a suit" }))).toBe(true);
    }
    expect(await store.conversations.erase("deleted", T0)).toBe("held");
    expect(await store.conversations.erase("deleted", T0)).toBe(false);
    await daily(records, T0 + 91 * DAY_MS);
    for (const id of ["deleted", "old", "free"]) {
      expect(await store.conversations.find(id)).toBeUndefined();
      expect(await store.sessions.generation(id)).toBeUndefined();
    }
    const proofs = () => store.conversations.proofs();
    const gone = async () => (await proofs()).reduce((sum, proof) => sum + proof.conversations, 0);
    expect(await gone()).toBe(1);
    expect(records.witness.erasures().chats).toEqual(new Set([rows.chatKey("free")]));
    const aside = await records.ours.reader.selectFrom("held_chat").selectAll().execute();
    expect(aside).toHaveLength(6);
    const has = (value: string | Uint8Array) => bytesIn(records.folder).includes(Buffer.from(value));
    for (const { body } of aside) expect(has(body)).toBe(true);
    expect(has("planted free")).toBe(false);
    await hold(records, "R-old", false, entry({ reason: "the suit has ended" }));
    for (const { chat, body } of aside) expect(has(body)).toBe(chat !== rows.chatKey("old"));
    await hold(records, "R-deleted", false, entry({ reason: "the suit has ended" }));
    for (const { body } of aside) expect(has(body)).toBe(false);
    for (const id of ["deleted", "old"]) expect(has(`planted ${id}`)).toBe(false);
    expect(await gone()).toBe(3);
    expect(records.witness.erasures().chats.size).toBe(3);
    expect(await records.audit.verify()).toMatchObject({ ok: true });
  },
);

it("82: two held requests from one chat: it stays until the second is released", async () => {
  const records = await openRecords();
  const changes = [file("R1"), file("R2", { form: 2 })];
  await tell(records.store, { conversation: "c", words: "x", changes });
  for (const receipt of ["R1", "R2"]) await hold(records, receipt, true, entry());
  expect(await records.store.conversations.erase("c", T0)).toBe("held");
  const aside = async () =>
    (await records.ours.reader.selectFrom("held_chat").select("seq").execute()).length;
  await hold(records, "R1", false, entry());
  expect(await aside()).toBe(3);
  await hold(records, "R2", false, entry());
  expect(await aside()).toBe(0);
});
