import type { Handoff } from "../../handoff/handoff.ts";
import type { InboxOptions } from "./options.ts";
import type { ShownCost } from "./shown.ts";

/** What the next reply in a chat counts; null where nobody counts. Which channels do is theirs to say. */
export function costs({ chats, pushes }: Pick<InboxOptions, "chats" | "pushes">) {
  return async (
    { channel, operator, conversation }: Pick<Handoff, "channel" | "operator" | "conversation">,
    now: number,
  ): Promise<ShownCost | null> => {
    const counted = await pushes(channel, operator);
    if (!counted) return null;
    const until = await chats.freeUntil(conversation, now);
    const { count: pushed, limit = null } = counted;
    return { freeForMs: Math.max(0, (until ?? now) - now), pushed, limit };
  };
}
