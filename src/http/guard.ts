import type { ProblemCode } from "./problem.ts";

const MAX_TARGET = 8_192;
const MAX_HEADERS = 100;

/**
 * What must never reach the router: the request's line and headers are judged before anything reads them.
 * `rawHeaders`: names and values in turn, as they came.
 */
export function guard(target: string, rawHeaders: readonly string[]): ProblemCode | undefined {
  if (!target.startsWith("/") || target.startsWith("//")) return "BadRequest";
  if (target.length > MAX_TARGET) return "UriTooLong";
  if (!isPath(target)) return "BadRequest";
  if (rawHeaders.length / 2 > MAX_HEADERS) return "HeadersTooLarge";
  const values = (name: string) =>
    rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name);
  const hosts = values("host");
  if (hosts.length !== 1 || !isHost(hosts[0] ?? "")) return "BadRequest";
  if (values("authorization").length > 1 || values("origin").length > 1) return "BadRequest";
  if (values("content-length").length > 0 && values("transfer-encoding").length > 0) return "BadRequest";
  return undefined;
}

function isHost(host: string): boolean {
  return (
    host.length <= 255 &&
    /^[\x21-\x7e]+$/.test(host) &&
    !/[/?#@\\]/.test(host) &&
    URL.canParse(`http://${host}/`)
  );
}

/** Decodes, and holds no control character, backslash or step upwards, however it is written. */
function isPath(target: string): boolean {
  const path = target.split("?", 1)[0] ?? "";
  try {
    const decoded = decodeURIComponent(path);
    return !/[\p{Cc}\\]/u.test(decoded) && !/(^|\/)\.\.?(\/|$)/.test(decoded) && !/%2f/i.test(path);
  } catch {
    return false;
  }
}
