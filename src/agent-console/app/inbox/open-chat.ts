import type { ShownChange, ShownLine, ShownLines, ShownOpenChat } from "../../inbox/shown.ts";
import type { Api, Outcome } from "../api.ts";
import type { Heard } from "../hearing.ts";
import type { Language } from "../words.ts";

export interface OpenChatOptions {
  api: Api;
  heard: Heard<ShownChange>;
  operator: string;
  id: string;
  language: Language;
  onChange: () => void;
}

const TYPING_MS = 5_000;
/** Steps and lines come in swarms: the whole is asked anew once for each. */
const AGAIN_MS = 250;

/** One chat that is open: all of it once, then what is new of it. */
export class OpenChat {
  readonly #options: OpenChatOptions;
  readonly #path: string;
  readonly #ends: (() => void)[] = [];
  #lines: readonly ShownLine[] = [];
  #fetching: Promise<void> | undefined;
  #wanted = 0;
  #again: ReturnType<typeof setTimeout> | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;
  /** Undefined until it is there. */
  opened: ShownOpenChat | undefined;
  /** What did not go well when it was asked for. */
  problem: Outcome<unknown> | undefined;
  gone = false;
  isTyping = false;

  constructor(options: OpenChatOptions) {
    this.#options = options;
    this.#path = `operators/${options.operator}/chats/${options.id}`;
  }

  start(): void {
    this.#ends.push(this.#options.heard.listen((said) => this.#hear(said)));
    void this.load();
  }

  stop(): void {
    for (const timer of [this.#again, this.#typing]) clearTimeout(timer);
    for (const end of this.#ends) end();
    this.#ends.length = 0;
  }

  /** All that was said, as far as it was asked for; the same list until it changes. */
  get lines(): readonly ShownLine[] {
    return this.#lines;
  }

  get lastSeq(): number {
    return this.#lines.at(-1)?.seq ?? 0;
  }

  async load(): Promise<void> {
    const found = await this.#options.api.get<ShownOpenChat>(
      `${this.#path}?locale=${this.#options.language}`,
    );
    if (this.#ends.length === 0) return;
    this.problem = found.kind === "ok" ? undefined : found;
    if (found.kind === "unknown" && this.opened) this.gone = true;
    if (found.kind === "ok") {
      // Earlier pages that were asked for stay.
      const earlier = this.opened && this.#lines.length > 0 ? this.opened.earlier : found.value.earlier;
      this.opened = { ...found.value, earlier };
      this.add(found.value.lines);
    }
    this.#options.onChange();
  }

  async earlier(): Promise<void> {
    const first = this.#lines[0]?.seq;
    if (first === undefined || !this.opened) return;
    const query = `locale=${this.#options.language}&before=${first}`;
    const found = await this.#options.api.get<ShownOpenChat>(`${this.#path}?${query}`);
    if (found.kind !== "ok") this.problem = found;
    else {
      this.opened = { ...this.opened, earlier: found.value.earlier };
      this.add(found.value.lines);
    }
    this.#options.onChange();
  }

  /** New lines, in whatever order they come; one that is there already changes nothing. */
  add(lines: readonly ShownLine[]): void {
    const known = new Set(this.#lines.map(({ id }) => id));
    const fresh = lines.filter(({ id }) => !known.has(id));
    if (fresh.length === 0) return;
    this.#lines = [...this.#lines, ...fresh].sort((a, b) => a.seq - b.seq);
    if (fresh.some(({ by }) => by === "customer")) this.isTyping = false;
    this.#options.onChange();
  }

  /** Lines after the last one; asked once at a time. */
  catchUp(seq: number): void {
    this.#wanted = Math.max(this.#wanted, seq);
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
      if (this.opened && this.#wanted > this.lastSeq && !this.problem) this.catchUp(this.#wanted);
    });
  }

  async #fetch(): Promise<void> {
    if (!this.opened) return;
    for (;;) {
      const after = this.lastSeq;
      const found = await this.#options.api.get<ShownLines>(
        `${this.#path}/lines?locale=${this.#options.language}&after=${after}`,
      );
      if (this.#ends.length === 0) return;
      this.problem = found.kind === "ok" ? undefined : found;
      if (found.kind !== "ok") return this.#options.onChange();
      this.add(found.value.lines);
      // What the bot has asked or answered may have moved a form on.
      if (found.value.lines.some(({ by }) => by === "bot")) this.#loadSoon();
      if (found.value.lines.length === 0) this.#wanted = this.lastSeq;
      if (!found.value.more) return;
    }
  }

  #loadSoon(): void {
    this.#again ??= setTimeout(() => {
      this.#again = undefined;
      void this.load();
    }, AGAIN_MS);
  }

  #hear(said: ShownChange | { kind: "back" }): void {
    const { id, operator } = this.#options;
    if (said.kind === "again" || said.kind === "back") {
      this.#loadSoon();
      return;
    }
    if (said.kind === "chats") {
      const chat = said.chats.find((one) => one.id === id);
      // What nobody at the desk could do otherwise: notes, who has it, where it stands.
      if (chat && this.opened && chat.version > this.opened.chat.version) this.#loadSoon();
      return;
    }
    if (said.operator !== operator) return;
    if (said.kind === "said") {
      const { seq } = said.chats.find((one) => one.id === id) ?? { seq: 0 };
      if (seq > this.lastSeq) this.catchUp(seq);
      return;
    }
    if (said.id !== id) return;
    switch (said.kind) {
      case "typing":
        this.isTyping = true;
        clearTimeout(this.#typing);
        this.#typing = setTimeout(() => {
          this.isTyping = false;
          this.#options.onChange();
        }, TYPING_MS);
        this.#options.onChange();
        return;
      case "gone":
        this.gone = true;
        this.#options.onChange();
        return;
    }
  }
}
