import type { Conversation } from "../../turn/store.ts";
import type { Address } from "./parse.ts";

/** The platform's own names for our chats and messages, kept for replies. */
export interface References {
  /** Our id of a thing of the platform: a keyed hash of its names, the same at every call. */
  idOf(...names: string[]): string;
  /** Keeps where replies go from now on; false when it stood so already, or the chat is gone. */
  keep(conversation: Conversation, at: Address): Promise<boolean>;
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
