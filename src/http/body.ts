import type { IncomingMessage } from "node:http";
import type { Json } from "./exchange.ts";
import { parseJson } from "./json.ts";
import type { ProblemCode } from "./problem.ts";

/** Largest body in bytes. */
const MAX_BODY = 65_536;

export type Body = { kind: "json"; value: Json | undefined } | { kind: "refused"; code: ProblemCode };

/** Reads a JSON body, at most `MAX_BODY` bytes of it. An empty body is no value. */
export function readJson(request: IncomingMessage): Promise<Body> {
  return read(request, "application/json", parseJson);
}

/** Reads a page's form: an object of strings; of a field that is there twice the last counts. */
export function readForm(request: IncomingMessage): Promise<Body> {
  return read(request, "application/x-www-form-urlencoded", parseForm);
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
  const bytes = await readBytes(request);
  if (!bytes) return { kind: "refused", code: "TooLarge" };
  if (bytes.length === 0) return { kind: "json", value: undefined };
  if (!isOf(media, headers["content-type"])) return { kind: "refused", code: "UnsupportedMediaType" };
  const value = parse(bytes);
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
function readBytes(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY) {
        chunks.push(chunk);
        return;
      }
      request.off("data", onData);
      request.pause();
      resolve(undefined);
    };
    request.on("data", onData);
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", reject);
    request.once("close", () => reject(new Error("closed")));
  });
}
