import type { Answer, Exchange } from "../../http/exchange.ts";
import type { Limiter } from "../../http/limiter.ts";
import { problem, tooMany } from "../../http/problem.ts";
import type { Conversation } from "../../turn/store.ts";
import { type Desk, DIRECT_LINE } from "./desk.ts";
import { fingerprint, type Pass, sameSecret } from "./tokens.ts";

export type Access =
  /** `token`: of this chat, for whoever answers with one; a secret is never told again. */
  | { kind: "granted"; pass: Pass; token: string; conversation: Conversation }
  | { kind: "refused"; answer: Answer };

/** Ends the id of a chat that a server itself holds: the operator's secret, with which it was begun, opens it. */
export const OF_SERVER = "-server";

/**
 * Lets the holder of a token into its own chat, and a server with its operator's secret into the chats that it began
 * itself (never into those of the website, or of a customer for whom it asked for a token). `conversationId`: the chat that the request names, if it names one; another one
 * than the token's is refused before anything is looked up, so that nothing tells whether it exists.
 */
export async function access(desk: Desk, exchange: Exchange, limit: Limiter): Promise<Access> {
  const token = bearer(exchange);
  if (token === undefined) return refused(problem("MissingToken"));
  if (isSecret(token)) return bySecret(desk, exchange, limit, token);
  const verified = await desk.tokens.verify("directline", token);
  if (verified.kind !== "valid")
    return refused(problem(verified.kind === "expired" ? "TokenExpired" : "BadToken"));
  const { pass } = verified;
  const named = exchange.params.conversationId;
  if (named !== undefined && named !== pass.conversation) return refused(problem("BadToken"));
  if (!isCurrent(desk, pass)) return refused(problem("BadToken"));
  const waitMs = limit.take(pass.conversation, performance.now());
  if (waitMs > 0) return refused(tooMany(waitMs));
  return { kind: "granted", pass, token, conversation: conversationOf(pass) };
}

/** A secret is no JWT: those have two dots. */
export function isSecret(credential: string): boolean {
  return credential.split(".").length !== 3;
}

async function bySecret(desk: Desk, exchange: Exchange, limit: Limiter, secret: string): Promise<Access> {
  const id = exchange.params.conversationId;
  const operator = operatorOf(desk, secret);
  if (operator === undefined || id === undefined || !id.endsWith(OF_SERVER))
    return refused(problem("BadToken"));
  const found = await desk.store.conversations.find(id);
  // Of another operator's chat no more is told than of none.
  if (found?.operator !== operator || found.channel !== DIRECT_LINE) return refused(problem("NotFound"));
  const waitMs = limit.take(id, performance.now());
  if (waitMs > 0) return refused(tooMany(waitMs));
  const fresh = {
    conversation: id,
    customer: found.customer,
    operator,
    generation: 0,
    first: Math.floor(desk.clock.now() / 1_000),
    secret: fingerprint(secret),
  };
  const issued = await desk.tokens.issue(fresh);
  if (!issued) throw new Error("a new token has no life");
  const pass = { ...fresh, expires: issued.expires };
  return { kind: "granted", pass, token: issued.token, conversation: conversationOf(pass) };
}

/** The operator whose secret this is. */
export function operatorOf(desk: Desk, secret: string): string | undefined {
  let found: string | undefined;
  for (const [operator, known] of desk.settings.secrets) if (sameSecret(secret, known)) found = operator;
  return found;
}

/** The credential of the request. */
export function bearer(exchange: Exchange): string | undefined {
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(exchange.header("authorization") ?? "")?.[1];
}

/** False once the operator, or the secret that asked for the token, is no longer there. */
export function isCurrent(desk: Desk, pass: Pass): boolean {
  const { operators, secrets } = desk.settings;
  if (!operators.includes(pass.operator)) return false;
  if (pass.secret === null) return true;
  const secret = secrets.get(pass.operator);
  return secret !== undefined && fingerprint(secret) === pass.secret;
}

export function conversationOf(pass: Pass): Conversation {
  return { id: pass.conversation, channel: DIRECT_LINE, operator: pass.operator, customer: pass.customer };
}

function refused(answer: Answer): Access {
  return { kind: "refused", answer };
}
