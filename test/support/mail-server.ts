import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { onTestFinished } from "vitest";
import { tempFolder } from "./temp.ts";

export interface Received {
  from: string;
  to: string[];
  source: string;
  headers: Map<string, string>;
  /** Decoded. */
  subject: string;
  text: string;
  secure: boolean;
  user: string | undefined;
}

export interface MailServer {
  port: number;
  /** Every mail that was taken, in order. */
  received: Received[];
  stop(): Promise<void>;
}

export interface MailServerOptions extends SMTPServerOptions {
  port?: number;
  /** Certificate and key; none: no TLS at all. */
  tls?: Certificate;
  /** What becomes of a mail; it is taken unless this gives an answer code. */
  judge?: (to: string) => number | undefined;
  /** Waits before the last word. */
  slowMs?: number;
  login?: { user: string; password: string };
}

export interface Certificate {
  key: string;
  cert: string;
}

/** A certificate for `127.0.0.1` and `localhost` that signs itself; trusted by this process when `trusted`. */
export function certificate(trusted: boolean): Certificate {
  const folder = tempFolder();
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const names = "subjectAltName=IP:127.0.0.1,DNS:localhost";
  const options = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext ${names}`;
  execFileSync("openssl", [...options.split(" "), "-keyout", key, "-out", cert], { stdio: "ignore" });
  const made = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  if (trusted) {
    const before = getCACertificates("default");
    setDefaultCACertificates([...before, made.cert]);
    onTestFinished(() => setDefaultCACertificates(before));
  }
  return made;
}

/** A mail server of this test on 127.0.0.1. */
export async function mailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { judge, slowMs = 0, tls, login, port = 0, ...more } = options;
  const received: Received[] = [];
  const server = new SMTPServer({
    ...(tls ? { ...tls } : { disabledCommands: ["STARTTLS", ...(login ? [] : ["AUTH"])] }),
    authOptional: !login,
    disableReverseLookup: true,
    ...more,
    onAuth(auth, _session, done) {
      if (auth.username === login?.user && auth.password === login?.password)
        done(null, { user: auth.username });
      else done(Object.assign(new Error("no"), { responseCode: 535 }));
    },
    onRcptTo({ address }, _session, done) {
      const code = judge?.(address);
      done(code ? Object.assign(new Error("not now"), { responseCode: code }) : null);
    },
    onData(stream, session, done) {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        const source = Buffer.concat(pieces).toString("utf8");
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          ...read(source),
          secure: session.secure,
          user: session.user,
        });
        setTimeout(() => done(), slowMs);
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  const address = server.server.address();
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= new Promise<void>((resolve) => server.close(() => resolve()));
    return stopped;
  };
  onTestFinished(stop);
  return { port: typeof address === "object" && address ? address.port : 0, received, stop };
}

/** A mail of one part, as our own letters are. */
export function read(source: string): Pick<Received, "source" | "headers" | "subject" | "text"> {
  const [head = "", ...rest] = source.replaceAll("\r\n", "\n").split("\n\n");
  const body = rest.join("\n\n");
  const headers = new Map<string, string>();
  for (const line of head.replace(/\n[ \t]+/g, " ").split("\n")) {
    const [name = "", ...value] = line.split(":");
    const key = name.toLowerCase();
    headers.set(
      key,
      headers.has(key) ? `${headers.get(key)} | ${value.join(":").trim()}` : value.join(":").trim(),
    );
  }
  const encoding = headers.get("content-transfer-encoding");
  const text =
    encoding === "base64"
      ? Buffer.from(body, "base64").toString("utf8")
      : encoding === "quoted-printable"
        ? Buffer.from(
            body
              .replace(/=\n/g, "")
              .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            "latin1",
          ).toString("utf8")
        : body;
  return { source, headers, subject: words(headers.get("subject") ?? ""), text };
}

/** Encoded words (RFC 2047). */
const words = (header: string): string =>
  header
    .replace(/(\?=)\s+(=\?)/g, "$1$2")
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(text, "base64").toString("utf8")
        : Buffer.from(
            text
              .replace(/_/g, " ")
              .replace(/=([0-9A-F]{2})/gi, (_match, hex: string) =>
                String.fromCharCode(Number.parseInt(hex, 16)),
              ),
            "latin1",
          ).toString("utf8"),
    );
