import { z } from "zod";

const mention = z.object({
  type: z.literal("mention"),
  text: z.string().min(1).max(500),
  mentioned: z.object({ id: z.string() }),
});

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;

/** What a person has typed: without the call to the bot, and, in Teams, without its HTML. Lines stay. */
export function wordsOf(
  text: string,
  activity: { channelId: string; recipient: { id: string }; entities: readonly unknown[] },
): string {
  let words = text.toWellFormed();
  for (const entity of activity.entities) {
    const { data } = mention.safeParse(entity);
    if (data?.mentioned.id === activity.recipient.id) words = words.replaceAll(data.text, " ");
  }
  if (activity.channelId === "msteams")
    words = words.replace(/<\/?at(?:\s[^<>]{0,100})?>/gi, "").replace(ENTITY, decoded);
  return words
    .replace(/\r\n?/g, "\n")
    .replace(/^[ \t\u00a0]+|[ \t\u00a0]+$/gm, "")
    .trim();
}

function decoded(whole: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : whole;
}
