import type { DeskChange } from "../../handoff/desk.ts";
import type { Log } from "../../ports.ts";
import type { Session } from "../sessions.ts";
import type { Streams } from "../streams.ts";
import type { ChatStand, Chats } from "./chats.ts";
import { shownChat, type Titles } from "./show.ts";
import type { ShownChange } from "./shown.ts";

/** What changes within this time is told together, in milliseconds. */
const TOGETHER_MS = 150;
/** More lines than these at once are not sent: whoever shows a list looks at it again. */
const MOST_LINES = 200;

export interface FeedOptions {
  chats: Chats;
  streams: Streams;
  topics: Titles;
  log: Log;
  onChange(listener: (change: DeskChange) => void): () => void;
}

/**
 * What has changed at the desk, to the open streams: each line once, whoever has changed it, in whatever process. With
 * no stream open nothing is looked at.
 */
export class Feed {
  readonly #options: FeedOptions;
  readonly #stop: () => void;
  /** Open hand-offs as they were told last; undefined: nothing was told yet. */
  #known: Map<string, ChatStand> | undefined;
  readonly #handoffs = new Set<string>();
  readonly #conversations = new Set<string>();
  readonly #typing = new Set<string>();
  #elsewhere = false;
  #timer: NodeJS.Timeout | undefined;
  #telling = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#stop = options.onChange((change) => this.#hear(change));
  }

  stop(): void {
    this.#stop();
    clearTimeout(this.#timer);
  }

  #hear(change: DeskChange): void {
    if (this.#options.streams.size === 0) {
      this.#known = undefined;
      return;
    }
    switch (change.kind) {
      case "handoff":
        this.#handoffs.add(change.id);
        break;
      case "said":
      case "gone":
        this.#conversations.add(change.conversation);
        break;
      case "typing":
        this.#typing.add(change.conversation);
        break;
      case "elsewhere":
        this.#elsewhere = true;
    }
    this.#soon();
  }

  #soon(): void {
    if (this.#timer || this.#telling) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#tell();
    }, TOGETHER_MS);
    this.#timer.unref();
  }

  async #tell(): Promise<void> {
    this.#telling = true;
    try {
      await this.#look();
    } catch {
      // A database that cannot be read now: whoever shows something looks again when it can be.
      this.#known = undefined;
      this.#send({ kind: "again" }, () => true);
      this.#options.log.warn("console.feed", {});
    } finally {
      this.#telling = false;
      if (this.#elsewhere || this.#handoffs.size + this.#conversations.size + this.#typing.size > 0)
        this.#soon();
    }
  }

  async #look(): Promise<void> {
    const { chats } = this.#options;
    const changed = take(this.#handoffs);
    const said = take(this.#conversations);
    const typing = take(this.#typing);
    const whole = this.#elsewhere || !this.#known;
    // With nothing to compare with, what another process has changed cannot be named.
    if (this.#elsewhere && !this.#known) this.#send({ kind: "again" }, () => true);
    this.#elsewhere = false;
    const before = this.#known ?? new Map<string, ChatStand>();
    const first = !this.#known;
    const seen = whole ? await chats.open() : said.size > 0 ? await chats.open([...said]) : [];
    const now = whole ? new Map<string, ChatStand>() : new Map(before);
    for (const stand of seen) {
      now.set(stand.id, stand);
      const old = before.get(stand.id);
      // What stood there before anybody looked is in the lists that were asked for since.
      if (first ? said.has(stand.conversation) : old?.version !== stand.version || old.seq !== stand.seq)
        changed.add(stand.id);
    }
    const there = new Set(seen.map(({ id }) => id));
    for (const old of before.values())
      if (!there.has(old.id) && (whole || said.has(old.conversation))) changed.add(old.id);
    this.#known = now;
    for (const { id, operator, conversation } of now.values())
      if (typing.has(conversation)) this.#send({ kind: "typing", operator, id }, at(operator));
    await this.#sendLines(changed, before, now);
  }

  async #sendLines(
    changed: ReadonlySet<string>,
    before: ReadonlyMap<string, ChatStand>,
    now: Map<string, ChatStand>,
  ): Promise<void> {
    const { chats, topics } = this.#options;
    if (changed.size === 0) return;
    if (changed.size > MOST_LINES) return this.#send({ kind: "again" }, () => true);
    const lines = await chats.lines([...changed]);
    const byOperator = Map.groupBy(lines, ({ operator }) => operator);
    for (const [operator, some] of byOperator) {
      const shown = some.map((line) => shownChat(topics, line));
      const counts = await chats.counts(operator);
      this.#send({ kind: "chats", operator, chats: shown, counts }, at(operator));
    }
    const said: { operator: string; id: string; seq: number }[] = [];
    const byId = new Map(lines.map((line) => [line.id, line]));
    for (const id of changed) {
      const line = byId.get(id);
      const old = before.get(id);
      const stand = now.get(id);
      if (line && line.doneAt !== null) now.delete(id);
      if (!line && old) {
        now.delete(id);
        this.#send({ kind: "gone", operator: old.operator, id }, at(old.operator));
      } else if (line && (stand?.seq ?? 0) !== (old?.seq ?? -1)) {
        said.push({ operator: line.operator, id, seq: stand?.seq ?? line.customerSeq });
      }
    }
    // Together: when a place in the queue is told anew, something is said in every chat that waits.
    for (const [operator, some] of Map.groupBy(said, (one) => one.operator))
      this.#send({ kind: "said", operator, chats: some.map(({ id, seq }) => ({ id, seq })) }, at(operator));
  }

  #send(change: ShownChange, sees: (session: Session) => boolean): void {
    this.#options.streams.send(change, sees);
  }
}

const at = (operator: string) => (session: Session) => Object.hasOwn(session.grants, operator);

function take<T>(set: Set<T>): Set<T> {
  const taken = new Set(set);
  set.clear();
  return taken;
}
