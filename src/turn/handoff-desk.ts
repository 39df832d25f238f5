import type { AtDesk, DeskChange, HandoffDesk, Line, OpenedHandoff, Stepped } from "../handoff/desk.ts";
import { MAX_REPLY } from "../handoff/desk.ts";
import type { Handoff, PrivateNote } from "../handoff/handoff.ts";
import { type Agent, isSilencing, move, type Step } from "../handoff/state.ts";
import type { Clock, Ids } from "../ports.ts";
import type { Message } from "../reply/message.ts";
import type { Texts } from "../reply/texts.ts";
import type { Citation } from "../reply/words.ts";
import type { Random } from "../requests/receipt.ts";
import type { Activity } from "./activity.ts";
import { backChoice, noticeIn } from "./handoff-notices.ts";
import type { Case, Changed, Decision } from "./handoffs.ts";
import type { Conversation, Store } from "./store.ts";
import type { Brain } from "./talk.ts";

export interface HandoffDeskOptions {
  brain: Brain;
  texts: Texts;
  store: Pick<Store, "handoffs" | "transcript" | "conversations" | "onForeignChange">;
  clock: Clock;
  ids: Ids;
  random: Random;
  pushes: (channel: string) => boolean;
  /** What was appended to a chat. */
  onActivities(conversation: Conversation, activities: readonly Activity[]): void;
  /** An agent is writing. */
  onTyping(conversation: string, name: string): void;
  /** The agent who has the chat has read up to the line `seq`. */
  onRead(conversation: Conversation, seq: number): void;
  /** A hand-off stands otherwise than before. */
  onMoved(handoff: Handoff): void;
}

/** The desk, and what the rest of the turn tells it. */
export interface OwnDesk extends HandoffDesk {
  changed(change: DeskChange): void;
  /** The last lines of a hand-off's chat, for what is told to other desks. */
  transcript(handoff: Handoff): Promise<readonly Line[]>;
  stop(): void;
  /** One step that nobody at the desk has taken: by the clock. Undefined: nothing was changed. */
  step(id: string, decide: (found: Case) => Decision | null): Promise<Changed | undefined>;
}

/** Lines that are given at a time. */
const PAGE = 500;
const MOST_LISTED = 200;
const KEY = /^[A-Za-z0-9_-]{16,64}$/;

