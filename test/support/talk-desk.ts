import { formOn } from "../../src/dialog/stack.ts";
import type { Locale } from "../../src/reply/locale.ts";
import type { Message } from "../../src/reply/message.ts";
import type { Change } from "../../src/requests/register.ts";
import type { ExplainingBrain } from "../../src/turn/brain.ts";
import type { Brain, Incoming, Outcome, Talk } from "../../src/turn/talk.ts";
import { filingDesk } from "./filing-desk.ts";

/** What a customer was told: the words for programs, the language, and all that can be read. */
export type Told = Pick<Message, "words" | "locale" | "text">;

/** Slots and values. */
export type Held = Readonly<Record<string, unknown>>;

/** A desk that a transcript is spoken with: the brain alone, or a channel with all that is behind it. */
export interface TalkDesk {
  /** Begins another talk. */
  begin(): void | Promise<void>;
  /** One turn, and all that was said to it. */
  say(incoming: Incoming): Promise<{ messages: readonly Told[] }>;
  /** Lets time go by. */
  pass(ms: number): void | Promise<void>;
  /** The answers that the open form holds, or the request that was filed last. */
  held(): Held;
  /** What was changed in the register so far. */
  readonly changes: readonly Change[];
}

/** Opens a desk's chat for one customer. `mail`: the desk can send mail. */
export type OpenTalk = (whose: {
  operator: string;
  locale: Locale;
  mail?: boolean;
}) => TalkDesk | Promise<TalkDesk>;

/** The answers of the talk's form, else of the request that was filed last. */
export function heldBy(talk: Talk | undefined, changes: readonly Change[]): Held {
  const filed = changes.findLast((change) => change.do === "file");
  return formOn(talk?.dialog)?.answers ?? filed?.request.answers ?? {};
}

/** The brain alone, without a channel; `mailing` where the desk can send mail. */
export function brainTalk(brain: ExplainingBrain, mailing: ExplainingBrain = brain): OpenTalk {
  return (whose) => {
    const desk = filingDesk(whose.mail ? mailing : brain, whose);
    return {
      begin: () => desk.begin(),
      say: (incoming) => desk.say(incoming),
      pass(ms) {
        desk.now += ms;
      },
      held: () => heldBy(desk.talk, desk.changes),
      changes: desk.changes,
    };
  };
}

/** A brain that is listened to: what its last turn came to, and what its turns changed. */
export interface Overheard {
  brain: Brain;
  /** Which brain answers: the one of a desk that can send mail. */
  mail: boolean;
  last: Outcome | undefined;
  changes: Change[];
}

export function overhear(brain: Brain, mailing: Brain = brain): Overheard {
  const overheard: Overheard = {
    mail: false,
    last: undefined,
    changes: [],
    brain: {
      ...brain,
      async respond(...given) {
        const outcome = await (overheard.mail ? mailing : brain).respond(...given);
        if (!outcome.lookup) {
          overheard.last = outcome;
          overheard.changes.push(...(outcome.changes ?? []));
        }
        return outcome;
      },
    },
  };
  return overheard;
}
