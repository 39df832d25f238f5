import { isAddress, type Sender, type SmtpSettings } from "./mail.ts";

const PORTS = { "smtp:": 587, "smtps:": 465 } as const;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** SMTP_URL and MAIL_FROM as settings, or what is wrong with them, never with their values; none when neither is set. */
export function readMail(
  url: string | undefined,
  from: string | undefined,
  problems: string[],
): SmtpSettings | undefined {
  if (url === undefined && from === undefined) return undefined;
  if (url === undefined) problems.push("SMTP_URL is missing: MAIL_FROM is set");
  if (from === undefined) problems.push("MAIL_FROM is missing: SMTP_URL is set");
  const server = url === undefined ? undefined : serverOf(url, problems);
  const sender = from === undefined ? undefined : senderOf(from);
  if (from !== undefined && !sender)
    problems.push("MAIL_FROM must be an address such as desk@example.jp or Name <desk@example.jp>");
  return server && sender ? { ...server, from: sender } : undefined;
}

function serverOf(text: string, problems: string[]): Omit<SmtpSettings, "from"> | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const { protocol, pathname, search, hash, hostname } = url ?? {};
  const rest = `${pathname === "/" ? "" : pathname}${search}${hash}`;
  if (!url || (protocol !== "smtp:" && protocol !== "smtps:") || !hostname || rest !== "") {
    problems.push("SMTP_URL must be smtps://user:password@host:port or smtp://user:password@host:port");
    return undefined;
  }
  const login = loginOf(url);
  if (login === "wrong") {
    problems.push("SMTP_URL must have both a user and a password, percent-encoded, or neither");
    return undefined;
  }
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? PORTS[protocol] : Number(url.port),
    secure: protocol === "smtps:",
    loopback: LOOPBACK.test(hostname),
    ...(login ? { login } : {}),
  };
}

function loginOf({ username, password }: URL): SmtpSettings["login"] | "wrong" {
  if (username === "" && password === "") return undefined;
  if (username === "" || password === "") return "wrong";
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return "wrong";
  }
}

function senderOf(text: string): Sender | undefined {
  const [, name = "", address = ""] = /^(?:"?([^"<>\p{C}]*?)"?\s*<([^<>]+)>|)$/u.exec(text.trim()) ?? [];
  const sender = address === "" ? { name: "", address: text.trim() } : { name: name.trim(), address };
  return isAddress(sender.address) ? sender : undefined;
}
