import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from "kysely";

/** Nothing is put off for so long: what is due later was written by a clock that has been set back since. Milliseconds. */
const LONGEST_WAIT_MS = 600_000;

export const isDue = (dueAt: number, now: number): boolean => dueAt <= now || dueAt > now + LONGEST_WAIT_MS;

/** The same as a condition. `column`: of a time in milliseconds since 1970. */
export function isDueIn<DB, TB extends keyof DB>(
  e: ExpressionBuilder<DB, TB>,
  column: Parameters<typeof e.ref>[0],
  now: number,
): ExpressionWrapper<DB, TB, SqlBool> {
  const at = e.ref(column);
  return e.or([e(at, "<=", e.val(now as never)), e(at, ">", e.val((now + LONGEST_WAIT_MS) as never))]);
}
