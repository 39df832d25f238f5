import { z } from "zod";
import { MAX_REPLY } from "../../handoff/desk.ts";
import { REQUEST_TYPES } from "../../requests/request-type.ts";

/** What the routes of the inbox take. */
const locale = z.enum(["ja", "en"]);
const after = z.string().regex(/^\d{1,15}_[\w-]{1,64}$/);
const count = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const day = z.iso.date();
const words = z.string().trim().min(1).max(MAX_REPLY);
const mayBeEmpty = z.string().trim().max(MAX_REPLY);
const account = z.string().min(1).max(64);
/** The same at every try of one call: it is done once. */
const key = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);

export const nothing = z.strictObject({});

/** `mine`: the reader's; `all`: everything that is open; `closed`: over, the last ones first. */
export const listed = z.strictObject({
  show: z.enum(["unassigned", "mine", "all", "callbacks", "closed"]),
  language: locale.optional(),
  /** Minutes: those alone that wait for at least so long. */
  waited: count.optional(),
  after: after.optional(),
});

/** Each field narrows; at least one of them besides `after`. */
export const searched = z
  .strictObject({
    receipt: z.string().trim().min(1).max(40).optional(),
    words: z.string().trim().min(1).max(200).optional(),
    state: z.enum(["requested", "assigned", "ended", "abandoned"]).optional(),
    topic: z
      .string()
      .regex(/^[a-z0-9-]{1,64}$/)
      .optional(),
    agent: account.optional(),
    language: locale.optional(),
    channel: z
      .string()
      .regex(/^[a-z-]{1,32}$/)
      .optional(),
    /** Days in Japan on which the person was called, both included. */
    from: day.optional(),
    to: day.optional(),
    after: after.optional(),
  })
  .refine((told) => Object.keys(told).some((name) => name !== "after"));

export const opened = z.strictObject({ locale, before: count.optional() });
export const linesAfter = z.strictObject({ locale, after: count });
export const released = z.strictObject({ note: mayBeEmpty });
export const transferred = z.strictObject({ to: account, note: mayBeEmpty });
export const noted = z.strictObject({ text: words });
/** `clause`, `mark`: as a suggestion, a canned reply or a clause of the chat had them. */
export const said = z.strictObject({
  key,
  text: words,
  cites: z
    .strictObject({ clause: z.string().regex(/^[a-z0-9-]{1,64}$/), mark: z.string().max(64) })
    .optional(),
});
export const readUpTo = z.strictObject({ seq: z.number().int().min(0) });
export const ended = z.strictObject({ resolution: mayBeEmpty });
export const revealed = z.strictObject({
  locale,
  slots: z.array(z.string().max(64)).min(1).max(50),
  reason: z.string().trim().min(3).max(500),
});
/** Answers the open question of form `n` for the customer: in words, or by its choices; or goes back, or passes it over. */
export const filledIn = z.union([
  z.strictObject({
    key,
    n: z.number().int().min(1),
    slot: z.string().max(64),
    text: z.string().trim().min(1).max(1_000),
  }),
  z.strictObject({
    key,
    n: z.number().int().min(1),
    slot: z.string().max(64),
    values: z
      .array(z.string().regex(/^[a-z0-9-]{1,40}$/))
      .min(1)
      .max(20),
  }),
  z.strictObject({ key, n: z.number().int().min(1), act: z.enum(["back", "skip"]) }),
]);
export const started = z.strictObject({ key, type: z.enum(REQUEST_TYPES) });
