import type { Answer, Exchange, Upgrade, Wire } from "../../http/exchange.ts";
import { problem, tooMany } from "../../http/problem.ts";
import { conversationOf, isCurrent } from "./access.ts";
import type { Desk } from "./desk.ts";
import { TICKET_S } from "./tokens.ts";
import { parseWatermark } from "./watermark.ts";

/** Opens a chat's stream with the ticket in its address: once, and within a minute. */
export function streamUpgrade(desk: Desk): Upgrade {
  return {
    path: "/v3/directline/conversations/:conversationId/stream",
    open: (exchange) => open(desk, exchange),
  };
}

async function open(desk: Desk, exchange: Exchange): Promise<Answer | ((wire: Wire) => void)> {
  const { clock, streams, sessions, store, settings } = desk;
  const verified = await desk.tokens.verify("stream", exchange.query.get("t") ?? "");
  if (verified.kind !== "valid") return problem(verified.kind === "expired" ? "TokenExpired" : "BadToken");
  const { pass, id } = verified;
  if (exchange.params.conversationId !== pass.conversation || !isCurrent(desk, pass))
    return problem("BadToken");
  const origin = exchange.header("origin");
  if (origin !== undefined && !settings.allows(origin, pass.operator)) return problem("OriginRefused");
  // Only a browser sends cookies, and a browser says where it comes from.
  if (origin === undefined && exchange.header("cookie") !== undefined) return problem("OriginRefused");
  const after = parseWatermark(exchange.query.get("watermark"));
  if (after === undefined) return problem("BadWatermark");
  if (streams.isFull(pass.conversation)) return tooMany(5_000);
  if (!(await sessions.useTicket(id, clock.now() + 2 * TICKET_S * 1_000))) return problem("BadToken");
  const last = (await store.transcript.lastSeqs([pass.conversation])).get(pass.conversation);
  if (last === undefined) return problem("NotFound");
  return (wire) => streams.attach(conversationOf(pass), wire, Math.min(after, last), pass.expires * 1_000);
}
