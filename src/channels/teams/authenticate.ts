import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from "jose";
import { z } from "zod";
import type { Exchange } from "../../http/exchange.ts";
import type { Clock } from "../../ports.ts";
import { isLoopback } from "./settings.ts";
import type { SigningKeys } from "./signing-keys.ts";

/** What a channel has proved about itself. */
export interface Caller {
  /** Where replies to it go. */
  serviceUrl: string;
  /** The channels that its key may sign for. */
  endorsements: ReadonlySet<string>;
}

export type Authenticated =
  | { kind: "caller"; caller: Caller }
  /** Nobody is checked: a bot on this machine, for its developer. */
  | { kind: "anonymous" }
  | { kind: "refused" }
  /** The keys cannot be had now. */
  | { kind: "unavailable" };

export type Authenticate = (exchange: Pick<Exchange, "header" | "address">) => Promise<Authenticated>;

const ALGORITHMS = ["RS256", "RS384", "RS512"];
/** Clocks may differ by this much, as everywhere in Bot Framework. */
const SKEW_S = 300;
/** Tokens of channels have one or two thousand characters. */
const MAX_TOKEN = 8_192;
const REFUSED = { kind: "refused" } as const;

const head = z.object({ alg: z.enum(ALGORITHMS), kid: z.string().min(1).max(200) });
const claims = z.object({ serviceurl: z.string().min(1) });

/**
 * Checks the token of a channel in full: signature, issuer, audience, times, and that it says where replies go. Tokens
 * of the Emulator, of skills and of other bots are no channel's: they are refused.
 */
export function authenticateTokens(
  keys: Pick<SigningKeys, "find">,
  expected: { issuer: string; appId: string },
  clock: Clock,
): Authenticate {
  return async (exchange) => {
    const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(exchange.header("authorization") ?? "") ?? [];
    if (token === undefined || token.length > MAX_TOKEN) return REFUSED;
    const header = claimed(token, expected);
    if (!header) return REFUSED;
    const found = await keys.find(header.kid);
    if (found.kind === "unavailable") return found;
    if (found.kind === "none") return REFUSED;
    const { jwk, endorsements } = found.key;
    try {
      const { payload } = await jwtVerify(token, await importJWK(jwk, header.alg), {
        algorithms: ALGORITHMS,
        issuer: expected.issuer,
        audience: expected.appId,
        clockTolerance: SKEW_S,
        currentDate: new Date(clock.now()),
        requiredClaims: ["exp"],
      });
      const { serviceurl } = claims.parse(payload);
      return { kind: "caller", caller: { serviceUrl: serviceurl, endorsements } };
    } catch {
      return REFUSED;
    }
  };
}

/** What a token says of itself, unproved: one that cannot be for us has no key looked up. */
function claimed(token: string, { issuer, appId }: { issuer: string; appId: string }) {
  try {
    const { iss, aud } = decodeJwt(token);
    return iss === issuer && aud === appId ? head.parse(decodeProtectedHeader(token)) : undefined;
  } catch {
    return undefined;
  }
}

const FORWARDING = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

/** Nobody is checked, and only this machine is answered: no tunnel, no page of another origin, no name but its own. */
export function authenticateLoopback(): Authenticate {
  return async ({ header, address }) => {
    const host = (header("host") ?? "").replace(/:\d+$/, "");
    const origin = header("origin");
    const near = address.startsWith("127.") || address === "0:0:0:0::/64";
    const ours = origin === undefined || (URL.canParse(origin) && isLoopback(new URL(origin).hostname));
    const forwarded = FORWARDING.some((name) => header(name) !== undefined);
    return near && isLoopback(host) && ours && !forwarded ? { kind: "anonymous" } : REFUSED;
  };
}
