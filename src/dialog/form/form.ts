import type { RequestType } from "../../requests/request-type.ts";
import type { PersonalKind } from "../../understanding/personal/kind.ts";
import type { AnswerKind } from "../../understanding/slots/kinds.ts";

/** A value that was given to a slot: plain JSON, as its parser makes it. */
export type Value = string | boolean | null | readonly string[] | Readonly<Record<string, unknown>>;

/** What was told so far, by the name of the slot. An optional question that was passed over holds null. */
export type Answers = Readonly<Record<string, Value>>;

/** What a form may know of the operator: `requests` of its `operator.yaml`. */
export interface Facts {
  /** The age below which the operator's own policy wants a guardian's consent. Absent: its policy names none. */
  guardianBelow?: number;
}

/** How an answer is read: the parser, and for a choice what can be chosen. */
export type Kind =
  /** `choices`: one or more; the value `all` stands for every one. */
  | { kind: "choice" | "choices"; values: readonly string[] }
  | { kind: Exclude<AnswerKind, "choice" | "choices"> };

/**
 * One question of a form. Its words stand in the locales under its name: `dialogs:slots.<name>.{ask,label,why,values}`;
 * the other names of a choice's values in `content/answers.yaml`.
 */
export interface Slot {
  name: string;
  answer: Kind;
  /** Asked only when this holds; always unless told. */
  when?(answers: Answers, facts: Facts): boolean;
  /** Taken from any message in which it is told, not only from the answer to its own question. */
  volunteered?: true;
  /** Whoever tells this has told these, too. */
  implies?: Answers;
  /** The question that this one goes on from: when its answer changes, this one is asked anew. */
  about?: string;
  /** What a typed answer goes on from, when an earlier one has told it: the town of a postal code. */
  prefix?(answers: Answers): string | undefined;
  /** May be passed over. */
  optional?: true;
  /** Free words that may need many lines: a whole tale, with questions that want no answer. */
  long?: true;
  /** Shown again only in part. */
  sensitive?: true;
  /** An e-mail address: where the answer goes, or what the wish is about, so that who reads its mail may ask. */
  mails?: "reply" | "holder";
  /** Personal numbers that are kept as typed while this is asked. */
  asks?: readonly PersonalKind[];
}

/** A request as questions: no text, no effects. */
export interface Form {
  id: RequestType;
  slots: readonly Slot[];
  /**
   * What its end does: `file` files a request after the review; `status` and `withdraw` look one up by receipt number
   * and code.
   */
  end: "file" | "status" | "withdraw";
}

/** A form that somebody is in the middle of: names and values, never positions, so that a deploy may change the form. */
export interface FormState {
  form: RequestType;
  /** Counts the forms of a conversation: a button of an earlier one is stale. */
  n: number;
  answers: Answers;
  /** The question that is open, or the review. */
  asking: string;
  /** A single answer is being changed: afterwards back to the review. */
  editing?: true;
  /** Messages in a row that the open question could not use. */
  misses?: number;
  /** Another request was wished for: whether to change to it is asked. */
  other?: RequestType;
  /** Wrong pairs of receipt number and code so far. */
  wrong?: number;
}

export const REVIEW = "review";
