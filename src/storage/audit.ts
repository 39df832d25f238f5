import { createHmac, type KeyObject } from "node:crypto";
import type { Selectable } from "kysely";
import type { Log } from "../ports.ts";
import type { Audit, AuditEntry, AuditHead, Verified } from "../requests/audit.ts";
import { readReceipt } from "../requests/receipt.ts";
import type { Database } from "./database.ts";
import type { Rows } from "./rows.ts";
import type { AuditTable } from "./tables.ts";
import type { Witness } from "./witness.ts";
import type { Tx } from "./writer.ts";

/** What stands before the first row. */
const BEGINNING: AuditHead = { seq: 0, hash: "" };
/** Rows that are read at a time. */
const PAGE = 2_000;

type AuditRow = Selectable<AuditTable>;

export interface AuditLog extends Audit {
  /** Adds a row within the transaction of what it records: there is no effect without its row, nor a row without one. */
  append: (tx: Tx, entry: AuditEntry) => Promise<void>;
  /** Whether rows were added since this was asked last. */
  grown(): boolean;
  /** Keeps the last row where the database's owner cannot take it back. `anyway`: over a head that does not fit. */
  keepHead(anyway?: boolean): Promise<void>;
}

/**
 * The audit as a chain: each row carries a keyed hash over the hash before it and over itself, so that whoever can
 * write the file but lacks the key can change, move, insert or drop no row unseen. A reason is sealed with that hash
 * bound in; it may go, with what it is about, and the chain holds. That rows are cut off at the end is seen by the
 * head, which is kept outside after each transaction: beside the database, and in the log for another machine.
 */
export function createAudit(
  { writer, reader }: Pick<Database, "writer" | "reader">,
  rows: Rows,
  witness: Witness,
  log: Log,
): AuditLog {
  const key = rows.seal.keyFor("audit");
  let added = false;
  let current: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;

  async function append(tx: Tx, entry: AuditEntry): Promise<void> {
    const last = await lastOf(tx);
    const { at, actor, role, operator, what } = entry;
    const subject = entry.subject === null ? null : subjectKey(rows, entry.subject);
    const told = { seq: last.seq + 1, at, actor, role, operator, what, subject };
    const hash = hashOf(key, last.hash, told);
    const reason = rows.seal.seal(reasonPlace({ ...told, hash }), entry.reason);
    await tx
      .insertInto("audit")
      .values({ ...told, reason, hash })
      .execute();
    added = true;
  }

  function opens(row: AuditRow): boolean {
    try {
      rows.seal.open(reasonPlace(row), row.reason as Uint8Array);
      return true;
    } catch {
      return false;
    }
  }

  /** A head that names a row which is not there any more is left as it is: it is the proof. */
  async function fits(kept: AuditHead): Promise<boolean> {
    const row = await reader
      .selectFrom("audit")
      .select("hash")
      .where("seq", "=", kept.seq)
      .executeTakeFirst();
    return row?.hash === kept.hash;
  }

  async function keep(anyway: boolean): Promise<void> {
    const beside = witness.head();
    if (!anyway && beside !== undefined && (beside === "unreadable" || !(await fits(beside)))) {
      log.error("audit.broken", beside === "unreadable" ? {} : { seq: beside.seq });
      return;
    }
    // Several processes keep one head: none leaves an older one behind than stands in the database.
    for (let kept = 0; ; ) {
      const head = await lastOf(reader);
      if (head.seq === kept) return;
      await witness.keepHead(head);
      log.info("audit.head", { seq: head.seq, hash: head.hash });
      kept = head.seq;
    }
  }

  return {
    append,

    grown() {
      const grown = added;
      added = false;
      return grown;
    },

    keepHead(anyway = false) {
      // What is added while a head is written shares the next one.
      waiting ??= current.then(() => {
        waiting = undefined;
        const kept = keep(anyway);
        current = kept.catch(() => {});
        return kept;
      });
      return waiting;
    },

    async record(entry) {
      await writer.write((tx) => append(tx, entry));
    },

    async verify(elsewhere = []): Promise<Verified> {
      // Read before the rows: what is appended meanwhile is newer than any head.
      const beside = witness.head();
      const heads = [...elsewhere, ...(beside && beside !== "unreadable" ? [beside] : [])];
      /** Rows without a reason, by what they are about: it must have been forgotten later. */
      const silent = new Map<string | null, number>();
      const below = await reader.selectFrom("audit").select("seq").where("seq", "<", 1).executeTakeFirst();
      if (below) return { ok: false, bad: below.seq, why: "changed" };
      let head = BEGINNING;
      for (;;) {
        const page = await reader
          .selectFrom("audit")
          .selectAll()
          .where("seq", ">", head.seq)
          .orderBy("seq")
          .limit(PAGE)
          .execute();
        for (const row of page) {
          const bad = head.seq + 1;
          if (row.seq !== bad) return { ok: false, bad, why: "missing" };
          if (row.hash !== hashOf(key, head.hash, row)) return { ok: false, bad, why: "changed" };
          if (heads.some((kept) => kept.seq === bad && kept.hash !== row.hash))
            return { ok: false, bad, why: "replaced" };
          if (row.reason !== null && !opens(row)) return { ok: false, bad, why: "changed" };
          if (row.reason === null && !silent.has(row.subject)) silent.set(row.subject, bad);
          if (row.what === "purge" || row.what === "erase") silent.delete(row.subject);
          head = { seq: row.seq, hash: row.hash };
        }
        if (page.length < PAGE) break;
      }
      if (heads.some(({ seq }) => seq > head.seq)) return { ok: false, bad: head.seq + 1, why: "cut" };
      if (silent.size > 0) return { ok: false, bad: Math.min(...silent.values()), why: "reason" };
      if (beside === "unreadable" || (beside === undefined && head.seq > 0))
        return { ok: false, bad: head.seq, why: "head" };
      return { ok: true, head };
    },
  };
}

/** Drops the reasons of rows about what is forgotten now; a row that says so must follow in the same transaction. */
export async function dropReasons(tx: Tx, subjects: readonly string[]): Promise<void> {
  if (subjects.length > 0)
    await tx.updateTable("audit").set({ reason: null }).where("subject", "in", subjects).execute();
}

/** A receipt number never stands readable in the database. */
export function subjectKey(rows: Rows, subject: string): string {
  const receipt = readReceipt(subject);
  return receipt.ok ? rows.receiptKey(receipt.value) : subject;
}

async function lastOf(db: Tx): Promise<AuditHead> {
  const last = await db
    .selectFrom("audit")
    .select(["seq", "hash"])
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return last ?? BEGINNING;
}

function hashOf(key: KeyObject, before: string, row: Omit<AuditRow, "reason" | "hash">): string {
  const { seq, at, actor, role, operator, what, subject } = row;
  const canonical = JSON.stringify([before, seq, at, actor, role, operator, what, subject]);
  return createHmac("sha256", key).update(canonical).digest("base64url");
}

const reasonPlace = ({ seq, operator, hash }: Pick<AuditRow, "seq" | "operator" | "hash">) =>
  ({ column: "audit", operator, row: `${seq}/${hash}` }) as const;
