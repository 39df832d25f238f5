import { expect } from "vitest";
import type { Message } from "../../src/reply/message.ts";
import type { Arrival, Job, Result } from "../../src/turn/store.ts";
import { type Records, T0 } from "./records.ts";

const TURN = { by: "one", leaseMs: 1_000 };
const MONTH = "2027-01";

/** Words of the desk that repeat a value. */
export const saying = (text: string): Message => ({
  locale: "ja",
  text,
  choices: [],
  words: { kind: "notice" },
});

/** A customer of that id in a chat of their own, as every channel of a platform begins one. */
export const partyOf = (value: string) => ({ operator: "jcom", customer: `U of ${value}` });

/** An arrival of a platform's customer in words that say too much, with an answer to it that waits to be sent. */
export async function answeredOn(
  channel: string,
  { store }: Records,
  value: string,
  arrival: Pick<Arrival, "conversation" | "handle" | "readMark">,
): Promise<void> {
  const { conversation } = arrival;
  const received = await store.inbox.receive(
    {
      ...arrival,
      channel,
      party: partyOf(value),
      eventId: `${channel} event of ${value}`,
      digest: value,
      kind: "message",
      incoming: { text: value },
      activity: { id: `${conversation}-said`, platform: { text: value } },
    },
    T0,
    TURN,
  );
  if (received.kind !== "recorded" || !received.job) throw new Error("no turn");
  const job: Job = received.job;
  const result: Result = {
    state: "done",
    talk: { locale: "ja", choices: [{ title: value, command: "none" }] },
    messages: [{ id: `${conversation}-reply`, message: saying(value) }],
  };
  expect(await store.inbox.commit(job, result, T0, TURN, true)).toMatchObject({ kind: "committed" });
}

/**
 * A chat on LINE: a reply that waits with its reply token, words that wait with theirs, a link to a request, a nonce that
 * was not used, marks that say what was read, a line that was taken back before it came, pushes.
 */
export async function plantOnLine(at: Records, value: string, n: number, receipt: string): Promise<void> {
  const { line, inbox, transcript, keyed } = at.store;
  const handle = (name: string) => ({ value: `${name} token of ${value}`, until: T0 + 60_000 });
  const party = { channel: "line", ...partyOf(value) };
  await answeredOn("line", at, value, {
    conversation: `l${n}`,
    handle: handle("reply"),
    readMark: `read mark of ${value}`,
  });
  for (const nonce of [`used nonce of ${value}`, `nonce of ${value}`])
    expect(await line.keepNonce("jcom", receipt, nonce, T0 + 60_000)).toBe(true);
  const ids = { conversation: `x${n}`, activity: `l${n}-linked` };
  const said = { words: () => saying(value), ids };
  expect(await line.link(party, `used nonce of ${value}`, said, T0)).toBe(true);
  await transcript.takeBack(party, keyed("line message", value), T0);
  await line.countPush("jcom", MONTH);
  const waiting = { channel: "line", party: partyOf(value), conversation: `y${n}`, kind: "message" } as const;
  await inbox.receive(
    {
      ...waiting,
      eventId: `next line event of ${value}`,
      digest: value,
      incoming: { text: value },
      handle: handle("later"),
      readMark: `next read mark of ${value}`,
      activity: { id: `l${n}-next`, platform: { text: value } },
    },
    T0,
    { by: "another", leaseMs: 0 },
  );
}

/** What is sent is the value, by its own token, to its own customer. */
export async function readBackOnLine({ store }: Records, value: string, n: number): Promise<void> {
  const chat = await store.conversations.findOf({ channel: "line", ...partyOf(value) });
  expect(chat).toEqual({ id: `l${n}`, channel: "line", ...partyOf(value) });
  const due = await store.outbox.claimDue(T0, 1_000, 0);
  const delivery = due.find(({ conversation }) => conversation.id === `l${n}`);
  expect(delivery).toMatchObject({
    conversation: partyOf(value),
    activity: { content: { message: { text: value } } },
    handle: { value: `reply token of ${value}` },
  });
  expect(await store.readMarks.take({ id: `l${n}`, channel: "line", ...partyOf(value) }, 1)).toBe(
    `read mark of ${value}`,
  );
  const changed = await store.line.changed(1_000);
  expect(changed.map(({ conversation }) => conversation.id)).toContain(`l${n}`);
  expect(await store.line.pushes("jcom", MONTH)).toBeGreaterThan(0);
}
