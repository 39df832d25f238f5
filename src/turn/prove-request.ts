import { readCode, readReceipt } from "../requests/receipt.ts";
import type { Register } from "../requests/register.ts";

/** Whether somebody has shown that a request is theirs. `number`, `code`: what cannot be one at all. */
export type Proved =
  | { kind: "right"; receipt: string }
  | { kind: "wrong"; issue: "number" | "code" | "unknown" | "locked" };

/** Looks a request up by what was typed as its number and its code; wrong tries count as in a talk. */
export async function proveRequest(
  register: Register,
  at: Parameters<Register["look"]>[0],
  number: string,
  secret: string,
  now: number,
): Promise<Proved> {
  const [receipt, code] = [readReceipt(number), readCode(secret)];
  if (!receipt.ok) return { kind: "wrong", issue: "number" };
  if (!code.ok) return { kind: "wrong", issue: "code" };
  const found = await register.look(at, { look: "request", receipt: receipt.value, code: code.value }, now);
  if (found.look === "request" && found.request) return { kind: "right", receipt: found.request.receipt };
  return { kind: "wrong", issue: "locked" in found && found.locked ? "locked" : "unknown" };
}
