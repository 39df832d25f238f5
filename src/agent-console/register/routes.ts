import { z } from "zod";
import type { Answer } from "../../http/exchange.ts";
import { problem } from "../../http/problem.ts";
import type { Content } from "../../knowledge/content.ts";
import { speakerOf } from "../../knowledge/speaker.ts";
import { letter, letterOf } from "../../pages/letter.ts";
import type { Locale } from "../../reply/locale.ts";
import type { AuditEntry } from "../../requests/audit.ts";
import type { Docket, Opened, Stepped } from "../../requests/docket.ts";
import { readReceipt } from "../../requests/receipt.ts";
import { EventsBroken, OPEN_STATES, REQUEST_STATES } from "../../requests/state.ts";
import { entryOf } from "../mount.ts";
import { RELEASERS, ROLES, WORKERS } from "../role.ts";
import { type AtOperator, atOperator, type ConsoleRoute } from "../route.ts";
import { type Showing, shownAnswers, shownLine, shownRequest } from "./show.ts";
import { decisionOf, decisionSchema, filterSchema, moveSchema, stepOf } from "./step.ts";
import type { Wording } from "./words.ts";

export interface RegisterOptions {
  docket: Docket;
  content: Pick<Content, "operators" | "topics" | "law" | "procedures">;
  /** The forms are loaded when they are needed first. */
  wording: () => Promise<Omit<Wording, "locale">>;
  mask: (text: string) => string;
}

/** Requests on a page of the list. */
const PAGE = 50;
const ONE = "/console/api/operators/:operator/requests/:receipt";
const locale = z.enum(["ja", "en"]);
const why = z.string().trim().min(3).max(500);
const which = z.strictObject({ at: z.number().int().min(0) });

