import type { Answer, Exchange, Pieces, Route } from "../http/exchange.ts";
import { type Html, page } from "../http/html.ts";
import { Limiter } from "../http/limiter.ts";
import { tooMany } from "../http/problem.ts";
import type { Operator } from "../knowledge/operator.ts";
import type { Clock, Ids } from "../ports.ts";
import type { Texts } from "../reply/texts.ts";
import type { OwnData } from "../requests/own-data.ts";
import { readCode } from "../requests/receipt.ts";
import type { Links, Opening, Target } from "../turn/links.ts";
import { activitiesOf, linesOf } from "../turn/record.ts";
import type { Store } from "../turn/store.ts";
import { languageOf } from "./language.ts";
import { closedPage, type Door, readyPage, shutPage, transcriptPage, type What } from "./link-page.ts";
import { OWN_DATA_POLICY, type OwnDataHead, ownDataJson, ownDataPage } from "./own-data.ts";

export interface LinksOptions {
  /** Operators served. */
  operators: readonly Operator[];
  texts: Texts;
  store: Pick<Store, "conversations" | "transcript" | "feedbacks"> & { links: Links; ownData: OwnData };
  clock: Clock;
  ids: Ids;
  /** Address of the pages' styles. */
  styles: string;
  /** Address of the operators' colours. */
  brands: string;
}

/** Per address: an office behind one opens a few links a day. */
const RATE = { burst: 60, perSecond: 1 };
const LINK = /^[\w-]{43}$/;
const SESSION = /^[\w-]{16,64}$/;

type Fields = Readonly<Record<string, unknown>>;

/**
 * `/transcript/<link>` and `/own-data/<link>`: a page with a button, and what the button opens, once. A `GET` changes
 * nothing, so that previews and mail filters use no link up.
 */
export function linkRoutes(options: LinksOptions): Route[] {
  const { operators, texts, store, clock, ids, styles, brands } = options;
  const known = new Map(operators.map((operator) => [operator.id, operator]));
  const limiter = new Limiter(RATE);

  const routes = (what: What): Route[] =>
    (["GET", "POST"] as const).map((method) => ({
      method,
      path: `/${what}/:link`,
      body: method === "GET" ? "none" : "form",
      async handle(exchange) {
        const wait = limiter.take(exchange.address, performance.now());
        if (wait > 0) return tooMany(wait);
        return method === "GET" ? look(what, exchange) : open(what, exchange);
      },
    }));
  return [...routes("transcript"), ...routes("own-data")];

  function doorOf(what: What, exchange: Exchange, session: string): Door {
    const action = `/${what}/${exchange.params.link ?? ""}`;
    const locale = languageOf(exchange.query.get("lang"), exchange.header("accept-language"));
    const site = { locale, t: texts[locale], styles, brands, path: action };
    return { site, what, operator: null, action, session };
  }

  async function look(what: What, exchange: Exchange): Promise<Answer> {
    const door = doorOf(what, exchange, ids.next());
    const { link = "" } = exchange.params;
    const found = LINK.test(link)
      ? await store.links.look(what, link, clock.now())
      : { kind: "unknown" as const };
    if (found.kind !== "unopened") return shut(door, found.kind);
    return shown(closedPage({ ...door, operator: known.get(found.operator) ?? null }, false));
  }

  async function open(what: What, exchange: Exchange): Promise<Answer> {
    const fields = (exchange.body ?? {}) as Fields;
    const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : "");
    const session = SESSION.test(text("session")) ? text("session") : ids.next();
    const door = doorOf(what, exchange, session);
    const { link = "" } = exchange.params;
    if (!LINK.test(link)) return shut(door, "unknown");
    // What cannot be a code is no try.
    const code = readCode(text("code"));
    const key = { session, ...(code.ok ? { code: code.value } : {}) };
    const now = clock.now();
    const opening = await store.links.open(what, link, key, now);
    if (opening.kind !== "opened") return refused(door, opening, text("code") !== "", link, now);
    return opening.target.what === "transcript"
      ? transcript(door, opening.target.conversation)
      : ownData(door, opening.target, text("as"), now);
  }

  async function refused(
    door: Door,
    { kind }: Exclude<Opening, { kind: "opened" }>,
    typed: boolean,
    link: string,
    now: number,
  ): Promise<Answer> {
    if (kind !== "unopened" && kind !== "wrong-code") return shut(door, kind);
    const found = await store.links.look(door.what, link, now);
    const operator = found.kind === "unopened" ? (known.get(found.operator) ?? null) : null;
    return shown(closedPage({ ...door, operator }, typed), 403);
  }

  async function transcript(door: Door, id: string): Promise<Answer> {
    const conversation = await store.conversations.find(id);
    if (!conversation) return shut(door, "unknown");
    const lines = linesOf(await activitiesOf(store, conversation), await store.feedbacks.all(conversation));
    return shown(transcriptPage({ ...door, operator: known.get(conversation.operator) ?? null }, lines));
  }

  /** What is held, as it is now; each look is in the audit before anything is told. */
  async function ownData(
    door: Door,
    { operator, receipt }: Extract<Target, { what: "own-data" }>,
    as: string,
    at: number,
  ): Promise<Answer> {
    const facts = known.get(operator) ?? null;
    if (as !== "page" && as !== "file") return shown(readyPage({ ...door, operator: facts }));
    const scope = await store.ownData.find(operator, { by: "receipt", receipt });
    if (!scope || scope === "several") return shut(door, "unknown");
    const { locale } = door.site;
    const cause = { at, actor: "customer", role: "customer", reason: `own data by link, as a ${as}` };
    const records = (await store.ownData.export(scope, cause))();
    const company = facts?.company[locale] ?? operator;
    const head: OwnDataHead = { operator, company, madeAt: at, locale, shared: scope.shared };
    return as === "page"
      ? pieces(ownDataPage(texts, head, records), {
          "Content-Type": "text/html; charset=utf-8",
          "Content-Security-Policy": OWN_DATA_POLICY,
          "X-Frame-Options": "DENY",
        })
      : pieces(ownDataJson(texts, head, records), {
          "Content-Type": "application/json; charset=utf-8",
          "Content-Disposition": 'attachment; filename="own-data.json"',
        });
  }
}

const pieces = (body: Pieces, headers: Answer["headers"] = {}): Answer => ({ status: 200, body, headers });

const shown = (content: Html, status = 200): Answer => page(content, {}, status);

function shut(door: Door, why: "used" | "unknown" | "locked"): Answer {
  const status = { used: 410, unknown: 404, locked: 403 }[why];
  return shown(shutPage(door, why), status);
}
