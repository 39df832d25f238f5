import type { Clock } from "../ports.ts";
import type { Locale } from "../reply/locale.ts";
import type { AuditEntry } from "../requests/audit.ts";
import type { Random } from "../requests/receipt.ts";

/** How long a link lives unless told otherwise, and for how long whoever has opened it may look again. */
export const LINK_MS = 86_400_000;
export const LOOK_AGAIN_MS = 600_000;
const LINK_BYTES = 32;

/** A link that nobody can guess. */
export const newLink = (random: Random): string => Buffer.from(random(LINK_BYTES)).toString("base64url");

/** Where a link is opened, under the address that customers see. The address tells the link and a language alone. */
export const linkAddress = (publicUrl: string, what: Target["what"], link: string, locale: Locale): string =>
  `${publicUrl}/${what}/${link}?lang=${locale}`;

/** What a link opens: that alone. */
export type Target =
  | { what: "transcript"; conversation: string }
  /** All that is held on the person behind a request; it asks for the request's status code. */
  | { what: "own-data"; operator: string; receipt: string };

/** What somebody shows who opens a link: `session`, a random word of theirs; `code`, as typed, where one is asked for. */
export interface Key {
  session: string;
  code?: string;
}

export type Opening =
  /** To this session, now and for `LOOK_AGAIN_MS`. */
  | { kind: "opened"; target: Target }
  /** It waits for its code. */
  | { kind: "unopened" }
  | { kind: "wrong-code" }
  /** Too many wrong tries at that receipt number, here or in a chat, whatever code was told now. */
  | { kind: "locked" }
  /** Somebody has opened it before. */
  | { kind: "used" }
  /** There is no such link, or it is over. */
  | { kind: "unknown" };

/**
 * Links that open once. A link is 256 random bits; kept is its keyed hash, and what it opens is sealed. It goes with the
 * chat or request that it hangs on. `now` and `until`: milliseconds since 1970.
 */
export interface Links {
  /** False when there is no such chat or request. `told`: who has it made, for the audit. */
  make(link: string, target: Target, until: number, told?: Omit<AuditEntry, "operator">): Promise<boolean>;
  /** Without opening it: whose it is, when it waits to be opened. */
  look(
    what: Target["what"],
    link: string,
    now: number,
  ): Promise<{ kind: "unopened"; operator: string } | { kind: "used" } | { kind: "unknown" }>;
  /** Of all who try at once exactly one has it opened. Wrong codes are counted with those of the chats. */
  open(what: Target["what"], link: string, key: Key, now: number): Promise<Opening>;
}

/** What making a link takes. */
export interface LinkMaker {
  links: Pick<Links, "make">;
  random: Random;
  clock: Clock;
  /** The address that customers see, without a slash at its end. */
  publicUrl: string;
  /** How long it lives, at most a day. */
  lifeMs?: number;
}

/** A link to a person's own data, to be handed to them; undefined when there is no such request. */
export async function ownDataLink(
  { links, random, clock, publicUrl, lifeMs = LINK_MS }: LinkMaker,
  { operator, receipt }: { operator: string; receipt: string },
  locale: Locale,
  told: Omit<AuditEntry, "operator">,
): Promise<string | undefined> {
  const link = newLink(random);
  const target = { what: "own-data", operator, receipt } as const;
  const until = clock.now() + Math.min(lifeMs, LINK_MS);
  if (!(await links.make(link, target, until, told))) return undefined;
  return linkAddress(publicUrl, target.what, link, locale);
}
