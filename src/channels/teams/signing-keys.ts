import { z } from "zod";
import type { Clock } from "../../ports.ts";

/** A key that signs what channels send, and the channels that it may sign for. */
export interface SigningKey {
  jwk: { kty: "RSA"; n: string; e: string };
  endorsements: ReadonlySet<string>;
}

export type FoundKey = { kind: "key"; key: SigningKey } | { kind: "none" } | { kind: "unavailable" };

const FRESH_MS = 86_400_000;
/** Keys that could not be renewed are good this long: longer than an outage, shorter than a forgotten key. */
const GOOD_MS = 5 * FRESH_MS;
/** An unknown key is looked for again after this long: keys change rarely, and strangers can name any. */
const LOOK_AGAIN_MS = 300_000;
const RETRY_MS = 1_000;
/** For both documents together: whoever waits is answered within three seconds. */
const FETCH_MS = 1_500;
const MAX_LENGTH = 512_000;

const metadata = z.object({ jwks_uri: z.string() });
const keySet = z.object({ keys: z.array(z.unknown()).max(500) });
const key = z.object({
  kid: z.string().min(1),
  kty: z.literal("RSA"),
  n: z.string(),
  e: z.string(),
  use: z.literal("sig").optional(),
  endorsements: z.array(z.string()).default([]),
});

/** The keys of one metadata address, fetched when they are needed and kept for a day. */
export class SigningKeys {
  readonly #url: string;
  readonly #clock: Clock;
  #keys: ReadonlyMap<string, SigningKey> = new Map();
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #failedAt = Number.NEGATIVE_INFINITY;
  #fetching: Promise<void> | undefined;

  constructor(url: string, clock: Clock) {
    this.#url = url;
    this.#clock = clock;
  }

  /** Answers within three seconds. */
  async find(kid: string): Promise<FoundKey> {
    const age = this.#age(this.#fetchedAt);
    const known = this.#keys.get(kid);
    if (known && age < FRESH_MS) return { kind: "key", key: known };
    if (!known && age < LOOK_AGAIN_MS) return { kind: "none" };
    if (this.#age(this.#failedAt) >= RETRY_MS) await this.#renew();
    const now = this.#keys.get(kid);
    const renewed = this.#age(this.#fetchedAt) < LOOK_AGAIN_MS;
    if (now && (renewed || age < GOOD_MS)) return { kind: "key", key: now };
    return { kind: renewed ? "none" : "unavailable" };
  }

  /** A clock that was set back makes nothing older than it is. */
  #age(at: number): number {
    return Math.abs(this.#clock.now() - at);
  }

  #renew(): Promise<void> {
    this.#fetching ??= fetchKeys(this.#url)
      .then(
        (keys) => {
          this.#keys = keys;
          this.#fetchedAt = this.#clock.now();
        },
        () => {
          this.#failedAt = this.#clock.now();
        },
      )
      .finally(() => {
        this.#fetching = undefined;
      });
    return this.#fetching;
  }
}

async function fetchKeys(url: string): Promise<Map<string, SigningKey>> {
  const signal = AbortSignal.timeout(FETCH_MS);
  const { jwks_uri: uri } = metadata.parse(await fetchJson(url, signal));
  // A metadata document names keys of its own server: any other address in it is not followed.
  if (new URL(uri).origin !== new URL(url).origin) throw new TypeError("keys of another server");
  const { keys } = keySet.parse(await fetchJson(uri, signal));
  const found = keys.flatMap((entry) => {
    const parsed = key.safeParse(entry);
    if (!parsed.success) return [];
    const { kid, kty, n, e, endorsements } = parsed.data;
    return [[kid, { jwk: { kty, n, e }, endorsements: new Set(endorsements) }] as const];
  });
  return new Map(found);
}

async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { redirect: "error", signal, headers: { Accept: "application/json" } });
  const text = response.ok ? await response.text() : "";
  if (text === "" || text.length > MAX_LENGTH) throw new TypeError("no document");
  return JSON.parse(text);
}
