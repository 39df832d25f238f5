import type { Conversation } from "../../turn/store.ts";
import type { Account, Desk } from "./desk.ts";

/** What became of it. `failed`: no try was answered as it should be. */
export type Marked = "marked" | "refused" | "failed";

/** After the first and the second try that was not answered; after the third it is left to the next message's mark. */
const AGAIN_MS = [2_000, 10_000] as const;

/** Marks as read what customers wrote, beside all else: no answer waits for it, no turn fails by it. */
export class Marking {
  readonly #desk: Desk;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #stopped = false;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** What stands in the chat up to the line `seq` was read. */
  begin(conversation: Conversation, seq: number): void {
    const account = this.#desk.accounts.get(conversation.operator);
    if (!account) return;
    this.#mark(account, conversation, seq).catch(() => this.#desk.onMarked(account.operator, "failed"));
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #mark(account: Account, conversation: Conversation, seq: number): Promise<void> {
    const token = await this.#desk.store.readMarks.take(conversation, seq);
    if (token !== undefined) await this.#try(account, conversation.id, token, 0);
  }

  /** `failures`: tries before this one. */
  async #try(account: Account, conversation: string, token: string, failures: number): Promise<void> {
    // A later mark stands for an earlier one that still waits.
    clearTimeout(this.#timers.get(conversation));
    this.#timers.delete(conversation);
    const marked = await became(account, token);
    if (marked === "own") return;
    const waitMs = marked === "failed" && !this.#stopped ? AGAIN_MS[failures] : undefined;
    if (waitMs === undefined) return this.#desk.onMarked(account.operator, marked);
    const again = () => void this.#try(account, conversation, token, failures + 1);
    this.#timers.set(conversation, setTimeout(again, waitMs).unref());
  }
}

/** `own`: LINE marks this account's messages by itself. */
async function became({ readMode, platform }: Account, token: string): Promise<Marked | "own"> {
  const ours = await readMode.isOurs();
  if (ours === undefined) return "failed";
  if (!ours) return "own";
  switch ((await platform.markAsRead(token)).kind) {
    case "done":
      return "marked";
    case "used":
    case "refused":
      return "refused";
    case "busy":
    case "unsure":
      return "failed";
  }
}
