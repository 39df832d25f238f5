import type { Locale } from "../../reply/locale.ts";
import type { Message } from "../../reply/message.ts";
import type { Conversation, Handle, Party } from "../../turn/store.ts";

/** A request whose state has changed since its holder was told. */
export interface Changed {
  conversation: Conversation;
  request: number;
  /** Ten letters, as `receipt.ts` makes them. */
  receipt: string;
  state: string;
  /** The language of the chat. */
  locale: Locale;
}

/** What LINE needs to be remembered besides what every channel does. Every method is one transaction. */
export interface LineRecords {
  /** Counts a push in a month (`YYYY-MM`, in Japan) and gives how many there are now. */
  countPush(operator: string, month: string): Promise<number>;
  pushes(operator: string, month: string): Promise<number>;
  /** Keeps a nonce, as a hash, for a request of the operator that is there; false when it is not. */
  keepNonce(operator: string, receipt: string, nonce: string, until: number): Promise<boolean>;
  /**
   * Uses a nonce up: from now on the customer's chat is told of that request. `words`: what is said to that, in the chat's
   * language. False when the nonce is not known, is too old or was used.
   */
  link(
    whose: Party & { channel: string },
    nonce: string,
    said: {
      words: (locale: Locale) => Message;
      ids: { conversation: string; activity: string };
      handle?: Handle;
    },
    now: number,
  ): Promise<boolean>;
  /** Up to `limit` requests whose holders know an older state. */
  changed(limit: number): Promise<Changed[]>;
  /** Says that a request has changed, once; false when somebody else has said it, or the chat is gone. */
  tell(changed: Changed, activity: { id: string; message: Message }, now: number): Promise<boolean>;
}
