/** How long a call may take, its answer included; a turn's reply may need two of them. */
const CALL_MS = 6_000;
/** What is read of an answer: the platform's are a few hundred bytes. */
const MOST_BYTES = 65_536;

/** What the SDK needs of its HTTP client for what we call. */
export interface Calls {
  get(path: string): Promise<Response>;
  post(path: string, body?: unknown, config?: { headers?: Record<string, string> }): Promise<Response>;
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
 * access token. @throws {Refusal}, or whatever error kept the call from an answer
 */
export function boundedCalls(base: string, token: string): Calls {
  async function call(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...init.headers, Authorization: `Bearer ${token}` };
    const signal = AbortSignal.timeout(CALL_MS);
    const response = await fetch(new URL(path, base), { ...init, headers, signal, redirect: "error" });
    const text = await read(response);
    if (!response.ok) throw new Refusal(response.status, messageIn(text));
    return new Response(text === "" ? null : text, { status: response.status, headers: response.headers });
  }
  return {
    get: (path) => call(path, {}),
    post: (path, body, config) =>
      call(path, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...config?.headers },
        body: JSON.stringify(body ?? {}),
      }),
  };
}

async function read(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > MOST_BYTES) throw new Error("answer too large");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function messageIn(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === "string" ? message : "";
  } catch {
    return "";
  }
}
