import type { Answer, Exchange, Route } from "../../http/exchange.ts";
import { problem, tooMany } from "../../http/problem.ts";
import { LOCALES, type Locale, localeOf } from "../../reply/locale.ts";
import type { Message } from "../../reply/message.ts";
import { proveRequest } from "../../turn/prove-request.ts";
import type { Handle, Party } from "../../turn/store.ts";
import { type Account, type Desk, LINE, type LinkPage } from "./desk.ts";

/** Where the platform asks its user, and comes back with the nonce. */
const ACCOUNT_LINK = "https://access.line.me/dialog/bot/accountLink";
const NONCE_MS = 600_000;
const TOKEN = /^[\w.~+/=-]{1,500}$/;

/** The page on which a customer shows that a request is theirs, so that its changes are told on LINE. */
export function linkRoutes(desk: Desk, account: Account): Route[] {
  const { linkPage } = desk;
  if (!linkPage) return [];
  const path = `/line/${account.operator}/link`;
  return [
    { method: "GET", path, body: "none", handle: (exchange) => show(linkPage, account, exchange) },
    { method: "POST", path, body: "form", handle: (exchange) => check(desk, linkPage, account, exchange) },
  ];
}

function show(linkPage: LinkPage, { operator }: Account, { query }: Exchange): Answer {
  const linkToken = query.get("linkToken") ?? "";
  if (!TOKEN.test(linkToken)) return problem("BadArgument");
  return linkPage({ operator, linkToken, locale: locale(query.get("lang")) }, ACCOUNT_LINK);
}

/** Right: to the platform, with a nonce that is good once. Wrong tries count as everywhere else. */
async function check(
  desk: Desk,
  linkPage: LinkPage,
  { operator }: Account,
  { body, address }: Exchange,
): Promise<Answer> {
  const fields = (typeof body === "object" && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const field = (name: string) => {
    const value = fields[name];
    return typeof value === "string" ? value : "";
  };
  const linkToken = field("linkToken");
  if (!TOKEN.test(linkToken)) return problem("BadArgument");
  const waitMs = desk.limits.links.take(address, performance.now());
  if (waitMs > 0) return tooMany(waitMs);
  const now = desk.clock.now();
  const at = { operator, conversation: "", customer: "", channel: LINE, arrival: desk.tryNumber() };
  const proved = await proveRequest(desk.store.register, at, field("receipt"), field("code"), now);
  const view = { operator, linkToken, locale: locale(field("lang")) };
  if (proved.kind === "wrong") return linkPage({ ...view, issue: proved.issue }, ACCOUNT_LINK);
  const nonce = desk.ids.next();
  if (!(await desk.records.keepNonce(operator, proved.receipt, nonce, now + NONCE_MS)))
    return linkPage({ ...view, issue: "unknown" }, ACCOUNT_LINK);
  const to = new URL(ACCOUNT_LINK);
  to.searchParams.set("linkToken", linkToken);
  to.searchParams.set("nonce", nonce);
  return { status: 303, headers: { Location: to.href } };
}

const locale = (tag: unknown): Locale => localeOf(typeof tag === "string" ? tag : undefined) ?? LOCALES[0];

/** The platform has brought a nonce back, with whose it is. */
export async function linked(
  desk: Desk,
  party: Party,
  nonce: string,
  handle: Handle | undefined,
): Promise<void> {
  const words = (locale: Locale): Message => ({
    locale,
    text: desk.texts[locale]("linking:linked"),
    choices: [],
    words: { kind: "notice" },
  });
  const ids = { conversation: desk.ids.next(), activity: desk.ids.next() };
  const said = { words, ids, ...(handle ? { handle } : {}) };
  const done = await desk.records.link({ ...party, channel: LINE }, nonce, said, desk.clock.now());
  if (done) desk.turn.push();
}