/** The register of requests, for the people who work on them. */
export function registerRoutes({ docket, content, wording, mask }: RegisterOptions): ConsoleRoute[] {
  const showingOf = async ({ session, now }: AtOperator, locale: Locale): Promise<Showing> => ({
    ...(await wording()),
    locale,
    now,
    mask: (text) => mask(text),
    grounds: (type) => content.procedures.get(type)?.grounds ?? {},
    reader: session.account,
  });
  const receiptOf = ({ exchange }: AtOperator): string => {
    const read = readReceipt(exchange.params.receipt ?? "");
    return read.ok ? read.value : "";
  };
  const entry = (call: AtOperator, what: AuditEntry["what"], reason: string): AuditEntry =>
    entryOf(call, what, receiptOf(call), reason, mask);
  const workerOf = ({ session }: AtOperator) => ({ account: session.account, name: session.name });

  async function opened(
    call: AtOperator,
    show: (request: Opened) => Answer | Promise<Answer>,
  ): Promise<Answer> {
    return whole(async () => {
      const request = await docket.show(call.operator, receiptOf(call));
      return request ? show(request) : problem("NotFound");
    });
  }

  return [
    atOperator({
      method: "GET",
      path: "/console/api/operators/:operator/requests",
      roles: ROLES,
      trail: "list",
      takes: filterSchema,
      async handle(call, { state, type, after, locale }) {
        const [targetOn = "", id] = after?.split("_") ?? [];
        const states =
          state === "open" || state === undefined
            ? undefined
            : state === "closed"
              ? REQUEST_STATES.filter((each) => !OPEN_STATES.includes(each))
              : [state];
        const filter = {
          operator: call.operator,
          open: state === undefined || state === "open",
          ...(states ? { states } : {}),
          ...(type ? { types: [type] } : {}),
        };
        const page = await docket.list(filter, PAGE, id === undefined ? null : { targetOn, id: Number(id) });
        const showing = await showingOf(call, locale);
        const { next } = page;
        return {
          status: 200,
          body: {
            requests: page.requests.map((request) => shownLine(showing, request)),
            next: next && `${next.targetOn}_${next.id}`,
          },
        };
      },
    }),
    atOperator({
      method: "GET",
      path: ONE,
      roles: ROLES,
      trail: "show",
      takes: z.strictObject({ locale }),
      handle: (call, { locale }) =>
        opened(call, async (request) => ({
          status: 200,
          body: shownRequest(await showingOf(call, locale), request),
        })),
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/reveal`,
      roles: WORKERS,
      trail: "reveal",
      takes: z.strictObject({ locale, slots: z.array(z.string().max(64)).min(1).max(50), reason: why }),
      handle: (call, { locale, slots }) =>
        opened(call, async (request) => {
          const all = shownAnswers(await showingOf(call, locale), request, true);
          return { status: 200, body: { answers: all.filter(({ slot }) => slots.includes(slot)) } };
        }),
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/move`,
      roles: WORKERS,
      trail: "with-its-effect",
      takes: moveSchema,
      handle: (call, told) =>
        whole(async () => {
          const { operator, now, session } = call;
          const at = { operator, receipt: receiptOf(call), version: told.version };
          const by = { by: "officer", name: session.name } as const;
          const audit = entry(call, "move", `${told.to} ${told.reason ?? ""}`.trim());
          return stepped(await docket.move(at, stepOf(told), by, now, audit));
        }),
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/decision`,
      roles: WORKERS,
      trail: "with-its-effect",
      takes: decisionSchema,
      handle: (call, told) =>
        whole(async () => {
          const { operator, now } = call;
          const at = { operator, receipt: receiptOf(call), version: told.version };
          const audit = entry(call, "prepare", `${told.to} ${told.reason ?? ""}`.trim());
          return stepped(await docket.prepare(at, decisionOf(told), workerOf(call), now, audit));
        }),
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/decision/take-back`,
      roles: WORKERS,
      trail: "with-its-effect",
      takes: which,
      async handle(call, { at }) {
        const about = { operator: call.operator, receipt: receiptOf(call), preparedAt: at };
        const done = await docket.takeBack(about, entry(call, "prepare", "taken back"));
        return done ? { status: 200, body: {} } : problem("NotFound");
      },
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/release`,
      roles: RELEASERS,
      trail: "with-its-effect",
      takes: which,
      handle: (call, { at }) =>
        whole(async () => {
          const about = { operator: call.operator, receipt: receiptOf(call), preparedAt: at };
          const done = await docket.release(about, workerOf(call), call.now, entry(call, "release", ""));
          return done.kind === "own" ? { status: 409, body: { issue: "own" } } : stepped(done);
        }),
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/notes`,
      roles: WORKERS,
      trail: "note",
      takes: z.strictObject({ text: z.string().trim().min(1).max(4_000) }),
      async handle(call, { text }) {
        const { operator, now, session } = call;
        const note = { audience: "staff", at: now, by: session.name, text } as const;
        const done = await docket.addNote({ operator, receipt: receiptOf(call) }, note);
        return done ? { status: 200, body: {} } : problem("NotFound");
      },
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/letter`,
      roles: WORKERS,
      trail: "letter",
      takes: z.strictObject({}),
      handle: (call) =>
        opened(call, async (request) => {
          const { operator, now, session } = call;
          const said = letterOf(request, content.procedures.get(request.type)?.grounds ?? {});
          const facts = content.operators.get(operator);
          if (!said || !facts) return { status: 409, body: { issue: "undecided" } };
          const { texts } = await wording();
          const html = letter(said, speakerOf(facts, content), texts);
          const paper = { audience: "customer", at: now, by: session.name, html } as const;
          await docket.addPaper({ operator, receipt: request.receipt }, paper);
          return { status: 200, body: { paper: request.papers.length } };
        }),
    }),
    atOperator({
      method: "GET",
      path: `${ONE}/papers/:number`,
      roles: WORKERS,
      trail: "letter",
      takes: z.strictObject({}),
      handle: (call) =>
        opened(call, ({ papers }) => {
          const paper = papers[Number(call.exchange.params.number)];
          return paper ? paperAnswer(paper.html) : problem("NotFound");
        }),
    }),
  ];
}

/** A letter as it went, to be printed: its own policy lets nothing run and nothing be loaded. */
function paperAnswer(html: string): Answer {
  const [own = "default-src 'none'"] = /(?<=Content-Security-Policy" content=")[^"]+/.exec(html) ?? [];
  return {
    status: 200,
    body: html,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": `${own.replaceAll("&#39;", "'")}; frame-ancestors 'none'`,
      "X-Frame-Options": "DENY",
      "Cross-Origin-Opener-Policy": "same-origin",
    },
  };
}

function stepped(done: Stepped): Answer {
  switch (done.kind) {
    case "moved":
      return { status: 200, body: { state: done.request.state, version: done.request.version } };
    case "unknown":
      return problem("NotFound");
    case "changed":
      return { status: 409, body: { issue: "changed" } };
    case "refused":
      return { status: 422, body: { issue: done.issue } };
  }
}

/** A request whose events do not follow from each other is shown to nobody and changed by nobody. */
async function whole(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EventsBroken) return { status: 409, body: { issue: "broken" } };
    throw error;
  }
}
