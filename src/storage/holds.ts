import type { AuditEntry } from "../requests/audit.ts";
import { forgetHeldChat } from "./forget.ts";
import type { Opened } from "./opened.ts";
import type { Outside } from "./witness.ts";

/**
 * Holds a request (a suit, an order of an authority: it must be kept, however old, and so must the chat that it came
 * from), or lets go of it; with its row of the audit. What was deleted of its chat meanwhile goes with the release.
 * False when the operator has no such request.
 */
export async function hold(
  { ours, rows, audit, witness }: Opened & Pick<Outside, "witness">,
  receipt: string,
  held: boolean,
  entry: Omit<AuditEntry, "what" | "subject">,
): Promise<boolean> {
  const { operator, at } = entry;
  const subject = rows.receiptKey(receipt);
  const done = await ours.writer.write(async (tx) => {
    const found = await tx
      .updateTable("request")
      .set({ held_at: held ? at : null })
      .where("receipt", "=", subject)
      .where("operator", "=", operator)
      .returning("conversation")
      .executeTakeFirst();
    if (!found) return undefined;
    const reason = `${held ? "held" : "released"}: ${entry.reason}`;
    await audit.append(tx, { ...entry, what: "hold", subject, reason });
    if (held) return { forgotten: false };
    const cause = { ...entry, proof: "customer", what: "erase", reason: "released" } as const;
    const forgetting = { rows, audit, witness };
    return { forgotten: await forgetHeldChat(tx, forgetting, operator, found.conversation, cause) };
  });
  if (done?.forgotten) await ours.compact();
  return done !== undefined;
}
