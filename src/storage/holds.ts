import type { AuditEntry } from "../requests/audit.ts";
import type { Opened } from "./opened.ts";

/**
 * Holds a request (a suit, an order of an authority: it must be kept, however old), or lets go of it; with its row of
 * the audit. False when the operator has no such request.
 */
export function hold(
  { ours, rows, audit }: Opened,
  receipt: string,
  held: boolean,
  entry: Omit<AuditEntry, "what" | "subject">,
): Promise<boolean> {
  const { operator, at } = entry;
  const subject = rows.receiptKey(receipt);
  return ours.writer.write(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable("request")
      .set({ held_at: held ? at : null })
      .where("receipt", "=", subject)
      .where("operator", "=", operator)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return false;
    const reason = `${held ? "held" : "released"}: ${entry.reason}`;
    await audit.append(tx, { ...entry, what: "hold", subject, reason });
    return true;
  });
}
