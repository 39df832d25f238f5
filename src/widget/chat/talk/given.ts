/** What came from outside, looked at without trust: an object's fields, or none. */
export function fields(given: unknown): Readonly<Record<string, unknown>> {
  return typeof given === "object" && given !== null ? (given as Record<string, unknown>) : {};
}

/** A list, or an empty one. */
export function list(given: unknown): unknown[] {
  return Array.isArray(given) ? given : [];
}
