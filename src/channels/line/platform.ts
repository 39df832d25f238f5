import type { messagingApi } from "@line/bot-sdk";
import { boundedCalls, Refusal } from "./calls.ts";

/**
 * What became of a call. `busy`: it was not done and may be tried again. `unsure`: nobody knows whether it was done.
 * `used`: the reply token is not good, or not any more. `refused`: it will never be done.
 */
export type Outcome =
  | { kind: "done" }
  | { kind: "busy" }
  | { kind: "unsure" }
  | { kind: "used" }
  | { kind: "refused"; status: number };

/** The Messaging API of one account, as far as the desk calls it. */
export interface Platform {
  reply(replyToken: string, messages: messagingApi.Message[]): Promise<Outcome>;
  /** `retryKey`: a UUID; the same one is accepted once. */
  push(to: string, messages: messagingApi.Message[], retryKey: string): Promise<Outcome>;
  /** The language that the customer's LINE is in, if it tells. */
  language(customer: string): Promise<string | undefined>;
  /** Shows that an answer is on its way, until it comes or for `seconds` (a multiple of five). */
  loading(customer: string, seconds: number): Promise<void>;
  /** Marks as read the message that the token came with, and those before it. */
  markAsRead(token: string): Promise<Outcome>;
  /** Whether messages are read when somebody says so: LINE does it by itself where the account's chat is off. */
  readsByHand(): Promise<boolean>;
  /** Good once, for ten minutes. */
  linkToken(customer: string): Promise<string>;
  leave(place: { kind: "group" | "room"; id: string }): Promise<void>;
}

/** Loads the SDK: only a desk that has an account pays for it. `base`: address of the Messaging API. */
export async function connect(base: string, token: string): Promise<Platform> {
  const { messagingApi } = await import("@line/bot-sdk");
  const client = new messagingApi.MessagingApiClient({ channelAccessToken: token, baseURL: base });
  // The SDK has no other door for it.
  Object.assign(client, { httpClient: boundedCalls(base, token) });
  return {
    reply: (replyToken, messages) => judged(client.replyMessage({ replyToken, messages })),
    push: async (to, messages, retryKey) => {
      const outcome = await judged(client.pushMessage({ to, messages }, retryKey));
      // It was accepted before, under this key.
      return outcome.kind === "refused" && outcome.status === 409 ? { kind: "done" } : outcome;
    },
    async language(customer) {
      const { language } = await client.getProfile(customer);
      return language;
    },
    async loading(chatId, loadingSeconds) {
      await client.showLoadingAnimation({ chatId, loadingSeconds });
    },
    markAsRead: (markAsReadToken) => judged(client.markMessagesAsReadByToken({ markAsReadToken })),
    async readsByHand() {
      return (await client.getBotInfo()).markAsReadMode === "manual";
    },
    async linkToken(customer) {
      return (await client.issueLinkToken(customer)).linkToken;
    },
    async leave({ kind, id }) {
      await (kind === "group" ? client.leaveGroup(id) : client.leaveRoom(id));
    },
  };
}

async function judged(call: Promise<unknown>): Promise<Outcome> {
  try {
    await call;
    return { kind: "done" };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: "done" };
    if (!(error instanceof Refusal)) return neverArrived(error) ? { kind: "busy" } : { kind: "unsure" };
    const { status, reason } = error;
    if (status === 429) return { kind: "busy" };
    if (status >= 500) return { kind: "unsure" };
    return status === 400 && /reply ?token/i.test(reason) ? { kind: "used" } : { kind: "refused", status };
  }
}

/** Nobody took the connection: nothing was done. */
function neverArrived(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ECONNREFUSED" || code === "ENOTFOUND";
}
