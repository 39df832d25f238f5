/** The thirteen procedures a customer may start or ask after; articles and rules of each stand in `content/law.yaml`. */
export const REQUEST_TYPES = [
  "notify-purpose",
  "disclosure",
  "provision-records",
  "correction",
  "deletion",
  "stop-use",
  "stop-provision",
  "opt-out-marketing",
  "opt-out-personalization",
  "opt-out-recording",
  "complaint",
  "status",
  "withdraw",
] as const;

export type RequestType = (typeof REQUEST_TYPES)[number];
