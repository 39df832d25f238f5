import { type AuditLog, createAudit } from "./audit.ts";
import type { Database } from "./database.ts";
import { followKeys } from "./keyring.ts";
import { migrate } from "./migrate.ts";
import { createNoticeBook, NO_ONE } from "./notices.ts";
import { waitedFor } from "./open-writes.ts";
import type { Ledger } from "./requests.ts";
import { Rows } from "./rows.ts";
import type { Seal } from "./seal.ts";
import type { Outside } from "./witness.ts";
import type { Writer } from "./writer.ts";

/** A database whose schema and keys fit, with what every part of this folder needs. */
export interface Opened {
  /** Seals with the key in use, and keeps the audit's head after each transaction that has added to it. */
  ours: Database;
  rows: Rows;
  audit: AuditLog;
  /** What a change of the register writes with itself. */
  ledger: Ledger;
}

/** @throws when the database is newer than this program, or was sealed with another key; it is closed then */
export async function openDatabase(database: Database, seal: Seal, outside: Outside): Promise<Opened> {
  const rows = new Rows(seal);
  try {
    await migrate(database.writer, seal);
  } catch (error) {
    await database.close();
    throw error;
  }
  const following = followKeys(database, seal);
  const writer: Writer = {
    async write(operation, haste) {
      let grown = false;
      const value = await following.writer.write(async (tx) => {
        audit.grown();
        const value = await operation(tx);
        grown = audit.grown();
        return value;
      }, haste);
      // What was done is done: a head that could not be kept is kept with the next row.
      if (grown)
        await audit.keepHead().catch((error: unknown) => {
          outside.log.error("audit.head", { error: error instanceof Error ? error.name : "unknown" });
        });
      return value;
    },
  };
  const writes = waitedFor(writer);
  const ours: Database = {
    ...database,
    writer: writes.writer,
    async close() {
      following.stop();
      // What is written last has its head kept, too.
      await writes.settled();
      await database.close();
    },
  };
  const audit = createAudit(ours, rows, outside.witness, outside.log);
  const notices = createNoticeBook(rows, outside.audience ?? NO_ONE);
  return { ours, rows, audit, ledger: { rows, notices, appendAudit: audit.append } };
}
