import type { Localized } from "../../reply/locale.ts";

/** What the register tells the page: words are in the reader's language, people's data masked. Plain JSON. */
export interface ShownLine {
  /** Ten letters. */
  receipt: string;
  type: string;
  title: string;
  state: string;
  stateTitle: string;
  /** Days in Japan, YYYY-MM-DD. */
  targetOn: string;
  /** Business days, negative when late; null once it is closed. */
  daysLeft: number | null;
  due: "due-soon" | "overdue" | null;
  pausedOn: string | null;
  until: string | null;
  closedOn: string | null;
  /** Article 39: a suit is possible from that day on; null where it does not apply, or it is closed. */
  suitFrom: string | null;
  language: string;
}

export interface ShownAnswer {
  slot: string;
  label: string;
  text: string;
  /** There is more than is shown. */
  masked: boolean;
}

/** One thing that has happened. `at`: in Japan, `2026-11-16 10:00`. */
export interface ShownEvent {
  at: string;
  kind: string;
  title: string;
  by: string;
  /** Who has released it, where somebody else has prepared it. */
  second: string | null;
  reason: string | null;
  ground: string | null;
  text: string | null;
}

/** A step that can be taken from here. */
export interface ShownMove {
  to: string;
  title: string;
  /** Words for the file, or a ground of the law and words for the customer. */
  needs: "nothing" | "reason" | "ground";
  /** Whether a last day of waiting can be named. */
  until: boolean;
  /** Prepared by one and released by another. */
  decision: boolean;
}

export interface ShownGround {
  ground: string;
  title: string;
}

export interface ShownPrepared {
  at: number;
  when: string;
  by: string;
  /** The reader has prepared it, and so cannot release it. */
  own: boolean;
  kind: string;
  title: string;
  reason: string | null;
  ground: string | null;
  text: Localized | null;
}

export interface ShownRequest extends ShownLine {
  version: number;
  received: string;
  promisedOn: string;
  answers: ShownAnswer[];
  events: ShownEvent[];
  notes: { at: string; by: string; text: string }[];
  papers: { at: string; by: string }[];
  moves: ShownMove[];
  grounds: ShownGround[];
  prepared: ShownPrepared | null;
  /** A letter can be made: it is decided. */
  letter: boolean;
}
