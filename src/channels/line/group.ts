import { LOCALES } from "../../reply/locale.ts";
import type { Account, Desk } from "./desk.ts";
import type { Place } from "./parse.ts";

/**
 * Says that the desk is for one person at a time, and leaves: what is personal has no place among several. Nothing is
 * recorded; where it cannot leave now, it does at the next message.
 */
export async function leave(
  { texts, log }: Desk,
  { platform, operator }: Account,
  place: Place,
  replyToken: string | null,
): Promise<void> {
  const words = LOCALES.map((locale) => texts[locale]("linking:one-to-one")).join("\n\n");
  const go = async () => {
    if (replyToken !== null) await platform.reply(replyToken, [{ type: "text", text: words }]);
    await platform.leave(place);
  };
  go().catch(() => log.warn("line.not-left", { operator, kind: place.kind }));
}
