import type { Choice, Message, Section } from "../../../reply/message.ts";
import type { Part } from "../../../reply/words.ts";
import type { Look } from "../look.ts";
import { alone, choose, rate } from "./action.ts";
import { answerBlocks, type Words } from "./answer.ts";
import type { Action, AdaptiveCard, Element } from "./element.ts";
import { beginning, inert } from "./inert.ts";
import { heading, prose } from "./prose.ts";
import { formActions, formBlocks, questionOf } from "./question.ts";
import { receiptBlocks, statusBlocks } from "./receipt.ts";
import { reviewBlocks } from "./review.ts";

/** A message as what stands in cards, in pieces that are not cut, and what can be done with it. */
export interface Laid {
  blocks: Element[][];
  actions: Action[];
}

/** So many choices or fewer stand at the foot of the card; more stand below each other. */
const AT_FOOT = 1;
const RATABLE = ["answer", "out-of-scope", "clarify"];

/** Whether a message can be rated: an answer, or the lack of one. */
export const ratable = ({ words }: Message) => RATABLE.includes(words.kind);

/** `live`: it can be answered; a card whose time is over shows the same without its buttons. */
export function laid(message: Message, look: Look, live: boolean): Laid {
  const words: Words = { t: look.texts[message.locale], locale: message.locale, publicUrl: look.publicUrl };
  const parts = partsOf(message);
  const blocks = parts.flatMap(({ part, sections }, i): Element[][] => {
    const each = blocksOf(words, part, sections, live).filter((block) => block.length > 0);
    const [first, ...rest] = each;
    return i === 0 || !first ? each : [apart(first), ...rest];
  });
  if (!live) return { blocks, actions: [] };
  const open = parts
    .map(({ part }) => part)
    .findLast((part) => "controls" in part && part.controls !== undefined);
  const { forward, others } = open ? formActions(words, open) : { forward: [], others: [] };
  const rest = message.choices.filter((choice) => !(open && ofForm(open, choice)));
  const rated =
    look.scope === "shared" && ratable(message)
      ? (["up", "down"] as const).map((thumb) =>
          rate(words.t(`widget:chat.feedback.${thumb}`), thumb, look.activityId),
        )
      : [];
  const last = [...(blocks.at(-1) ?? []), ...forward.map(alone)];
  const above = [...blocks.slice(0, -1), last];
  if (others.length > 0)
    return {
      blocks: above,
      actions: [...others, ...rest.map((choice) => choose(choice, { mode: "secondary" }))],
    };
  if (rest.length <= AT_FOOT)
    return { blocks: above, actions: [...rest.map((choice) => choose(choice)), ...rated] };
  return { blocks: [...above, rest.map((choice) => alone(choose(choice)))], actions: rated };
}

/** The parts with their sections; one of plain text where they were not told apart. */
export function partsOf({ words, sections, text }: Message): { part: Part; sections: readonly Section[] }[] {
  const parts = words.parts ?? [words];
  const [first] = parts;
  if (first && (!sections || sections.length !== parts.length))
    return [{ part: first, sections: [{ role: "plain", text }] }];
  return parts.map((part, i) => ({ part, sections: sections?.[i] ?? [] }));
}

function blocksOf(words: Words, part: Part, sections: readonly Section[], live: boolean): Element[][] {
  switch (part.kind) {
    case "ask":
    case "request":
      return formBlocks(words, part, sections, live);
    case "review":
      return reviewBlocks(words, part, sections, live);
    case "receipt":
      return receiptBlocks(words, part, sections);
    case "status":
      return statusBlocks(words, part, sections.map(({ text }) => text).join("\n"));
    case "answer":
    case "clarify":
    case "handoff":
    case "smalltalk":
    case "out-of-scope":
      return answerBlocks(words, part, sections);
    case "notice":
      return part.about === "opening"
        ? [[heading(words.t("turn:desk")), ...sections.flatMap(({ text }) => prose(text))]]
        : answerBlocks(words, part, sections);
  }
}

/** A line above the first element of what was said next. */
function apart([first, ...rest]: Element[]): Element[] {
  return first ? [{ ...first, separator: true, spacing: "large" }, ...rest] : [];
}

/** Whether a choice is one of a form's own, which its part shows in its own way. */
function ofForm(part: Part, { command }: Choice): boolean {
  const question = questionOf(part);
  const n = question?.n ?? ("n" in part ? part.n : undefined);
  const acts = "controls" in part ? (part.controls ?? []) : [];
  return (
    acts.some(({ act }) => command === `form:${n}.${act}`) ||
    (question !== undefined && command.startsWith(`form:${n}.choose.${question.slot}.`))
  );
}

/** Longest words for a client that cannot draw the card, in characters. */
const FALLBACK = 1_200;

export function cardOf(
  message: Message,
  body: Element[],
  actions: Action[],
  fallback = message.text,
): AdaptiveCard {
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.5",
    lang: message.locale,
    fallbackText: inert(beginning(fallback, FALLBACK)),
    body,
    ...(actions.length > 0 ? { actions } : {}),
  };
}
