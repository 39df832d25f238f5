import type { Json } from "./exchange.ts";

const MAX_DEPTH = 32;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The JSON in the bytes; undefined when they are not UTF-8, not JSON, nested too deeply, or name `__proto__`. */
export function parseJson(bytes: Uint8Array): Json | undefined {
  if (!isShallow(bytes)) return undefined;
  try {
    const text = utf8.decode(bytes);
    if (text.includes("__proto__") || /\\u00[57]f/i.test(text)) return withoutProto(JSON.parse(text));
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const [QUOTE, BACKSLASH, OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT] = [
  0x22, 0x5c, 0x5b, 0x7b, 0x5d, 0x7d,
];

/** Counts brackets without parsing, so that no depth can exhaust the stack. */
function isShallow(bytes: Uint8Array): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (quoted) {
      if (byte === BACKSLASH) i += 1;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth += 1;
      if (depth > MAX_DEPTH) return false;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
  }
  return true;
}

function withoutProto(value: Json): Json | undefined {
  const names = (v: Json): boolean =>
    typeof v === "object" && v !== null && (Object.hasOwn(v, "__proto__") || Object.values(v).some(names));
  return names(value) ? undefined : value;
}
