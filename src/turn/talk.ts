import type { Offered } from "../dialog/identity.ts";
import type { Moment } from "../dialog/open.ts";
import type { Stack } from "../dialog/stack.ts";
import type { FillIn, FormSoFar, Trigger } from "../handoff/handoff.ts";
import type { Hours } from "../handoff/hours.ts";
import type { Locale } from "../reply/locale.ts";
import type { Choice, Message } from "../reply/message.ts";
import type { Said } from "../reply/said.ts";
import type { Change, Lookup } from "../requests/register.ts";
import type { RequestType } from "../requests/request-type.ts";
import type { PersonalKind } from "../understanding/personal/kind.ts";
import type { DeskStep } from "./handoffs.ts";
import type { Staff } from "./staff.ts";

/**
 * What the bot remembers of a conversation between turns: plain JSON with names, a few hundred bytes.
 * A field that is missing means "nothing yet", so that a deploy may add fields.
 */
export interface Talk {
  locale: Locale;
  /**
   * What the last answer stood on, best first; read by follow-up questions, "again" and "simpler". `wish`: the request
   * that the question came near, for who says "go ahead".
   */
  last?: { clauses: string[]; topic?: string; wish?: RequestType };
  /** The clause on a request that was begun since then: questions at its form may be about what that leaves out. */
  begun?: string;
  /** What was last said, so that "again", "simpler" and a language switch can word it anew. */
  said?: Said[];
  /** Choices offered in the last reply; a title or a number typed now means one of them. */
  choices?: Choice[];
  /** Messages in a row that were not understood. */
  misses?: number;
  /** The form in progress; taken out when it has lapsed (`Result.formUntil`). */
  dialog?: Stack;
  /** When the form's last turn was, in milliseconds since 1970; it stays when the form has lapsed, so that it can be told. */
  dialogAt?: number;
  /** Forms begun so far: the number of the last one. */
  forms?: number;
  /** The request that was filed last, by the number of its form. */
  filed?: { n: number; receipt: string };
  /** The request for which a code may be mailed. */
  code?: Offered;
  /** The code of a saved form was asked for. */
  resuming?: true;
  /** For what a person was offered in this talk: it is not offered twice for the same. */
  offered?: Trigger[];
  /** For what the last message has offered one. */
  offering?: Trigger;
  /** How to reach the customer was asked for; how often that was not understood. */
  leaving?: number;
  /** What was thought of a person was asked for, once in a talk. */
  surveyed?: true;
  /** The form (by its number) that an agent fills in: the customer's buttons of it count while the agent is there. */
  assisted?: number;
}

/** One message of a customer, as every channel hands it to the turn. */
export interface Incoming {
  /** What was typed, as it came; undefined for a sticker, an image and the like. */
  text?: string;
  /** Value of a pressed button (`Choice.command`). */
  command?: string;
  /** Files or pictures came with it; none of them was kept. */
  files?: true;
  /** Language tag from the channel or the line, if any; it begins the conversation's language. */
  locale?: string;
  /** Others read along: nothing personal is asked or told. */
  shared?: true;
  /** Whoever opens the chat had left it and is back. */
  again?: true;
  /** `text` was put into the field of this question, of the conversation's `n`th form. */
  to?: { n: number; slot: string };
}

/** What an agent does in a form for the customer, as it waits for its turn. No channel brings one. */
export interface Filling {
  agent: { id: string; name: string };
  what: FillIn;
}

/** `retention` of `operator.yaml`. */
export interface Retention {
  /** Days that a chat is kept after its last word. */
  chatDays: number;
  /** Calendar years that a request is kept after it was closed. */
  requestYears: number;
  /** Days that a saved draft waits to be taken up again. */
  draftDays: number;
}

/** The outcome of one turn. Pure: the same talk and message give the same outcome. */
export interface Outcome {
  talk: Talk;
  messages: Message[];
  /** Personal numbers for which the question that this message answers has asked: they are kept as typed. */
  asked?: readonly PersonalKind[];
  /** What is changed in the register of requests. */
  changes?: readonly Change[];
  /** The customer wants the chat gone: `messages` are said after it, or `held` when a copy of it must be kept. */
  erase?: { held: Message[] };
  /** A link to the chat's own record that `messages` tell; good until `until` (ms since 1970). */
  link?: { link: string; until: number };
  /** What it does about a person. */
  desk?: DeskStep;
  /** Name of the agent in whose name `messages` are said; the bot unless told. */
  agent?: string;
  /** What must be looked up first: then the turn is run again with what was found, and nothing else here counts. */
  lookup?: Lookup;
}

/** What a turn knows besides the words, with how the operator's agents stand. */
export type TurnMoment = Moment & { staff?: Staff };

/** What is understood while a person has the chat. */
export type Aside =
  | { do: "leave" }
  | { do: "language"; locale: Locale }
  /** The chat's record, or its deletion: a customer's own whoever is there. */
  | { do: "own-chat" }
  /** A button of the form that the agent fills in with them. */
  | { do: "form" };

/** `desk` of `operator.yaml`. */
export interface DeskFacts {
  hours: Hours;
  /** Minutes after which nobody is waited for any more. */
  waitMinutes: number;
}

/** Everything between "a message has come" and "this is what we say": never throws on what a customer writes. */
export interface Brain {
  /** Operators served, by id. */
  readonly operators: readonly string[];
  /** Telephone numbers and e-mail addresses in the operators' policies: whoever writes them tells nothing personal. */
  readonly contacts: ReadonlySet<string>;
  /** How long an operator keeps what it need not keep. */
  retention(operator: string): Retention;
  /** The opening of a conversation: greeting and notice. */
  open(operator: string, incoming: Incoming): Outcome | Promise<Outcome>;
  /** Whoever had left this talk is back: a short greeting; what is remembered stays. */
  reopened?(operator: string, talk: Talk): Outcome | Promise<Outcome>;
  /** Pure but for `moment`: the same talk, message and moment give the same outcome. */
  respond(operator: string, talk: Talk, incoming: Incoming, moment: TurnMoment): Outcome | Promise<Outcome>;
  /** What words or a button mean while a person has the chat; undefined: they are for the person. */
  aside?(talk: Talk, incoming: Incoming): Aside | undefined | Promise<Aside | undefined>;
  /** The bot has the chat again: the open question of a form once more. `how`: an agent has ended it, or the customer left. */
  returned?(operator: string, talk: Talk, how: "ended" | "left", moment: Moment): Outcome | Promise<Outcome>;
  /** The form that the customer is in the middle of, for an agent: sensitive answers in part only. */
  formSoFar?(operator: string, talk: Talk, moment: Moment, whole?: boolean): Promise<FormSoFar | null>;
  /** An agent fills in a form with the customer: the outcome, or why it does not fit. */
  fillIn?(operator: string, talk: Talk, what: FillIn, moment: Moment): Promise<Outcome | "form" | "answer">;
  /** Clauses of the operator that answer these words, best first. */
  clausesFor?(operator: string, talk: Talk, text: string): readonly string[] | Promise<readonly string[]>;
  /** When an operator's agents are there, and how long is waited for one. */
  desk?(operator: string): DeskFacts;
  /** Loads what only forms need and reads what every talk comes back to, so that the first customers do not wait. */
  warm?(): Promise<void>;
}
