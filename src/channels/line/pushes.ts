import { createHash } from "node:crypto";
import type { Account, Desk } from "./desk.ts";

/** Of the limit: from here on the log warns. */
const NEAR = 0.8;

/** The calendar month (`YYYY-MM`) in Japan, where the plans are counted. */
export function monthOf(now: number): string {
  return new Date(now + 9 * 3_600_000).toISOString().slice(0, 7);
}

/** Whether the account may push once more this month. */
export async function mayPush(desk: Desk, { operator, pushLimit }: Account): Promise<boolean> {
  if (pushLimit === undefined) return true;
  const month = monthOf(desk.clock.now());
  if ((await desk.records.pushes(operator, month)) < pushLimit) return true;
  desk.log.error("line.push-limit", { operator, limit: pushLimit });
  return false;
}

/** Counts a push that the platform has taken, and warns once when the limit comes near. */
export async function pushed(desk: Desk, { operator, pushLimit }: Account): Promise<void> {
  const count = await desk.records.countPush(operator, monthOf(desk.clock.now()));
  if (pushLimit === undefined) return;
  const near = Math.ceil(pushLimit * NEAR);
  if (count === near) desk.log.warn("line.pushes-near-limit", { operator, count, limit: pushLimit });
}

/** A delivery's key as the platform wants it: a UUID, the same for the same key. */
export function uuidOf(retryKey: string): string {
  const hex = createHash("sha256").update(retryKey).digest("hex");
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, variant + hex.slice(18, 20)];
  return [...parts, hex.slice(20, 32)].join("-");
}
