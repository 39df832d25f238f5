import type { Locale } from "../../src/reply/locale.ts";
import { LINK_MS, type LinkMaker, linkAddress, newLink } from "../../src/turn/links.ts";

/** A link to a chat's own record, as a turn makes one; undefined when the chat is gone. */
export async function transcriptLink(
  { links, random, clock, publicUrl }: LinkMaker,
  { id }: { id: string },
  locale: Locale,
): Promise<string | undefined> {
  const link = newLink(random);
  const made = await links.make(link, { what: "transcript", conversation: id }, clock.now() + LINK_MS);
  return made ? linkAddress(publicUrl, "transcript", link, locale) : undefined;
}
