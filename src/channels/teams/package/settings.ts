import { z } from "zod";

/** What an app package needs to know of the desk that it leads to. */
export interface PackageSettings {
  /** `MicrosoftAppId`, in small letters. */
  botId: string;
  /** `PUBLIC_URL` without a slash at its end, https. */
  publicUrl: string;
  /** The operator whose desk it is, when `TEAMS_OPERATOR` names one alone. */
  operator: string | undefined;
}

export type PackageResult =
  | { kind: "settings"; settings: PackageSettings }
  | { kind: "problems"; problems: string[] };

const schema = z.object({
  MicrosoftAppId: z
    .string({ error: "must be the app id of the Azure Bot, a GUID (docs/teams.md, step 1)" })
    .regex(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i, "must be a GUID, as Azure shows it"),
  PUBLIC_URL: z
    .string({ error: "must be the https address under which customers reach this desk" })
    .refine(isPublic, "must be an https address with a public name, without a port, name, query or fragment"),
  TEAMS_OPERATOR: z.string().optional(),
});

/** Reads what a package needs from the environment, or says everything that is missing or wrong. */
export function readPackageSettings(env: Readonly<Record<string, string | undefined>>): PackageResult {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
    return { kind: "problems", problems };
  }
  const { MicrosoftAppId, PUBLIC_URL, TEAMS_OPERATOR } = parsed.data;
  const operator = TEAMS_OPERATOR?.trim();
  return {
    kind: "settings",
    settings: {
      botId: MicrosoftAppId.toLowerCase(),
      publicUrl: PUBLIC_URL.replace(/\/+$/, ""),
      // Pairs of tenant and operator: one package for the desks of several.
      operator: operator && !operator.includes("=") ? operator : undefined,
    },
  };
}

/** Teams opens addresses from anywhere: neither this machine's own name nor a number will do. */
function isPublic(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password, search, hash } = new URL(address);
  const bare = [port, username, password, search, hash].every((part) => part === "");
  return protocol === "https:" && bare && /\.[a-z][a-z0-9-]*$/i.test(hostname);
}
