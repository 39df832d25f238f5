import { Secret, TOTP } from "otpauth";
import type { Random } from "../requests/receipt.ts";

const STEP_S = 30;
/** Steps of time before and after now whose code is taken: clocks of telephones differ. */
const WINDOW = 1;
/** 160 bits, as RFC 4226 recommends. */
const SECRET_BYTES = 20;
const RECOVERY_CODES = 8;
/** Nobody can mistake one for another: no 0, O, 1, I, L. */
const LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

/** A new secret in base32. */
export const newTotp = (random: Random): string =>
  new Secret({ buffer: Uint8Array.from(random(SECRET_BYTES)).buffer }).base32;

const totp = (secret: string, login = "") =>
  new TOTP({
    issuer: "Madoguchi",
    label: login,
    secret: Secret.fromBase32(secret),
    period: STEP_S,
    digits: 6,
  });

/** The address that an app for one-time codes takes, as text or drawn. */
export const totpAddress = (secret: string, login: string): string => totp(secret, login).toString();

/** The step of time whose code this is; undefined when it is none of now. */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = totp(secret).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? undefined : Math.floor(now / 1_000 / STEP_S) + delta;
}

/** `xxxxx-xxxxx`: each good for one sign-in without the telephone. */
export const recoveryCodes = (random: Random): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => {
    // 31 letters from 8 random bits favour some a little: 49 bits instead of 49.5.
    const letters = Array.from(random(10), (byte) => LETTERS[byte % LETTERS.length]).join("");
    return `${letters.slice(0, 5)}-${letters.slice(5)}`;
  });

/** A recovery code as typed, as it is kept; undefined when it cannot be one. */
export function readRecovery(text: string): string | undefined {
  const letters = text.normalize("NFKC").toLowerCase().replace(/[\s-]/g, "");
  return /^[2-9a-z]{10}$/.test(letters) ? `${letters.slice(0, 5)}-${letters.slice(5)}` : undefined;
}
