import type { Answer, Exchange, Route } from "../../http/exchange.ts";
import { problem } from "../../http/problem.ts";
import { LOCALES } from "../../reply/locale.ts";
import type { Conversation } from "../../turn/store.ts";
import { access } from "./access.ts";
import { type Desk, DIRECT_LINE } from "./desk.ts";
import { type Posted, parse } from "./parse.ts";
import { own, present, rated } from "./present.ts";
import { parseWatermark } from "./watermark.ts";

/** Activities in one answer. */
const PAGE = 200;

/** What a customer sends, and what is there to be read. */
export function activityRoutes(desk: Desk): Route[] {
  const origins: Route["origins"] = (origin) => desk.settings.allows(origin, undefined);
  const path = "/v3/directline/conversations/:conversationId/activities";
  return [
    { method: "POST", path, body: "json", origins, handle: (exchange) => post(desk, exchange) },
    { method: "GET", path, body: "none", origins, handle: (exchange) => read(desk, exchange) },
    {
      method: "POST",
      path: "/v3/directline/conversations/:conversationId/upload",
      body: "none",
      origins,
      handle: (exchange) => upload(desk, exchange),
    },
  ];
}

/** Recorded, then acknowledged; the turn follows, and its replies come by the stream. */
async function post(desk: Desk, exchange: Exchange): Promise<Answer> {
  const entered = await access(desk, exchange, desk.limits.posts);
  if (entered.kind === "refused") return entered.answer;
  const { conversation } = entered;
  const posted = parse(exchange.body, exchange.header("idempotency-key"));
  switch (posted.kind) {
    case "malformed":
      return problem("BadArgument");
    case "upload":
      return uploadRefused(desk);
    case "message":
      return message(desk, conversation, posted);
    case "passing": {
      if (!(await desk.store.conversations.find(conversation.id))) return problem("NotFound");
      return pass(desk, conversation, posted);
    }
    case "feedback": {
      if (!(await desk.turn.feedback(conversation, posted.feedback))) return problem("BadArgument");
      return pass(desk, conversation, posted);
    }
  }
}

async function message(
  desk: Desk,
  conversation: Conversation,
  posted: Posted & { kind: "message" },
): Promise<Answer> {
  const id = desk.ids.next();
  const { text, command, files } = posted.incoming;
  const received = await desk.turn.receive({
    conversation: conversation.id,
    channel: DIRECT_LINE,
    eventId: `${conversation.id} ${posted.key ?? id}`,
    digest: JSON.stringify([text, command, ...(files ? ["files"] : [])]),
    kind: "message",
    incoming: posted.incoming,
    activity: { id, platform: posted.platform },
  });
  switch (received.kind) {
    case "recorded":
      return { status: 200, body: { id } };
    case "known":
      return { status: 200, body: { id: received.activityId ?? id } };
    case "conflict":
      return problem("Conflict");
    case "gone":
      return problem("NotFound");
  }
}

/** Echoed to the chat's open tabs, as Web Chat expects of everything that it posts. */
function pass(
  desk: Desk,
  conversation: Conversation,
  { platform }: Posted & { kind: "passing" | "feedback" },
): Answer {
  const id = desk.ids.next();
  if (platform.type === "typing") desk.turn.typing(conversation.id);
  desk.streams.passing(conversation.id, own(conversation, platform, id, desk.clock.now()));
  return { status: 200, body: { id } };
}

async function read(desk: Desk, exchange: Exchange): Promise<Answer> {
  const entered = await access(desk, exchange, desk.limits.reads);
  if (entered.kind === "refused") return entered.answer;
  const after = parseWatermark(exchange.query.get("watermark"));
  if (after === undefined) return problem("BadWatermark");
  const { conversation } = entered;
  desk.readers.read(conversation.id);
  const page = await desk.store.transcript.after(conversation, after, PAGE);
  if (page.length === 0 && !(await desk.store.conversations.find(conversation.id)))
    return problem("NotFound");
  const last = page.at(-1)?.seq ?? after;
  const again = last > after ? await desk.store.transcript.replaced(conversation, after, last) : [];
  // Whoever reads from the beginning hears what was thought of it, too; later it comes as it is given.
  const ratings = after === 0 ? await desk.store.feedbacks.all(conversation) : [];
  const activities = [
    ...[...again, ...page].map((a) => present(desk.texts, conversation, a)),
    ...ratings.map((rating) => rated(conversation, rating, desk.clock.now())),
  ];
  return { status: 200, body: { activities, watermark: String(last) } };
}

async function upload(desk: Desk, exchange: Exchange): Promise<Answer> {
  const entered = await access(desk, exchange, desk.limits.posts);
  return entered.kind === "refused" ? entered.answer : uploadRefused(desk);
}

function uploadRefused(desk: Desk): Answer {
  const message = LOCALES.map((locale) => desk.texts[locale]("turn:upload-refused")).join(" ");
  return { status: 415, body: { error: { code: "UploadRefused", message } } };
}
