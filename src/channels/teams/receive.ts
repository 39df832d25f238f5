import type { InvokeResponse } from "botbuilder";
import type { Answer, Exchange, Route } from "../../http/exchange.ts";
import { problem, tooMany, unavailable } from "../../http/problem.ts";
import { LOCALES, localeOf } from "../../reply/locale.ts";
import type { Conversation } from "../../turn/store.ts";
import { closed, noted } from "./answered.ts";
import type { Caller } from "./authenticate.ts";
import { type Desk, TEAMS } from "./desk.ts";
import { type Address, parse, type Wish } from "./parse.ts";
import { activitiesOf, addressed, lookOf, sendTyping } from "./send.ts";
import { operatorIn, settledOperator, whichDesk } from "./whose.ts";

/** A turn that takes longer shows that somebody is at it. */
const TYPING_MS = 700;
/** Lines after a card, among which another one of the customer tells that it is old. */
const LOOKED_AT = 20;
const DONE: Answer = { status: 200 };

/** What Azure Bot Service sends. Checked, recorded, then acknowledged; replies go out from the outbox. */
export function messagesRoute(desk: Desk): Route {
  return {
    method: "POST",
    path: "/api/messages",
    body: "json",
    handle: (exchange) => receive(desk, exchange),
  };
}

async function receive(desk: Desk, exchange: Exchange): Promise<Answer> {
  const proved = await desk.authenticate(exchange);
  if (proved.kind === "refused") return problem("Unauthorized");
  if (proved.kind === "unavailable") return unavailable();
  const posted = parse(exchange.body);
  if (posted.kind === "malformed") return problem("BadArgument");
  const { at, wish } = posted;
  if (proved.kind === "caller" && !speaksFor(proved.caller, at)) return problem("Unauthorized");
  if (!desk.urls.allows(at.serviceUrl)) return problem("ServiceRefused");
  const waitMs = desk.posts.take(`${at.channelId} ${at.conversation}`, desk.clock.now());
  if (waitMs > 0) return tooMany(waitMs);
  return throughAdapter(desk, at, wish);
}

/** The key is the channel's own, and the token says the same as the activity on where replies go. */
function speaksFor({ serviceUrl, endorsements }: Caller, at: Address): boolean {
  return serviceUrl === at.serviceUrl && endorsements.has(at.channelId);
}

async function throughAdapter(desk: Desk, at: Address, wish: Wish): Promise<Answer> {
  let answer = DONE;
  const invoke = wish.kind === "unknown-invoke" || ("invoke" in wish && wish.invoke);
  const activity = addressed(at, { type: invoke ? "invoke" : wish.kind === "message" ? "message" : "event" });
  const response = await desk.connector.take(activity, async (context) => {
    answer = await grant(desk, at, wish);
    const { status, body } = answer;
    if (invoke) await context.sendActivity({ type: "invokeResponse", value: { status, body } });
  });
  return invoke ? { ...answer, ...answerIn(response) } : answer;
}

function answerIn(response: InvokeResponse | undefined): Partial<Answer> {
  if (!response) return {};
  const { status, body } = response as { status: number; body?: object };
  return { status, ...(body === undefined ? {} : { body }) };
}

async function grant(desk: Desk, at: Address, wish: Wish): Promise<Answer> {
  const id = desk.store.keyed("teams chat", at.channelId, at.conversation);
  switch (wish.kind) {
    case "nothing":
      return DONE;
    case "unknown-invoke":
      return problem("NotImplemented");
    case "removed":
      await desk.references.drop(id);
      return DONE;
    case "unsent":
      await unsend(desk, at, id, wish.id);
      return DONE;
    case "added": {
      const begun = await chatOf(desk, at, id, {}, wish.locale);
      if (begun) await open(desk, begun.conversation, wish.locale, at);
      return DONE;
    }
    case "feedback":
      return feedback(desk, id, wish);
    case "message":
      return message(desk, at, id, wish);
  }
}

async function message(
  desk: Desk,
  at: Address,
  id: string,
  wish: Extract<Wish, { kind: "message" }>,
): Promise<Answer> {
  const { incoming } = wish;
  const chat = await chatOf(desk, at, id, incoming, incoming.locale);
  const done = desk.texts[localeOf(incoming.locale) ?? LOCALES[0]]("teams:done");
  if (!chat) return wish.invoke ? noted(done) : DONE;
  const { conversation } = chat;
  if (chat.chosen) {
    await open(desk, conversation, incoming.locale, at);
    return wish.invoke ? noted(done) : DONE;
  }
  const activityId = customersLine(desk, at, wish.id);
  const { text, command, files, to } = incoming;
  const received = await desk.turn().receive({
    ...whose(conversation),
    eventId: `${id} ${wish.id}`,
    digest: JSON.stringify([text, command, files, to]),
    kind: "message",
    incoming,
    activity: { id: activityId, platform: { channelId: at.channelId } },
  });
  if (received.kind === "conflict") return problem("Conflict");
  // A person answers when they answer, and shows when they write.
  const withPerson = received.kind === "recorded" && received.job?.handoff?.state === "assigned";
  if (received.kind === "recorded" && !withPerson) showTyping(desk, conversation, at);
  if (!wish.invoke) return DONE;
  return (await replaced(desk, at, conversation, wish, activityId)) ?? noted(done);
}

