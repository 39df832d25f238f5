import type { messagingApi } from "@line/bot-sdk";
import type { Activity } from "../../turn/activity.ts";
import type { Sender, Sent } from "../../turn/delivery.ts";
import type { Delivery } from "../../turn/store.ts";
import type { Account, Desk } from "./desk.ts";
import { linkOffer } from "./offer.ts";
import type { Outcome } from "./platform.ts";
import { present } from "./present.ts";
import { mayPush, pushed, uuidOf } from "./pushes.ts";

/** Messages in one call. */
const MOST_MESSAGES = 5;
/** While a reply's outcome is not known it is asked again soon: its token lives for less than a minute. */
const MOST_UNSURE_MS = 2_000;

/** What goes out in one call: the delivery's own messages, and those of `also` more that fit. */
interface Letter {
  messages: messagingApi.Message[];
  also: number;
}

/**
 * Sends from the outbox: by reply token while it lives, later by push.
 *
 * A reply whose outcome nobody knows (no answer, 5xx) is tried again with the same token, which is good once: "used" at
 * a later try means that an earlier one has arrived. A push has its key from the first try on. So neither is doubled.
 * The one gap: a process that dies within a reply, and nobody who tries again while the token lives; then it is pushed,
 * since to read something twice is better than never.
 */
export function lineSender(desk: Desk): Sender {
  return async (delivery) => {
    const { conversation } = delivery;
    const account = desk.accounts.get(conversation.operator);
    // The account is not set up any more, or not yet again.
    if (!account) return "retry";
    const waitMs = account.circuit.waitMs(desk.clock.now());
    if (waitMs > 0) return { retryMs: waitMs };
    desk.waiting.end(conversation.id);
    const letter = await write(desk, account, delivery);
    const { handle, tries } = delivery;
    if (handle && handle.until > desk.clock.now()) {
      const outcome = await told(desk, account, account.platform.reply(handle.value, letter.messages));
      switch (outcome.kind) {
        case "done":
          return { also: letter.also };
        case "used":
          if (tries > 1) return { also: letter.also };
          break;
        case "busy":
        case "unsure":
          return { retryMs: Math.min(250 * 2 ** (tries - 1), MOST_UNSURE_MS) };
        case "refused":
          return refused(desk, account, outcome.status);
      }
    }
    return push(desk, account, delivery, letter);
  };
}

async function push(desk: Desk, account: Account, delivery: Delivery, letter: Letter): Promise<Sent> {
  const { customer } = delivery.conversation;
  // Whoever waits for an answer beyond the limit waits in vain: it is seen in the metrics, and the log says why.
  if (!(await mayPush(desk, account))) return "refused";
  const call = account.platform.push(customer, letter.messages, uuidOf(delivery.retryKey));
  const outcome = await told(desk, account, call);
  switch (outcome.kind) {
    case "done":
      await pushed(desk, account);
      return { also: letter.also };
    case "busy":
    case "unsure":
      return "retry";
    case "used":
      return refused(desk, account, 400);
    case "refused":
      return refused(desk, account, outcome.status);
  }
}

function refused(desk: Desk, { operator }: Account, status: number): Sent {
  desk.log.error("line.refused", { operator, status });
  return "refused";
}

/** The outcome, of which the circuit has heard. */
async function told(desk: Desk, account: Account, call: Promise<Outcome>): Promise<Outcome> {
  const outcome = await call;
  if (outcome.kind !== "busy" && outcome.kind !== "unsure") account.circuit.succeeded();
  else if (account.circuit.failed(desk.clock.now()))
    desk.log.warn("line.circuit-open", { operator: account.operator });
  return outcome;
}

async function write(desk: Desk, account: Account, delivery: Delivery): Promise<Letter> {
  const { conversation, activity, along } = delivery;
  const messages = [...words(desk, activity)];
  let also = 0;
  for (const next of along) {
    const more = words(desk, next);
    if (messages.length + more.length > MOST_MESSAGES) break;
    messages.push(...more);
    also += 1;
  }
  const shown = [activity, ...along.slice(0, also)];
  const offer = messages.length < MOST_MESSAGES && (await linkOffer(desk, account, conversation, shown));
  // Quick replies are shown below the last message alone: what is offered stands before it.
  if (offer) messages.splice(messages.length - 1, 0, offer);
  return { messages: messages.map(withoutQuickReply), also };
}

function withoutQuickReply(
  message: messagingApi.Message,
  i: number,
  { length }: readonly unknown[],
): messagingApi.Message {
  if (i === length - 1) return message;
  const { quickReply: _, ...rest } = message;
  return rest;
}

function words({ texts, settings: { publicUrl } }: Desk, { id, content }: Activity): messagingApi.Message[] {
  if (content.kind !== "message") return [];
  const { message, agent } = content;
  return present(message, {
    activityId: id,
    texts,
    publicUrl,
    ...(agent === undefined ? {} : { sender: { name: agent } }),
  });
}
