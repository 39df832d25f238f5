import { type Locale, localeOf } from "../../../reply/locale.ts";
import type { Desk } from "../../desk.ts";
import { Api } from "../line/api.ts";
import { Keep } from "../line/keep.ts";
import { Listener } from "../line/listener.ts";
import { Session } from "../line/session.ts";
import { type Kept, Siblings } from "../line/siblings.ts";
import { pause } from "../line/waker.ts";
import { discarded, emptyTalk, failed, heard, personIn, sending, type Talk, type Unsent } from "./state.ts";

/** A message is tried so often before the customer is asked; always under the same key. */
const TRIES = 3;
/** That one is writing is told anew while one goes on. */
const TYPING_MS = 3_000;

type Posted = Pick<Unsent, "key" | "text" | "command" | "files">;

/** The chat of one customer with one desk: what is shown, and what can be done. */
export class Chat {
  readonly #api: Api;
  readonly #keep: Keep;
  readonly #session: Session;
  readonly #listener: Listener;
  readonly #watchers = new Set<() => void>();
  #talk: Talk;
  /** Messages are posted one after the other. */
  #queue: Promise<void> = Promise.resolve();
  #typedAt = 0;

  /** `language`: a tag to begin in, where the tab has none yet. */
  constructor(desk: Desk, language: string) {
    this.#api = new Api(desk.operator);
    this.#keep = new Keep(desk.operator);
    this.#talk = emptyTalk(localeOf(this.#keep.get("locale")) ?? localeOf(language) ?? "ja");
    this.#session = new Session(desk.operator, this.#api, this.#keep, new Siblings(desk.operator));
    this.#session.onGone = (kept) => this.#erased(kept);
    this.#listener = new Listener({
      api: this.#api,
      session: this.#session,
      locale: () => this.#talk.locale,
      onHeard: ({ activities, history }) => this.#set(heard(this.#talk, activities, history, Date.now())),
      onConnection: (connection) => {
        // A chat that was already gone when this page came is no loss to speak of: begin a new one.
        if (connection === "ended" && this.#talk.lines.length === 0 && !this.#talk.erased)
          return this.startNew();
        this.#set({ ...this.#talk, connection });
      },
    });
    this.#listener.start();
  }

  get talk(): Talk {
    return this.#talk;
  }

  get keep(): Keep {
    return this.#keep;
  }

  /** Tells of every change. Gives the way to stop it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** `command`: what a button of ours means, where it is more than its words; `files`: types of files that stay here. */
  send(text: string, command?: string, files?: readonly string[]): void {
    this.#post({ key: crypto.randomUUID(), text, command, files });
  }

  /** A person who has the chat sees that one is writing, and not what. */
  async typing(): Promise<void> {
    const now = Date.now();
    if (personIn(this.#talk) !== "here" || now - this.#typedAt < TYPING_MS) return;
    this.#typedAt = now;
    const entered = await this.#session.enter();
    if (entered.kind === "done") await this.#api.post(entered.value, { type: "typing" });
  }

  resend(key: string): void {
    const unsent = this.#talk.unsent.find((u) => u.key === key);
    if (!unsent) return;
    this.#listener.wake();
    this.#post(unsent);
  }

  /** Gives the words back. */
  discard(key: string): string {
    const text = this.#talk.unsent.find((u) => u.key === key)?.text ?? "";
    this.#set(discarded(this.#talk, key));
    return text;
  }

  /** Our own words change at once, the desk's with its next ones. */
  speak(locale: Locale, title: string): void {
    if (locale === this.#talk.locale) return;
    this.#set({ ...this.#talk, locale });
    if (this.#talk.connection !== "ended") this.send(title, `language:${locale}`);
  }

  /**
   * Shown at once, and taken back when the desk could not be told. `reason`: why not, in the customer's words or ours; at
   * most 1,000 characters.
   */
  async rate(line: string, rating: "up" | "down", reason?: string): Promise<void> {
    const before = this.#talk.ratings;
    this.#set({ ...this.#talk, ratings: { ...before, [line]: rating } });
    const value = { rating, activityId: line, ...(reason ? { reason: reason.slice(0, 1_000) } : {}) };
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const entered = await this.#session.enter();
      if (entered.kind !== "done") break;
      const outcome = await this.#api.post(entered.value, { type: "event", name: "feedback", value });
      if (outcome.kind === "done") return;
      if (outcome.kind !== "expired") break;
      this.#session.expire();
    }
    const { [line]: _, ...others } = this.#talk.ratings;
    const kept = before[line];
    this.#set({ ...this.#talk, ratings: kept === undefined ? others : { ...others, [line]: kept } });
  }

  /** Deletes the chat at the desk. False when it could not be reached. */
  async erase(): Promise<boolean> {
    const entered = await this.#session.enter();
    if (entered.kind !== "done") return false;
    const outcome = await this.#api.erase(entered.value);
    if (outcome.kind !== "done" && outcome.kind !== "gone") return false;
    const kept = outcome.kind === "gone" ? "unknown" : (outcome.value.kept ?? "nothing");
    this.#session.tellGone(kept);
    this.#session.forget();
    this.#erased(kept);
    return true;
  }

  startNew(): void {
    this.#set(emptyTalk(this.#talk.locale));
    this.#listener.start();
  }

  /** Tries to connect at once. */
  retry(): void {
    this.#listener.wake();
  }

  /** The transcript as a file; undefined when it could not be had. */
  async transcript(): Promise<Blob | undefined> {
    const entered = await this.#session.enter();
    if (entered.kind !== "done") return undefined;
    const outcome = await this.#api.transcript(entered.value);
    return outcome.kind === "done" ? outcome.value : undefined;
  }

  #erased(kept: Kept): void {
    const { locale } = this.#talk;
    this.#set({ ...emptyTalk(locale), connection: "ended", erased: true, kept });
    this.#listener.end();
  }

  #post(words: Posted): void {
    const { key, text, command, files } = words;
    this.#typedAt = 0;
    this.#set(sending(this.#talk, { key, text, command, files, at: Date.now(), status: "sending" }));
    this.#queue = this.#queue.then(() => this.#deliver(words));
  }

  async #deliver({ key, text, command, files }: Posted): Promise<void> {
    const activity = {
      type: "message",
      text,
      locale: this.#talk.locale,
      ...(command === undefined ? {} : { value: { command } }),
      ...(files === undefined ? {} : { attachments: files.map((contentType) => ({ contentType })) }),
      channelData: { clientActivityID: key },
    };
    for (let tries = 1; tries <= TRIES; tries += 1) {
      if (!this.#talk.unsent.some((u) => u.key === key)) return;
      const entered = await this.#session.enter();
      if (entered.kind !== "done") break;
      const outcome = await this.#api.post(entered.value, activity);
      if (outcome.kind === "done") return;
      if (outcome.kind === "refused" || outcome.kind === "gone") break;
      if (outcome.kind === "expired") this.#session.expire();
      if (outcome.kind === "busy") await pause(outcome.waitMs);
    }
    this.#set(failed(this.#talk, key));
  }

  #set(talk: Talk): void {
    if (talk.locale !== this.#talk.locale) this.#keep.set("locale", talk.locale);
    this.#talk = talk;
    for (const watcher of this.#watchers) watcher();
  }
}
