/** Who is signed in, as the server tells it. */
export interface Me {
  signedIn: true;
  session: string;
  account: string;
  login: string;
  name: string;
  desks: readonly Desk[];
  csrf: string;
}

export interface Desk {
  id: string;
  name: Readonly<Record<"ja" | "en", string>>;
  roles: readonly string[];
}

export type Whoever = Me | { signedIn: false; accounts: boolean };

const WORKERS = ["agent", "supervisor", "privacy-officer"];
const TAKERS = ["agent", "supervisor"];
const RELEASERS = ["supervisor", "privacy-officer"];
const OVERSEERS = ["supervisor", "privacy-officer", "auditor"];
/** The server judges; this only keeps from offering what it would refuse. */
export const mayWork = (desk: Desk): boolean => desk.roles.some((role) => WORKERS.includes(role));
export const mayRelease = (desk: Desk): boolean => desk.roles.some((role) => RELEASERS.includes(role));
/** Whether chats may be taken. */
export const mayTake = (desk: Desk): boolean => desk.roles.some((role) => TAKERS.includes(role));
/** Whether there is something to see of what customers thought. */
export const mayOversee = (desk: Desk): boolean => desk.roles.some((role) => OVERSEERS.includes(role));
