/** How a call to the server ended. What a customer can meet is a value. */
export type Outcome<T> =
  | { kind: "done"; value: T }
  /** The token is not, or no longer, good. */
  | { kind: "expired" }
  /** The chat is not there any more. */
  | { kind: "gone" }
  /** Too much at once, or a pause of the service: again in `waitMs`. */
  | { kind: "busy"; waitMs: number }
  /** The server will never take this. */
  | { kind: "refused" }
  /** No answer, or none that says anything. */
  | { kind: "unreachable" };

/** What an answer of the server means. `body`: what it holds, where it was read. */
export function outcomeOf<T>(status: number, retryAfter: string | null, body: T): Outcome<T> {
  if (status >= 200 && status < 300) return { kind: "done", value: body };
  if (status === 401 || status === 403) return { kind: "expired" };
  if (status === 404) return { kind: "gone" };
  if (status === 429 || status === 503) {
    const seconds = Number(retryAfter ?? "2");
    return { kind: "busy", waitMs: Math.min(60, Math.max(1, Number.isNaN(seconds) ? 2 : seconds)) * 1_000 };
  }
  return status >= 500 ? { kind: "unreachable" } : { kind: "refused" };
}
