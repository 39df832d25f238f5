import { parseArgs } from "node:util";
import { type Account, type Accounts, INVITATION_MS, type Invitation } from "../../agent-console/accounts.ts";
import { newTotp } from "../../agent-console/one-time.ts";
import { ROLES, type Role } from "../../agent-console/role.ts";
import type { Sessions } from "../../agent-console/sessions.ts";
import { newSecret, plainLogin } from "../../agent-console/sign-in.ts";
import type { Ids } from "../../ports.ts";
import type { AuditEntry } from "../../requests/audit.ts";
import type { Random } from "../../requests/receipt.ts";
import { STAFF, toldBy } from "../data.ts";

export const USAGE = `usage: npm run agents -- COMMAND, where COMMAND is
  list
  add LOGIN --name NAME --operator ID --role ROLE[,ROLE] STAFF
  roles LOGIN --operator ID --role [ROLE[,ROLE]] STAFF
  reset LOGIN STAFF         a new invitation; password, codes and sessions of before are gone
  disable LOGIN STAFF
  sessions LOGIN [--end STAFF]
ROLE: ${ROLES.join(", ")}; STAFF: --actor NAME --reason TEXT`;

export interface AgentsDesk {
  accounts: Accounts;
  sessions: Sessions;
  /** Ids of all operators. */
  operators: readonly string[];
  /** Without a slash at its end. */
  publicUrl: string;
  ids: Ids;
  random: Random;
  now: () => number;
  /** To the person at the terminal, and nowhere else. */
  write(text: string): void;
}

const LOGIN = /^[a-z0-9][a-z0-9._@-]{1,63}$/;
const MOST_NAME = 60;

/** `npm run agents`. @throws with what is wrong, for the terminal */
export async function runAgents(args: readonly string[], desk: AgentsDesk): Promise<void> {
  const { accounts, sessions, operators, ids } = desk;
  const say = (text: string) => desk.write(`${text}\n`);
  const { values, positionals } = parsed(args);
  const [verb, typed = "", ...more] = positionals;
  const now = desk.now();
  const login = plainLogin(typed);
  if (more.length > 0) throw new Error(USAGE);

  const audit = (operator: string, subject: string, done: string): AuditEntry => {
    const told = toldBy(values, now);
    return { ...told, operator, what: "account", subject, reason: `${done}: ${told.reason}` };
  };
  const operator = (): string => {
    const found = operators.find((id) => id === values.operator);
    if (found === undefined) throw new Error(`--operator: one of ${operators.join(", ")}`);
    return found;
  };
  const roles = (): Role[] => {
    const given = (values.role ?? "").split(",").flatMap((part) => part.trim() || []);
    const known = ROLES.filter((role) => given.includes(role));
    if (known.length !== new Set(given).size) throw new Error(`--role: of ${ROLES.join(", ")}`);
    return known;
  };
  const account = async (): Promise<Account> => {
    const found = await accounts.find(login);
    if (!found) throw new Error("there is no account with this login");
    return found;
  };
  const invitation = (): Invitation => ({
    token: newSecret(desk.random),
    totp: newTotp(desk.random),
    until: now + INVITATION_MS,
  });
  const tell = ({ token, until }: Invitation) => {
    say(`${desk.publicUrl}/console#/invitation/${token}`);
    say(`good once, until ${new Date(until).toISOString()}; it is shown here only`);
  };

  switch (verb) {
    case "list": {
      for (const { login, name, state, grants } of await accounts.list()) {
        const told = Object.entries(grants).map(([id, roles]) => `${id}: ${roles.join(", ")}`);
        say(`${login} | ${name} | ${state} | ${told.join("; ") || "no role"}`);
      }
      return;
    }
    case "add": {
      const name = (values.name ?? "").trim();
      if (!LOGIN.test(login)) throw new Error("LOGIN: 2 to 64 of a-z, 0-9 and ._@-");
      if (name === "" || Array.from(name).length > MOST_NAME)
        throw new Error(`--name: what colleagues call them, up to ${MOST_NAME} letters`);
      const [where, as, made, id] = [operator(), roles(), invitation(), ids.next()];
      if (as.length === 0) throw new Error(`--role: of ${ROLES.join(", ")}`);
      const added = { id, login, name, grants: { [where]: as } };
      if (!(await accounts.add(added, made, now, audit(where, id, `added as ${as.join(", ")}`))))
        throw new Error("there is an account with this login already");
      return tell(made);
    }
    case "roles": {
      const { id } = await account();
      const [where, as] = [operator(), roles()];
      await accounts.setRoles(id, where, as, audit(where, id, `roles ${as.join(", ") || "none"}`));
      return say(`${login} | ${where}: ${as.join(", ") || "no role"}`);
    }
    case "reset": {
      const { id } = await account();
      const made = invitation();
      await accounts.invite(id, made, audit("*", id, "reset"));
      return tell(made);
    }
    case "disable": {
      const { id } = await account();
      await accounts.disable(id, now, audit("*", id, "disabled"));
      return say(`${login} | disabled`);
    }
    case "sessions": {
      const { id } = await account();
      if (values.end) {
        await accounts.endSessions(id, audit("*", id, "sessions ended"));
        return say(`${login} | no session`);
      }
      for (const { begunAt, seenAt } of await sessions.of(id, now))
        say(`since ${new Date(begunAt).toISOString()}, last seen ${new Date(seenAt).toISOString()}`);
      return;
    }
    default:
      throw new Error(USAGE);
  }
}

function parsed(args: readonly string[]) {
  const options = {
    ...STAFF,
    name: { type: "string" },
    operator: { type: "string" },
    role: { type: "string" },
    end: { type: "boolean" },
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    throw new Error(USAGE);
  }
}
