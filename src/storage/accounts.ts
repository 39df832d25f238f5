import type { Account, Accounts, Invitation } from "../agent-console/accounts.ts";
import type { Grants, Role } from "../agent-console/role.ts";
import type { Database } from "./database.ts";
import type { AppendAudit } from "./requests.ts";
import type { Rows } from "./rows.ts";
import type { AccountTable } from "./tables.ts";
import type { Tx } from "./writer.ts";

interface Secret {
  /** Null: none was chosen yet. */
  password: string | null;
  totp: string;
}

/** The console's accounts, on a database. */
export function createAccounts({ writer, reader }: Database, rows: Rows, appendAudit: AppendAudit): Accounts {
  const { seal } = rows;
  const loginKey = (login: string) => seal.hash("console login", login);
  const invitationKey = (token: string) => seal.hash("invitation", token);
  const recoveryKey = (account: string, code: string) => seal.hash("recovery", account, code);
  const deviceKey = (device: string) => seal.hash("device", device);
  const bodyOf = (id: string, body: { login: string; name: string }) =>
    seal.seal({ column: "account", operator: "", row: id }, body);
  const secretOf = (id: string, secret: Secret) =>
    seal.seal({ column: "account secret", operator: "", row: id }, secret);
  const secretIn = (row: Pick<AccountTable, "id" | "secret">) =>
    seal.open({ column: "account secret", operator: "", row: row.id }, row.secret) as Secret;

  const invited = (id: string, { token, totp, until }: Invitation) => ({
    secret: secretOf(id, { password: null, totp }),
    totp_step: 0,
    invitation: invitationKey(token),
    invited_until: until,
  });

  const invitedBy = (db: Tx, token: string, now: number) =>
    db
      .selectFrom("account")
      .selectAll()
      .where("invitation", "=", invitationKey(token))
      .where("invited_until", ">", now)
      .executeTakeFirst();

  async function setRolesIn(
    tx: Tx,
    account: string,
    operator: string,
    roles: readonly Role[],
  ): Promise<void> {
    for (const role of new Set(roles))
      await tx.insertInto("account_role").values({ account, operator, role }).execute();
  }

  async function toAccounts(found: readonly AccountTable[]): Promise<Account[]> {
    const grants = await grantsOf(
      reader,
      found.map(({ id }) => id),
    );
    return found.map((row) => {
      const { login, name } = accountBody(rows, row);
      const { password } = secretIn(row);
      const state = row.disabled_at !== null ? "disabled" : password === null ? "invited" : "active";
      return { id: row.id, login, name, state, grants: grants.get(row.id) ?? {} };
    });
  }

  return {
    async any() {
      return (await reader.selectFrom("account").select("id").limit(1).executeTakeFirst()) !== undefined;
    },

    async list() {
      const found = await reader
        .selectFrom("account")
        .selectAll()
        .orderBy("created_at")
        .orderBy("id")
        .execute();
      return toAccounts(found);
    },

    async at(operator) {
      const found = await reader
        .selectFrom("account")
        .selectAll()
        .where("disabled_at", "is", null)
        .where((e) =>
          e(
            "id",
            "in",
            e.selectFrom("account_role").select("account_role.account").where("operator", "=", operator),
          ),
        )
        .orderBy("created_at")
        .orderBy("id")
        .execute();
      return (await toAccounts(found)).filter(({ state }) => state === "active");
    },

    async find(login) {
      const row = await reader
        .selectFrom("account")
        .selectAll()
        .where("login", "=", loginKey(login))
        .executeTakeFirst();
      return row && (await toAccounts([row]))[0];
    },

    add({ id, login, name, grants }, invitation, now, audit) {
      return writer.write(async (tx) => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto("account")
          .values({
            id,
            login: loginKey(login),
            body: bodyOf(id, { login, name }),
            ...invited(id, invitation),
            created_at: now,
            disabled_at: null,
          })
          .onConflict((c) => c.column("login").doNothing())
          .executeTakeFirstOrThrow();
        if (numInsertedOrUpdatedRows !== 1n) return false;
        for (const [operator, roles] of Object.entries(grants)) await setRolesIn(tx, id, operator, roles);
        await appendAudit(tx, audit);
        return true;
      });
    },

    invite: (account, invitation, audit) =>
      writer.write(async (tx) => {
        await tx
          .updateTable("account")
          .set({ ...invited(account, invitation), disabled_at: null })
          .where("id", "=", account)
          .execute();
        await tx.deleteFrom("account_recovery").where("account", "=", account).execute();
        await endSessions(tx, account);
        await appendAudit(tx, audit);
      }),

    disable: (account, now, audit) =>
      writer.write(async (tx) => {
        await tx
          .updateTable("account")
          .set({ disabled_at: now, invitation: null })
          .where("id", "=", account)
          .execute();
        await endSessions(tx, account);
        await appendAudit(tx, audit);
      }),

    endSessions: (account, audit) =>
      writer.write(async (tx) => {
        await endSessions(tx, account);
        await appendAudit(tx, audit);
      }),

    setRoles: (account, operator, roles, audit) =>
      writer.write(async (tx) => {
        await tx
          .deleteFrom("account_role")
          .where("account", "=", account)
          .where("operator", "=", operator)
          .execute();
        await setRolesIn(tx, account, operator, roles);
        await endSessions(tx, account);
        await appendAudit(tx, audit);
      }),

    async invitation(token, now) {
      const row = await invitedBy(reader, token, now);
      if (!row) return undefined;
      return { account: row.id, ...accountBody(rows, row), totp: secretIn(row).totp };
    },

    enrol(token, password, step, recovery, now) {
      return writer.write(async (tx) => {
        const row = await invitedBy(tx, token, now);
        if (!row) return false;
        const { totp } = secretIn(row);
        await tx
          .updateTable("account")
          .set({ secret: secretOf(row.id, { password, totp }), totp_step: step, invitation: null })
          .where("id", "=", row.id)
          .execute();
        await tx.deleteFrom("account_recovery").where("account", "=", row.id).execute();
        for (const code of recovery)
          await tx
            .insertInto("account_recovery")
            .values({ account: row.id, code: recoveryKey(row.id, code) })
            .execute();
        return true;
      });
    },

    async credentials(login) {
      const row = await reader
        .selectFrom("account")
        .selectAll()
        .where("login", "=", loginKey(login))
        .where("disabled_at", "is", null)
        .executeTakeFirst();
      if (!row) return undefined;
      const { password, totp } = secretIn(row);
      return password === null ? undefined : { account: row.id, password, totp };
    },

    useStep: (account, step) =>
      writer.write(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable("account")
          .set({ totp_step: step })
          .where("id", "=", account)
          .where("totp_step", "<", step)
          .executeTakeFirstOrThrow();
        return numUpdatedRows === 1n;
      }),

    useRecovery: (account, code) =>
      writer.write(async (tx) => {
        const { numDeletedRows } = await tx
          .deleteFrom("account_recovery")
          .where("account", "=", account)
          .where("code", "=", recoveryKey(account, code))
          .executeTakeFirstOrThrow();
        return numDeletedRows === 1n;
      }),

    setPassword: (account, password, audit) =>
      writer.write(async (tx) => {
        const row = await tx
          .selectFrom("account")
          .selectAll()
          .where("id", "=", account)
          .executeTakeFirstOrThrow();
        const secret = secretOf(account, { ...secretIn(row), password });
        await tx.updateTable("account").set({ secret }).where("id", "=", account).execute();
        await endSessions(tx, account);
        await appendAudit(tx, audit);
      }),

    async knowsDevice(login, device, now) {
      const found = await reader
        .selectFrom("account_device")
        .select("until")
        .where("login", "=", loginKey(login))
        .where("device", "=", deviceKey(device))
        .where("until", ">", now)
        .executeTakeFirst();
      return found !== undefined;
    },

    async staffed(operator, roles) {
      const found = await reader
        .selectFrom("account_role")
        .innerJoin("account", "account.id", "account_role.account")
        .selectAll("account")
        .where("account_role.operator", "=", operator)
        .where("account_role.role", "in", roles)
        .where("disabled_at", "is", null)
        .where("invitation", "is", null)
        .limit(1)
        .executeTakeFirst();
      return found !== undefined;
    },

    rememberDevice: (login, device, until, now) =>
      writer.write(async (tx) => {
        await tx.deleteFrom("account_device").where("until", "<=", now).execute();
        await tx
          .insertInto("account_device")
          .values({ login: loginKey(login), device: deviceKey(device), until })
          .onConflict((c) => c.columns(["login", "device"]).doUpdateSet({ until }))
          .execute();
      }),
  };
}

export function accountBody(
  rows: Rows,
  row: Pick<AccountTable, "id" | "body">,
): { login: string; name: string } {
  const place = { column: "account", operator: "", row: row.id } as const;
  return rows.seal.open(place, row.body) as { login: string; name: string };
}

/** What each of these accounts may, where it may anything. */
export async function grantsOf(db: Tx, accounts: readonly string[]): Promise<ReadonlyMap<string, Grants>> {
  if (accounts.length === 0) return new Map();
  const found = await db
    .selectFrom("account_role")
    .selectAll()
    .where("account", "in", accounts)
    .orderBy("operator")
    .orderBy("role")
    .execute();
  const grants = new Map<string, Record<string, Role[]>>();
  for (const { account, operator, role } of found) {
    const own = grants.get(account) ?? {};
    grants.set(account, own);
    own[operator] = [...(own[operator] ?? []), role];
  }
  return grants;
}

/** What changes what an account may, or how it gets in, leaves nobody in. */
async function endSessions(tx: Tx, account: string): Promise<void> {
  await tx.deleteFrom("console_session").where("account", "=", account).execute();
}
