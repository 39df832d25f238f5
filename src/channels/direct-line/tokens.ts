import { createHash, timingSafeEqual, webcrypto } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import type { Clock, Ids } from "../../ports.ts";

/** Life of a token, in seconds. */
const TOKEN_S = 1_800;
/** A token may be refreshed until this long after the first of its chain, in seconds. */
const CHAIN_S = 86_400;
/** Time to open the stream, in seconds. */
export const TICKET_S = 60;

/** Whom a token lets in: one customer into one chat. */
export interface Pass {
  conversation: string;
  customer: string;
  operator: string;
  /** How often the chat had been taken over when the token was made. */
  generation: number;
  /** Begin of the chain of refreshes, in seconds since 1970. */
  first: number;
  /** Fingerprint of the secret that asked for it; null for the widget. A changed secret ends its tokens. */
  secret: string | null;
  /** End of its life, in seconds since 1970. */
  expires: number;
}

export type Verified = { kind: "valid"; pass: Pass; id: string } | { kind: "expired" } | { kind: "invalid" };

type Audience = "directline" | "stream";
const ISSUER = "madoguchi";

/** Signs and checks tokens (JWT, HS256) and the stream's tickets. `tokenKey`: 32 bytes or more. */
export class Tokens {
  readonly #key: Promise<webcrypto.CryptoKey>;
  /** Tokens whose signature was good, with what they say: a client sends the same one again and again. */
  readonly #known = new Map<string, Known>();
  readonly #clock: Clock;
  readonly #ids: Ids;

  constructor(tokenKey: Uint8Array, clock: Clock, ids: Ids) {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    this.#key = webcrypto.subtle.importKey("raw", Buffer.from(tokenKey), algorithm, false, [
      "sign",
      "verify",
    ]);
    this.#clock = clock;
    this.#ids = ids;
  }

  /** A token for 30 minutes, or to the end of its chain; undefined when the chain has ended. */
  async issue(
    pass: Omit<Pass, "expires">,
  ): Promise<{ token: string; expiresIn: number; expires: number } | undefined> {
    const now = this.#now();
    const expires = Math.min(now + TOKEN_S, pass.first + CHAIN_S);
    if (expires <= now) return undefined;
    const token = await this.#sign("directline", { ...pass, expires }, expires);
    return { token, expiresIn: expires - now, expires };
  }

  /** A ticket to open the stream once. `pass.expires` goes with it: the stream ends with the token. */
  ticket(pass: Pass): Promise<string> {
    return this.#sign("stream", pass, Math.min(this.#now() + TICKET_S, pass.expires));
  }

  async verify(audience: Audience, token: string): Promise<Verified> {
    if (token.length > 2_048) return { kind: "invalid" };
    const known = this.#known.get(token);
    if (known?.audience === audience) return known.ends > this.#now() ? known.verified : { kind: "expired" };
    try {
      const { payload } = await jwtVerify(token, await this.#key, {
        algorithms: ["HS256"],
        issuer: ISSUER,
        audience,
        currentDate: new Date(this.#clock.now()),
        requiredClaims: ["exp", "jti", "conv", "user", "bot"],
      });
      const { conv, user, bot, gen, first, sec, until, jti = "" } = payload as typeof payload & Claims;
      const who = { conversation: conv, customer: user, operator: bot };
      const pass = { ...who, generation: gen, first, secret: sec, expires: until };
      const verified = { kind: "valid", id: jti, pass } as const;
      this.#remember(token, { audience, ends: payload.exp ?? 0, verified });
      return verified;
    } catch (error) {
      return { kind: error instanceof errors.JWTExpired ? "expired" : "invalid" };
    }
  }

  #remember(token: string, known: Known): void {
    const [oldest] = this.#known.size >= MAX_KNOWN ? this.#known.keys() : [];
    if (oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(token, known);
  }

  async #sign(audience: Audience, pass: Pass, expires: number): Promise<string> {
    const { conversation, customer, operator, generation, first, secret } = pass;
    const claims: Claims = {
      bot: operator,
      site: operator,
      conv: conversation,
      user: customer,
      gen: generation,
      first,
      sec: secret,
      until: pass.expires,
    };
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setIssuedAt(this.#now())
      .setNotBefore(this.#now())
      .setExpirationTime(expires)
      .setJti(this.#ids.next())
      .sign(await this.#key);
  }

  #now(): number {
    return Math.floor(this.#clock.now() / 1_000);
  }
}

/** Tokens remembered at once. */
const MAX_KNOWN = 10_000;

interface Known {
  audience: Audience;
  /** In seconds since 1970. */
  ends: number;
  verified: Verified & { kind: "valid" };
}

interface Claims {
  bot: string;
  site: string;
  conv: string;
  user: string;
  gen: number;
  first: number;
  sec: string | null;
  until: number;
}

/** Compares in constant time, also over different lengths. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}

/** A short name for a secret that does not give it away. */
export function fingerprint(secret: string): string {
  return createHash("sha256").update("madoguchi secret\0").update(secret).digest("base64url").slice(0, 12);
}
