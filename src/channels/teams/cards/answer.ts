import type { Locale } from "../../../reply/locale.ts";
import type { Section } from "../../../reply/message.ts";
import type { Texts } from "../../../reply/texts.ts";
import type { Citation, Part } from "../../../reply/words.ts";
import { alone, fold, open } from "./action.ts";
import type { Element } from "./element.ts";
import { heading, line, prose } from "./prose.ts";

/** What the cards of a message are worded with. */
export interface Words {
  t: Texts[Locale];
  locale: Locale;
  /** Public address of this server, without a slash at its end. */
  publicUrl: string;
}

/** The direct answer; the whole clause when it is asked for; what the law adds; where it stands. A list for each block. */
export function answerBlocks(words: Words, part: Part, sections: readonly Section[]): Element[][] {
  const { t } = words;
  const text = (role: Section["role"]) => sections.find((s) => s.role === role)?.text;
  const [short, full, law, source] = [text("short"), text("full"), text("law"), text("source")];
  const rest = (role: Section["role"]) =>
    sections
      .filter((s) => s.role === role)
      .map((s): Element[] => [...prose(s.text), ...addresses(words, s.text)]);
  return [
    ...rest("plain"),
    ...(short === undefined ? [] : [prose(short)]),
    ...(full === undefined || full === short ? [] : [[fold(t("widget:chat.full"), prose(full))]]),
    ...(law === undefined ? [] : [lawBlock(words, law)]),
    ...(source === undefined
      ? []
      : [sourceBlock(words, source, part.kind === "answer" ? part.citations : [])]),
    ...rest("note"),
  ];
}

/** What the law says, told apart from what the company says. */
export function lawBlock({ t }: Words, law: string): Element[] {
  return [
    {
      type: "Container",
      style: "emphasis",
      spacing: "medium",
      items: [heading(t("widget:chat.law")), ...prose(law)],
    },
  ];
}

/** The source's lines without its address, which is a button; then the clauses beside it. */
function sourceBlock(words: Words, source: string, citations: readonly Citation[]): Element[] {
  const { t } = words;
  const [first, ...others] = citations;
  const address = first && linkTo(words, first.url);
  const lines = source.split("\n").filter((one) => !/^https?:\/\/\S+$/.test(one));
  // As buttons: Teams does not draw a stretch of words that leads somewhere as a link.
  const related = others.flatMap(({ title, url }): Element[] => {
    const to = linkTo(words, url);
    return to === undefined ? [] : [alone(open(title, to))];
  });
  return [
    {
      type: "Container",
      separator: true,
      spacing: "medium",
      items: [
        ...lines.map((one) => line(one, { size: "small", isSubtle: true })),
        ...(address === undefined ? [] : [alone(open(t("teams:source"), address))]),
        ...(related.length > 0 ? [fold(t("widget:chat.related"), related)] : []),
      ],
    },
  ];
}

/** Addresses of ours in a text as buttons: words lead nowhere in a card. */
function addresses({ t, publicUrl }: Words, text: string): Element[] {
  const found = text.match(/https?:\/\/[^\s<>"'（）()「」『』、。]+/g) ?? [];
  return found.filter((one) => isOurs(publicUrl, one)).map((one) => alone(open(t("teams:open"), one)));
}

/** An address of ours, in the reader's language; undefined for any other. */
export function linkTo({ publicUrl, locale }: Words, address: string): string | undefined {
  if (!isOurs(publicUrl, address)) return undefined;
  const url = new URL(address);
  url.searchParams.set("lang", locale);
  return url.href;
}

function isOurs(publicUrl: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const [url, ours] = [new URL(address), new URL(`${publicUrl}/`)];
  const below = url.origin === ours.origin && url.pathname.startsWith(ours.pathname);
  return below && url.username === "" && url.password === "";
}
