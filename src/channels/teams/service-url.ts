/**
 * Hosts to which Microsoft's own channels have their bots reply (documented for firewalls): Teams, and the services of
 * Azure Bot Service, each of which has a name below `botframework.com`.
 */
const TEAMS = "smba.trafficmanager.net";
const SERVICE = /^([a-z0-9-]+\.){1,3}botframework\.com$/;
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])$/;
const MAX_LENGTH = 300;

/**
 * Where replies may go, with our access token. Only a plain https address of a known host counts: no user, no port that
 * was not set, no query, nothing that one reader takes for another host than the next.
 */
export class ServiceUrls {
  readonly #origins: ReadonlySet<string>;
  readonly #loopback: boolean;

  /** `origins`: beside Microsoft's own. `loopback`: this machine alone, instead of all others. */
  constructor(origins: readonly string[], loopback: boolean) {
    this.#origins = new Set(origins);
    this.#loopback = loopback;
  }

  allows(text: string): boolean {
    const host = plainHost(text);
    if (host === undefined) return false;
    const { origin, protocol, hostname, port } = new URL(text);
    if (this.#loopback) return LOOPBACK.test(hostname);
    if (this.#origins.has(origin)) return true;
    return protocol === "https:" && port === "" && host === hostname && isMicrosofts(hostname);
  }
}

function isMicrosofts(hostname: string): boolean {
  return hostname === TEAMS || SERVICE.test(hostname);
}

/** The host (and port) of an address that says the same to every reader; undefined for any other. */
export function plainHost(text: string): string | undefined {
  const [, host, path = ""] =
    /^https?:\/\/([a-z0-9.-]+(?::\d{1,5})?|\[::1\](?::\d{1,5})?)(\/[\w.~/-]*)?$/.exec(text) ?? [];
  if (host === undefined || text.length > MAX_LENGTH || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const same = url.host === host || `${url.host}:${url.protocol === "https:" ? 443 : 80}` === host;
  return same && !/(^|\/)\.\.?(\/|$)/.test(path) ? host : undefined;
}
