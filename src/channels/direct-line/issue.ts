import { z } from "zod";
import type { Answer, Exchange, Route } from "../../http/exchange.ts";
import { problem, tooMany } from "../../http/problem.ts";
import { access, bearer, operatorOf } from "./access.ts";
import { type Desk, DIRECT_LINE } from "./desk.ts";
import { fingerprint, type Pass } from "./tokens.ts";

/** Life of `resume`, in milliseconds: 7 days. */
const RESUME_MS = 7 * 86_400_000;

const account = z.object({
  id: z
    .string()
    .regex(/^dl_[\x21-\x7e]{1,61}$/)
    .nullish(),
});
/** Microsoft's own samples write `User.Id`; clients without a user send `{}`. */
const parameters = z
  .object({ user: account.nullish(), User: z.object({ Id: account.shape.id }).nullish() })
  .transform(({ user, User }) => user?.id ?? User?.Id ?? undefined);
const widgetBody = z.object({ resume: z.string().min(1).max(200).nullish() });

/** Where tokens come from: a server's secret, the website's origin, an older token. */
export function issueRoutes(desk: Desk): Route[] {
  const { settings } = desk;
  return [
    {
      method: "POST",
      path: "/v3/directline/tokens/generate",
      body: "json",
      origins: (origin) => settings.allows(origin, undefined),
      handle: (exchange) => generate(desk, exchange),
    },
    {
      method: "POST",
      path: "/v3/directline/tokens/refresh",
      body: "none",
      origins: (origin) => settings.allows(origin, undefined),
      handle: (exchange) => refresh(desk, exchange),
    },
    {
      method: "POST",
      path: "/widget/:operator/token",
      body: "json",
      origins: (origin, { operator }) => settings.allows(origin, operator),
      handle: (exchange) => forWebsite(desk, exchange),
    },
  ];
}

/**
 * A new chat for a server that has the operator's secret. The chat is not opened yet. `ending`: of its id, to tell whose
 * it is.
 */
export async function begin(
  desk: Desk,
  exchange: Exchange,
  ending = "",
): Promise<
  { kind: "begun"; pass: Pass; token: string; expiresIn: number } | { kind: "refused"; answer: Answer }
> {
  const limited = limit(desk, exchange);
  if (limited) return { kind: "refused", answer: limited };
  const secret = bearer(exchange);
  if (secret === undefined) return { kind: "refused", answer: problem("MissingToken") };
  const operator = operatorOf(desk, secret);
  if (operator === undefined) return { kind: "refused", answer: problem("BadToken") };
  const user = parameters.safeParse(exchange.body ?? {});
  if (!user.success) return { kind: "refused", answer: problem("BadArgument") };
  const made = await create(desk, operator, user.data, fingerprint(secret), ending);
  return { kind: "begun", ...made };
}

async function generate(desk: Desk, exchange: Exchange): Promise<Answer> {
  const begun = await begin(desk, exchange);
  if (begun.kind === "refused") return begun.answer;
  const { pass, token, expiresIn } = begun;
  return { status: 200, body: { conversationId: pass.conversation, token, expires_in: expiresIn } };
}

async function refresh(desk: Desk, exchange: Exchange): Promise<Answer> {
  const entered = await access(desk, exchange, desk.limits.reads);
  if (entered.kind === "refused") return entered.answer;
  const { pass } = entered;
  const generation = await desk.sessions.generation(pass.conversation);
  if (generation === undefined) return problem("NotFound");
  const issued = generation === pass.generation ? await desk.tokens.issue(pass) : undefined;
  if (!issued) return problem("TokenExpired");
  desk.streams.extend(pass.conversation, issued.expires * 1_000);
  return {
    status: 200,
    body: { conversationId: pass.conversation, token: issued.token, expires_in: issued.expiresIn },
  };
}

async function forWebsite(desk: Desk, exchange: Exchange): Promise<Answer> {
  const { operator = "" } = exchange.params;
  if (!desk.settings.operators.includes(operator)) return problem("NotFound");
  // A browser always says where a POST comes from: what does not is no page.
  if (exchange.header("origin") === undefined) return problem("OriginRefused");
  const limited = limit(desk, exchange);
  if (limited) return limited;
  const body = widgetBody.safeParse(exchange.body ?? {});
  if (!body.success) return problem("BadArgument");
  const [resume, now] = [desk.ids.next() + desk.ids.next(), desk.clock.now()];
  const until = now + RESUME_MS;
  if (typeof body.data.resume === "string") {
    const resumed = await desk.sessions.resume(operator, body.data.resume, resume, until, now);
    if (!resumed) return problem("BadToken");
    const { conversation, customer, generation } = resumed;
    const issued = await desk.tokens.issue({
      conversation,
      customer,
      operator,
      generation,
      first: seconds(now),
      secret: null,
    });
    if (!issued) return problem("TokenExpired");
    desk.streams.extend(conversation, issued.expires * 1_000);
    const { token, expiresIn } = issued;
    return { status: 200, body: { conversationId: conversation, token, expires_in: expiresIn, resume } };
  }
  const { pass, token, expiresIn } = await create(desk, operator, undefined, null);
  await desk.sessions.begin(pass.conversation, resume, until);
  return { status: 200, body: { conversationId: pass.conversation, token, expires_in: expiresIn, resume } };
}

async function create(
  desk: Desk,
  operator: string,
  user: string | undefined,
  secret: string | null,
  ending = "",
) {
  const now = desk.clock.now();
  const [id, customer] = [`${desk.ids.next()}${ending}`, user ?? `dl_${desk.ids.next()}`];
  await desk.store.conversations.create({ id, channel: DIRECT_LINE, operator, customer }, now);
  const fresh = { conversation: id, customer, operator, generation: 0, first: seconds(now), secret };
  const issued = await desk.tokens.issue(fresh);
  if (!issued) throw new Error("a new token has no life");
  const { token, expiresIn, expires } = issued;
  return { pass: { ...fresh, expires }, token, expiresIn };
}

function limit(desk: Desk, exchange: Exchange): Answer | undefined {
  const waitMs = desk.limits.tokens.take(exchange.address, performance.now());
  return waitMs > 0 ? tooMany(waitMs) : undefined;
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}
