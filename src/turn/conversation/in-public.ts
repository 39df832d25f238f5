import type { Notice, Said } from "../../reply/said.ts";
import { isOwn, parseCommand } from "../../understanding/command.ts";
import { gist } from "../../understanding/gist.ts";
import { MAX_MESSAGE, normalize } from "../../understanding/normalize.ts";
import type { Incoming, Outcome, Talk } from "../talk.ts";
import { chosen } from "./chosen.ts";
import { commanded } from "./commanded.ts";
import type { ConversationOptions } from "./options.ts";
import type { Outcomes } from "./outcomes.ts";
import type { Seat } from "./seat.ts";

/** Where others read along: questions are answered, and what needs personal data is left to a chat of one's own. */
export function createInPublic(
  { spoken }: Pick<Outcomes, "spoken">,
  { words, typed, understand }: Pick<ConversationOptions, "words" | "typed" | "understand">,
) {
  return (seat: Seat, talk: Talk, incoming: Incoming): Outcome => {
    const say = (said: Said[], locale = talk.locale) => spoken(seat, talk, said.map(shared), locale);
    const own = () => say([{ kind: "told", notes: [{ key: "reply:shared.private" }] }]);
    const notice = (name: Notice) => say([{ kind: "notice", notice: name }]);
    const whole = incoming.text ?? "";
    const pressed = incoming.command === undefined ? undefined : parseCommand(incoming.command);
    if (!pressed && incoming.files) return notice("no-text");
    if (!pressed && whole.length > MAX_MESSAGE) return notice("too-long");
    const text = gist(whole);
    if (!pressed && normalize(text) === "") return notice("no-text");
    const command = pressed ?? chosen(talk, text) ?? typed(text);
    if (incoming.to || (command && isOwn(command))) return own();
    if (command) {
      const { said, locale } = commanded(command, talk, seat.speaker);
      return say(said, locale);
    }
    if (words(text) === "resume") return own();
    const { written, said = [] } = understand(seat.operator, text, talk);
    return written === "other" ? notice("other-language") : say(said, written);
  };
}

/** A request is begun in a chat of one's own: here it is only said how. */
function shared(said: Said): Said {
  return said.kind === "request" ? { kind: said.kind, request: said.request, shared: true } : said;
}
