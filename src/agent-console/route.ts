import type { z } from "zod";
import type { Answer, Exchange } from "../http/exchange.ts";
import type { AuditEntry } from "../requests/audit.ts";
import type { Policy } from "./policy.ts";
import type { Role } from "./role.ts";
import type { Session } from "./sessions.ts";

/**
 * What the audit gets of a call at an operator. A name: one row, written before the route runs, with the `reason` that
 * the call brings, if any; what shows a person's data (`READS`) is counted besides, and too many want a second person.
 * `with-its-effect`: the route's own store writes it in the transaction of what it changes. `nothing`: only what holds
 * no customer's data and changes nothing.
 */
export type Trail = AuditEntry["what"] | "with-its-effect" | "nothing";

/** A call as every route sees it. */
export interface Call {
  exchange: Exchange;
  /** Milliseconds since 1970. */
  now: number;
}
export interface SignedIn extends Call {
  session: Session;
}
export interface AtOperator extends SignedIn {
  operator: string;
}

type Handle<C, T extends z.ZodType> = (call: C, told: z.output<T>) => Answer | Promise<Answer>;

interface Told<C, T extends z.ZodType> {
  /** Only GET and POST: GET changes nothing, POST is JSON from our own page with the session's token. */
  method: "GET" | "POST";
  path: `/console${string}`;
  /** The query of a GET, the body of a POST: a strict object, so that an unknown field is refused. */
  takes: T;
  handle: Handle<C, T>;
}

/** A route of the console as a value; made by `anyone`, `signedIn` or `atOperator`, served by `mount`. */
export interface ConsoleRoute {
  method: "GET" | "POST";
  path: string;
  policy: Policy;
  trail: Trail;
  takes: z.ZodType;
  handle(
    call: Call & { session: Session | undefined; operator: string },
    told: unknown,
  ): Answer | Promise<Answer>;
}

/** For whoever comes: the page itself, signing in, an invitation. */
export const anyone = <T extends z.ZodType>(route: Told<Call, T>): ConsoleRoute =>
  ({ ...route, policy: { for: "anyone" }, trail: "nothing" }) as ConsoleRoute;

/** For whoever has signed in: their own account. */
export const signedIn = <T extends z.ZodType>(route: Told<SignedIn, T>): ConsoleRoute =>
  ({ ...route, policy: { for: "signed-in" }, trail: "nothing" }) as ConsoleRoute;

/** For these roles at the operator that the path names. */
export const atOperator = <T extends z.ZodType>(
  route: Told<AtOperator, T> & {
    path: `/console/api/operators/:operator/${string}`;
    roles: readonly Role[];
    trail: Trail;
  },
): ConsoleRoute => {
  const { roles, ...rest } = route;
  return { ...rest, policy: { for: "operator", roles } } as ConsoleRoute;
};
