import { z } from "zod";
import type { Answer, Exchange, Route } from "../../http/exchange.ts";
import { problem } from "../../http/problem.ts";
import { access, bearer, isSecret, OF_SERVER } from "./access.ts";
import { type Desk, DIRECT_LINE } from "./desk.ts";
import { begin } from "./issue.ts";
import type { Pass } from "./tokens.ts";
import { parseWatermark } from "./watermark.ts";

const startBody = z.object({ locale: z.string().max(35).optional().catch(undefined) }).catch({});

/** Begins a chat, finds it again, ends it for good. */
export function chatRoutes(desk: Desk): Route[] {
  const origins: Route["origins"] = (origin) => desk.settings.allows(origin, undefined);
  return [
    {
      method: "POST",
      path: "/v3/directline/conversations",
      body: "json",
      origins,
      handle: (exchange) => start(desk, exchange),
    },
    {
      method: "GET",
      path: "/v3/directline/conversations/:conversationId",
      body: "none",
      origins,
      handle: (exchange) => reconnect(desk, exchange),
    },
    {
      method: "DELETE",
      path: "/v3/directline/conversations/:conversationId",
      body: "none",
      origins,
      handle: (exchange) => erase(desk, exchange),
    },
    {
      method: "GET",
      path: "/v3/directline/session/getsessionid",
      body: "none",
      origins,
      handle: (exchange) => sessionId(desk, exchange),
    },
  ];
}

/** 201 the first time: then the desk opens the chat. 200 after that: nothing happens. */
async function start(desk: Desk, exchange: Exchange): Promise<Answer> {
  const entered = await enterOrBegin(desk, exchange);
  if ("answer" in entered) return entered.answer;
  const { pass, token } = entered;
  const { locale } = startBody.parse(exchange.body ?? {});
  const received = await desk.turn.receive({
    conversation: pass.conversation,
    channel: DIRECT_LINE,
    eventId: `${pass.conversation} open`,
    digest: "",
    kind: "open",
    incoming: locale === undefined ? {} : { locale },
    activity: null,
  });
  if (received.kind === "gone") return problem("NotFound");
  return conversationAnswer(desk, received.kind === "recorded" ? 201 : 200, pass, token, 0);
}

async function enterOrBegin(
  desk: Desk,
  exchange: Exchange,
): Promise<{ pass: Pass; token: string } | { answer: Answer }> {
  const entered = await access(desk, exchange, desk.limits.reads);
  if (entered.kind === "granted") return { pass: entered.pass, token: entered.token };
  // A server may start a chat with its secret at once.
  const credential = bearer(exchange);
  if (credential === undefined || !isSecret(credential)) return { answer: entered.answer };
  const begun = await begin(desk, exchange, OF_SERVER);
  return begun.kind === "begun" ? begun : { answer: begun.answer };
}

async function reconnect(desk: Desk, exchange: Exchange): Promise<Answer> {
  const entered = await access(desk, exchange, desk.limits.reads);
  if (entered.kind === "refused") return entered.answer;
  const watermark = parseWatermark(exchange.query.get("watermark"));
  if (watermark === undefined) return problem("BadWatermark");
  const { pass, token } = entered;
  if ((await desk.sessions.generation(pass.conversation)) === undefined) return problem("NotFound");
  return conversationAnswer(desk, 200, pass, token, watermark);
}

async function conversationAnswer(
  desk: Desk,
  status: number,
  pass: Pass,
  token: string,
  watermark: number,
): Promise<Answer> {
  const { conversation, expires } = pass;
  const ticket = await desk.tokens.ticket(pass);
  const base = desk.settings.publicUrl.replace(/^http/, "ws");
  const streamUrl = `${base}/v3/directline/conversations/${conversation}/stream?watermark=${watermark}&t=${ticket}`;
  const expiresIn = Math.max(0, expires - Math.floor(desk.clock.now() / 1_000));
  return { status, body: { conversationId: conversation, token, expires_in: expiresIn, streamUrl } };
}

/** "Delete this chat": its bytes go, a proof without content stays. What must be kept is said, with 200. */
async function erase(desk: Desk, exchange: Exchange): Promise<Answer> {
  const entered = await access(desk, exchange, desk.limits.reads);
  if (entered.kind === "refused") return entered.answer;
  const { id } = entered.conversation;
  const erased = await desk.store.conversations.erase(id, desk.clock.now());
  if (!erased) return problem("NotFound");
  desk.streams.end(id);
  desk.turn.gone(id);
  return erased === "held" ? { status: 200, body: { kept: "held" } } : { status: 204 };
}

/** For OAuth cards, which we never send; clients ask for it all the same. */
async function sessionId(desk: Desk, exchange: Exchange): Promise<Answer> {
  const entered = await access(desk, exchange, desk.limits.reads);
  return entered.kind === "refused" ? entered.answer : { status: 200, body: { sessionId: desk.ids.next() } };
}
