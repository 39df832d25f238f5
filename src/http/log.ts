import pino from "pino";
import type { Log, LogFields } from "../ports.ts";

/** The only fields that a line may carry. A field that is not here is left out. */
const FIELDS = new Set([
  "activities",
  "channel",
  "conversations",
  "count",
  "dead",
  "error",
  "hash",
  "id",
  "kind",
  "limit",
  "method",
  "ms",
  "operator",
  "operators",
  "port",
  "reason",
  "requests",
  "route",
  "seq",
  "signal",
  "sockets",
  "state",
  "status",
  "tries",
  "waiting",
]);
/** What text may look like: names, ids and templates, never a sentence. */
const WORD = /^[\w.:/*-]{1,80}$/;

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** JSON lines on stdout, or to `write`. */
export function createLog(level: LogLevel, write?: (line: string) => void): Log {
  const options = { level, base: null, messageKey: "event" };
  const logger = write ? pino(options, { write }) : pino(options);
  return {
    info: (event, fields) => logger.info(allowed(fields), event),
    warn: (event, fields) => logger.warn(allowed(fields), event),
    error: (event, fields) => logger.error(allowed(fields), event),
  };
}

function allowed(fields: LogFields = {}): LogFields {
  const kept: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (!FIELDS.has(name)) continue;
    kept[name] = typeof value === "string" && !WORD.test(value) ? "?" : value;
  }
  return kept;
}
