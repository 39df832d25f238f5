import {
  Agent as HttpAgent,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as overHttp,
  type RequestOptions,
} from "node:http";
import { Agent as HttpsAgent, request as overHttps } from "node:https";

/** How long a call may take, its answer included; a turn's reply may need two of them. */
const CALL_MS = 6_000;
/** What is read of an answer: the platform's are a few hundred bytes. */
const MOST_BYTES = 65_536;
/** A connection that nobody uses is closed before the other side may close it: a call on a closed one fails. */
const AGENT = { keepAlive: true, timeout: 4_000 };

/** What the SDK reads of an answer to what we call. */
type Answered = Pick<Response, "text">;

/** How something is asked for; a plain GET unless told. */
interface Asked {
  method?: "POST";
  headers?: OutgoingHttpHeaders;
}

/** What the SDK needs of its HTTP client for what we call. */
export interface Calls {
  get(path: string): Promise<Answered>;
  post(path: string, body?: unknown, config?: { headers?: Record<string, string> }): Promise<Answered>;
}

/** An answer that is no success. Holds no word of ours or of the customer's. */
export class Refusal extends Error {
  readonly status: number;
  /** As the platform words it. */
  readonly reason: string;
  constructor(status: number, reason: string) {
    super(`refused: ${status}`);
    this.status = status;
    this.reason = reason;
  }
}

/**
 * Calls over HTTP that end: the SDK's own client waits without end, reads whatever comes and follows redirects with the
 * access token. By Node's own client, which costs less than half of `fetch`; replies are a large part of what turns cost.
 * @throws {Refusal}, or whatever error kept the call from an answer
 */
export function boundedCalls(base: string, token: string): Calls {
  const secure = new URL(base).protocol === "https:";
  const request = secure ? overHttps : overHttp;
  const agent = secure ? new HttpsAgent(AGENT) : new HttpAgent(AGENT);
  async function call(path: string, options: Asked, body = ""): Promise<Answered> {
    const headers = { ...options.headers, Authorization: `Bearer ${token}` };
    const { status, text } = await answer(new URL(path, base), { ...options, headers, agent }, body);
    if (status >= 300 && status < 400) throw new Error("redirected");
    if (status < 200 || status >= 300) throw new Refusal(status, messageIn(text));
    return { text: async () => text };
  }

  function answer(
    url: URL,
    options: RequestOptions,
    body: string,
  ): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const asked = request(url, options, (response) => {
        const { statusCode: status = 0 } = response;
        read(response).then((text) => resolve({ status, text }), reject);
      });
      const timer = setTimeout(() => asked.destroy(new Error("no answer in time")), CALL_MS);
      asked.on("error", reject).on("close", () => clearTimeout(timer));
      asked.end(body);
    });
  }

  return {
    get: (path) => call(path, {}),
    post(path, body, config) {
      const text = JSON.stringify(body ?? {});
      const headers = {
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(text),
        ...config?.headers,
      };
      return call(path, { method: "POST", headers }, text);
    },
  };
}

/** @throws when it is too long or ends in the middle */
function read(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    response.on("data", (part: Buffer) => {
      size += part.length;
      parts.push(part);
      if (size > MOST_BYTES) response.destroy(new Error("answer too large"));
    });
    response.on("end", () => resolve(Buffer.concat(parts).toString("utf8")));
    response.on("error", reject);
  });
}

function messageIn(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === "string" ? message : "";
  } catch {
    return "";
  }
}
