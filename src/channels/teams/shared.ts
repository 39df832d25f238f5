import type { Choice, Message, Section } from "../../reply/message.ts";
import type { Texts } from "../../reply/texts.ts";
import type { Part } from "../../reply/words.ts";
import { partsOf } from "./cards/card.ts";

/** Buttons that lead into what is a customer's own. */
const OWN = /^(?:form:|code:|own-chat:|resume$)/;

/** What may be said where others read along; what is a customer's own is left out, and said to be dealt with in private. */
export function publicly(message: Message, texts: Texts): { message: Message; own: boolean } {
  const t = texts[message.locale];
  const parts = partsOf(message).map(({ part, sections }) => {
    if (part.kind === "request") {
      const title = t(`requests:${part.request}`);
      const rules = sections.filter(({ role }) => role === "full" || role === "law");
      const told: Section[] = [{ role: "plain", text: t("teams:private.request", { title }) }, ...rules];
      return { part: { kind: "request", request: part.request } as Part, sections: told, own: true };
    }
    const own = isOwn(part);
    return { part, sections: own ? [] : sections, own };
  });
  const shown = parts.filter(({ sections }) => sections.length > 0);
  const own = parts.some((one) => one.own);
  if (own && !shown.some(({ part }) => part.kind === "request"))
    shown.push({
      part: { kind: "notice" },
      sections: [{ role: "plain", text: t("teams:private.general") }],
      own,
    });
  if (!own) return { message: { ...message, choices: message.choices.filter(isPublic) }, own };
  const [first] = shown;
  if (!first) throw new Error("a message has no parts");
  const words = first.part;
  return {
    message: {
      locale: message.locale,
      text: shown.map(({ sections }) => textOf(sections, t("reply:tag.law"))).join("\n\n"),
      sections: shown.map(({ sections }) => [...sections]),
      choices: message.choices.filter(isPublic),
      words: shown.length === 1 ? words : { ...words, parts: shown.map(({ part }) => part) },
    },
    own,
  };
}

/** Where a private chat with the bot begins; with what was wished for as its first words. */
export function privateChat(botId: string, message: Message, texts: Texts): string {
  const url = new URL("https://teams.microsoft.com/l/chat/0/0");
  url.searchParams.set("users", `28:${botId}`);
  const wish = (message.words.parts ?? [message.words]).find((part) => part.kind === "request");
  if (wish) url.searchParams.set("message", texts[message.locale](`requests:${wish.request}`));
  return url.href;
}

const isPublic = ({ command }: Choice) => !OWN.test(command);

/** Whether a part says anything about one person. */
function isOwn(part: Part): boolean {
  switch (part.kind) {
    case "ask":
    case "review":
    case "receipt":
    case "status":
    case "request":
      return true;
    case "notice":
      return part.about === "own";
    case "answer":
    case "clarify":
    case "handoff":
    case "smalltalk":
    case "out-of-scope":
      return false;
  }
}

const textOf = (sections: readonly Section[], law: string) =>
  sections.map(({ role, text }) => (role === "law" ? `${law}\n${text}` : text)).join("\n\n");
