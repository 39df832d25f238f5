import type { messagingApi } from "@line/bot-sdk";
import type { Choice, Message, Section } from "../../reply/message.ts";
import type { Texts } from "../../reply/texts.ts";
import type { Part } from "../../reply/words.ts";
import { answer } from "./cards/answer.ts";
import type { Card, Look, Told } from "./cards/card.ts";
import { choices } from "./cards/choices.ts";
import { beginning, question, rules } from "./cards/question.ts";
import { afterReceipt, receipt } from "./cards/receipt.ts";
import { review } from "./cards/review.ts";
import { status } from "./cards/status.ts";
import { choiceAction, linkAction } from "./postback.ts";
import { clean, cut, label, split } from "./text.ts";

type LineMessage = messagingApi.Message;

/** Most messages at a time, most quick replies, longest label of one, longest words of a notification. */
const MESSAGES = 5;
const QUICK_REPLIES = 13;
const LABEL_LENGTH = 20;
const ALT_LENGTH = 1_500;
/** Bytes of a bubble as JSON: a little below the 30 KB that LINE takes. */
const BUBBLE_BYTES = 29_000;
const SENDER_LENGTH = 20;

export interface LineLook {
  /** Id of the activity, which its rating names. */
  activityId: string;
  texts: Texts;
  /** Public address of this server, without a slash at its end: links lead there and nowhere else. */
  publicUrl: string;
  /** The person who speaks, where it is not the desk itself. */
  sender?: { name: string };
}

/** A message of ours on its way to becoming LINE's. */
type Draft = { kind: "card"; card: Card } | { kind: "text"; text: string; waits?: true };

/**
 * What the desk says as LINE shows it: one to five messages. Cards for what is short or can be tapped, plain text for
 * what is long or to be copied. What can be chosen stands in the cards; what else can be done (back, save, simpler)
 * waits as quick replies below the last message, and where there are too many, as a list that is answered by number.
 */
export function present(message: Message, options: LineLook): LineMessage[] {
  const { activityId, texts, publicUrl, sender } = options;
  const look: Look = { t: texts[message.locale], locale: message.locale, publicUrl };
  const parts: Part[] = message.words.parts ?? [message.words];
  const rated = parts.findLastIndex(({ kind }) => kind === "answer" || kind === "out-of-scope");
  const told = toldOf(message, parts);
  const drafts = told.flatMap((one, i) => draftsOf(i === rated ? { ...look, rated: activityId } : look, one));
  const fitted = drafts.flatMap((draft): Draft[] => (fits(draft) ? [draft] : [plainOf(draft)]));
  const shown = new Set(fitted.flatMap((draft) => (draft.kind === "card" ? draft.card.offers : [])));
  const left = message.choices.filter(({ command }) => !shown.has(command));
  const quick = left.flatMap((choice) => quickReply(choice));
  const numbered = quick.length < left.length || left.length > QUICK_REPLIES;
  const all: Draft[] = numbered
    ? [...fitted, { kind: "text", text: listOf(look, message, left), waits: true }]
    : fitted;
  const messages = atMost(look, message, all.flatMap(messagesOf));
  const items = quick.slice(0, QUICK_REPLIES);
  return messages.map((one, i) => ({
    ...one.message,
    ...(i === messages.length - 1 && items.length > 0 ? { quickReply: { items } } : {}),
    ...senderOf(sender),
  }));
}

/** Each part with its sections and the choices that belong to it. */
function toldOf(message: Message, parts: readonly Part[]): Told<Part>[] {
  const { sections, choices, text } = message;
  if (!sections || sections.length !== parts.length) {
    // Told as one: a part without sections stands for all of it.
    const part = parts.at(-1) ?? message.words;
    return [{ part, sections: [{ role: "plain", text }], choices }];
  }
  const leads = parts.findLastIndex(offersChoices);
  return parts.map((part, i) => ({
    part,
    sections: sections[i] ?? [],
    choices: choices.filter(({ command }) => {
      if (command.startsWith("form:")) return "n" in part || part.kind === "request";
      if (command.startsWith("code:"))
        return part.kind === "receipt" || part.kind === "status" || i === leads;
      return i === leads && LEADS.test(command);
    }),
  }));
}

/** What a choice leads to, rather than what it does to what was said. */
const LEADS = /^(?:clause|request|smalltalk|handoff|resume|none|code|own-chat)(?::|$)/;

const offersChoices = ({ kind }: Part): boolean =>
  kind === "clarify" || kind === "out-of-scope" || kind === "notice";

