import type { AuditEntry } from "../../src/requests/audit.ts";
import { type Docket, isDecision, type Released } from "../../src/requests/docket.ts";
import type { Actor, Step } from "../../src/requests/state.ts";

/** A step as the desk takes it: a decision of an officer's is prepared by one and released by another. */
export async function takeStep(
  docket: Docket,
  at: { operator: string; receipt: string; version: number },
  step: Step,
  actor: Actor,
  now: number,
  audit: AuditEntry,
): Promise<Released> {
  if (actor.by !== "officer" || !isDecision(step)) return docket.move(at, step, actor, now, audit);
  const first = { account: "account-first", name: actor.name ?? "First" };
  const prepared = await docket.prepare(at, step, first, now, { ...audit, what: "prepare" });
  if (prepared.kind !== "moved") return prepared;
  const preparedAt = (await docket.show(at.operator, at.receipt))?.prepared?.at ?? 0;
  const second = { account: "account-second", name: "Second" };
  const { operator, receipt } = at;
  return docket.release({ operator, receipt, preparedAt }, second, now, { ...audit, what: "release" });
}
