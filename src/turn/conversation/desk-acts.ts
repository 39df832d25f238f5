import type { DeskWord } from "../../reply/said.ts";
import type { Command } from "../../understanding/command.ts";
import type { Outcome, Talk } from "../talk.ts";
import type { Outcomes } from "./outcomes.ts";
import type { Seat } from "./seat.ts";

type DeskCommand = Extract<Command, { do: "leave" | "message" | "rate" }>;

/** What a customer does about a person besides asking for one. */
export function createDeskActs({ aside }: Outcomes) {
  return async (seat: Seat, talk: Talk, command: DeskCommand): Promise<Outcome> => {
    const { staff } = seat.moment;
    const say = (word: DeskWord) => aside(seat, talk, [{ kind: "desk", ...word }], talk.locale);
    switch (command.do) {
      case "leave":
        if (!staff?.live) return say({ says: "not-waiting" });
        return { ...(await say({ says: "left-queue" })), desk: { do: "leave" } };
      case "message": {
        if (!staff) return aside(seat, talk, [{ kind: "handoff" }], talk.locale);
        const asked = await say({ says: "reach" });
        return { ...asked, talk: { ...asked.talk, leaving: 0 } };
      }
      case "rate":
        return { ...(await say({ says: "rated" })), desk: command };
    }
  };
}

export function isDeskCommand(command: Command): command is DeskCommand {
  return command.do === "leave" || command.do === "message" || command.do === "rate";
}

/** Whether the words of a command can mean it now: nobody leaves who does not wait, nor rates nobody. */
export function isTimely(command: DeskCommand, { moment: { staff } }: Seat, talk: Talk): boolean {
  switch (command.do) {
    case "leave":
      return staff?.live != null;
    case "message":
      return staff !== undefined;
    case "rate":
      return talk.choices?.some(({ command: value }) => value.startsWith("rate:")) ?? false;
  }
}