function draftsOf(look: Look, told: Told<Part>): Draft[] {
  const { part, sections } = told;
  const text = (): Draft[] => [{ kind: "text", text: sections.map((s) => s.text).join("\n\n") }];
  const cards = (...list: (Card | undefined)[]): Draft[] =>
    list.flatMap((card) => (card ? [{ kind: "card" as const, card }] : []));
  const has = (role: Section["role"]) => sections.some((s) => s.role === role);
  switch (part.kind) {
    case "answer":
      // A whole clause is text: it can be selected, kept and passed on.
      return has("short") ? cards(answer(look, { ...told, part })) : text();
    case "clarify":
    case "out-of-scope":
      return cards(choices(look, told));
    case "request":
    case "ask": {
      if (!has("question")) return cards(choices(look, { ...told, choices: formAnswers(told.choices) }));
      const begins = beginning(look, told);
      return cards(begins, question(look, { ...told, part }, notesOf(sections, begins !== undefined)));
    }
    case "review":
      return has("table") ? cards(...review(look, { ...told, part })) : text();
    case "receipt":
      return has("receipt") ? cards(receipt(look, { ...told, part }), afterReceipt(told)) : text();
    case "status":
      return cards(status(look, { ...told, part }));
    case "handoff":
    case "smalltalk":
      return text();
    case "notice": {
      if (has("law")) return cards(rules(look, told));
      const leading = told.choices.filter(({ command }) => LEADS.test(command));
      return leading.length > 0 ? cards(choices(look, { ...told, choices: leading })) : text();
    }
  }
}

/** The buttons that answer a question of ours; those that go back or leave stand back. */
const formAnswers = (list: readonly Choice[]): Choice[] =>
  list.filter(({ command }) => !/^form:\d+\.(?:back|why|save)$/.test(command));

/** What is said before a question: all of it, or after the beginning of a request what follows policy and law. */
function notesOf(sections: readonly Section[], begins: boolean): string[] {
  const at = begins ? sections.findLastIndex(({ role }) => role === "full" || role === "law") : -1;
  return sections.slice(at + 1).flatMap(({ role, text }) => (role === "plain" ? [text] : []));
}

const fits = (draft: Draft): boolean =>
  draft.kind === "text" || Buffer.byteLength(JSON.stringify(draft.card.bubble)) <= BUBBLE_BYTES;

/** A card that is too large, as text: its choices are left to be listed. */
const plainOf = (draft: Draft): Draft =>
  draft.kind === "text" ? draft : { kind: "text", text: lettersOf(draft.card.bubble.body).join("\n") };

/** Every text of a card, in its order. */
function lettersOf(component: unknown): string[] {
  if (typeof component !== "object" || component === null) return [];
  const { type, text, contents } = component as { type?: string; text?: string; contents?: unknown[] };
  if (type === "text") return text === undefined ? [] : [text];
  return (contents ?? []).flatMap(lettersOf);
}

interface Ready {
  message: LineMessage;
  waits: boolean;
}

function messagesOf(draft: Draft): Ready[] {
  if (draft.kind === "text")
    return split(clean(draft.text)).map((text) => ({
      message: { type: "text", text } as LineMessage,
      waits: draft.waits === true,
    }));
  const { bubble, alt, waits } = draft.card;
  const altText = cut(clean(alt), ALT_LENGTH) || "…";
  return [{ message: { type: "flex", altText, contents: bubble } as LineMessage, waits: waits === true }];
}

/** Five messages; of more the first ones, where to read on, and the last when it waits for an answer. */
function atMost(look: Look, message: Message, all: readonly Ready[]): Ready[] {
  const last = all.at(-1);
  // LINE takes no message without words, and nothing of ours is without.
  if (!last) return [{ message: { type: "text", text: "…" } as LineMessage, waits: false }];
  if (all.length <= MESSAGES) return [...all];
  const end = last.waits ? [last] : [];
  const more = look.t("line:more", { url: addressOf(look, message) });
  return [
    ...all.slice(0, MESSAGES - 1 - end.length),
    { message: { type: "text", text: more } as LineMessage, waits: false },
    ...end,
  ];
}

/** Where to read on: the clause on the policy page, else our first page. */
function addressOf({ publicUrl, locale }: Look, { words }: Message): string {
  const parts: Part[] = words.parts ?? [words];
  const [citation] = parts.flatMap((part) => (part.kind === "answer" ? part.citations : []));
  const link = linkAction(citation?.url ?? `${publicUrl}/`, publicUrl, locale);
  return link?.uri ?? publicUrl;
}

function quickReply(choice: Choice): messagingApi.QuickReplyItem[] {
  const action = choiceAction(choice);
  const words = label(clean(choice.title), LABEL_LENGTH);
  return action && words !== ""
    ? [{ type: "action", action: { ...action, label: words } as messagingApi.Action }]
    : [];
}

/** The number of a choice is its place among all that the message offers. */
function listOf({ t }: Look, message: Message, left: readonly Choice[]): string {
  const lines = left.map((choice) =>
    t("line:number", { number: message.choices.indexOf(choice) + 1, title: clean(choice.title) }),
  );
  return [t("line:numbered"), ...lines].join("\n");
}

/** A name that LINE takes: short, and not its own, with which it would refuse the whole message. */
function senderOf(sender: LineLook["sender"]): { sender?: messagingApi.Sender } {
  const name = cut(clean(sender?.name ?? "").replace(/\s+/g, " "), SENDER_LENGTH);
  return name === "" || /\bline\b/i.test(name.normalize("NFKC")) ? {} : { sender: { name } };
}
