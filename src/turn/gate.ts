import type { Texts } from "../reply/texts.ts";
import { parseCommand } from "../understanding/command.ts";
import { handedBack, noticeIn } from "./handoff-notices.ts";
import type { Job } from "./store.ts";
import type { Aside, Brain, Outcome, Talk, TurnMoment } from "./talk.ts";

interface GateOptions {
  brain: Brain;
  texts: Texts;
}

/**
 * A person has the chat: what the customer writes is for them, and the bot says nothing. Only what belongs to the
 * customer whoever is there is done: the language, the way back to the bot, the chat's record and its deletion. Telephone numbers and addresses of mail
 * may be just what the agent has asked for; what nobody may ask for in a chat is blacked out as ever.
 */
export async function gate(
  { brain, texts }: GateOptions,
  job: Pick<Job, "conversation" | "incoming">,
  talk: Talk,
  moment: TurnMoment,
  meant: Aside | undefined,
): Promise<Outcome> {
  const kept = { asked: ["telephone", "email"] as const };
  switch (meant?.do) {
    case undefined:
    // A form's button gets here when its form is not open any more.
    case "form":
      return { talk, messages: [], ...kept };
    case "language": {
      const { locale } = meant;
      return {
        talk: { ...talk, locale },
        messages: [noticeIn(texts, locale, "language", "assigned")],
        ...kept,
      };
    }
    case "own-chat": {
      // The form waits for the bot's return: its question is not said again now.
      const { dialog, dialogAt, ...plain } = talk;
      const outcome = await brain.respond(job.conversation.operator, plain, job.incoming, moment);
      if (outcome.erase || !dialog || dialogAt === undefined) return outcome;
      const { assisted } = talk;
      const form = { dialog, dialogAt, ...(assisted === undefined ? {} : { assisted }) };
      return { ...outcome, talk: { ...outcome.talk, ...form } };
    }
    case "leave": {
      const outcome = await back({ brain, texts }, job, talk, "left", moment);
      return { ...outcome, desk: { do: "leave" } };
    }
  }
}

/** The bot has the chat again. */
export async function back(
  { brain, texts }: GateOptions,
  { conversation: { operator } }: Pick<Job, "conversation">,
  talk: Talk,
  how: "ended" | "left",
  moment: TurnMoment,
): Promise<Outcome> {
  if (brain.returned) return brain.returned(operator, talk, how, moment);
  return { talk, messages: [handedBack(texts, talk.locale, how)] };
}

export async function asideIn(
  brain: Brain,
  talk: Talk,
  incoming: Job["incoming"],
): Promise<Aside | undefined> {
  if (brain.aside) return brain.aside(talk, incoming);
  const pressed = incoming.command === undefined ? undefined : parseCommand(incoming.command);
  if (pressed?.do === "language") return pressed;
  return pressed?.do === "leave" ? pressed : undefined;
}
