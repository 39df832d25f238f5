import type { Api, Granted } from "./api.ts";
import type { Keep } from "./keep.ts";
import type { Outcome } from "./outcome.ts";
import { type Pass, passIn } from "./pass.ts";
import type { Kept, Siblings } from "./siblings.ts";

/** A token with less life than this is renewed before it is used, in milliseconds. */
const MARGIN_MS = 30_000;
/** From here on a token is refreshed while the chat goes on. */
const REFRESH_MS = 15 * 60_000;

/** This browser's chat: found in the tab, at another tab, by the way back, or begun anew. */
export class Session {
  readonly #api: Api;
  readonly #keep: Keep;
  readonly #siblings: Siblings;
  readonly #operator: string;
  #pass: Pass | undefined;
  /** Tokens that the server has refused: another tab may not know yet. */
  readonly #spent = new Set<string>();
  /** True once the chat was begun by an earlier page or another tab. */
  restored = false;
  /** Another tab has deleted this chat. */
  onGone: (kept: Kept) => void = () => {};

  constructor(operator: string, api: Api, keep: Keep, siblings: Siblings) {
    this.#operator = operator;
    this.#api = api;
    this.#keep = keep;
    this.#siblings = siblings;
    try {
      this.#pass = passIn(JSON.parse(keep.get("pass") ?? "null"));
    } catch {
      this.#pass = undefined;
    }
    this.restored = this.#pass !== undefined;
    siblings.join(
      () => this.#pass,
      (pass) => this.#adopt(pass),
      (conversation, kept) => {
        if (conversation !== this.#pass?.conversation) return;
        this.forget();
        this.onGone(kept);
      },
    );
  }

  get pass(): Pass | undefined {
    return this.#pass;
  }

  /** A pass with life in it. One tab at a time, so that the way back is not used twice. */
  enter(): Promise<Outcome<Pass>> {
    return alone(`madoguchi:${this.#operator}`, async () => {
      if (!this.#isFresh()) await this.#siblings.ask();
      const pass = this.#pass;
      if (pass && this.#isFresh()) return { kind: "done", value: pass };
      if (pass) {
        const back = await this.#api.grant(pass.resume);
        if (back.kind !== "expired" && back.kind !== "refused") return this.#took(back);
        // Used up, too old, or the chat is gone: nothing leads back to it.
        this.forget();
      }
      this.restored = false;
      return this.#took(await this.#api.grant(undefined));
    });
  }

  /** Prolongs the token while it lives, once it is halfway through. */
  async refresh(): Promise<void> {
    const pass = this.#pass;
    if (!pass || pass.until - Date.now() > REFRESH_MS || !this.#isFresh()) return;
    const outcome = await this.#api.refresh(pass);
    if (outcome.kind === "done" && this.#pass === pass) this.#hold(passOf(outcome.value, pass.resume));
    else if (outcome.kind === "expired") this.expire();
  }

  /** The server says that the token is over. */
  expire(): void {
    if (!this.#pass) return;
    this.#spent.add(this.#pass.token);
    this.#pass = { ...this.#pass, until: 0 };
  }

  /** The chat is gone; the next one will be new. */
  forget(): void {
    this.#pass = undefined;
    this.restored = false;
    this.#keep.set("pass", undefined);
  }

  /** The other tabs hear that the chat is gone. */
  tellGone(kept: Kept): void {
    if (this.#pass) this.#siblings.tellGone(this.#pass.conversation, kept);
  }

  #isFresh(): boolean {
    return this.#pass !== undefined && this.#pass.until - Date.now() > MARGIN_MS;
  }

  #took(granted: Outcome<Granted & { resume: string }>): Outcome<Pass> {
    if (granted.kind !== "done") return granted;
    const pass = passOf(granted.value, granted.value.resume);
    this.#hold(pass);
    return { kind: "done", value: pass };
  }

  #hold(pass: Pass): void {
    this.#pass = pass;
    this.#keep.set("pass", JSON.stringify(pass));
    this.#siblings.tell(pass);
  }

  /** A sibling's pass counts when we have none, or an older one of the same chat. */
  #adopt(pass: Pass): void {
    const own = this.#pass;
    if (this.#spent.has(pass.token)) return;
    if (own && (own.conversation !== pass.conversation || own.until >= pass.until)) return;
    if (!own) this.restored = true;
    this.#pass = pass;
    this.#keep.set("pass", JSON.stringify(pass));
  }
}

function passOf({ conversationId, token, expires_in }: Granted, resume: string): Pass {
  return { conversation: conversationId, token, until: Date.now() + expires_in * 1_000, resume };
}

/** Runs while no other tab runs the same; at once where the browser has no locks. */
function alone<T>(name: string, run: () => Promise<T>): Promise<T> {
  // Where storage is blocked, locks are too.
  try {
    if ("locks" in navigator) return navigator.locks.request(name, run) as Promise<T>;
  } catch {}
  return run();
}
