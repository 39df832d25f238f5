import { z } from "zod";
import { REQUEST_TYPES } from "../requests/request-type.ts";
import type { Clause } from "./clause.ts";
import { contrastOnWhite } from "./colour.ts";

const line = z.string().trim().min(1);
const localized = z.strictObject({ ja: line, en: line });
const date = z.iso.date();
const clock = z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$/, "write a time of day as 9:00");
const request = z
  .string()
  .refine((id) => REQUEST_TYPES.some((type) => type === id), "not one of the thirteen requests");
const intervals = z.array(
  z
    .string()
    .regex(/^([01]?\d|2[0-3]):[0-5]\d-(([01]?\d|2[0-3]):[0-5]\d|24:00)$/, "write hours as 9:00-18:00")
    .refine((text) => {
      const { from, to } = intervalOf(text);
      return from < to;
    }, "hours must end after they begin, and by 24:00"),
);

/** "9:00-18:00" in minutes after midnight. */
export function intervalOf(text: string): { from: number; to: number } {
  const [from = 0, to = 0] = text.split("-").map((time) => {
    const [hours, minutes] = time.split(":").map(Number);
    return (hours ?? 0) * 60 + (minutes ?? 0);
  });
  return { from, to };
}

const fee = z.strictObject({
  /** Yen without and with consumption tax, as the policy has them. */
  yen: z.int().nonnegative(),
  withTax: z.int().nonnegative(),
  /** The clause that says so. */
  clause: line,
});

/** `operator.yaml`: the facts of a policy that replies and forms read. What the policy leaves out is left out. */
export const operatorSchema = z.strictObject({
  name: localized,
  company: localized,
  /** Names that customers call the operator by, lower case. */
  aliases: z.array(line).min(1),
  about: localized,
  /** Its colour on our pages; white text on it must be readable. */
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, "write a colour as #0a5c9e")
    .refine((hex) => contrastOnWhite(hex) >= 4.5, "white text on this colour has a contrast below 4.5:1"),
  contact: z.strictObject({
    /** The clause that names the contact. */
    clause: line,
    desk: localized.optional(),
    telephone: z
      .string()
      .regex(/^\d{2,4}-\d{2,4}-\d{3,4}$/, "write a telephone number as 0120-000-000")
      .optional(),
    hours: z.strictObject({ from: clock, to: clock, days: z.literal("every-day") }).optional(),
    address: localized.optional(),
  }),
  source: z.strictObject({
    title: localized,
    url: line.optional(),
    /** Language of the text that the content was written from. */
    language: z.enum(["ja", "en"]),
    /** Language that prevails, where the policy says so. */
    prevailing: z.enum(["ja", "en"]).optional(),
    enacted: date.optional(),
    revised: date.optional(),
  }),
  /** What the policy itself says of requests; what it leaves out is left out. */
  requests: z
    .strictObject({
      fees: z.record(request, fee).optional(),
      /** The age below which it asks for a guardian's consent. */
      guardianBelow: z.strictObject({ age: z.int().positive(), clause: line }).optional(),
      /** The papers that it wants to see, a line each. */
      documents: z.strictObject({ clause: line, ja: z.array(line), en: z.array(line) }).optional(),
      /** What customers can do by themselves, by request. */
      selfService: z.record(request, z.strictObject({ clause: line, ja: line, en: line })).optional(),
      /** The clause that promises an opt-out, by request. */
      promises: z.record(request, line).optional(),
      /** Our own target for an answer, in business days; no period of the law or of the policy. */
      targetDays: z.int().min(1).max(60).default(10),
    })
    .prefault({}),
  desk: z
    .strictObject({
      /** The desk's own address: new, due-soon and overdue requests are told there, by number and kind. */
      mail: z.email("write an address such as desk@example.jp").optional(),
      /** When agents are there; Japan's time. */
      hours: z
        .strictObject({
          /** Intervals of every day ("9:00-12:00"), and of single weekdays instead. */
          "every-day": intervals.default(["9:00-18:00"]),
          sunday: intervals.optional(),
          monday: intervals.optional(),
          tuesday: intervals.optional(),
          wednesday: intervals.optional(),
          thursday: intervals.optional(),
          friday: intervals.optional(),
          saturday: intervals.optional(),
          /** On national holidays; [] closes them, left out they are days like others. */
          holidays: intervals.optional(),
          /** Days of each year that are closed, MM-DD, such as the end of the year. */
          closed: z
            .array(z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "write a day as 12-31"))
            .default([]),
        })
        .prefault({}),
      /** Minutes after which a customer who waits is promised a call-back instead. */
      /** People whose data one account may see within an hour before a second person agrees: in hours, and out of them. */
      reads: z
        .strictObject({
          perHour: z.int().min(1).max(1_000).default(50),
          afterHours: z.int().min(1).max(1_000).default(10),
        })
        .prefault({}),
      waitMinutes: z.int().min(1).max(120).default(10),
    })
    .prefault({}),
  retention: z
    .strictObject({
      /** Days that a chat is kept after its last word. */
      chatDays: z.int().min(1).max(3_650).default(90),
      /** Calendar years that a request is kept after it was closed. */
      requestYears: z.int().min(1).max(30).default(3),
      /** Days that a draft which the customer has saved waits to be taken up again. */
      draftDays: z.int().min(1).max(90).default(7),
    })
    .prefault({}),
});

export type OperatorFacts = z.infer<typeof operatorSchema>;

/** An operator with its policy, as loaded from `content/operators/<id>/`. */
export interface Operator extends OperatorFacts {
  id: string;
  clauses: readonly Clause[];
}
