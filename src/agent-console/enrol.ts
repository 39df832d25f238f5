import { recoveryCodes, stepOf } from "./one-time.ts";
import { issueOf, type PasswordIssue } from "./password.ts";
import type { Door } from "./sign-in.ts";

/** `used`: the invitation is none, was taken up, or its time is over. */
export type Enrolled =
  | { kind: "enrolled"; account: string; recovery: readonly string[] }
  | { kind: "used" }
  | { kind: "code" }
  | { kind: "password"; issue: PasswordIssue };

/** Takes up an invitation: a password of one's own, and a first code that shows that the telephone has the secret. */
export async function enrol(
  { accounts, passwords, random }: Pick<Door, "accounts" | "passwords" | "random">,
  { token, password, code }: { token: string; password: string; code: string },
  now: number,
): Promise<Enrolled> {
  const invited = await accounts.invitation(token, now);
  if (!invited) return { kind: "used" };
  const issue = issueOf(password, [invited.login, invited.name]);
  if (issue) return { kind: "password", issue };
  const step = stepOf(invited.totp, code.normalize("NFKC").replace(/\s/g, ""), now);
  if (step === undefined) return { kind: "code" };
  const recovery = recoveryCodes(random);
  const done = await accounts.enrol(token, await passwords.hash(password), step, recovery, now);
  return done ? { kind: "enrolled", account: invited.account, recovery } : { kind: "used" };
}
