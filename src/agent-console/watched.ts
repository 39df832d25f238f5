import { isOpen } from "../handoff/hours.ts";
import type { Operator } from "../knowledge/operator.ts";
import type { Log } from "../ports.ts";
import type { AuditEntry } from "../requests/audit.ts";
import { deskFactsOf } from "../turn/desk-facts.ts";
import type { OnAlarm } from "./mount.ts";
import type { Reading } from "./reading.ts";

/** Whether data of a person may be shown; the audit has its row, and whoever looks after the desk hears of what is odd. */
export interface WatchedReading {
  admit(entry: AuditEntry, now: number): Promise<boolean>;
}

export interface WatchOptions {
  reading: Pick<Reading, "admit">;
  operators: ReadonlyMap<string, Pick<Operator, "desk">>;
  onAlarm: OnAlarm;
  log: Log;
}

/**
 * Reading as `desk.reads` of `operator.yaml` allows it: fewer people's data while nobody is at the desk, and the first
 * of an hour is an alarm then, since whoever copies a register does it at night.
 */
export function watchedReading({ reading, operators, onAlarm, log }: WatchOptions): WatchedReading {
  const rules = new Map(
    [...operators].map(([id, operator]) => [id, { ...operator.desk.reads, ...deskFactsOf(operator) }]),
  );
  return {
    async admit(entry, now) {
      const { operator, actor } = entry;
      const rule = rules.get(operator);
      if (!rule) throw new Error("data of an operator that is not served");
      const open = isOpen(rule.hours, now);
      const { ok, first } = await reading.admit(entry, now, open ? rule.perHour : rule.afterHours);
      if (first && !ok) {
        onAlarm("reading", operator);
        log.warn("console.bulk", { operator, id: actor });
      }
      if (first && ok && !open) {
        onAlarm("after-hours", operator);
        log.warn("console.after-hours", { operator, id: actor });
      }
      return ok;
    },
  };
}
