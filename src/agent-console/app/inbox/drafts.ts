/** What an agent is writing to a customer, with the clause that it stands on. */
export interface Draft<Cited> {
  text: string;
  cited: Cited | null;
  /** The same at every try of the same words, so that they are said once. */
  key: string;
}

/** What is being written, by chat: in the memory of this page alone, so that it is gone with it. */
export class Drafts<Cited> {
  readonly #replies = new Map<string, Draft<Cited>>();
  readonly #notes = new Map<string, string>();
  readonly #newKey: () => string;

  constructor(newKey: () => string) {
    this.#newKey = newKey;
  }

  reply(chat: string): Draft<Cited> {
    return this.#replies.get(chat) ?? { text: "", cited: null, key: this.#newKey() };
  }

  /** Other words are another message: they get a key of their own. */
  keepReply(chat: string, change: Partial<Pick<Draft<Cited>, "text" | "cited">>): Draft<Cited> {
    const draft = { ...this.reply(chat), ...change, key: this.#newKey() };
    this.#replies.set(chat, draft);
    return draft;
  }

  /** It was said. */
  dropReply(chat: string): void {
    this.#replies.delete(chat);
  }

  hasReply(chat: string): boolean {
    return (this.#replies.get(chat)?.text.trim() ?? "") !== "";
  }

  note(chat: string): string {
    return this.#notes.get(chat) ?? "";
  }

  keepNote(chat: string, text: string): void {
    if (text === "") this.#notes.delete(chat);
    else this.#notes.set(chat, text);
  }
}
