import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Mail, Sender } from "./mail.ts";
import { mailOf } from "./smtp.ts";

const NOBODY: Sender = { name: "", address: "desk@localhost" };

/** Development without a mail server: every letter is a file `<id>.eml` in `folder`, readable by its owner alone. */
export async function fileMail(folder: string, from: Sender = NOBODY): Promise<Mail> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "unix" });
  return {
    async send(letter) {
      try {
        const { message } = await transport.sendMail({ ...mailOf(letter, "localhost"), from });
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(join(folder, `${letter.id}.eml`), message as Buffer, { mode: 0o600 });
        return "sent";
      } catch {
        return "retry";
      }
    },
  };
}
