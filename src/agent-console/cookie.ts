/** The two things that a browser keeps for the console; neither can be read by a script. */
export interface Cookies {
  /** The session's secret that a request brings. */
  session(header: string | undefined): string | undefined;
  /** The secret by which a browser is known from an earlier sign-in. */
  device(header: string | undefined): string | undefined;
  begin(secret: string): string;
  end(): string;
  remember(device: string): string;
}

const DEVICE_S = 180 * 24 * 60 * 60;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The one place that decides how cookies are kept. By https they are `__Host-` and Secure; on this machine alone, by
 * http, they have no prefix, which browsers refuse there. Undefined: the address is neither, and nobody can sign in.
 */
export function cookiesFor(publicUrl: string): Cookies | undefined {
  const { protocol, hostname } = new URL(publicUrl);
  const secure = protocol === "https:";
  if (!secure && !LOOPBACK.test(hostname)) return undefined;
  const prefix = secure ? "__Host-" : "";
  const [session, device] = [`${prefix}madoguchi-session`, `${prefix}madoguchi-device`];
  const cookie = (name: string, value: string, life = "") =>
    `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}${life}`;
  return {
    session: (header) => onlyValue(header, session),
    device: (header) => onlyValue(header, device),
    begin: (secret) => cookie(session, secret),
    end: () => cookie(session, "", "; Max-Age=0"),
    remember: (secret) => cookie(device, secret, `; Max-Age=${DEVICE_S}`),
  };
}

/** One value in the form that we give out; a name that is there twice is nobody's. */
function onlyValue(header: string | undefined, name: string): string | undefined {
  const found = (header ?? "").split(";").flatMap((part) => {
    const [key, value] = part.trim().split("=", 2);
    return key === name ? [value ?? ""] : [];
  });
  const [only] = found;
  return found.length === 1 && only && /^[\w-]{43}$/.test(only) ? only : undefined;
}
