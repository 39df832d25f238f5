import type { Activity } from "botbuilder";
import type { Message, Section } from "../../reply/message.ts";
import { open } from "./cards/action.ts";
import { cardOf, laid, partsOf, ratable } from "./cards/card.ts";
import type { Action, AdaptiveCard, Element } from "./cards/element.ts";
import { beginning, inert } from "./cards/inert.ts";
import { aside, line } from "./cards/prose.ts";
import { citing } from "./citing.ts";
import type { Look } from "./look.ts";
import { plainActivities } from "./plain.ts";
import { privateChat, publicly } from "./shared.ts";
import { bytesOf, MAX_BYTES, packed } from "./size.ts";

const CARD = "application/vnd.microsoft.card.adaptive";
/** Longest words of a notification, in characters. */
const SUMMARY = 200;
/**
 * A message of the desk as activities, in their order, without ids and addresses. Each is under `MAX_BYTES`. In cards no
 * `text` stands beside the card: Teams would show it as a message of its own; `summary` is what a notification says.
 */
export function present(given: Message, look: Look): Partial<Activity>[] {
  const { message, own } =
    look.scope === "shared" ? publicly(given, look.texts) : { message: given, own: false };
  const marked = markings(message, look);
  const invitation = own ? invite(message, look) : undefined;
  if (!look.cards) {
    const plain = plainActivities(message, invitation ? [invitation.text] : []);
    return plain.map((activity, i) => (i === 0 ? { ...activity, ...marked } : activity));
  }
  return cardsOf(message, look, true, invitation).map((content, i) => ({
    type: "message",
    locale: message.locale,
    inputHint: "acceptingInput",
    summary: summaryOf(message, look),
    attachments: [{ contentType: CARD, content }],
    ...(i === 0 ? marked : {}),
  }));
}

/** What stands in the place of a card whose button was pressed. */
export interface Answered {
  /** "Answered: ...", or "You chose: ..." */
  text: string;
  card: AdaptiveCard;
}

/**
 * The same card, its buttons and fields gone, with what was chosen. `command`: of the button that was pressed. What was
 * written into a field is not repeated: a card stays in Teams for as long as the customer's company keeps it.
 */
export function answered(given: Message, look: Look, command?: string): Answered {
  const { message } = look.scope === "shared" ? publicly(given, look.texts) : { message: given };
  const t = look.texts[message.locale];
  const answer = command === undefined ? undefined : titleOf(message, look, command);
  const answers = /^form:\d+\.choose\./.test(command ?? "");
  const text =
    answer === undefined ? t("teams:sent") : t(answers ? "teams:answered" : "teams:chosen", { answer });
  const cards = cardsOf(message, look, false);
  const last = cards.at(-1);
  if (!last) throw new Error("a message has no card");
  const note: Element = { ...line(text, { weight: "bolder" }, "medium"), separator: true };
  return { text, card: { ...last, body: [...last.body, note] } };
}

/** The words of a button. */
function titleOf({ choices, words, locale }: Message, { texts }: Look, command: string): string | undefined {
  const slot = /^form:\d+\.edit\.(.+)$/.exec(command)?.[1];
  const rows = (words.parts ?? [words]).flatMap((part) => (part.kind === "review" ? part.rows : []));
  const row = rows.find((one) => one.slot === slot);
  if (row) return texts[locale]("widget:chat.form.change-row", { label: row.label });
  return choices.find((choice) => choice.command === command)?.title;
}

function cardsOf(
  message: Message,
  look: Look,
  live: boolean,
  invitation?: Invitation,
): [AdaptiveCard, ...AdaptiveCard[]] {
  const t = look.texts[message.locale];
  const { blocks, actions } = laid(message, look, live);
  const all: Action[] = [...(invitation?.actions ?? []), ...actions];
  const told = invitation ? [...blocks, invitation.block] : blocks;
  const frame = bytesOf([cardOf(message, [], all), summaryOf(message, look), citing(message, look)]) + FRAME;
  const [first = [], ...rest] = packed(told, MAX_BYTES - frame);
  const last = rest.length;
  return [
    cardOf(message, first, last === 0 ? all : []),
    ...rest.map((body, i) =>
      cardOf(
        message,
        [aside(t("teams:continued")), ...body],
        i + 1 === last ? all : [],
        t("teams:continued"),
      ),
    ),
  ];
}
/** Names and braces around what is counted, in bytes. */
const FRAME = 1_000;

interface Invitation {
  text: string;
  block: Element[];
  actions: Action[];
}

/** How to go on in private. */
function invite(message: Message, { texts, botId }: Look): Invitation {
  const t = texts[message.locale];
  const how = t("teams:private.how");
  if (botId === undefined) return { text: how, block: [line(how, {}, "medium")], actions: [] };
  const url = privateChat(botId, message, texts);
  return {
    text: `${t("teams:private.open")}: ${url}`,
    block: [],
    actions: [open(t("teams:private.open"), url)],
  };
}

/** Where an answer stands, and that it can be rated: Teams has its own 👍/👎, in private chats. */
function markings(message: Message, look: Look): Partial<Activity> {
  const entities = citing(message, look);
  return {
    ...(entities.length > 0 ? { entities } : {}),
    ...(look.scope === "personal" && ratable(message)
      ? { channelData: { feedbackLoop: { type: "default" } } }
      : {}),
  };
}

/** What a notification says, where whoever is near can read it: the first words, or what it is about, never a value. */
function summaryOf(message: Message, { texts }: Look): string {
  const t = texts[message.locale];
  const { part, sections = [] } = partsOf(message)[0] ?? {};
  const told = (...roles: Section["role"][]) => {
    const section = sections.find(({ role }) => roles.includes(role));
    return section ? inert(beginning(section.text.split("\n")[0] ?? "", SUMMARY)) : t("turn:desk");
  };
  switch (part?.kind) {
    case "review":
      return t(`requests:${part.form}`);
    case "receipt":
      return t(`requests:${part.type}`);
    case "status":
      return t("requests:status");
    case "ask":
      return told("question");
    case "notice":
      return part.about === "own" ? t("turn:desk") : told("plain");
    default:
      return told("short", "plain");
  }
}
