import type { Localized } from "../../reply/locale.ts";

/** Where an answer stood. `title` null: the policy has no such clause any more; `clause` null: none was cited. */
interface Stood {
  clause: string | null;
  title: Localized | null;
}

interface Counted {
  up: number;
  down: number;
}

/** GET operators/:operator/ratings: what customers thought in these days, both included, YYYY-MM-DD in Japan. */
export interface ShownRatings {
  from: string;
  to: string;
  /** Answers of the bot. */
  answers: Counted & {
    /** There were more: these are the latest. */
    cut: boolean;
    /** The most disliked first. */
    clauses: (Counted & Stood)[];
    /** What was said along with a rating, the last one first. */
    reasons: (Stood & { at: number; rating: "up" | "down"; text: string })[];
  };
  /** Hand-offs that ended. They are kept for `keptDays` alone. */
  handoffs: Counted & {
    ended: number;
    keptDays: number;
    agents: (Counted & { id: string; name: string; ended: number })[];
  };
}
