/** Answers of the bot that were rated, counted. */
export interface RatedAnswer {
  /** ms since 1970. */
  at: number;
  rating: "up" | "down";
  /** Why, in the customer's words or those that they chose, numbers blacked out; null: nothing was said. */
  reason: string | null;
  /** Clauses that the answer stood on, best first; empty: it stood on none. */
  clauses: readonly string[];
}

/** Hand-offs of one agent that ended, and how they were rated. */
export interface RatedAgent {
  /** Null: nobody has had it. */
  agent: string | null;
  ended: number;
  up: number;
  down: number;
}

/** What customers thought, at one operator: `from` and `until` (not included) are ms since 1970. */
export interface Ratings {
  /** The latest `limit`, the last one first. They are kept as long as their chats. */
  answers(operator: string, from: number, until: number, limit: number): Promise<RatedAnswer[]>;
  /** Of hand-offs that ended then; they are kept for seven days. */
  handoffs(operator: string, from: number, until: number): Promise<RatedAgent[]>;
}
