import { z } from "zod";
import type { Localized } from "../reply/locale.ts";

/** A reply that agents say again and again. */
export interface Canned {
  id: string;
  /** What agents know it by. */
  title: Localized;
  text: Localized;
  /** Id of the operator's clause that it stands on; null: on none. */
  clause: string | null;
}

const line = z.string().trim().min(1);
const localized = z.strictObject({ ja: line, en: line });

/** `canned.yaml`, shared by all operators (which names topics) or of one (which names its clauses). */
export const cannedSchema = z.record(
  line,
  z.strictObject({ title: localized, text: localized, topic: line.optional(), clause: line.optional() }),
);
