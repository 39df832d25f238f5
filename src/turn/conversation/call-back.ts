import type { DeskWord } from "../../reply/said.ts";
import { newCode, showCode } from "../../requests/receipt.ts";
import { contactIn } from "../../understanding/personal/contact.ts";
import { isQuestion } from "../../understanding/questions.ts";
import { aboutOf } from "../person.ts";
import type { Outcome, Talk } from "../talk.ts";
import type { ConversationOptions } from "./options.ts";
import type { Outcomes } from "./outcomes.ts";
import type { Seat } from "./seat.ts";

/** How to reach the customer, where that was asked for; undefined when the words are something else. */
export function createCallBack({ aside }: Outcomes, { words }: Pick<ConversationOptions, "words">) {
  return async (seat: Seat, talk: Talk, text: string): Promise<Outcome | undefined> => {
    const { staff, random } = seat.moment;
    const { leaving, ...rest } = talk;
    if (leaving === undefined || !staff) return undefined;
    const word = words(text);
    const say = (said: DeskWord) => aside(seat, rest, [{ kind: "desk", ...said }], talk.locale);
    if (word === "cancel" || word === "back") return say({ says: "not-kept" });
    const found = contactIn(text);
    if (!found) {
      if (leaving > 0 || isQuestion(text, talk.locale)) return undefined;
      const asked = await say({ says: "no-contact" });
      return { ...asked, talk: { ...asked.talk, leaving: leaving + 1 } };
    }
    const number = staff.callback ?? showCode(newCode(random));
    const on = staff.targetOn;
    const kept = await say({ says: "kept", number, on });
    const callback = { number, targetOn: on, contact: found.contact, text: found.rest };
    return {
      ...kept,
      asked: ["telephone", "email"],
      desk: { do: "callback", trigger: "asked", callback, ...aboutOf(talk) },
    };
  };
}
