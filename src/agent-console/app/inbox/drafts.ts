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

  /** It was said. What was written meanwhile stays, behind the words that went or in their place. */
  said(chat: string, sent: Draft<Cited>): Draft<Cited> {
    const { text, cited, key } = this.reply(chat);
    if (key === sent.key) this.#replies.delete(chat);
    else if (text.startsWith(sent.text))
      this.keepReply(chat, {
        text: text.slice(sent.text.length).trimStart(),
        cited: cited === sent.cited ? null : cited,
      });
    return this.reply(chat);
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
