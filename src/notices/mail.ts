/** One mail of plain text. Nothing in it was written by a person but the address. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
  /** `ja` or `en`. */
  language: string;
  /** The same over all tries, so that a mail server can tell a second delivery: letters, digits, `-` and `_`. */
  id: string;
}

/** `sent`: a server has it, or a file. `retry`: it may be taken later. `refused`: this letter never will be. */
export type Sent = "sent" | "retry" | "refused";

/** A way to send mail. */
export interface Mail {
  /** Never throws, and ends within 100 seconds. */
  send(letter: Letter): Promise<Sent>;
}

/** As settings name it. `name` is shown beside the address; it may be empty. */
export interface Sender {
  name: string;
  address: string;
}

export interface SmtpSettings {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS is required, but on this machine's own loopback. */
  secure: boolean;
  loopback: boolean;
  login?: { user: string; password: string };
  from: Sender;
}

/** One address, and nothing that a header could take for another. */
export const isAddress = (text: string): boolean =>
  text.length <= 254 && /^[^\s\p{C}<>()[\]\\,;:@"]{1,64}@[^\s\p{C}<>()[\]\\,;:@"]+$/u.test(text);
