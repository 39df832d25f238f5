import type { Wire } from "../../http/exchange.ts";
import type { Clock, Log } from "../../ports.ts";
import type { Texts } from "../../reply/texts.ts";
import type { Activity } from "../../turn/activity.ts";
import type { Conversation, Store } from "../../turn/store.ts";
import { type Presented, present, rated } from "./present.ts";

/** Streams of one chat at a time: a tab each. */
const MAX_STREAMS = 5;
/** Activities in one frame. */
const PAGE = 100;
const EXPIRE_MS = 1_000;
/** Every so many times it is also looked whether a chat is gone, or a stream has fallen behind. */
const CHECK_EVERY = 3;

interface Stream {
  conversation: Conversation;
  wire: Wire;
  /** `seq` of the last activity that was sent. */
  cursor: number;
  /** Ends with the token, in ms since 1970. */
  until: number;
  pumping: boolean;
  again: boolean;
  /** Whether the ratings of the chat were told, as they are once what was said is there. */
  rated: boolean;
}

/** The open streams: each gets every activity of its chat once, in order, read from what is stored. */
export class Streams {
  readonly #store: Pick<Store, "transcript" | "feedbacks">;
  readonly #texts: Texts;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #streams = new Map<string, Set<Stream>>();
  readonly #timer: NodeJS.Timeout;
  #checking = false;
  #ticks = 0;

  constructor(store: Pick<Store, "transcript" | "feedbacks">, texts: Texts, clock: Clock, log: Log) {
    this.#texts = texts;
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.#timer = setInterval(() => this.#expire(), EXPIRE_MS);
    this.#timer.unref();
  }

  has(conversation: string): boolean {
    return this.#streams.has(conversation);
  }

  isFull(conversation: string): boolean {
    return (this.#streams.get(conversation)?.size ?? 0) >= MAX_STREAMS;
  }

  /** `after`: what the client has. `until`: milliseconds since 1970. */
  attach(conversation: Conversation, wire: Wire, after: number, until: number): void {
    const stream: Stream = {
      conversation,
      wire,
      cursor: after,
      until,
      pumping: false,
      again: false,
      rated: false,
    };
    const siblings = this.#streams.get(conversation.id) ?? new Set();
    this.#streams.set(conversation.id, siblings.add(stream));
    wire.onClose(() => {
      siblings.delete(stream);
      if (siblings.size === 0 && this.#streams.get(conversation.id) === siblings)
        this.#streams.delete(conversation.id);
    });
    void this.#pump(stream);
  }

  /** Something was appended or replaced: what follows on goes out at once, anything else is read again. */
  appended(conversation: string, activities: readonly Activity[]): void {
    const first = activities[0];
    const last = activities.at(-1);
    if (!first || !last) return;
    let frame: string | undefined;
    for (const stream of this.#streams.get(conversation) ?? []) {
      // A line that was replaced comes first and leaves a gap: the pump finds it, and all that stands in the gap.
      const follows = stream.cursor === first.seq - 1 && last.seq - first.seq === activities.length - 1;
      if (stream.pumping || !follows) {
        void this.#pump(stream);
        continue;
      }
      frame ??= frameOf(
        activities.map((a) => present(this.#texts, stream.conversation, a)),
        last.seq,
      );
      stream.cursor = last.seq;
      stream.wire.send(frame);
    }
  }

  /** Shown once and not kept: it moves no watermark. */
  passing(conversation: string, activity: Presented): void {
    for (const { wire } of this.#streams.get(conversation) ?? []) wire.send(frameOf([activity]));
  }

  /** The token was refreshed: the chat's streams may live on. */
  extend(conversation: string, until: number): void {
    for (const stream of this.#streams.get(conversation) ?? []) stream.until = Math.max(stream.until, until);
  }

  /** The chat is gone. */
  end(conversation: string): void {
    for (const { wire } of this.#streams.get(conversation) ?? []) wire.close(1000, "ended");
  }

  /** Another process has written: look what is new, and what is gone. */
  async check(): Promise<void> {
    if (this.#checking || this.#streams.size === 0) return;
    this.#checking = true;
    try {
      const ids = [...this.#streams.keys()];
      const last = await this.#store.transcript.lastSeqs(ids);
      for (const id of ids) {
        const seq = last.get(id);
        if (seq === undefined) this.end(id);
        else
          for (const stream of this.#streams.get(id) ?? []) if (stream.cursor < seq) void this.#pump(stream);
      }
    } finally {
      this.#checking = false;
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #expire(): void {
    const now = this.#clock.now();
    this.#ticks += 1;
    if (this.#ticks % CHECK_EVERY === 0) this.check().catch(() => this.#log.warn("stream.check-failed"));
    for (const streams of this.#streams.values())
      for (const { until, wire } of streams) if (until <= now) wire.close(1008, "token expired");
  }

  async #pump(stream: Stream): Promise<void> {
    stream.again = true;
    if (stream.pumping) return;
    stream.pumping = true;
    try {
      while (stream.again) {
        stream.again = false;
        const { conversation, cursor } = stream;
        const page = await this.#store.transcript.after(conversation, cursor, PAGE);
        const last = page.at(-1)?.seq ?? cursor;
        // A turn that says nothing may have replaced a line, too.
        const again = await this.#store.transcript.replaced(conversation, cursor, Math.max(last, cursor + 1));
        stream.cursor = last;
        const activities = [...again, ...page].map((activity) =>
          present(this.#texts, conversation, activity),
        );
        if (activities.length > 0 && !stream.wire.send(frameOf(activities, last))) return;
        stream.again ||= page.length === PAGE;
        if (stream.again || stream.rated) continue;
        stream.rated = true;
        const ratings = await this.#store.feedbacks.all(conversation);
        const told = ratings.map((rating) => rated(conversation, rating, this.#clock.now()));
        if (told.length > 0) stream.wire.send(frameOf(told));
      }
    } catch (error) {
      this.#log.error("stream.failed", { error: error instanceof Error ? error.name : "unknown" });
      stream.wire.close(1011, "failed");
    } finally {
      stream.pumping = false;
    }
  }
}

function frameOf(activities: Presented[], watermark?: number): string {
  return JSON.stringify(
    watermark === undefined ? { activities } : { activities, watermark: String(watermark) },
  );
}
