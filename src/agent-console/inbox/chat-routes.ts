import type { Line, OpenedHandoff } from "../../handoff/desk.ts";
import type { Handoff } from "../../handoff/handoff.ts";
import { problem } from "../../http/problem.ts";
import type { Locale } from "../../reply/locale.ts";
import type { Opened } from "../../requests/docket.ts";
import { EventsBroken } from "../../requests/state.ts";
import { entryOf } from "../mount.ts";
import { type Showing, shownLine as shownRequestLine } from "../register/show.ts";
import { ROLES, WORKERS } from "../role.ts";
import { type AtOperator, atOperator, type ConsoleRoute } from "../route.ts";
import { chatOf } from "./answers.ts";
import { costs } from "./cost.ts";
import { AT_DESK, atDesk, CHAT, type InboxOptions, idOf } from "./options.ts";
import {
  type ChatShowing,
  lineSlot,
  shownCallback,
  shownChat,
  shownForm,
  shownLines,
  shownNotes,
  shownWhole,
} from "./show.ts";
import type { ShownLines, ShownOpenChat, ShownRevealed, ShownSuggestions } from "./shown.ts";
import * as takes from "./told.ts";

/** Lines of a chat on a page. */
const PAGE = 100;
/** The most lines after one that a page shows. */
const MOST_AFTER = 500;
const SUGGESTED = 3;
/** Of the customer's lines so many, the last one first, are asked for a clause. */
const LAST_WORDS = 3;
/** Lines in which the customer's last words are looked for. */
const LAST_LINES = 30;

