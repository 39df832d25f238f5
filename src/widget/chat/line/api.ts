import { type Outcome, outcomeOf } from "./outcome.ts";
import type { Pass } from "./pass.ts";

/** Longest wait for an answer, in milliseconds. */
const TIMEOUT_MS = 15_000;

export interface Granted {
  conversationId: string;
  token: string;
  expires_in: number;
}

/** The calls of Direct Line 3.0 that the chat makes. `now`: milliseconds since 1970. */
export class Api {
  readonly #operator: string;

  constructor(operator: string) {
    this.#operator = operator;
  }

  /** A new chat, or with `resume` the way back into one. */
  grant(resume: string | undefined): Promise<Outcome<Granted & { resume: string }>> {
    return this.#call("POST", `/widget/${this.#operator}/token`, undefined, resume ? { resume } : {});
  }

  refresh(pass: Pass): Promise<Outcome<Granted>> {
    return this.#call("POST", "/v3/directline/tokens/refresh", pass.token);
  }

  /** Opens the chat; the second time nothing happens. */
  open(pass: Pass, locale: string): Promise<Outcome<{ streamUrl: string }>> {
    return this.#call("POST", "/v3/directline/conversations", pass.token, { locale });
  }

  /** Finds the chat again, to read on after `watermark`. */
  find(pass: Pass, watermark: string): Promise<Outcome<{ streamUrl: string }>> {
    return this.#call("GET", `${chat(pass)}?watermark=${encodeURIComponent(watermark)}`, pass.token);
  }

  read(pass: Pass, watermark: string): Promise<Outcome<{ activities: unknown; watermark: unknown }>> {
    const path = `${chat(pass)}/activities?watermark=${encodeURIComponent(watermark)}`;
    return this.#call("GET", path, pass.token);
  }

  post(pass: Pass, activity: object): Promise<Outcome<{ id: string }>> {
    return this.#call("POST", `${chat(pass)}/activities`, pass.token, activity);
  }

  /** `kept`: what of the chat must be kept all the same, and why. */
  erase(pass: Pass): Promise<Outcome<{ kept?: "held" }>> {
    return this.#call("DELETE", chat(pass), pass.token);
  }

  /** The transcript as text. */
  async transcript(pass: Pass): Promise<Outcome<Blob>> {
    const response = await this.#fetch("GET", `${chat(pass)}/transcript`, pass.token);
    if (!response) return { kind: "unreachable" };
    return outcomeOf(response.status, response.headers.get("retry-after"), await response.blob());
  }

  async #call<T>(method: string, path: string, token?: string, body?: object): Promise<Outcome<T>> {
    const response = await this.#fetch(method, path, token, body);
    if (!response) return { kind: "unreachable" };
    try {
      const text = await response.text();
      const read = (text === "" ? {} : JSON.parse(text)) as T;
      return outcomeOf(response.status, response.headers.get("retry-after"), read);
    } catch {
      return { kind: "unreachable" };
    }
  }

  async #fetch(method: string, path: string, token?: string, body?: object): Promise<Response | undefined> {
    try {
      return await fetch(path, {
        method,
        headers: {
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      return undefined;
    }
  }
}

function chat(pass: Pass): string {
  return `/v3/directline/conversations/${encodeURIComponent(pass.conversation)}`;
}
