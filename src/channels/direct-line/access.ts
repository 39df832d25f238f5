import type { Answer, Exchange } from "../../http/exchange.ts";
import type { Limiter } from "../../http/limiter.ts";
import { problem, tooMany } from "../../http/problem.ts";
import type { Conversation } from "../../turn/store.ts";
import { type Desk, DIRECT_LINE } from "./desk.ts";
import { fingerprint, type Pass, sameSecret } from "./tokens.ts";

export type Access =
  | { kind: "granted"; pass: Pass; conversation: Conversation }
  | { kind: "refused"; answer: Answer };

/**
 * Lets the holder of a token into its own chat. `conversationId`: the chat that the request names, if it
 * names one; another one than the token's is refused before anything is looked up, so that nothing tells
 * whether it exists.
 */
export async function access(desk: Desk, exchange: Exchange, limit: Limiter): Promise<Access> {
  const token = bearer(exchange);
  if (token === undefined) return refused(problem("MissingToken"));
  const verified = await desk.tokens.verify("directline", token);
  if (verified.kind !== "valid")
    return refused(problem(verified.kind === "expired" ? "TokenExpired" : "BadToken"));
  const { pass } = verified;
  const named = exchange.params.conversationId;
  if (named !== undefined && named !== pass.conversation) return refused(problem("BadToken"));
  if (!isCurrent(desk, pass)) return refused(problem("BadToken"));
  const waitMs = limit.take(pass.conversation, performance.now());
  if (waitMs > 0) return refused(tooMany(waitMs));
  return { kind: "granted", pass, conversation: conversationOf(pass) };
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
