/** What the outside gives us as a parameter: time, ids and the log. Nothing else in `src/` asks for them itself. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  now(): number;
}

/** Unguessable ids: each call gives a new URL-safe string of at least 128 random bits. */
export interface Ids {
  next(): string;
}

/** A field of a log line: ids, names, counts and durations only. Never what a person wrote. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

/** Structured log. `event` is a fixed dotted name such as `turn.done`. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** A log that keeps nothing: for the terminal and for tests. */
export const noLog: Log = { info() {}, warn() {}, error() {} };
