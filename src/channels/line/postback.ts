import type { messagingApi } from "@line/bot-sdk";
import type { Choice } from "../../reply/message.ts";
import { clean, label } from "./text.ts";

/** Longest data of a postback, and longest words that a button says for the customer. */
const DATA_LENGTH = 300;
const WORDS_LENGTH = 300;

/**
 * What comes back from a button: `c=<command>` a choice, `f=up:<activity>` and `f=down:<activity>` a rating,
 * `r=<activity>:<reason>` why.
 */
type Data = `c=${string}` | `f=${"up" | "down"}:${string}` | `r=${string}:${string}`;

/** Commands of ours are of these letters. */
const PLAIN = /^[\x21-\x7e]+$/;
/** Ids that we give and that fit into a button; from any other no button is made. */
const ID = /^[A-Za-z0-9_-]{1,200}$/;

/** A button that sends `title` as the customer's words with its command; undefined for one that is too long. */
export function choiceAction({ title, command }: Choice): messagingApi.PostbackAction | undefined {
  return postback(`c=${command}`, title);
}

/** 👍 or 👎 on a message of ours. */
export function ratingAction(
  rating: "up" | "down",
  activityId: string,
  words: string,
): messagingApi.PostbackAction | undefined {
  return ID.test(activityId) ? postback(`f=${rating}:${activityId}`, words) : undefined;
}

/** Why a message was no help. */
export function reasonAction(
  reason: string,
  activityId: string,
  words: string,
): messagingApi.PostbackAction | undefined {
  return ID.test(activityId) ? postback(`r=${activityId}:${reason}`, words) : undefined;
}

function postback(data: Data, words: string): messagingApi.PostbackAction | undefined {
  const displayText = label(clean(words), WORDS_LENGTH);
  if (data.length > DATA_LENGTH || !PLAIN.test(data) || displayText === "") return undefined;
  return { type: "postback", data, displayText };
}

/** Longest address of a link. */
const ADDRESS_LENGTH = 1_000;

/** A link to a page of ours, in the reader's language; undefined for every other address. */
export function linkAction(
  address: string,
  publicUrl: string,
  locale: string,
): messagingApi.URIAction | undefined {
  if (!URL.canParse(address) || !URL.canParse(publicUrl)) return undefined;
  const [to, ours] = [new URL(address), new URL(publicUrl)];
  if (to.origin !== ours.origin || !/^https?:$/.test(to.protocol) || to.username || to.password)
    return undefined;
  to.searchParams.set("lang", locale);
  return to.href.length <= ADDRESS_LENGTH ? { type: "uri", uri: to.href } : undefined;
}
