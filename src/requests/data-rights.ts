import type { Listed } from "./docket.ts";
import type { RequestState } from "./state.ts";

/** How far a request is, in the words of the Data Rights Protocol (0.9.3, "Data Rights Status"). */
export interface DataRightsStatus {
  request_id: string;
  /** ISO 8601. */
  received_at: string;
  expected_by: string;
  status: "open" | "in_progress" | "fulfilled" | "revoked" | "denied" | "expired";
  reason: "need_user_verification" | "no_match" | "claim_not_covered" | null;
  /** Our own word, which is finer. */
  processing_details: RequestState;
}

const STATUS = {
  received: ["open", null],
  "identity-check": ["in_progress", "need_user_verification"],
  "in-progress": ["in_progress", null],
  "awaiting-person": ["in_progress", null],
  answered: ["fulfilled", null],
  "partly-answered": ["fulfilled", null],
  "no-such-data": ["denied", "no_match"],
  refused: ["denied", "claim_not_covered"],
  withdrawn: ["revoked", null],
  expired: ["expired", null],
} as const satisfies Record<RequestState, readonly [DataRightsStatus["status"], DataRightsStatus["reason"]]>;

export function dataRightsStatus({ receipt, state, receivedAt, targetOn }: Listed): DataRightsStatus {
  const [status, reason] = STATUS[state];
  return {
    request_id: receipt,
    received_at: new Date(receivedAt).toISOString(),
    expected_by: `${targetOn}T23:59:59+09:00`,
    status,
    reason,
    processing_details: state,
  };
}