/** The card whose button was pressed, closed; undefined when it is not known any more. */
async function replaced(
  desk: Desk,
  at: Address,
  conversation: Conversation,
  { on, incoming }: Extract<Wish, { kind: "message" }>,
  lineId: string,
): Promise<Answer | undefined> {
  const ours = on === null ? undefined : await desk.references.ours(conversation, on);
  const card = ours === undefined ? undefined : await desk.store.transcript.find(conversation, ours);
  if (!ours || card?.content.kind !== "message") return undefined;
  const since = await desk.store.transcript.after(conversation, card.seq, LOOKED_AT);
  // What an old card offers is not what will be done: it does not show the choice as taken.
  const current = since.every(({ by, id }) => by === "bot" || id === lineId);
  return closed(card.content.message, lookOf(desk, at, ours), current ? incoming.command : undefined);
}

/** The customer's line has our id, made from the platform's: so it is found again when it is taken back. */
function customersLine(desk: Desk, at: Address, platformId: string): string {
  return desk.store.keyed("teams line", at.channelId, at.conversation, platformId);
}

/**
 * The chat, begun if need be; undefined while nobody knows whose desk it is: then that is asked. `chosen`: what was
 * said is the answer to this question.
 */
async function chatOf(
  desk: Desk,
  at: Address,
  id: string,
  incoming: Parameters<typeof operatorIn>[1],
  locale: string | undefined,
): Promise<{ conversation: Conversation; chosen: boolean } | undefined> {
  const found = await desk.store.conversations.find(id);
  const settled = settledOperator(desk.settings, desk.operators, at.tenant);
  const operator = found?.operator ?? settled ?? operatorIn(desk.operators, incoming);
  if (operator === undefined) {
    void ask(desk, at, locale);
    return undefined;
  }
  // Where others read along nobody is the customer.
  const customer = [at.channelId, at.conversation, ...(at.scope === "shared" ? [] : [at.user])].join(" ");
  const conversation = found ?? { id, channel: TEAMS, operator, customer };
  await desk.references.keep(conversation, at);
  return { conversation, chosen: !found && settled === undefined };
}

async function ask(desk: Desk, at: Address, locale: string | undefined): Promise<void> {
  const question = whichDesk(desk.texts, desk.operators, locale);
  try {
    for (const activity of activitiesOf(desk, at, question, "which-desk"))
      await desk.connector.send(at.serviceUrl, at.conversation, addressed(at, activity));
  } catch {
    // Whoever writes again is asked again.
    desk.log.warn("teams.not-asked");
  }
}

/** An arrival's chat, which begins with it. */
function whose({ id, operator, customer }: Conversation) {
  return { conversation: id, channel: TEAMS, party: { operator, customer } };
}

async function open(
  desk: Desk,
  conversation: Conversation,
  locale: string | undefined,
  { scope }: Address,
): Promise<void> {
  await desk.turn().receive({
    ...whose(conversation),
    eventId: `${conversation.id} open`,
    digest: "",
    kind: "open",
    incoming: {
      ...(locale === undefined ? {} : { locale }),
      ...(scope === "shared" ? { shared: true } : {}),
    },
    activity: null,
  });
}

async function feedback(
  desk: Desk,
  id: string,
  { about, rating, reason, invoke }: Extract<Wish, { kind: "feedback" }>,
): Promise<Answer> {
  const conversation = await desk.store.conversations.find(id);
  const activityId =
    conversation && ("ours" in about ? about.ours : await desk.references.ours(conversation, about.theirs));
  if (conversation && activityId !== undefined)
    await desk.turn().feedback(conversation, { activityId, rating, reason });
  if (!invoke) return DONE;
  return "ours" in about
    ? noted(LOCALES.map((l) => desk.texts[l]("teams:thanks")).join(" / "))
    : { status: 200, body: {} };
}

/** A line that was taken back or written anew leaves the transcript. */
async function unsend(desk: Desk, at: Address, id: string, platformId: string): Promise<void> {
  const conversation = await desk.store.conversations.find(id);
  if (conversation) await desk.turn().takeBack(conversation, customersLine(desk, at, platformId));
}

/** Once, unless the answer was faster. */
function showTyping(desk: Desk, { id }: Conversation, at: Address): void {
  const timer = setTimeout(() => {
    quiet();
    sendTyping(desk, at);
  }, TYPING_MS);
  timer.unref();
  const stop = desk.turn().onAppended((conversation, activities) => {
    if (conversation === id && activities.some(({ by }) => by === "bot")) quiet();
  });
  const quiet = () => {
    clearTimeout(timer);
    stop();
  };
}
