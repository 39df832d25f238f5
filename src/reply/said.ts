import type { RequestType } from "../requests/request-type.ts";
import type { Option, SmalltalkIntent } from "./words.ts";

/**
 * What we mean to say, in keys and values; `render` words it in a language. It is kept as the last thing said, so
 * that "again", "simpler" and a change of language can word it anew.
 */
export type Said =
  | {
      kind: "answer";
      /** Best first; the first is the one that is shown. */
      clauses: string[];
      /** The topic that was asked about. */
      topic: string;
      /** 0..1 */
      score: number;
      /** In the plainest words. */
      plain?: boolean;
    }
  | { kind: "clarify"; options: Omit<Option, "title">[] }
  | { kind: "request"; request: RequestType }
  | { kind: "handoff" }
  | { kind: "smalltalk"; intent: SmalltalkIntent }
  | {
      kind: "out-of-scope";
      reason: "silent" | "not-ours";
      /** The topic on which the policy is silent, when it is clear which. */
      topic?: string;
      /** Why it is not ours, when we can say it more closely. */
      about?: "another-person" | "legal-advice";
      /** Topics of this operator near to what was asked. */
      near: string[];
      /** The second miss in a row: a person is offered. */
      again?: boolean;
    }
  | {
      kind: "notice";
      notice: "opening" | "language" | "other-language" | "nothing-said" | "too-long" | "no-text";
    };
