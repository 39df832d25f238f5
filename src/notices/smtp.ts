import type { Letter, Mail, Sent, SmtpSettings } from "./mail.ts";

/** A server that is silent for this long is gone. */
const CONNECT_MS = 10_000;
const SILENCE_MS = 60_000;
/** Longer than this no letter is held, whatever the server does: its lease must not lapse meanwhile. */
const WHOLE_MS = 90_000;

/**
 * Mail by SMTP. The server's certificate is verified (CAs of the system, and `NODE_EXTRA_CA_CERTS`), TLS is 1.2 at
 * least, and without TLS nothing is said but to this machine itself.
 */
export async function smtpMail(settings: SmtpSettings): Promise<Mail> {
  // Loaded only where mail is set up.
  const { createTransport } = await import("nodemailer");
  const { host, port, secure, loopback, login, from } = settings;
  const plain = loopback && !secure;
  const domain = from.address.slice(from.address.lastIndexOf("@") + 1);
  return {
    async send(letter) {
      const transport = createTransport({
        host,
        port,
        secure,
        requireTLS: !secure && !plain,
        ignoreTLS: plain,
        tls: { minVersion: "TLSv1.2", rejectUnauthorized: true },
        ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
        connectionTimeout: CONNECT_MS,
        greetingTimeout: CONNECT_MS,
        dnsTimeout: CONNECT_MS,
        socketTimeout: SILENCE_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      let late: NodeJS.Timeout | undefined;
      const tooLate = new Promise<Sent>((resolve) => {
        late = setTimeout(() => resolve("retry"), WHOLE_MS);
      });
      const sending = transport.sendMail({ ...mailOf(letter, domain), from }).then(
        (): Sent => "sent",
        (error: unknown): Sent => (isRefusal(error) ? "refused" : "retry"),
      );
      const sent = await Promise.race([sending, tooLate]);
      clearTimeout(late);
      transport.close();
      return sent;
    },
  };
}

/** What nodemailer is given for a letter, but for its sender. Addresses are values: nothing in them is parsed. */
export function mailOf({ to, subject, text, language, id }: Letter, domain: string) {
  return {
    to: { name: "", address: to },
    subject,
    text,
    messageId: `<${id}@${domain}>`,
    // Nobody's holiday note shall answer it (RFC 3834).
    headers: { "Auto-Submitted": "auto-generated", "Content-Language": language },
  };
}

/** The server will not take this letter for this address, ever. A wrong password or sender is ours, and may be put right. */
function isRefusal(error: unknown): boolean {
  const { responseCode, command } = error as { responseCode?: unknown; command?: unknown };
  const permanent = typeof responseCode === "number" && responseCode >= 500;
  return permanent && (command === "RCPT TO" || command === "DATA");
}
