import type { AuditEntry } from "../requests/audit.ts";
import { CHECK, HASH_KEY, NEXT_KEY, putSealed, sealedAt, useKey } from "./keyring.ts";
import type { Opened } from "./opened.ts";
import { Seal } from "./seal.ts";
import { putBack, SEALED, sealedOtherwise, sealedValues } from "./sealed.ts";

export interface Pace {
  /** Long enough for every process to have seen the announcement (they look ten times a second). */
  settled: () => Promise<unknown>;
  /** Between two steps. */
  pause: () => Promise<unknown>;
}

/** Values that one transaction seals anew: others must get their turn in between. */
const STEP = 100;

/**
 * Changes the data key while desks run: announces the next one (sealed under the old), from where on every process
 * seals under it and opens both; seals anew what is left, step by step; then takes the old one out of the database and
 * its bytes out of the files. Killed at any point, the same call goes on where it stood. Gives the number of values.
 *
 * `opened` was opened with the old key. Keyed hashes stay: the hash key is sealed anew, and is the same.
 * @throws when another next key has been announced before
 */
export async function rotate(
  { ours, rows: { seal }, audit }: Opened,
  nextKey: Uint8Array,
  entry: Omit<AuditEntry, "what" | "subject">,
  { settled, pause }: Pace,
): Promise<number> {
  const next = Seal.keyId(nextKey);
  const { writer } = ours;
  await writer.write(async (tx) => {
    const announced = await sealedAt(tx, NEXT_KEY.id);
    if (announced) {
      const under = seal.open(NEXT_KEY.place, announced) as string;
      if (Seal.keyId(Buffer.from(under, "base64")) !== next)
        throw new Error(
          "another change of the key is not finished: DATA_KEY_NEXT must be the key that it began with",
        );
      return;
    }
    if (next === seal.keyId) throw new Error("DATA_KEY_NEXT is the key that is in use");
    const sealed = seal.seal(NEXT_KEY.place, Buffer.from(nextKey).toString("base64"));
    await putSealed(tx, NEXT_KEY.id, sealed);
    await useKey(tx, next);
    await audit.append(tx, { ...entry, what: "rotate", subject: `begin:${next}` });
  });
  seal.accept(nextKey);
  await settled();
  const head = Seal.head(next);
  let total = 0;
  // What others write meanwhile is sealed under the next key: once through all rows is enough, twice is proof.
  for (let left = -1; left !== 0; ) {
    left = 0;
    for (const column of SEALED) {
      for (let after = 0; ; ) {
        // Looked for outside the transaction: others wait for what is sealed, not for what is read.
        const step = await sealedOtherwise(ours.reader, column, head, after, STEP);
        const last = step.at(-1);
        if (last === undefined) break;
        await writer.write(async (tx) => {
          for (const { rowid, place, value } of await sealedValues(tx, column, step))
            await putBack(tx, column, rowid, seal.seal(place, seal.open(place, value)));
        });
        left += step.length;
        after = last;
        await pause();
      }
    }
    total += left;
  }
  await writer.write(async (tx) => {
    const hashKey = await sealedAt(tx, HASH_KEY.id);
    if (!hashKey) throw new Error("no hash key");
    await putSealed(tx, HASH_KEY.id, seal.seal(HASH_KEY.place, seal.open(HASH_KEY.place, hashKey)));
    await putSealed(tx, CHECK.id, seal.seal(CHECK.place, "madoguchi"));
    await tx.deleteFrom("sealed_check").where("id", "=", NEXT_KEY.id).execute();
    await audit.append(tx, { ...entry, what: "rotate", subject: `end:${next}` });
  });
  await ours.compact();
  return total;
}
