import { createInMemoryRegister } from "../requests/in-memory.ts";
import type { Random } from "../requests/receipt.ts";
import { lookedUp } from "./take.ts";
import type { Brain, Incoming, Outcome, Talk } from "./talk.ts";

export interface AloneOptions {
  now: () => number;
  random: Random;
  /** Ids of the customer and the conversation; a talk by itself has none of its own. */
  conversation?: string;
}

/** A desk without a database, for the terminal, for questions from a file and for tests: what it files is forgotten. */
export interface Alone {
  respond(operator: string, talk: Talk, incoming: Incoming): Promise<Outcome>;
}

export function alone(brain: Brain, { now, random, conversation = "alone" }: AloneOptions): Alone {
  const register = createInMemoryRegister();
  let arrival = 0;
  return {
    async respond(operator, talk, incoming) {
      arrival += 1;
      const at = { operator, conversation, customer: conversation, channel: "alone" };
      const moment = { now: now(), random };
      const outcome = await lookedUp(
        (found) => brain.respond(operator, talk, incoming, { ...moment, found }),
        (lookup) => register.look({ ...at, arrival }, lookup, moment.now),
      );
      register.apply(at, outcome.changes ?? [], moment.now);
      return outcome;
    },
  };
}
