import type { Form } from "../src/dialog/form/form.ts";
import type { RequestType } from "../src/requests/request-type.ts";
import { complaint } from "./complaint.ts";
import { correction } from "./correction.ts";
import { deletion } from "./deletion.ts";
import { disclosure } from "./disclosure.ts";
import { notifyPurpose } from "./notify-purpose.ts";
import { optOutMarketing } from "./opt-out-marketing.ts";
import { optOutPersonalization } from "./opt-out-personalization.ts";
import { optOutRecording } from "./opt-out-recording.ts";
import { provisionRecords } from "./provision-records.ts";
import { status } from "./status.ts";
import { stopProvision } from "./stop-provision.ts";
import { stopUse } from "./stop-use.ts";
import { withdraw } from "./withdraw.ts";

/** Every procedure's form. A new one is a file beside this one, a line here, and its words in `locales/`. */
export const FORMS: Readonly<Record<RequestType, Form>> = {
  "notify-purpose": notifyPurpose,
  disclosure,
  "provision-records": provisionRecords,
  correction,
  deletion,
  "stop-use": stopUse,
  "stop-provision": stopProvision,
  "opt-out-marketing": optOutMarketing,
  "opt-out-personalization": optOutPersonalization,
  "opt-out-recording": optOutRecording,
  complaint,
  status,
  withdraw,
};
