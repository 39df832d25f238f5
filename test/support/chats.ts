import { randomIds } from "../../src/keys.ts";
import type { Locale } from "../../src/reply/locale.ts";
import type { Message } from "../../src/reply/message.ts";
import type { Store } from "../../src/turn/store.ts";

/** A chat that a person was called to: what its customer has said, without any engine. */
export interface CalledChat {
  /** Id of the chat, and of the hand-off. */
  conversation: string;
  handoff: string;
}

const CLAIM = { by: "a test", leaseMs: 3_000 };

const message = (text: string, locale: Locale, words: Message["words"]): Message => ({
  locale,
  text,
  choices: [],
  words,
});

/** One turn: what the customer says, what the bot says, and with `call` a person is called. */
export async function sayTo(
  store: Pick<Store, "inbox">,
  conversation: string,
  text: string,
  now: number,
  {
    call,
    locale = "ja",
    channel = "direct-line",
    topic = null,
    reply = "承りました。",
    words = { kind: "notice" },
  }: SayOptions = {},
): Promise<void> {
  const arrival = {
    conversation,
    channel,
    eventId: randomIds.next(),
    digest: text,
    kind: "message" as const,
    incoming: { text },
    activity: { id: randomIds.next(), platform: {} },
  };
  const received = await store.inbox.receive(arrival, now, CLAIM);
  if (received.kind !== "recorded" || !received.job) throw new Error("the chat is held by somebody");
  const result = {
    state: "done" as const,
    talk: { ...received.job.talk, locale },
    messages: reply === null ? [] : [{ id: randomIds.next(), message: message(reply, locale, words) }],
    ...(call === undefined
      ? {}
      : {
          desk: {
            id: call,
            step: { do: "request", trigger: "asked", topic, clauses: [], place: 1 } as const,
          },
        }),
  };
  const done = await store.inbox.commit(received.job, result, now, CLAIM, false);
  if (done.kind !== "committed") throw new Error(done.kind);
}

export interface SayOptions {
  call?: string;
  locale?: Locale;
  channel?: string;
  topic?: string | null;
  reply?: string | null;
  /** What the reply says to programs. */
  words?: Message["words"];
}

/** A chat with these lines of its customer's, and a person called with the last one. */
export async function callIn(
  store: Pick<Store, "inbox" | "conversations">,
  operator: string,
  lines: readonly string[],
  now: number,
  options: SayOptions = {},
): Promise<CalledChat> {
  const conversation = randomIds.next();
  const handoff = randomIds.next();
  const { channel = "direct-line" } = options;
  await store.conversations.create(
    { id: conversation, channel, operator, customer: `dl_${conversation}` },
    now,
  );
  for (const [i, line] of lines.entries())
    await sayTo(store, conversation, line, now, {
      ...options,
      ...(i === lines.length - 1 ? { call: handoff } : {}),
    });
  return { conversation, handoff };
}
