import type { Locale } from "../../reply/locale.ts";
import type { Message } from "../../reply/message.ts";
import { topicOfRequest } from "../../reply/pieces/request.ts";
import type { Renderer } from "../../reply/render.ts";
import type { Cause, Said } from "../../reply/said.ts";
import type { Speaker } from "../../reply/speaker.ts";
import type { Texts } from "../../reply/texts.ts";
import { withPerson } from "../person.ts";
import type { Outcome, Talk } from "../talk.ts";
import type { Seat } from "./seat.ts";

/** Who speaks, and what an outcome must know besides. */
export type Voiced = Pick<Seat, "speaker"> & Partial<Pick<Seat, "moment" | "sign">>;

/** What is said in a talk: its message, and the talk as it is remembered then. */
export type Spoken = (seat: Voiced, before: Talk, said: Said[], locale: Locale) => Outcome;

/** What can be said again later: what a form says is said from the form. */
const LASTING: ReadonlySet<Said["kind"]> = new Set(["answer", "clarify", "handoff", "out-of-scope"]);

export function createSpoken(renderer: Renderer, texts: Texts): Spoken {
  return (seat, before, meant, locale) => {
    const { speaker, sign, moment } = seat;
    const staff = moment?.staff;
    const missed = meant.every((s) => s.kind === "out-of-scope" || s.kind === "clarify");
    const misses = missed ? (before.misses ?? 0) + 1 : 0;
    const causes: Cause[] = [...(sign ? [sign] : []), ...(misses >= 2 ? ["misses" as const] : [])];
    const { said, offered = before.offered, offering, desk } = withPerson(meant, before, staff, causes);
    const again = misses >= 2 && !staff;
    const spoken = said.map((s) => (s.kind === "out-of-scope" && again ? { ...s, again } : s));
    const worded = renderer.message(speaker, spoken, locale);
    // Whoever has filed something and is not understood may well ask how it stands.
    const message =
      missed && before.filed ? withStatus(worded, texts[locale]("reply:choice.status")) : worded;
    const talk: Talk = {
      locale,
      ...saidLast(speaker, before, said),
      ...(message.choices.length > 0 ? { choices: message.choices } : {}),
      ...(misses > 0 ? { misses } : {}),
      ...(offered ? { offered } : {}),
      ...(offering ? { offering } : {}),
      ...kept(before),
    };
    return { talk, messages: [message], ...(desk ? { desk } : {}) };
  };
}

/** What was said last, for what leans on it and for "again": what this turn did not say anew is as it was. */
function saidLast(
  speaker: Speaker,
  before: Talk,
  said: readonly Said[],
): Pick<Talk, "last" | "begun" | "said"> {
  const top = said.find((s) => s.kind === "answer");
  const last = top
    ? { clauses: top.clauses.slice(0, 3), topic: top.topic, ...(top.wish ? { wish: top.wish } : {}) }
    : before.last;
  const begun = top ? undefined : (clauseOnWish(speaker, said) ?? before.begun);
  // What a form says holds personal data: it is said again from the form, or not at all.
  const lasting = said.filter((s) => LASTING.has(s.kind) && !(s.kind === "handoff" && s.called));
  const again = lasting.length > 0 ? lasting : before.said;
  return {
    ...(last ? { last } : {}),
    ...(begun === undefined ? {} : { begun }),
    ...(again ? { said: again } : {}),
  };
}

/** What stays whatever is said. The form itself does not: whoever goes on with it puts it in. */
function kept({ forms, filed, surveyed, code }: Talk): Pick<Talk, "forms" | "filed" | "surveyed" | "code"> {
  return {
    ...(forms === undefined ? {} : { forms }),
    ...(filed === undefined ? {} : { filed }),
    ...(surveyed ? { surveyed } : {}),
    ...(code === undefined ? {} : { code }),
  };
}

/** The clause that is most about the request that is begun. */
function clauseOnWish(speaker: Speaker, said: readonly Said[]): string | undefined {
  const topic = topicOfRequest(said.find((s) => s.kind === "request")?.request);
  return topic === undefined ? undefined : speaker.clauseAbout(topic);
}

/** With the way to the state of one's request. */
function withStatus(message: Message, title: string): Message {
  return { ...message, choices: [...message.choices, { title, command: "request:status" }] };
}
