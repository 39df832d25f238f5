import type { Texts } from "../../reply/texts.ts";

/** What a message is presented with. */
export interface Look {
  /** Id of the activity in our transcript, which a rating names. */
  activityId: string;
  texts: Texts;
  /** Public address of this server, without a slash at its end: only what stands below it is linked. */
  publicUrl: string;
  /** `shared`: others read along, so that nothing personal is asked or shown. */
  scope: "personal" | "shared";
  /** Whether the client draws Adaptive Cards 1.5; plain text otherwise. */
  cards: boolean;
  /** The bot's app id: leads from a shared chat to a private one. */
  botId?: string;
}
