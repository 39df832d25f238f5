import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { Seal, SealBroken } from "../../src/storage/seal.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { createStores } from "../../src/storage/store.ts";
import { measure, random, SEED } from "../support/long.ts";
import { tempFolder } from "../support/temp.ts";

const T0 = 1_800_000_000_000;
const claim = { by: "one", leaseMs: 1_000 };
const planted = "山田太郎 090-1234-5678";

async function filled(path: string, key: Uint8Array) {
  const store = await createStores(openSqlite(path), key);
  const conversation = { id: "c1", channel: "direct-line", operator: "jcom", customer: `dl_${planted}` };
  await store.conversations.create(conversation, T0);
  for (const n of [1, 2]) {
    const activity = { id: `a${n}`, platform: { text: planted } };
    const words = { kind: "message" as const, incoming: { text: planted }, activity, digest: planted };
    const arrival = { conversation: "c1", channel: "direct-line", eventId: `${planted}${n}`, ...words };
    await store.inbox.receive(arrival, T0, claim);
  }
  await store.feedbacks.put(conversation, { activityId: "a1", rating: "down", reason: planted }, T0);
  return { store, conversation };
}

it("P03: nothing that a person wrote stands readable in the files, while it is read back whole", async () => {
  const folder = tempFolder();
  const { store, conversation } = await filled(join(folder, "desk.db"), randomBytes(32));
  const [activity] = await store.transcript.after(conversation, 0, 1);
  expect(activity?.content).toMatchObject({ incoming: { text: planted } });
  const files = readdirSync(folder);
  expect(files).toContain("desk.db-wal");
  const bytes = Buffer.concat(files.map((file) => readFileSync(join(folder, file))));
  for (const word of ["山田", "太郎", "090-1234", "5678"]) {
    const utf8 = Buffer.from(word);
    const spellings = [
      utf8,
      Buffer.from(word, "utf16le"),
      ...[utf8.toString("base64"), utf8.toString("hex")].map((s) => Buffer.from(s)),
    ];
    for (const spelling of spellings) expect(bytes.includes(spelling)).toBe(false);
  }
  expect(bytes.includes(Buffer.from("direct-line"))).toBe(true);
  await store.close();
});

it("P03, P04: a sealed value opens in its own row, operator and key only, and not after a flipped bit", () => {
  const seal = new Seal(randomBytes(32));
  const place = { column: "activity", operator: "jcom", row: "c1/1" } as const;
  const sealed = seal.seal(place, { text: planted });
  expect(seal.open(place, sealed)).toEqual({ text: planted });
  for (const wrong of [{ row: "c1/2" }, { operator: "sakura" }, { column: "inbox" as const }])
    expect(() => seal.open({ ...place, ...wrong }, sealed)).toThrow(SealBroken);
  expect(() => new Seal(randomBytes(32)).open(place, sealed)).toThrow(SealBroken);
  for (let i = 0; i < sealed.length; i += 1) {
    const flipped = Uint8Array.from(sealed);
    flipped[i] = (flipped[i] ?? 0) ^ 1;
    expect(() => seal.open(place, flipped)).toThrow(SealBroken);
  }
});

const NONCES = measure(20_000, 1_000_000);

it(`P03: of ${NONCES} nonces none comes twice`, () => {
  const seal = new Seal(randomBytes(32));
  const place = { column: "activity", operator: "jcom", row: "c1/1" } as const;
  const nonces = new Set(
    Array.from({ length: NONCES }, () => Buffer.from(seal.seal(place, 1)).toString("latin1", 5, 17)),
  );
  expect(nonces.size).toBe(NONCES);
});

it("P04: of 1,000 values with one changed byte each, none opens", () => {
  console.info(`seed ${SEED}`);
  const next = random();
  const seal = new Seal(randomBytes(32));
  for (let n = 0; n < 1_000; n += 1) {
    const place = { column: "request", operator: "jcom", row: `${n}` } as const;
    const sealed = Uint8Array.from(seal.seal(place, { name: planted.repeat(1 + (n % 5)) }));
    const at = Math.floor(next() * sealed.length);
    sealed[at] = (sealed[at] ?? 0) ^ (1 + Math.floor(next() * 255));
    expect(() => seal.open(place, sealed)).toThrow(SealBroken);
  }
});

it("P04: another key, or a newer database, refuses to start and changes nothing", async () => {
  const path = join(tempFolder(), "desk.db");
  const key = randomBytes(32);
  await (await filled(path, key)).store.close();
  await expect(createStores(openSqlite(path), randomBytes(32))).rejects.toThrow("DATA_KEY");
  const db = new DatabaseSync(path);
  db.exec("insert into migration (name) values ('9999-later')");
  db.close();
  await expect(createStores(openSqlite(path), key)).rejects.toThrow("newer");
});

it("P06: what was deleted has left the files", async () => {
  const folder = tempFolder();
  const { store } = await filled(join(folder, "desk.db"), randomBytes(32));
  const sealed = () => Buffer.concat(readdirSync(folder).map((file) => readFileSync(join(folder, file))));
  const rowOf = (bytes: Buffer) => bytes.includes("c1/") || bytes.includes("dl_");
  const db = new DatabaseSync(join(folder, "desk.db"), { readOnly: true });
  const body = Buffer.from(db.prepare("select body from activity where seq = 1").get()?.body as Uint8Array);
  db.close();
  expect(sealed().includes(body)).toBe(true);
  await store.conversations.erase("c1", T0);
  expect(sealed().includes(body)).toBe(false);
  expect(rowOf(sealed())).toBe(false);
  await store.close();
});
