import { join } from "node:path";
import type { Post } from "./app.ts";
import type { Config } from "./config.ts";
import type { Content } from "./knowledge/content.ts";
import { speakerOf } from "./knowledge/speaker.ts";
import { fileMail } from "./notices/files.ts";
import { createLetters } from "./notices/letter.ts";
import { smtpMail } from "./notices/smtp.ts";
import type { Texts } from "./reply/texts.ts";

/** Below `DATA_DIR`, where development has no mail server. */
const MAIL_FOLDER = "mail";

/** How notices go out, as the settings and the operators' content have it; undefined: no mail is set up. */
export async function postOf(
  { mail, dataDir, publicUrl }: Pick<Config, "mail" | "dataDir" | "publicUrl">,
  content: Pick<Content, "operators" | "topics" | "law" | "procedures">,
  texts: Texts,
): Promise<Post | undefined> {
  if (!mail) return undefined;
  const operators = [...content.operators.values()];
  const desks = new Map(
    operators.flatMap(({ id, desk }) => (desk.mail === undefined ? [] : [[id, desk.mail] as const])),
  );
  const speakers = new Map(operators.map((operator) => [operator.id, speakerOf(operator, content)]));
  return {
    mail: mail === "files" ? await fileMail(join(dataDir, MAIL_FOLDER)) : await smtpMail(mail),
    letters: createLetters({ texts, speakers, desks, publicUrl }),
    desks: new Set(desks.keys()),
  };
}
