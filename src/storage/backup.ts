import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { AuditEntry } from "../requests/audit.ts";
import type { Database } from "./database.ts";
import { type Cause, FORGET_STEP, type Forgetting, forgetChats, forgetRequests } from "./forget.ts";
import { type Opened, openDatabase } from "./opened.ts";
import { Seal } from "./seal.ts";
import { FileBroken, openFile, sealFile } from "./sealed-file.ts";
import { ERASURES_FILE, HEAD_FILE, type Outside } from "./witness.ts";

/** The database within its folder. */
export const DATABASE_FILE = "madoguchi.db";
const KEYS_FILE = "development-keys.json";
const RESTORING = "restoring.tmp";
const COPY = /^backup-\d+\.tmp$/;
/** A copy that is older was left by a process that was killed. */
const LEFT_MS = 3_600_000;

type Told = Omit<AuditEntry, "what" | "subject" | "operator">;

/**
 * Writes all that is committed when it begins to a new file, encrypted, while desks go on. On the way there is a copy
 * beside the database, sealed as that is and without a name as soon as it is whole.
 */
export async function backUp(
  { ours, audit }: Opened,
  dataKey: Uint8Array,
  { dataDir, file }: { dataDir: string; file: string },
  told: Told,
): Promise<void> {
  if (existsSync(file)) throw new Error("there is such a file already: nothing is written over");
  clearLeftovers(dataDir, told.at);
  await ours.writer.write((tx) => audit.append(tx, { ...told, operator: "", what: "backup", subject: null }));
  const copy = join(dataDir, `backup-${process.pid}.tmp`);
  const part = `${file}.part`;
  rmSync(copy, { force: true });
  rmSync(part, { force: true });
  let source: number | undefined;
  try {
    ours.copyTo(copy);
    source = openSync(copy, "r");
    rmSync(copy);
    sealFile(source, part, dataKey);
  } finally {
    if (source !== undefined) closeSync(source);
    rmSync(copy, { force: true });
  }
  renameSync(part, file);
  syncFolder(dirname(file));
}

/** Copies that a killed backup has left hold what may be erased since. */
export function clearLeftovers(dataDir: string, now: number): void {
  for (const name of existsSync(dataDir) ? readdirSync(dataDir) : [])
    if (COPY.test(name) && statSync(join(dataDir, name)).mtimeMs < now - LEFT_MS) rmSync(join(dataDir, name));
}

/**
 * Brings a backup back into a folder that holds no database, and erases from it what was erased after it was made. It
 * becomes the desk's database only when all of it is right; whatever goes wrong before leaves none.
 * @throws {FileBroken} the backup is not whole, was changed, or is of another key
 */
export async function restore(
  open: (path: string) => Database,
  dataKey: Uint8Array,
  { dataDir, file }: { dataDir: string; file: string },
  outside: Outside,
  told: Told,
): Promise<{ chats: number; requests: number }> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const [target, path] = [join(dataDir, RESTORING), join(dataDir, DATABASE_FILE)];
  const mayBeThere = [ERASURES_FILE, HEAD_FILE, KEYS_FILE];
  const others = readdirSync(dataDir).filter(
    (name) => !mayBeThere.includes(name) && !name.startsWith(RESTORING),
  );
  if (others.length > 0) throw new Error(`DATA_DIR is not empty (${others[0]}): nothing is written over`);
  for (const end of ["", "-wal", "-shm"]) rmSync(`${target}${end}`, { force: true });
  openFile(file, target, dataKey);
  const database = open(target);
  const damage = database.damage();
  if (damage !== undefined) {
    await database.close();
    throw new FileBroken("the database in the backup is damaged");
  }
  const opened = await openDatabase(database, new Seal(dataKey), outside);
  const { ours, audit } = opened;
  const before = outside.witness.head();
  const forgotten = await eraseAgain(opened, outside, { ...told, proof: "restore", what: "erase" });
  await ours.writer.write(async (tx) => {
    // Whatever the day: what has lapsed since goes at the next start.
    await tx.deleteFrom("meta").where("name", "=", "purged").execute();
    // What was due when the backup was made has been mailed since.
    await tx.deleteFrom("notice").where("state", "=", "waiting").where("due_at", "<=", told.at).execute();
    await tx.updateTable("identity_code").set({ code: null }).execute();
    // A link that was used since must not open again.
    await tx.deleteFrom("link").execute();
    const reason = `${told.reason} (head before: ${typeof before === "object" ? `${before.seq}:${before.hash}` : "none"})`;
    await audit.append(tx, { ...told, operator: "", what: "restore", subject: null, reason });
  });
  await ours.compact();
  await audit.keepHead(true);
  await ours.close();
  renameSync(target, path);
  syncFolder(dirname(path));
  return forgotten;
}

/** What was erased after the backup is erased again. */
async function eraseAgain(
  { ours, rows, audit }: Opened,
  { witness }: Outside,
  cause: Cause,
): Promise<{ chats: number; requests: number }> {
  const known = witness.erasures();
  // The witness has these already.
  const forgetting: Forgetting = { rows, audit, witness: { ...witness, erased() {} } };
  const chats = (await ours.reader.selectFrom("conversation").select(["id", "operator"]).execute()).filter(
    ({ id }) => known.chats.has(rows.chatKey(id)),
  );
  const requests = (
    await ours.reader.selectFrom("request").select(["id", "operator", "receipt"]).execute()
  ).filter(({ receipt }) => known.requests.has(receipt));
  for (const [operator, step] of steps(chats))
    await ours.writer.write((tx) =>
      forgetChats(
        tx,
        forgetting,
        operator,
        step.map(({ id }) => id),
        cause,
      ),
    );
  for (const [operator, step] of steps(requests))
    await ours.writer.write((tx) => forgetRequests(tx, forgetting, operator, step, cause));
  return { chats: chats.length, requests: requests.length };
}

function* steps<T extends { operator: string }>(all: readonly T[]): Generator<[string, T[]]> {
  for (const [operator, own] of Map.groupBy(all, (one) => one.operator))
    for (let from = 0; from < own.length; from += FORGET_STEP)
      yield [operator, own.slice(from, from + FORGET_STEP)];
}

function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
