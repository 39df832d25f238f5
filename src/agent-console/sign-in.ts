import type { Random } from "../requests/receipt.ts";
import type { Accounts, Credentials } from "./accounts.ts";
import { readRecovery, stepOf } from "./one-time.ts";
import type { Passwords } from "./password.ts";
import type { Sessions } from "./sessions.ts";
import type { Tries, TrySubject } from "./tries.ts";

/** What signing in needs. */
export interface Door {
  accounts: Accounts;
  sessions: Sessions;
  tries: Tries;
  passwords: Passwords;
  random: Random;
}

export interface Attempt {
  login: string;
  password: string;
  /** A one-time code, or a recovery code. */
  code: string;
}

/** From where: the address that limits count, and the secret by which the browser is known, if it has one. */
export interface Whence {
  address: string;
  device: string | undefined;
}

/**
 * `no` says not what was wrong: whether there is such an account is nobody's to know. `device`: a new secret for a
 * browser that was not known.
 */
export type SignedIn =
  | { kind: "in"; account: string; secret: string; device: string | undefined }
  | { kind: "wait"; ms: number }
  | { kind: "no" };

const DEVICE_MS = 180 * 24 * 60 * 60_000;

/** A login as it is looked up, however it was typed. */
export const plainLogin = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

/** A secret of 256 bits. */
export const newSecret = (random: Random): string => Buffer.from(random(32)).toString("base64url");

/** Password and code in one step: there is no half of it to begin from. */
export async function signIn(door: Door, attempt: Attempt, whence: Whence, now: number): Promise<SignedIn> {
  const { accounts, sessions, random } = door;
  const proven = await prove(door, attempt, whence, now);
  if (proven.kind !== "in") return proven;
  const secret = newSecret(random);
  await sessions.begin(proven.account, secret, now);
  if (proven.known) return { kind: "in", account: proven.account, secret, device: undefined };
  const device = newSecret(random);
  await accounts.rememberDevice(plainLogin(attempt.login), device, now + DEVICE_MS, now);
  return { kind: "in", account: proven.account, secret, device };
}

type Proven = { kind: "in"; account: string; known: boolean } | { kind: "wait"; ms: number } | { kind: "no" };

/**
 * Whether it is who it says. A browser that has signed in before has tries of its own, so that nobody who guesses
 * elsewhere locks it out.
 */
export async function prove(
  { accounts, tries, passwords }: Door,
  { login: typed, password, code }: Attempt,
  { address, device }: Whence,
  now: number,
): Promise<Proven> {
  const login = plainLogin(typed);
  const known = device !== undefined && (await accounts.knowsDevice(login, device, now));
  const subjects: TrySubject[] = known
    ? [{ kind: "device", key: `${login} ${device}` }]
    : [
        { kind: "account", key: login },
        { kind: "address", key: address },
      ];
  const ms = await tries.take(subjects, now);
  if (ms > 0) return { kind: "wait", ms };
  const credentials = await accounts.credentials(login);
  const fits = await passwords.fits(password, credentials?.password);
  if (!credentials || !fits || !(await useCode(accounts, credentials, code, now))) return { kind: "no" };
  await tries.forgive(subjects);
  return { kind: "in", account: credentials.account, known };
}

/** A code is used up by the one call that is first. */
async function useCode(
  accounts: Accounts,
  { account, totp }: Credentials,
  code: string,
  now: number,
): Promise<boolean> {
  const plain = code.normalize("NFKC").replace(/\s/g, "");
  const step = stepOf(totp, plain, now);
  if (step !== undefined) return accounts.useStep(account, step);
  const recovery = readRecovery(code);
  return recovery !== undefined && accounts.useRecovery(account, recovery);
}