export function createHandoffDesk(options: HandoffDeskOptions): OwnDesk {
  const { brain, texts, store, clock, ids, random, pushes } = options;
  const { handoffs, transcript, conversations } = store;
  const listeners = new Set<(change: DeskChange) => void>();
  const changed = (change: DeskChange) => {
    for (const listener of listeners) listener(change);
  };
  const stop = store.onForeignChange(() => changed({ kind: "elsewhere" }));

  async function step(id: string, decide: (found: Case) => Decision | null): Promise<Changed | undefined> {
    let decided = false;
    let moved = false;
    const done = await handoffs.change(id, clock.now(), pushes, (found) => {
      const decision = decide(found);
      decided = decision !== null && Object.keys(decision).some((key) => key !== "audit");
      moved = decision?.standing !== undefined;
      return decision;
    });
    if (!done || !decided) return done;
    const { handoff, conversation, appended } = done;
    if (appended.length > 0) options.onActivities(conversation, appended);
    if (moved) options.onMoved(handoff);
    changed({ kind: "handoff", id, operator: handoff.operator, conversation: handoff.conversation });
    return done;
  }

  /** A step of an agent; of another operator's hand-off they hear that there is none. */
  async function byAgent(
    by: AtDesk,
    id: string,
    decide: (found: Case) => Decision | null | Exclude<Stepped, { kind: "done" }>,
  ): Promise<{ stepped: Stepped; appended: readonly Activity[] }> {
    let refused: Exclude<Stepped, { kind: "done" }> | undefined;
    const done = await step(id, (found) => {
      if (!by.operators.includes(found.handoff.operator)) refused = { kind: "unknown" };
      else {
        const decision = decide(found);
        if (decision && "kind" in decision) refused = decision;
        else return decision;
      }
      return null;
    });
    if (refused) return { stepped: refused, appended: [] };
    if (!done) return { stepped: { kind: "unknown" }, appended: [] };
    return { stepped: { kind: "done", handoff: done.handoff }, appended: done.appended };
  }

  const moving = async (
    by: AtDesk,
    id: string,
    to: Step,
    what: NonNullable<Decision["audit"]>["what"],
    more: (found: Case, next: Handoff) => Decision,
  ): Promise<Stepped> =>
    (
      await byAgent(by, id, (found) => {
        const moved = move(found.handoff, to, clock.now());
        if (!moved.ok) return { kind: "refused", issue: moved.issue, agent: moved.agent };
        if (!moved.changed) return null;
        const { standing } = moved;
        return { ...more(found, { ...found.handoff, ...standing }), standing, audit: audited(by, what) };
      })
    ).stepped;

  const notice = (found: Case, key: string, values: Record<string, string | number> = {}, back = false) => {
    const { locale } = found;
    const choices = back ? [backChoice(texts, locale)] : [];
    return { id: ids.next(), message: noticeIn(texts, locale, key, "assigned", values, choices) };
  };
  const noteOf = (by: Agent, text: string): { note?: PrivateNote } => {
    const words = text.toWellFormed().trim().slice(0, MAX_REPLY);
    return words === ""
      ? {}
      : { note: { audience: "staff", at: clock.now(), by: by.id, name: by.name, text: words } };
  };

  async function linesBetween(handoff: Handoff, after: number, limit: number): Promise<Line[]> {
    const conversation = await conversations.find(handoff.conversation);
    if (!conversation) return [];
    return (await transcript.after(conversation, after, limit)).map(lineOf);
  }

  /** The last page of lines before `before`; all there are to the end unless told. */
  async function lastLines(handoff: Handoff, before?: number, most = PAGE): Promise<Line[]> {
    const last = (await transcript.lastSeqs([handoff.conversation])).get(handoff.conversation) ?? 0;
    const until = Math.min(before ?? last + 1, last + 1);
    const from = Math.max(0, until - 1 - most);
    return linesBetween(handoff, from, Math.max(0, until - 1 - from));
  }

  async function own(by: AtDesk, id: string): Promise<Handoff | undefined> {
    const handoff = await handoffs.find(id, clock.now());
    return handoff && by.operators.includes(handoff.operator) ? handoff : undefined;
  }

  async function opened(handoff: Handoff, before?: number, most?: number): Promise<OpenedHandoff> {
    const lines = await lastLines(handoff, before, most);
    const talk = await handoffs.talk(handoff.conversation);
    const moment = { now: clock.now(), random };
    const soFar = async (whole: boolean) =>
      talk ? ((await brain.formSoFar?.(handoff.operator, talk, moment, whole)) ?? null) : null;
    const notes = await handoffs.notes(handoff.id);
    const [form, whole] = [await soFar(false), await soFar(true)];
    return { handoff, lines, notes, form, whole, filed: talk?.filed?.receipt ?? null };
  }

  async function saidBefore(by: AtDesk, id: string, key: string): Promise<Activity | undefined> {
    const handoff = await own(by, id);
    const conversation = handoff && (await conversations.find(handoff.conversation));
    const found = conversation && (await transcript.find(conversation, key));
    return found?.by === "agent" ? found : undefined;
  }

  return {
    changed,
    step,
    stop,
    transcript: (handoff) => lastLines(handoff),

    list(by, { operators, ...filter }, limit, after = null) {
      const theirs = by.operators.filter((one) => operators?.includes(one) ?? true);
      const most = Math.min(Math.max(Math.floor(limit), 1), MOST_LISTED);
      return handoffs.list({ ...filter, operators: theirs }, most, after, clock.now());
    },

    async get(by, id, before) {
      const { stepped: shown } = await byAgent(by, id, () => ({ audit: audited(by, "show") }));
      if (shown.kind !== "done") return undefined;
      return opened(shown.handoff, before);
    },

    async look(by, id, { before, most } = {}) {
      const handoff = await own(by, id);
      return handoff && opened(handoff, before, most);
    },

    async lines(by, id, after) {
      const handoff = await own(by, id);
      return handoff && linesBetween(handoff, after, PAGE);
    },

    claim: (by, id) =>
      moving(by, id, { do: "claim", by }, "claim", (found, next) =>
        isSilencing(next) ? { say: notice(found, "joined", { name: by.name }, true) } : {},
      ),

    release: (by, id, note) =>
      moving(by, id, { do: "release", by }, "release", (found, next) => ({
        ...noteOf(by, note),
        ...(next.way === "chat" ? { say: notice(found, "released") } : {}),
      })),

    transfer: (by, id, to, note) =>
      moving(by, id, { do: "transfer", by, to }, "transfer", (found, next) => ({
        ...noteOf(by, note),
        ...(next.way === "chat" ? { say: notice(found, "transferred", { name: to.name }, true) } : {}),
      })),

    async note(by, id, text) {
      return (await byAgent(by, id, () => ({ ...noteOf(by, text), audit: audited(by, "note") }))).stepped;
    },

    async say(by, id, key, text, citation) {
      const words = text.toWellFormed().trim();
      if (words === "" || !KEY.test(key)) return { kind: "refused", issue: "empty", agent: null };
      if (words.length > MAX_REPLY) return { kind: "refused", issue: "too-long", agent: null };
      // Another try of what was said already is no new word, even when the hand-off is over by now.
      const before = await saidBefore(by, id, key);
      if (before) return { kind: "said", line: lineOf(before) };
      const said = await byAgent(by, id, ({ handoff, locale }) => {
        const held = refusalOf(by, handoff);
        if (held) return held;
        const message = wordsOf(by, words, locale, citation);
        return { say: { id: key, message, agent: by.name }, audit: audited(by, "say") };
      });
      if (said.stepped.kind !== "done") return said.stepped;
      const [line] = said.appended;
      return line ? { kind: "said", line: lineOf(line) } : { kind: "unknown" };
    },

    async fillIn(by, id, key, what) {
      const known = await own(by, id);
      if (!known || !KEY.test(key)) return { kind: "unknown" };
      const held = refusalOf(by, known);
      if (held) return held;
      if (!isSilencing(known)) return { kind: "refused", issue: "late", agent: known.agent };
      const talk = await handoffs.talk(known.conversation);
      const moment = { now: clock.now(), random };
      const fits = talk ? await brain.fillIn?.(known.operator, talk, what, moment) : undefined;
      if (fits === undefined || typeof fits === "string")
        return { kind: "refused", issue: fits ?? "form", agent: null };
      const filling = { agent: { id: by.id, name: by.name }, what };
      const { stepped } = await byAgent(
        by,
        id,
        ({ handoff }) => refusalOf(by, handoff) ?? { fills: { key, filling }, audit: audited(by, "fill") },
      );
      return stepped;
    },

    async typing(by, id) {
      const handoff = await own(by, id);
      if (handoff && isSilencing(handoff) && handoff.agent?.id === by.id)
        options.onTyping(handoff.conversation, by.name);
    },

    async read(by, id, seq) {
      let further = false;
      const { stepped } = await byAgent(by, id, ({ handoff }) => {
        further = handoff.agent?.id === by.id && seq > handoff.readSeq;
        return further ? { readSeq: seq } : null;
      });
      if (stepped.kind !== "done" || !further) return;
      const conversation = await conversations.find(stepped.handoff.conversation);
      if (conversation) options.onRead(conversation, seq);
    },

    end: (by, id, resolution) =>
      moving(by, id, { do: "end", by }, "end", (_found, next) => ({
        resolution: resolution.toWellFormed().trim().slice(0, MAX_REPLY),
        ...(next.way === "chat" ? { returns: true } : {}),
      })),

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Why an agent may not speak in a chat; undefined: it is theirs. */
function refusalOf(by: Agent, { state, agent }: Handoff): Extract<Stepped, { kind: "refused" }> | undefined {
  if (state === "requested") return { kind: "refused", issue: "unheld", agent };
  if (state !== "assigned") return { kind: "refused", issue: "over", agent };
  return agent?.id === by.id ? undefined : { kind: "refused", issue: "held", agent };
}

const audited = (
  { id, role, from }: AtDesk,
  what: NonNullable<Decision["audit"]>["what"],
): NonNullable<Decision["audit"]> => ({
  what,
  actor: id,
  role,
  reason: from === undefined ? "hand-off" : `hand-off (from ${from})`,
});

/** What an agent says, with the clause that it stands on below it for whoever sees text alone. */
function wordsOf(
  { name }: Agent,
  text: string,
  locale: Message["locale"],
  citation: Citation | undefined,
): Message {
  const words = { kind: "handoff", status: "assigned", agent: name } as const;
  if (!citation) return { locale, text, choices: [], words };
  const source = `${citation.title}\n${citation.url}`;
  return {
    locale,
    text: `${text}\n\n${source}`,
    sections: [
      [
        { role: "plain", text },
        { role: "source", text: source },
      ],
    ],
    choices: [],
    words: { ...words, citations: [citation] },
  };
}

function lineOf({ id, seq, at, by, content }: Activity): Line {
  if (content.kind === "incoming") {
    const { text, command } = content.incoming;
    return { id, seq, at, by, name: "", text: text ?? command ?? "", citations: [] };
  }
  const { message, agent = "" } = content;
  const parts = message.words.parts ?? [message.words];
  const citations = parts.flatMap((part) => ("citations" in part ? (part.citations ?? []) : []));
  const line = { id, seq, at, by, name: agent, text: message.text, citations };
  const ask = parts.find(
    (part) => part.kind === "ask" || (part.kind === "request" && part.slot !== undefined),
  );
  if (ask?.kind === "ask") return { ...line, asks: { form: ask.form, slot: ask.slot } };
  if (ask?.kind === "request") return { ...line, asks: { form: ask.request, slot: ask.slot ?? "" } };
  return line;
}
