import type { Conversation } from "../../turn/store.ts";
import type { Address } from "./parse.ts";

export type { Address };

/** The platform's own names for our chats and messages, kept for replies. */
export interface References {
  /** Keeps where replies go from now on; the chat may begin only after it. */
  keep(conversation: Conversation, at: Address): Promise<void>;
  find(conversation: Conversation): Promise<Address | undefined>;
  /** Nothing can be sent to the chat from now on. */
  drop(conversation: string): Promise<void>;
  /** The platform has taken the `part`th activity of a message of ours, and calls it so. */
  taken(
    conversation: Conversation,
    activityId: string,
    part: number,
    theirs: string | undefined,
  ): Promise<void>;
  /** How many activities of a message the platform has taken so far. */
  partsTaken(conversation: Conversation, activityId: string): Promise<number>;
  /** Our id of the message of ours that the platform calls so. */
  ours(conversation: Conversation, theirs: string): Promise<string | undefined>;
}
