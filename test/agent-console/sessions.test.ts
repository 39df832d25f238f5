import { expect, it } from "vitest";
import WebSocket from "ws";
import { accountAudit, type Client, codeOf, openConsole, PASSWORD } from "../support/console.ts";
import { measure } from "../support/long.ts";
import { patience } from "../support/took.ts";

const AGENT = { jcom: ["agent"] } as const;
const NEXT = "another pine and 77 rivers";

/** A stream of the session, and when it was closed with what. */
async function streamOf(client: Client, headers: Record<string, string> = {}, ticket?: string) {
  const told = ticket ?? (await client.post<{ ticket: string }>("stream-ticket", {})).body.ticket;
  const address = `${client.url.replace("http", "ws")}/console/stream?t=${told}`;
  const all = Object.entries({ Origin: client.origin, Cookie: client.cookie, ...headers }).filter(
    ([, v]) => v !== "",
  );
  const socket = new WebSocket(address, { headers: Object.fromEntries(all) });
  const closed = new Promise<number>((resolve) => socket.once("close", (code) => resolve(code)));
  const opened = await new Promise<boolean>((resolve) => {
    socket.once("open", () => resolve(true));
    socket.once("error", () => resolve(false));
  });
  return { opened, closed, socket, ticket: told };
}

const EVENTS = [
  "sign-out",
  "password",
  "roles",
  "disable",
  "reset",
  "idle",
  "absolute",
  "ended from the list",
] as const;

it.each(EVENTS)("A13: %s ends the session and its stream within a second", async (event) => {
  const around = await openConsole();
  const staff = await around.hire("sato", AGENT);
  const client = await around.signIn(staff);
  const before = new Map(client.cookies);
  const old = around.client();
  old.cookies = before;
  const { opened, closed } = await streamOf(client);
  expect(opened).toBe(true);
  expect((await old.look()).body).toMatchObject({ signedIn: true });
  const { accounts } = around.store.console;
  const { at } = around.clock;
  const audit = accountAudit(staff.id, at);
  let from = performance.now();
  switch (event) {
    case "sign-out":
      expect((await client.post("sign-out", {})).status).toBe(200);
      break;
    case "password": {
      around.clock.at += 31_000;
      const told = { password: PASSWORD, code: codeOf(staff, around.clock.at), next: NEXT };
      expect((await client.post("password", told)).status).toBe(200);
      // Until then two hashes were made.
      from = performance.now();
      expect((await client.look()).body).toMatchObject({ signedIn: true });
      break;
    }
    // Another process does these: the desk finds out by itself.
    case "roles":
      await accounts.setRoles(staff.id, "jcom", ["agent", "supervisor"], audit);
      break;
    case "disable":
      await accounts.disable(staff.id, at, audit);
      break;
    case "reset":
      await accounts.invite(staff.id, { token: "x".repeat(43), totp: staff.totp, until: at + 1_000 }, audit);
      break;
    case "idle":
      around.clock.at += 30 * 60_000;
      break;
    case "absolute":
      for (let i = 0; i < 36; i += 1) {
        around.clock.at += 20 * 60_000;
        await client.look();
      }
      break;
    case "ended from the list":
      expect((await client.post("sessions/end", { id: (await client.look()).body.session })).status).toBe(
        200,
      );
      break;
  }
  expect(await closed).toBe(4401);
  const took = performance.now() - from;
  expect(took).toBeLessThan(patience(event === "absolute" ? 5_000 : 1_000, took));
  expect((await old.look()).body).toMatchObject({ signedIn: false });
  expect((await old.get("sessions")).status).toBe(401);
});

it(
  "A13: the id is new at each sign-in, and the one that was brought is ended: no fixation",
  async () => {
    const around = await openConsole();
    const staff = await around.hire("sato", AGENT);
    const seen = new Set<string>();
    const client = around.client();
    for (let i = 0; i < measure(4, 100); i += 1) {
      const planted = "f".repeat(43);
      if (i === 0) client.cookies.set("madoguchi-session", planted);
      const before = new Map(client.cookies);
      around.clock.at += 31_000;
      expect((await client.signIn("sato", PASSWORD, codeOf(staff, around.clock.at))).status).toBe(200);
      const now = client.cookies.get("madoguchi-session") ?? "";
      expect(seen.has(now)).toBe(false);
      expect(now).not.toBe(planted);
      seen.add(now);
      const old = around.client();
      old.cookies = before;
      expect((await old.look()).body).toMatchObject({ signedIn: false });
    }
    expect(await around.store.console.sessions.of(staff.id, around.clock.at)).toHaveLength(1);
  },
  measure(120_000, 1_500_000),
);

const TRIES = measure(30, 1_000);
it(
  `A24: ${TRIES} upgrades from elsewhere, without the session or with a used ticket: none opens`,
  async () => {
    const around = await openConsole();
    const client = await around.enter("sato", AGENT);
    const other = await around.enter("suzuki", AGENT);
    const good = await streamOf(client);
    expect(good.opened).toBe(true);
    const { origin } = client;
    const foreign = [
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { Origin: "" },
      { Origin: `${origin}.evil.example` },
      { Origin: origin.replace("http", "https") },
      { Origin: origin.toUpperCase().replace("HTTP", "http").replace("127.0.0.1", "127.0.0.2") },
      { Cookie: "" },
      { Cookie: other.cookie },
      { Cookie: `${client.cookie}; ${client.cookie}` },
    ];
    let opened = 0;
    for (let i = 0; i < TRIES; i += 1) {
      const used = i % 10 === 9;
      const ticket = used ? good.ticket : undefined;
      const tried = await streamOf(client, used ? {} : foreign[i % foreign.length], ticket);
      if (tried.opened) opened += 1;
    }
    expect(opened).toBe(0);
    // Another session's ticket is of no use, and neither is one that is a minute old.
    const theirs = (await other.post<{ ticket: string }>("stream-ticket", {})).body.ticket;
    expect((await streamOf(client, {}, theirs)).opened).toBe(false);
    const { ticket } = (await client.post<{ ticket: string }>("stream-ticket", {})).body;
    around.clock.at += 60_000;
    expect((await streamOf(client, {}, ticket)).opened).toBe(false);
    expect((await streamOf(client)).opened).toBe(true);
    good.socket.close();
  },
  measure(120_000, 1_500_000),
);
