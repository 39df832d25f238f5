import type { ShownCost } from "../../inbox/shown.ts";

/** How the next reply goes: free, as a push that is counted, or not at all. */
export type Going = "free" | "push" | "near" | "full";

/** Of the limit: from here on it is told that it comes near. */
const NEAR = 0.8;

/** `free`: the customer's last words can still be answered free of charge. Pure. */
export function going({ pushed, limit }: Pick<ShownCost, "pushed" | "limit">, free: boolean): Going {
  if (free) return "free";
  if (limit === null) return "push";
  return pushed >= limit ? "full" : pushed >= limit * NEAR ? "near" : "push";
}