/** One chat as it is read: all of it, what is new, what might be said, what is masked. */
export function chatRoutes(options: InboxOptions): ConsoleRoute[] {
  const { desk, chats, clauses, reading, register, topics, texts, forms, mask, clausesFor } = options;
  const costOf = costs(options);

  const showingOf = ({ session }: AtOperator, locale: Locale): ChatShowing => ({
    texts,
    locale,
    forms,
    mask,
    reader: session.account,
  });

  async function requestsOf(call: AtOperator, { conversation }: Handoff, locale: Locale) {
    const receipts = await chats.filed(call.operator, conversation);
    const showing: Showing = {
      ...(await register.wording()),
      locale,
      now: call.now,
      mask,
      grounds: () => ({}),
      reader: call.session.account,
    };
    const found: Opened[] = [];
    for (const receipt of receipts) {
      const request = await whole(() => register.docket.show(call.operator, receipt));
      if (request) found.push(request);
    }
    return found.map((request) => shownRequestLine(showing, request));
  }

  async function shownOpen(call: AtOperator, opened: OpenedHandoff, locale: Locale): Promise<ShownOpenChat> {
    const { handoff, lines, form } = opened;
    const showing = showingOf(call, locale);
    const [line] = await chats.lines([handoff.id]);
    // The page is asked for with one more, which may have asked what the first one answers.
    const [before, rest] = lines.length > PAGE ? [lines[0], lines.slice(1)] : [undefined, lines];
    const own = Object.values(forms).filter(({ end }) => end === "file");
    return {
      chat: shownChat(topics, line ?? { ...handoff, activeAt: 0 }),
      lines: shownLines(showing, rest, before),
      earlier: (rest[0]?.seq ?? 1) > 1,
      notes: shownNotes(showing, opened),
      form: shownForm(showing, opened),
      requests: await requestsOf(call, handoff, locale),
      clauses: handoff.clauses.flatMap((id) => clauses.shown(call.operator, id, handoff.locale) ?? []),
      callback: shownCallback(showing, opened),
      resolution: handoff.resolution === null ? null : mask(handoff.resolution),
      cost: await costOf(handoff, call.now),
      startable: form ? [] : own.map(({ id }) => ({ type: id, title: texts[locale](`requests:${id}`) })),
    };
  }

  /** Lines around those that are named, with what each of them answers. */
  async function linesOf(call: AtOperator, slots: readonly string[]): Promise<Line[]> {
    const found: Line[] = [];
    for (const slot of slots) {
      const seq = lineSlot(slot);
      if (seq === undefined) continue;
      const near = (await desk.lines(atDesk(call), idOf(call), Math.max(0, seq - 2))) ?? [];
      const [asks, line] = [near.find((one) => one.seq === seq - 1), near.find((one) => one.seq === seq)];
      if (line && !asksCode(options, asks)) found.push(line);
    }
    return found;
  }

  return [
    atOperator({
      method: "GET",
      path: CHAT,
      roles: ROLES,
      trail: "show",
      takes: takes.opened,
      async handle(call, { locale, before }) {
        const opened = await desk.look(atDesk(call), idOf(call), { before, most: PAGE + 1 });
        return opened ? { status: 200, body: await shownOpen(call, opened, locale) } : problem("NotFound");
      },
    }),
    atOperator({
      method: "GET",
      path: `${CHAT}/lines`,
      roles: ROLES,
      // Whoever has the chat reads on in it: the row is that of the claim. Whoever only looks on has a row each time.
      trail: "with-its-effect",
      takes: takes.linesAfter,
      async handle(call, { locale, after }) {
        const by = atDesk(call);
        const chat = await chatOf(options, call);
        if (!chat) return problem("NotFound");
        if (chat.agent?.id !== by.id || chat.state !== "assigned") {
          const entry = entryOf(call, "show", idOf(call), "", mask);
          if (!(await reading.admit(entry, call.now))) return problem("ApprovalNeeded");
        }
        const found = (await desk.lines(by, idOf(call), Math.max(0, after - 1))) ?? [];
        const lines = found.filter(({ seq }) => seq > after);
        const before = found.find(({ seq }) => seq === after);
        const body: ShownLines = {
          lines: shownLines(showingOf(call, locale), lines, before),
          more: found.length >= MOST_AFTER,
        };
        return { status: 200, body };
      },
    }),
    atOperator({
      method: "GET",
      path: `${CHAT}/suggestions`,
      roles: AT_DESK,
      trail: "nothing",
      takes: takes.nothing,
      async handle(call) {
        const opened = await desk.look(atDesk(call), idOf(call), { most: LAST_LINES });
        if (!opened) return problem("NotFound");
        const { handoff, lines } = opened;
        const said = lines.filter(({ by, text }) => by === "customer" && text.trim() !== "");
        let ids: readonly string[] = [];
        // "A person, please" and "thanks" ask for no clause: what was said before them does.
        for (const { text } of said.slice(-LAST_WORDS).toReversed())
          if (ids.length === 0) ids = await clausesFor(call.operator, { locale: handoff.locale }, text);
        const suggestions = ids
          .slice(0, SUGGESTED)
          .flatMap((id) => clauses.shown(call.operator, id, handoff.locale) ?? []);
        const body: ShownSuggestions = { suggestions };
        return { status: 200, body };
      },
    }),
    atOperator({
      method: "GET",
      path: `${CHAT}/cost`,
      roles: AT_DESK,
      trail: "nothing",
      takes: takes.nothing,
      async handle(call) {
        const chat = await chatOf(options, call);
        const cost = chat ? await costOf(chat, call.now) : null;
        return cost ? { status: 200, body: cost } : problem("NotFound");
      },
    }),
    atOperator({
      method: "POST",
      path: `${CHAT}/reveal`,
      roles: WORKERS,
      trail: "reveal",
      takes: takes.revealed,
      async handle(call, { locale, slots }) {
        const opened = await desk.look(atDesk(call), idOf(call), { most: 0 });
        if (!opened) return problem("NotFound");
        const lines = await linesOf(call, slots);
        const body: ShownRevealed = { rows: shownWhole(showingOf(call, locale), opened, slots, lines) };
        return { status: 200, body };
      },
    }),
  ];
}

/** Whether a line asks for the code of a request: that is the customer's alone, whatever the reason. */
function asksCode({ forms }: Pick<InboxOptions, "forms">, line: Line | undefined): boolean {
  const { asks } = line ?? {};
  const form = asks && Object.values(forms).find(({ id }) => id === asks.form);
  return form?.slots.find(({ name }) => name === asks?.slot)?.answer.kind === "code";
}

/** A request whose events do not follow from each other is left out; the register says so where it is looked for. */
async function whole<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof EventsBroken) return undefined;
    throw error;
  }
}
