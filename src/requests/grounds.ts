import type { RequestType } from "./request-type.ts";

/**
 * The grounds of the law on which a request may be refused, in whole or in part, by the article they stand in; their
 * words are in `content/procedures.yaml`. A complaint is heard, never refused; an opt-out is no right by itself, which
 * is a reason of its own. `37-1`: the request was not made in the way that the company has set, such as an identity that
 * could not be checked.
 */
const SHOWN = ["33-2-1", "33-2-2", "33-2-3", "37-1"] as const;
const STOPPED = ["35-2-unfounded", "35-2-substitute", "35-6-unfounded", "35-6-substitute", "37-1"] as const;

export const GROUNDS = {
  "notify-purpose": ["32-2-1", "21-4-1", "21-4-2", "21-4-3", "37-1"],
  disclosure: SHOWN,
  "provision-records": SHOWN,
  correction: ["34-2-accurate", "34-2-purpose", "34-2-other-law", "37-1"],
  deletion: STOPPED,
  "stop-use": STOPPED,
  "stop-provision": ["35-4-unfounded", "35-4-substitute", "35-6-unfounded", "35-6-substitute", "37-1"],
  "opt-out-marketing": ["no-right"],
  "opt-out-personalization": ["no-right"],
  "opt-out-recording": ["no-right", "35-2-unfounded", "35-2-substitute", "35-6-unfounded", "35-6-substitute"],
  complaint: [],
  status: [],
  withdraw: [],
} as const satisfies Record<RequestType, readonly string[]>;

export type Ground = (typeof GROUNDS)[RequestType][number];

/** Whether a request of this type may be refused on this ground. */
export const isGroundOf = (type: RequestType, ground: string): ground is Ground =>
  (GROUNDS[type] as readonly string[]).includes(ground);
