import { createInMemoryRegister } from "../../src/requests/in-memory.ts";
import type { Change, NewRequest } from "../../src/requests/register.ts";
import type { RequestState } from "../../src/requests/state.ts";
import type { ExplainingBrain } from "../../src/turn/brain.ts";
import { lookedUp } from "../../src/turn/take.ts";
import type { Brain, Incoming, Outcome, Talk } from "../../src/turn/talk.ts";
import { MONDAY, seeded } from "./brain.ts";

/** A desk without a database that shows what its turns changed, and whose clock stands still until it is moved. */
export interface FilingDesk {
  /** One turn; the talk goes through JSON before and after, as between two processes. */
  say(incoming: Incoming | string): Promise<Outcome>;
  /** Begins another talk with the same customer. */
  begin(): void;
  /** What is remembered now. */
  talk: Talk;
  now: number;
  /** How every request stands that is looked up, as if the staff had moved it; as it was left unless told. */
  stands?: RequestState;
  changes: Change[];
  filed(): NewRequest[];
}

export function filingDesk(
  brain: Pick<ExplainingBrain, "open"> & Pick<Brain, "respond">,
  { operator, locale, seed = 1 }: { operator: string; locale: "ja" | "en"; seed?: number },
): FilingDesk {
  const register = createInMemoryRegister();
  const at = { operator, conversation: "0", customer: "c", channel: "test" };
  const random = seeded(seed);
  let arrival = 0;
  const desk: FilingDesk = {
    begin() {
      at.conversation = String(Number(at.conversation) + 1);
      desk.talk = throughJson(brain.open(operator, { locale }).talk);
    },
    talk: brain.open(operator, { locale }).talk,
    now: MONDAY,
    changes: [],
    filed: () => desk.changes.flatMap((change) => (change.do === "file" ? [change.request] : [])),
    async say(said) {
      const incoming = typeof said === "string" ? { text: said } : said;
      arrival += 1;
      const talk = throughJson(desk.talk);
      const outcome = await lookedUp(
        (found) => brain.respond(operator, talk, incoming, { now: desk.now, random, found }),
        async (lookup) => {
          const found = await register.look({ ...at, arrival }, lookup, desk.now);
          if (found.look !== "request" || !found.request || !desk.stands) return found;
          return { ...found, request: { ...found.request, state: desk.stands } };
        },
      );
      register.apply({ ...at }, outcome.changes ?? [], desk.now);
      desk.changes.push(...(outcome.changes ?? []));
      desk.talk = throughJson(outcome.talk);
      return outcome;
    },
  };
  return desk;
}

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
