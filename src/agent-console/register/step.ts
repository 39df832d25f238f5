import { z } from "zod";
import { DECISIONS } from "../../requests/docket.ts";
import { GROUNDS, type Ground } from "../../requests/grounds.ts";
import { REQUEST_TYPES } from "../../requests/request-type.ts";
import { REQUEST_STATES, type Step } from "../../requests/state.ts";

const words = z.string().trim().max(4_000);
const reason = z.string().trim().max(1_000);
const day = z.iso.date();
const grounds = [...new Set(Object.values(GROUNDS).flat())] as [Ground, ...Ground[]];
const text = z.strictObject({ ja: words, en: words });
const version = z.number().int().min(1);

/** A step that one person takes alone: nothing is released by it. */
export const moveSchema = z.strictObject({
  version,
  to: z.enum(["identity-check", "in-progress", "awaiting-person", "withdrawn", "expired"]),
  reason: reason.optional(),
  until: day.optional(),
});

/** A decision, for another one to release. */
export const decisionSchema = z.strictObject({
  version,
  to: z.enum(DECISIONS),
  reason: reason.optional(),
  ground: z.enum(grounds).optional(),
  text: text.optional(),
});

export const filterSchema = z.strictObject({
  locale: z.enum(["ja", "en"]),
  state: z.enum([...REQUEST_STATES, "open", "closed"]).optional(),
  type: z.enum(REQUEST_TYPES).optional(),
  after: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d_\d{1,15}$/)
    .optional(),
});

/** The register looks at what a step needs; here it is only put together. */
export function stepOf({ to, reason = "", until }: z.output<typeof moveSchema>): Step {
  const ends = until === undefined ? {} : { until };
  switch (to) {
    case "identity-check":
    case "awaiting-person":
      return { kind: to, reason, ...ends };
    case "in-progress":
    case "withdrawn":
    case "expired":
      return { kind: to, reason };
  }
}

export function decisionOf({ to, reason = "", ground, text }: z.output<typeof decisionSchema>) {
  switch (to) {
    case "answered":
    case "no-such-data":
      return { kind: to, reason, ...(text && (text.ja || text.en) ? { text } : {}) };
    case "partly-answered":
    case "refused":
      // A ground that is missing goes on as none: the register refuses it.
      return { kind: to, reason, ground: ground as Ground, text: text ?? { ja: "", en: "" } };
  }
}
