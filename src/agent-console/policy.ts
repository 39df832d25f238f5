import type { Grants, Role } from "./role.ts";

/** Who may use a route. `operator`: whoever has one of the roles at the operator that the path names as `:operator`. */
export type Policy = { for: "anyone" } | { for: "signed-in" } | { for: "operator"; roles: readonly Role[] };

/** `unknown`: the operator is not one of the caller's, which is told as if there were none. */
export type Verdict = "pass" | "sign-in" | "unknown" | "forbidden";

/** `grants`: of whoever is signed in; undefined when nobody is. Pure. */
export function judge(policy: Policy, grants: Grants | undefined, operator: string | undefined): Verdict {
  if (policy.for === "anyone") return "pass";
  if (!grants) return "sign-in";
  if (policy.for === "signed-in") return "pass";
  const roles = operator !== undefined && Object.hasOwn(grants, operator) ? grants[operator] : undefined;
  if (!roles || roles.length === 0) return "unknown";
  return roles.some((role) => policy.roles.includes(role)) ? "pass" : "forbidden";
}
