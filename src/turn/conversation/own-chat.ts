import type { Notice, Said } from "../../reply/said.ts";
import type { OwnChat } from "../../understanding/command.ts";
import { LINK_MS, linkAddress, newLink } from "../links.ts";
import type { Outcome, Talk } from "../talk.ts";
import type { ConversationOptions } from "./options.ts";
import type { Outcomes } from "./outcomes.ts";
import type { Seat } from "./seat.ts";

/** What a customer does with the chat itself. A form that is open stays open, and is not asked on meanwhile. */
export function createOwnChat(
  { aside, notice, spoken }: Outcomes,
  { pagesUrl }: Pick<ConversationOptions, "pagesUrl">,
) {
  return async (seat: Seat, talk: Talk, act: OwnChat): Promise<Outcome> => {
    const { locale } = talk;
    const say = (before: Talk, name: Notice) =>
      spoken(seat, before, [{ kind: "notice", notice: name }], locale);
    switch (act) {
      case "keep":
        return notice(seat, talk, "erase-kept");
      case "unlink": {
        const told = await notice(seat, talk, "unlinked");
        return { ...told, changes: [...(told.changes ?? []), { do: "unlink" }] };
      }
      case "erase": {
        const asked = say(talk, "erase-ask");
        const { dialog, dialogAt } = talk;
        if (!dialog || dialogAt === undefined) return asked;
        return { ...asked, talk: { ...asked.talk, dialog, dialogAt } };
      }
      case "erase-sure": {
        const anew = nothingBut(talk);
        return { ...say(anew, "erased"), erase: { held: say(anew, "erased-held").messages } };
      }
      case "transcript": {
        if (pagesUrl === undefined) return notice(seat, talk, "transcript-here");
        const link = newLink(seat.moment.random);
        const address = linkAddress(pagesUrl, "transcript", link, locale);
        const said: Said = { kind: "transcript", link: address, hours: LINK_MS / 3_600_000 };
        const told = await aside(seat, talk, [said], locale);
        return { ...told, link: { link, until: seat.moment.now + LINK_MS } };
      }
    }
  };
}

/** What a chat begins anew with. Forms are counted on: their numbers tell the requests of one chat apart. */
function nothingBut({ locale, forms }: Talk): Talk {
  return { locale, ...(forms === undefined ? {} : { forms }) };
}
