import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { guessable } from "./guessable.ts";

/** Characters (code points) that a password has. */
const PASSWORD = { least: 12, most: 128 } as const;

/** argon2id as OWASP's cheat sheet on password storage has it (2024): 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const SALT_BYTES = 16;
/** Hashes that are computed at once, and that may wait: each takes its memory, and all share four threads. */
const [AT_ONCE, MOST_WAITING] = [2, 200];

export type PasswordIssue = "short" | "long" | "guessable";

/** What is wrong with a new password. `own`: words that are no secret to anybody, such as the login. */
export function issueOf(password: string, own: readonly string[]): PasswordIssue | undefined {
  const length = Array.from(password).length;
  if (length < PASSWORD.least) return "short";
  if (length > PASSWORD.most) return "long";
  return guessable(password, own) ? "guessable" : undefined;
}

/** Too many sign in at once. Holds no content. */
export class PasswordsBusy extends Error {
  constructor() {
    super("too many passwords wait to be looked at");
  }
}

/** Hashes passwords off the event loop, a few at a time. `salts` gives random bytes. */
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  /** Takes as long to compare with as any other, and fits nothing. */
  readonly #nobody = encoded(randomBytes(SALT_BYTES), Buffer.alloc(COST.tagLength));

  /** `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. @throws {PasswordsBusy} */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    return encoded(salt, await this.#derive(password, salt));
  }

  /** Whether it is the one; without a hash it takes as long and it is not. @throws {PasswordsBusy} */
  async fits(password: string, hash: string | undefined): Promise<boolean> {
    const [, , , , salt = "", tag = ""] = (hash ?? this.#nobody).split("$");
    const derived = await this.#derive(password, Buffer.from(salt, "base64url"));
    const wanted = Buffer.from(tag, "base64url");
    return wanted.length === derived.length && timingSafeEqual(wanted, derived) && hash !== undefined;
  }

  async #derive(password: string, salt: Buffer): Promise<Buffer> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= MOST_WAITING) throw new PasswordsBusy();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running += 1;
    try {
      return await new Promise((resolve, reject) =>
        argon2("argon2id", { message: password.normalize("NFC"), nonce: salt, ...COST }, (error, key) =>
          error ? reject(error) : resolve(key),
        ),
      );
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}

const encoded = (salt: Buffer, tag: Buffer): string =>
  `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${salt.toString("base64url")}$${tag.toString("base64url")}`;
