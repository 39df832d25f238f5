import type { Answer, Exchange, Route } from "../../http/exchange.ts";
import { problem } from "../../http/problem.ts";
import type { Handle, Party } from "../../turn/store.ts";
import type { Incoming } from "../../turn/talk.ts";
import { type Account, type Desk, LINE } from "./desk.ts";
import { rated } from "./feedback.ts";
import { leave } from "./group.ts";
import { linked } from "./link.ts";
import { type LineEvent, parse } from "./parse.ts";
import { isSigned } from "./signature.ts";

/** A reply token is good for a minute; it is used up to here, so that a slow call still finds it good. */
const TOKEN_MS = 50_000;

/** `POST /line/<operator>`: what happened on the operator's account. */
export function webhookRoute(desk: Desk, account: Account): Route {
  return {
    method: "POST",
    path: `/line/${account.operator}`,
    body: "raw",
    handle: (exchange) => receive(desk, account, exchange),
  };
}

/** Verified, recorded, acknowledged; all else follows. What cannot be recorded now is delivered again (503). */
async function receive(desk: Desk, account: Account, { bytes, header }: Exchange): Promise<Answer> {
  const body = bytes ?? new Uint8Array();
  if (!isSigned(account.secret, body, header("x-line-signature"))) return problem("BadSignature");
  const events = parse(jsonIn(body));
  if (!events) return problem("BadRequest");
  await Promise.all(events.map((event) => take(desk, account, event)));
  return { status: 200, body: {} };
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Resolves when the event is recorded, or when there is nothing to record. */
async function take(desk: Desk, account: Account, event: LineEvent): Promise<void> {
  const { happening, customer, replyToken } = event;
  if (happening.kind === "nothing") return;
  if (happening.kind === "joined") return leave(desk, account, happening.place, replyToken);
  if (customer === null) return;
  const party: Party = { operator: account.operator, customer };
  const handle = handleOf(event, desk.clock.now());
  switch (happening.kind) {
    case "incoming":
    case "open":
      return arrive(desk, account, party, handle, event, happening);
    case "feedback":
      return rated(desk, account, party, happening.feedback, replyToken);
    case "unsend":
      return desk.turn.takeBack({ ...party, channel: LINE }, messageName(desk, account, happening.messageId));
    case "linked":
      return linked(desk, party, happening.nonce, handle);
  }
}

/**
 * The reply token, while it is surely good. Of an event that is sent again the minute has begun when it happened: a token
 * that was dead from the start would look like one that a first, lost try has used.
 */
function handleOf({ replyToken, redelivered, at }: LineEvent, now: number): Handle | undefined {
  if (replyToken === null) return undefined;
  return { value: replyToken, until: (redelivered ? Math.min(at, now) : now) + TOKEN_MS };
}

async function arrive(
  desk: Desk,
  account: Account,
  party: Party,
  handle: Handle | undefined,
  event: LineEvent,
  happening: LineEvent["happening"] & { kind: "incoming" | "open" },
): Promise<void> {
  const { operator, platform, readMode } = account;
  const { kind } = happening;
  const incoming = incomingIn(happening);
  const { text, command, files } = incoming;
  const named = kind === "incoming" && happening.messageId !== null ? happening.messageId : undefined;
  const readMark = kind === "incoming" && !readMode.isOwn ? happening.readMark : undefined;
  const id = named === undefined ? desk.ids.next() : messageName(desk, account, named);
  const received = await desk.turn.receive({
    conversation: desk.ids.next(),
    party,
    ...(handle ? { handle } : {}),
    ...(readMark === undefined ? {} : { readMark }),
    channel: LINE,
    eventId: `${operator} ${event.id}`,
    digest: JSON.stringify([kind, text, command, files]),
    kind: kind === "open" ? "open" : "message",
    incoming,
    activity: kind === "open" ? null : { id, platform: {} },
  });
  if (received.kind === "conflict") desk.log.warn("line.event-conflict", { operator });
  // A person answers when they answer, and shows when they write.
  if (received.kind === "recorded" && received.job && received.job.handoff?.state !== "assigned")
    desk.waiting.begin(received.conversation, platform, party.customer);
}

function incomingIn(happening: LineEvent["happening"] & { kind: "incoming" | "open" }): Incoming {
  if (happening.kind === "incoming") return happening.incoming;
  return happening.again ? { again: true } : {};
}

/** Our id of a message of the platform's, so that it is found again when it is taken back. */
function messageName(desk: Desk, { operator }: Account, messageId: string): string {
  return desk.store.keyed("line message", operator, messageId);
}
