import type { RequestType } from "../requests/request-type.ts";
import type { Form } from "./form/form.ts";
import { createProcedures, type Procedures } from "./procedures.ts";
import { createFormReading, type Wordings } from "./reading.ts";

/** The door to all that runs forms: botbuilder's dialogs and the parsers are large, and most talks need neither. */
export function loadProcedures(
  forms: Readonly<Record<RequestType, Form>>,
  wordings: Wordings,
  consent: string,
): Procedures {
  return createProcedures({ forms, reading: createFormReading(wordings), consent });
}
