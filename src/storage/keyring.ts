import { sql } from "kysely";
import { StoreUnavailable } from "../turn/store.ts";
import type { Database } from "./database.ts";
import type { Seal } from "./seal.ts";
import type { Tx, Writer } from "./writer.ts";

/** Rows of `sealed_check`: that the key fits, the hash key, and while the data key is changed, the next data key. */
export const CHECK = { id: 1, place: { column: "check", operator: "", row: "1" } } as const;
export const HASH_KEY = { id: 2, place: { column: "hash key", operator: "", row: "2" } } as const;
export const NEXT_KEY = { id: 3, place: { column: "next key", operator: "", row: "3" } } as const;
/** In `meta`: the id of the key that every process seals under. Absent: there was never another one. */
export const KEY_IN_USE = "key";

/**
 * The keys of a database as they stand there now, for a seal that runs on: whatever is written in a transaction is
 * sealed under the key that is in use at its beginning, and what another process has sealed under the next key
 * meanwhile opens.
 */
export function followKeys(database: Database, seal: Seal): { writer: Writer; stop(): void } {
  const learn = () => {
    const next = database.nextKey();
    if (next === undefined) return;
    try {
      seal.accept(Buffer.from(seal.open(NEXT_KEY.place, next) as string, "base64"));
    } catch {
      // Sealed under a key that this process does not have: it was asleep over a whole change of keys.
    }
  };
  let learning = false;
  seal.onUnknownKey = () => {
    if (learning) return;
    learning = true;
    learn();
    learning = false;
  };
  // Whoever neither reads nor writes while the key is changed learns the next one all the same.
  const stop = database.onForeignChange(() => {
    const inUse = database.keyInUse();
    if (inUse !== undefined && !seal.knows(inUse)) learn();
  });
  const writer: Writer = {
    write: (operation, haste) =>
      database.writer.write((tx) => {
        const inUse = database.keyInUse();
        if (inUse !== undefined && inUse !== seal.keyId) {
          if (!seal.knows(inUse)) learn();
          // Nothing may be sealed under a key that has been put out of use: this process must be started anew.
          if (!seal.knows(inUse)) throw new StoreUnavailable("failing");
          seal.sealUnder(inUse);
        }
        return operation(tx);
      }, haste),
  };
  return { writer, stop };
}

export async function putSealed(tx: Tx, id: number, body: Uint8Array): Promise<void> {
  await tx
    .insertInto("sealed_check")
    .values({ id, body })
    .onConflict((c) => c.column("id").doUpdateSet({ body }))
    .execute();
}

export async function sealedAt(tx: Tx, id: number): Promise<Uint8Array | undefined> {
  const row = await tx.selectFrom("sealed_check").select("body").where("id", "=", id).executeTakeFirst();
  return row?.body;
}

export async function useKey(tx: Tx, keyId: string): Promise<void> {
  await sql`insert into meta (name, value) values (${KEY_IN_USE}, ${keyId})
    on conflict (name) do update set value = excluded.value`.execute(tx);
}
