/** What an account may be at an operator; several at once may be. */
export const ROLES = ["agent", "supervisor", "privacy-officer", "auditor"] as const;
export type Role = (typeof ROLES)[number];

/** Everybody at the console who works on what customers want; an auditor looks on. */
export const WORKERS: readonly Role[] = ["agent", "supervisor", "privacy-officer"];
/** Who answers for how the desk works; an auditor looks on. */
export const OVERSEERS: readonly Role[] = ["supervisor", "privacy-officer", "auditor"];
/** Who may release what another one has prepared. */
export const RELEASERS: readonly Role[] = ["supervisor", "privacy-officer"];

/** The roles of an account by operator. An operator that is not in here does not exist for it. */
export type Grants = Readonly<Record<string, readonly Role[]>>;
