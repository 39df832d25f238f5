import type { Command } from "../../understanding/command.ts";
import type { Outcome, Talk } from "../talk.ts";
import { commanded } from "./commanded.ts";
import { createDeskActs, isDeskCommand } from "./desk-acts.ts";
import type { MailedCode } from "./mailed-code.ts";
import type { ConversationOptions } from "./options.ts";
import { counterOf, type Outcomes } from "./outcomes.ts";
import { createOwnChat } from "./own-chat.ts";
import type { Seat } from "./seat.ts";

/** What a command does, whether a button brought it or words. */
export function createActs(
  outcomes: Outcomes,
  code: MailedCode,
  options: Pick<ConversationOptions, "procedures" | "pagesUrl">,
) {
  const { procedures } = options;
  const { place, spoken, told, aside, begun } = outcomes;
  const ownChat = createOwnChat(outcomes, options);
  const deskAct = createDeskActs(outcomes);

  return async (seat: Seat, talk: Talk, command: Command): Promise<Outcome> => {
    if (command.do === "own-chat") return ownChat(seat, talk, command.act);
    const counter = counterOf(talk);
    const here = place(seat, talk.locale);
    if (command.do === "form")
      return told(
        seat,
        talk,
        talk.locale,
        await (await procedures()).act(counter, command.n, command.act, here),
      );
    if (command.do === "resume") {
      const asked = spoken(seat, talk, [{ kind: "told", notes: [{ key: "save-ask-code" }] }], talk.locale);
      return { ...asked, talk: { ...asked.talk, resuming: true } };
    }
    if (command.do === "code") return code.ask(seat, talk, command.receipt);
    const form = outcomes.open(talk);
    if (command.do === "request" && form)
      return told(seat, talk, talk.locale, await (await procedures()).other(counter, command.request, here));
    if (isDeskCommand(command)) return deskAct(seat, talk, command);
    // Inside a form "again" is the open question.
    if (command.do === "repeat" && form) return aside(seat, talk, [], talk.locale);
    const named = command.do === "rules" && form ? { request: form.state.form, ...command } : command;
    const { said, locale } = commanded(named, talk, seat.speaker);
    if (command.do === "language" && form) return aside(seat, { ...talk, locale }, [], locale);
    return form ? aside(seat, talk, said, locale) : begun(seat, talk, said, locale, "");
  };
}
