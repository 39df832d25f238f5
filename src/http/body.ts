import type { IncomingMessage } from "node:http";
import type { Json } from "./exchange.ts";
import { parseJson } from "./json.ts";
import type { ProblemCode } from "./problem.ts";

/** Largest body in bytes. */
const MAX_BODY = 65_536;
/** The same of a body that a platform has signed: it holds many events at once. */
const MAX_RAW = 262_144;
const WORTH_RELEASING = 4_096;

export type Body = { kind: "json"; value: Json | undefined } | { kind: "refused"; code: ProblemCode };

type Raw = { kind: "raw"; bytes: Buffer } | { kind: "refused"; code: ProblemCode };

/** Reads a JSON body, at most `MAX_BODY` bytes of it. An empty body is no value. */
export function readJson(request: IncomingMessage): Promise<Body> {
  return read(request, "application/json", parseJson);
}

/** Reads a page's form: an object of strings; of a field that is there twice the last counts. */
export function readForm(request: IncomingMessage): Promise<Body> {
  return read(request, "application/x-www-form-urlencoded", parseForm);
}

/** Reads a body as it is, at most `MAX_RAW` bytes of it. */
export async function readRaw(request: IncomingMessage): Promise<Raw> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_RAW) return { kind: "refused", code: "TooLarge" };
  const bytes = await readBytes(request, MAX_RAW);
  return bytes ? { kind: "raw", bytes } : { kind: "refused", code: "TooLarge" };
}

function parseForm(bytes: Uint8Array): Json {
  return Object.fromEntries(new URLSearchParams(Buffer.from(bytes).toString("utf8")));
}

async function read(
  request: IncomingMessage,
  media: string,
  parse: (bytes: Uint8Array) => Json | undefined,
): Promise<Body> {
  const { headers } = request;
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity")
    return { kind: "refused", code: "UnsupportedMediaType" };
  if (Number(headers["content-length"] ?? 0) > MAX_BODY) return { kind: "refused", code: "TooLarge" };
  const bytes = await readBytes(request, MAX_BODY);
  if (!bytes) return { kind: "refused", code: "TooLarge" };
  if (bytes.length === 0) return { kind: "json", value: undefined };
  if (!isOf(media, headers["content-type"])) return { kind: "refused", code: "UnsupportedMediaType" };
  const value = parse(bytes);
  release(bytes);
  return value === undefined ? { kind: "refused", code: "BadRequest" } : { kind: "json", value };
}

function isOf(wanted: string, type: string | undefined): boolean {
  if (type === undefined) return false;
  const [media, ...parameters] = type
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charset = parameters
    .find((p) => p.startsWith("charset="))
    ?.slice(8)
    .replaceAll('"', "");
  return media === wanted && (charset === undefined || charset === "utf-8" || charset === "utf8");
}

/** Undefined when there is too much; what is left is not read. */
function readBytes(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= most) return;
      request.off("data", onData).off("end", onEnd).pause();
      chunks.forEach(release);
      resolve(undefined);
    };
    const onEnd = () => {
      const [only] = chunks;
      if (only && chunks.length === 1) return resolve(only);
      resolve(Buffer.concat(chunks));
      chunks.forEach(release);
    };
    request.on("data", onData).once("end", onEnd);
    request.once("error", reject);
    request.once("close", () => reject(new Error("closed")));
  });
}

/**
 * Gives a chunk's bytes back now. The garbage collector would wait for some 64 MB of them: it sees only the small
 * objects in front. The chunk is empty afterwards.
 */
export function release(chunk: Buffer): void {
  const { buffer, byteLength } = chunk;
  const own = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  if (own && byteLength >= WORTH_RELEASING) buffer.transfer(0);
}
