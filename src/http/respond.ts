import type { IncomingMessage, ServerResponse } from "node:http";
import { release } from "./body.ts";
import type { Answer } from "./exchange.ts";
import { isPieces, sendPieces } from "./pieces.ts";

/** On every answer. `secure`: the service is reached by https. */
export function commonHeaders(secure: boolean): Readonly<Record<string, string>> {
  return {
    "Cache-Control": "no-store",
    "Content-Security-Policy":
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    ...(secure ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" } : {}),
  };
}

/** What is still taken, unkept, of a body that nobody reads: an honest client hears the answer only after it has sent. */
const [LINGER_BYTES, LINGER_MS] = [4_194_304, 2_000];

/**
 * Sends the answer, once, and ends the connection when the request's body was not read to its end. Rejects when a body
 * that is made while it is sent could not be made to its end.
 */
export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  if (response.headersSent || response.destroyed) return;
  const { body } = answer;
  if (isPieces(body)) {
    response.writeHead(answer.status, { ...headers, ...answer.headers });
    return sendPieces(response, body);
  }
  const bytes = body instanceof Uint8Array;
  const payload = bytes
    ? body
    : Buffer.from(body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body), "utf8");
  const type =
    typeof body === "object" && !bytes ? { "Content-Type": "application/json; charset=utf-8" } : {};
  // What an answer depends on adds up: its origin for us, its packing for a file.
  const vary = [headers.Vary, answer.headers?.Vary].filter((v) => v !== undefined).join(", ");
  const unread = hasBody(request) && !request.readableEnded;
  response.writeHead(answer.status, {
    ...headers,
    ...type,
    ...answer.headers,
    ...(vary === "" ? {} : { Vary: vary }),
    ...(answer.cookies ? { "Set-Cookie": [...answer.cookies] } : {}),
    "Content-Length": payload.length,
    ...(unread ? { Connection: "close" } : {}),
  });
  if (!unread) return void response.end(payload);
  // The answer is whole for the peer already; its end would cut off what the peer is still sending.
  response.write(payload);
  discard(request, () => response.end());
}

/** Takes what is left of the body, within the limits, and keeps none of it. */
function discard(request: IncomingMessage, done: () => void): void {
  let left = LINGER_BYTES;
  const end = () => {
    clearTimeout(timer);
    done();
  };
  const timer = setTimeout(end, LINGER_MS).unref();
  request.once("end", end).once("close", end);
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    release(chunk);
    if (left < 0) end();
  });
  request.resume();
}

function hasBody(request: IncomingMessage): boolean {
  const { headers } = request;
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** An answer over a bare socket: for what never became a request, or was to become a WebSocket. */
export function rawAnswer(answer: Answer, headers: Readonly<Record<string, string>>): string {
  const body = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body ?? "");
  const all = { ...headers, "Content-Type": "application/json; charset=utf-8", ...answer.headers };
  const lines = Object.entries({
    ...all,
    "Content-Length": String(Buffer.byteLength(body)),
    Connection: "close",
  });
  return `HTTP/1.1 ${answer.status} -\r\n${lines.map(([n, v]) => `${n}: ${v}\r\n`).join("")}\r\n${body}`;
}
