import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { noLog } from "../../src/ports.ts";
import { yearsBefore } from "../../src/requests/retention.ts";
import { ON_A_REQUEST } from "../../src/storage/forget.ts";
import { hold } from "../../src/storage/holds.ts";
import { Seal } from "../../src/storage/seal.ts";
import { purge, steadily } from "../../src/turn/retention.ts";
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

it("82: a clock that jumps deletes nothing until it has gone on steadily for a while", async () => {
  const MINUTES = 60_000;
  let now = T0;
  const done: number[] = [];
  const check = steadily({ now: () => now }, 10 * MINUTES, async () => void done.push(now - T0));
  for (const step of [0, 10, 11, 60 * 24, -60 * 24, 10, -60, 10, 10]) {
    now += step * MINUTES;
    await check();
  }
  expect(done.map((ms) => ms / MINUTES)).toEqual([0, 10, 21, 31, -19, -9]);
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

const KILLS = measure(2, 100);
const REQUESTS = 150;

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
