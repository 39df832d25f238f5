import type { Message } from "../reply/message.ts";
import type { Incoming } from "./talk.ts";

/** Plain JSON, as a platform sends it. */
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** What an activity holds: the customer's words with the platform's own fields, or what we said. */
export type Content =
  | { kind: "incoming"; incoming: Incoming; platform: JsonObject }
  | {
      kind: "message";
      message: Message;
      /** The name of the person who says it; the bot, unless told. */
      agent?: string;
    };

/** One line of a conversation as it is stored: in order by `seq`, the same for every reader. */
export interface Activity {
  /** Unguessable and unique. */
  id: string;
  /** 1, 2, 3, ... within the conversation, without a gap. */
  seq: number;
  /** Milliseconds since 1970; strictly rising within the conversation. */
  at: number;
  by: "customer" | "bot" | "agent";
  /** Id of the customer's activity that this answers; null for an opening. */
  replyTo: string | null;
  content: Content;
}
