/**
 * What the host page and the chat's frame say to each other. No address, token or markup is ever among it, and each
 * side listens only to the other's window and origin.
 */
export type ToFrame =
  /** Who are you? Sent until the frame has answered. */
  { madoguchi: "hello" } | { madoguchi: "shown"; visible: boolean; full: boolean };

export type ToPage =
  | { madoguchi: "ready" }
  | { madoguchi: "close" }
  /** Messages of the desk that have not been seen. */
  | { madoguchi: "unread"; count: number };

/** Reads a message for the frame; undefined for anything else. */
export function toFrame(given: unknown): ToFrame | undefined {
  const [kind, fields] = read(given);
  if (kind === "hello") return { madoguchi: "hello" };
  if (kind !== "shown") return undefined;
  const { visible, full } = fields;
  return typeof visible === "boolean" && typeof full === "boolean"
    ? { madoguchi: "shown", visible, full }
    : undefined;
}

/** Reads a message for the page; undefined for anything else. */
export function toPage(given: unknown): ToPage | undefined {
  const [kind, { count }] = read(given);
  if (kind === "ready" || kind === "close") return { madoguchi: kind };
  if (kind !== "unread" || typeof count !== "number") return undefined;
  return count >= 0 && count <= 9_999 && count % 1 === 0 ? { madoguchi: "unread", count } : undefined;
}

function read(given: unknown): [kind: unknown, fields: Readonly<Record<string, unknown>>] {
  if (typeof given !== "object" || given === null || !Object.hasOwn(given, "madoguchi"))
    return [undefined, {}];
  const fields = given as Readonly<Record<string, unknown>>;
  return [fields.madoguchi, fields];
}
