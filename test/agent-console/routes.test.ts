import { randomBytes } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { FORMS } from "../../dialogs/index.ts";
import { agentConsole } from "../../src/agent-console/index.ts";
import { ROLES, type Role } from "../../src/agent-console/role.ts";
import type { ConsoleRoute } from "../../src/agent-console/route.ts";
import { CSRF_HEADER } from "../../src/agent-console/same-page.ts";
import { noLog } from "../../src/ports.ts";
import { newReceipt } from "../../src/requests/receipt.ts";
import { callIn } from "../support/chats.ts";
import { type Client, type ConsoleDesk, codeOf, openConsole, PASSWORD } from "../support/console.ts";
import { fileAll, request } from "../support/filing.ts";
import { measure, random, SEED } from "../support/long.ts";
import { website } from "../support/visitor.ts";

/** Who may use what, written by hand beside the code: `GET path` -> roles, or whoever has signed in, or anyone. */
const AT = "/console/api/operators/:operator";
const ONE = `${AT}/requests/:receipt`;
const CHATS = `${AT}/chats`;
const CHAT = `${CHATS}/:handoff`;
const DESK: Role[] = ["agent", "supervisor"];
const WORK: Role[] = ["agent", "supervisor", "privacy-officer"];
const TABLE: Readonly<Record<string, "anyone" | "signed-in" | readonly Role[]>> = {
  "GET /console": "anyone",
  "GET /console/api/me": "anyone",
  "POST /console/api/sign-in": "anyone",
  "POST /console/api/invitation": "anyone",
  "POST /console/api/enrol": "anyone",
  "POST /console/api/sign-out": "signed-in",
  "POST /console/api/password": "signed-in",
  "GET /console/api/sessions": "signed-in",
  "POST /console/api/sessions/end": "signed-in",
  "POST /console/api/stream-ticket": "signed-in",
  [`GET ${AT}/requests`]: ROLES,
  [`GET ${ONE}`]: ROLES,
  [`POST ${ONE}/reveal`]: WORK,
  [`POST ${ONE}/move`]: WORK,
  [`POST ${ONE}/decision`]: WORK,
  [`POST ${ONE}/decision/take-back`]: WORK,
  [`POST ${ONE}/release`]: ["supervisor", "privacy-officer"],
  [`POST ${ONE}/notes`]: WORK,
  [`POST ${ONE}/letter`]: WORK,
  [`GET ${ONE}/papers/:number`]: WORK,
  [`GET ${AT}/permits`]: ["supervisor", "privacy-officer"],
  [`POST ${AT}/permits`]: ROLES,
  [`POST ${AT}/permits/approve`]: ["supervisor", "privacy-officer"],
  [`GET ${CHATS}`]: ROLES,
  [`GET ${CHATS}/counts`]: ROLES,
  [`GET ${CHATS}/search`]: ROLES,
  [`GET ${CHAT}`]: ROLES,
  [`GET ${CHAT}/lines`]: ROLES,
  [`GET ${CHAT}/suggestions`]: DESK,
  [`GET ${CHAT}/cost`]: DESK,
  [`POST ${CHAT}/claim`]: DESK,
  [`POST ${CHAT}/typing`]: DESK,
  [`POST ${CHAT}/read`]: DESK,
  [`POST ${CHAT}/say`]: DESK,
  [`POST ${CHAT}/notes`]: WORK,
  [`POST ${CHAT}/reveal`]: WORK,
  [`POST ${CHAT}/fill`]: DESK,
  [`POST ${CHAT}/start`]: DESK,
  [`POST ${CHAT}/transfer`]: DESK,
  [`POST ${CHAT}/release`]: DESK,
  [`POST ${CHAT}/end`]: DESK,
  [`GET ${AT}/canned`]: DESK,
  [`GET ${AT}/colleagues`]: ROLES,
  [`GET ${AT}/ratings`]: ["supervisor", "privacy-officer", "auditor"],
};
/** What shows nothing that a customer has told and changes nothing for them: no row of the audit. */
const SILENT = [
  `GET ${AT}/permits`,
  `GET ${CHATS}/counts`,
  `GET ${CHAT}/suggestions`,
  `GET ${CHAT}/cost`,
  `POST ${CHAT}/typing`,
  `POST ${CHAT}/read`,
  `GET ${AT}/canned`,
  `GET ${AT}/colleagues`,
];

/** A call of each route that brings what it wants. */
const BODIES: Readonly<Record<string, object>> = {
  "POST /console/api/sign-in": { login: "nobody", password: "x", code: "1" },
  "POST /console/api/invitation": { token: "x".repeat(43) },
  "POST /console/api/enrol": { token: "x".repeat(43), password: PASSWORD, code: "000000" },
  "POST /console/api/password": { password: PASSWORD, code: "000000", next: "kumo to sakana 42 tsukue" },
  "POST /console/api/sessions/end": { id: "none" },
  [`POST ${ONE}/reveal`]: { locale: "ja", slots: ["name"], reason: "for the test" },
  [`POST ${ONE}/move`]: { version: 99, to: "identity-check" },
  [`POST ${ONE}/decision`]: { version: 99, to: "answered", reason: "r" },
  [`POST ${ONE}/decision/take-back`]: { at: 1 },
  [`POST ${ONE}/release`]: { at: 1 },
  [`POST ${ONE}/notes`]: { text: "t" },
  [`POST ${AT}/permits`]: { reason: "for the test" },
  [`POST ${AT}/permits/approve`]: { id: "none" },
  [`POST ${CHAT}/claim`]: {},
  [`POST ${CHAT}/typing`]: {},
  [`POST ${CHAT}/read`]: { seq: 1 },
  [`POST ${CHAT}/say`]: { key: "k".repeat(20), text: "t", cites: { clause: "none", mark: "m" } },
  [`POST ${CHAT}/notes`]: { text: "t" },
  [`POST ${CHAT}/reveal`]: { locale: "ja", slots: ["name"], reason: "for the test" },
  [`POST ${CHAT}/fill`]: { key: "k".repeat(20), n: 1, slot: "name", text: "t" },
  [`POST ${CHAT}/start`]: { key: "k".repeat(20), type: "disclosure" },
  [`POST ${CHAT}/transfer`]: { to: "nobody", note: "n" },
  [`POST ${CHAT}/release`]: { note: "n" },
  [`POST ${CHAT}/end`]: { resolution: "r" },
};
const QUERIES: Readonly<Record<string, string>> = {
  [`GET ${AT}/requests`]: "?locale=ja",
  [`GET ${ONE}`]: "?locale=ja",
  [`GET ${AT}/ratings`]: "?from=2026-11-01&to=2026-11-30",
  [`GET ${CHATS}`]: "?show=all",
  [`GET ${CHATS}/search`]: "?state=requested",
  [`GET ${CHAT}`]: "?locale=ja",
  [`GET ${CHAT}/lines`]: "?locale=ja&after=0",
};

let routes: readonly ConsoleRoute[];
beforeAll(async () => {
  const { content, bundle } = website();
  const never = () => Promise.reject(new Error("not asked"));
  routes = agentConsole({
    clock: { now: () => 0 },
    ids: { next: () => "" },
    random: randomBytes,
    log: noLog,
    texts: await import("../../src/reply/texts.ts").then(({ loadTexts }) => loadTexts("locales")),
    content,
    docket: {} as never,
    audit: {} as never,
    stores: {} as never,
    desk: { onChange: () => () => {} } as never,
    forms: FORMS,
    clausesFor: () => [],
    pushes: never,
    tokenKey: randomBytes(32),
    publicUrl: "https://desk.example.jp",
    operators: ["jcom"],
    bundle: bundle.console,
    wording: never,
    mask: (text) => text,
    useTicket: never,
  }).declared;
});
const keyOf = ({ method, path }: ConsoleRoute) => `${method} ${path}`;

/** A request and a hand-off of one operator. */
interface Owned {
  receipt: string;
  handoff: string;
}

const pathTo = (path: string, operator: string, { receipt, handoff }: Owned): string =>
  path
    .replace(":operator", operator)
    .replace(":receipt", receipt)
    .replace(":handoff", handoff)
    .replace(":number", "0");

async function call(client: Client, key: string, operator: string, owned: Owned) {
  const [method = "", path = ""] = key.split(" ");
  const filled = pathTo(path, operator, owned);
  return method === "GET"
    ? client.get(filled + (QUERIES[key] ?? ""))
    : client.post(filled, BODIES[key] ?? {});
}

async function filled(): Promise<ConsoleDesk & { ours: Owned; theirs: Owned }> {
  const around = await openConsole();
  const { store, clock } = around;
  const owned = async (operator: string): Promise<Owned> => {
    const receipt = newReceipt(randomBytes);
    await fileAll(store, operator, [request(receipt)]);
    return { receipt, handoff: (await callIn(store, operator, ["人に代わって"], clock.at)).handoff };
  };
  return { ...around, ours: await owned("jcom"), theirs: await owned("sakura-internet") };
}

it("A18: every route has a policy and a trail, and they are those of the table", () => {
  const declared = routes.map((route) => {
    const { policy } = route;
    return [keyOf(route), policy.for === "operator" ? policy.roles : policy.for];
  });
  expect(Object.fromEntries(declared)).toEqual(TABLE);
  expect(declared).toHaveLength(Object.keys(TABLE).length);
  for (const { policy, trail, path, method } of routes) {
    expect(["anyone", "signed-in", "operator"]).toContain(policy.for);
    expect(policy.for === "operator").toBe(path.includes(":operator"));
    // What shows or changes something at an operator is in the audit.
    if (policy.for === "operator" && trail === "nothing") expect(SILENT).toContain(`${method} ${path}`);
  }
});

it("A18: every route for every role and for nobody answers as the table says", async () => {
  const around = await filled();
  const { ours, clock } = around;
  const everyone: [string, readonly Role[] | undefined, Client][] = [["nobody", undefined, around.client()]];
  for (const role of ROLES) {
    const client = await around.enter(role, { jcom: [role] });
    everyone.push([role, [role], client]);
  }
  everyone.push(["other operator", [], await around.enter("other", { "sakura-internet": ["supervisor"] })]);
  let cells = 0;
  for (const [key, may] of Object.entries(TABLE)) {
    if (key.endsWith("/sign-out")) continue;
    for (const [who, roles, client] of everyone) {
      clock.at += 1_000;
      const { status, body } = await call(client, key, "jcom", ours);
      const code = (body as { error?: { code?: string } } | null)?.error?.code;
      const wanted =
        may === "anyone"
          ? "pass"
          : roles === undefined
            ? "SignInFirst"
            : may === "signed-in"
              ? "pass"
              : roles.length === 0
                ? "NotFound"
                : roles.some((role) => may.includes(role))
                  ? "pass"
                  : "Forbidden";
      const passed =
        status < 500 && !["SignInFirst", "Forbidden", "OriginRefused", "BadArgument"].includes(code ?? "");
      if (wanted === "pass") expect(passed, `${who}: ${key} ${status} ${code}`).toBe(true);
      else expect(code, `${who}: ${key}`).toBe(wanted);
      cells += 1;
    }
  }
  console.info(`A18: ${cells} cells`);
  // The control: what passed above did so with an effect or an answer of its own.
  const [, , agent] = everyone[1] as [string, readonly Role[], Client];
  const { receipt, handoff } = ours;
  expect((await agent.get(`operators/jcom/requests/${receipt}?locale=ja`)).body).toMatchObject({ receipt });
  expect((await agent.get(`operators/jcom/chats/${handoff}?locale=ja`)).body).toMatchObject({
    chat: { id: handoff },
  });
});

const REQUESTS = measure(60, 20_000);
it(
  `A19: ${REQUESTS} calls with another operator's ids in every place: not one finds anything`,
  async () => {
    console.info(`seed ${SEED}`);
    const next = random();
    const around = await filled();
    const { ours, theirs } = around;
    const client = await around.enter("boss", { jcom: [...ROLES] });
    const keys = Object.keys(TABLE).filter((key) => key.includes(":operator"));
    const operators = [
      "sakura-internet",
      "sakura-internet ",
      "SAKURA-INTERNET",
      "jcom%2f..%2fsakura-internet",
      "__proto__",
      "constructor",
      "*",
      "%00",
    ];
    const extra = [
      { operator: "sakura-internet" },
      { tenantId: "sakura-internet" },
      { ownerId: "x" },
      { role: "supervisor" },
      { status: "answered" },
      { verified: true },
      { owner: theirs.receipt },
      { handoff: theirs.handoff },
      { filter: { operator: "sakura-internet" } },
      { sort: "operator" },
    ];
    let leaks = 0;
    const statuses = new Map<number, number>();
    for (let i = 0; i < REQUESTS; i += 1) {
      // Beyond the limit of reading everything is refused: the hour passes.
      around.clock.at += 20_000;
      const key = keys[Math.floor(next() * keys.length)] ?? "";
      const [method = "", path = ""] = key.split(" ");
      const place = Math.floor(next() * 3);
      const foreign = operators[Math.floor(next() * operators.length)] ?? "";
      const more = extra[Math.floor(next() * extra.length)] ?? {};
      const fill = (operator: string, owned: Owned) => pathTo(path, operator, owned);
      // In the path: their operator, or their request at ours. In query or body: a field that nobody knows.
      const target =
        place === 0 ? fill(foreign, theirs) : place === 1 ? fill("jcom", theirs) : fill("jcom", ours);
      const told = place === 2 ? more : {};
      const query = `${QUERIES[key] ?? "?"}&${Object.entries(told)
        .map(([k, v]) => `${k}=${encodeURIComponent(JSON.stringify(v))}`)
        .join("&")}`;
      const done =
        method === "GET"
          ? await client.get(target + (place === 2 ? query : (QUERIES[key] ?? "")))
          : await client.post(target, { ...BODIES[key], ...told });
      statuses.set(done.status, (statuses.get(done.status) ?? 0) + 1);
      const text = JSON.stringify(done.body);
      if (text.includes(theirs.receipt) || text.includes(theirs.handoff)) leaks += 1;
      if (place === 2) expect(done.status, `${key} ${JSON.stringify(told)}`).toBe(400);
      else if (place === 0) expect([400, 404], `${key} ${foreign}`).toContain(done.status);
      else if (/:(receipt|handoff)/.test(path)) expect([404], key).toContain(done.status);
      // A session lasts twelve hours.
      if (i % 1_500 === 1_499) await again(around, client);
    }
    console.info(`A19: ${REQUESTS} calls: ${JSON.stringify(Object.fromEntries(statuses))}, ${leaks} leaks`);
    expect(leaks).toBe(0);
    const standing = await around.store.docket.show("sakura-internet", theirs.receipt);
    const chat = await around.store.handoffs.find(theirs.handoff, around.clock.at);
    // The clock may have ended its wait; nobody at the desk has touched it.
    expect(chat).toMatchObject({ agent: null, assignedAt: null, readSeq: 0, resolution: null });
    expect(await around.store.handoffs.notes(theirs.handoff)).toEqual([]);
    expect(standing).toMatchObject({ version: 1, state: "received", notes: [], papers: [], prepared: null });
  },
  measure(120_000, 1_500_000),
);

async function again(around: ConsoleDesk, client: Client): Promise<void> {
  around.clock.at += 31_000;
  const { store, clock } = around;
  const credentials = await store.console.accounts.credentials("boss");
  const done = await client.signIn("boss", PASSWORD, codeOf({ totp: credentials?.totp ?? "" }, clock.at));
  expect(done.status).toBe(200);
}

it("A20: each field as each type that it is not: 400, no 500, and nobody gets in", async () => {
  const around = await filled();
  const { ours } = around;
  const client = await around.enter("boss", { jcom: [...ROLES] });
  const odd = [
    {},
    [],
    1.5,
    -1,
    true,
    null,
    { $gt: "" },
    { a: { b: {} } },
    [[]],
    "",
    "\u0000",
    "x".repeat(9_000),
  ];
  let calls = 0;
  for (const [key, body] of Object.entries(BODIES)) {
    const target = pathTo(key.split(" ")[1] ?? "", "jcom", ours);
    for (const field of Object.keys(body))
      for (const value of odd) {
        around.clock.at += 1_000;
        if (fits(field, value)) continue;
        const anonymous = TABLE[key] === "anyone";
        const who = anonymous ? around.client() : client;
        const done = await who.post(target, { ...body, [field]: value });
        expect(done.status, `${key} ${field} ${JSON.stringify(value).slice(0, 40)}`).toBe(400);
        expect(done.headers.getSetCookie()).toEqual([]);
        calls += 1;
      }
    for (const whole of [[], "x", 1, null, true]) {
      const done = await client.post(target, whole);
      expect(done.status, key).toBe(400);
    }
  }
  console.info(`A20: ${calls} calls`);
  expect(calls).toBeGreaterThan(150);
});

/** Values that are no trick for the field: a letter nobody sees is a text all the same, and is marked where it is shown. */
const fits = (field: string, value: unknown): boolean =>
  (value === "\u0000" &&
    [
      "login",
      "password",
      "code",
      "next",
      "id",
      "text",
      "reason",
      "slot",
      "to",
      "note",
      "resolution",
    ].includes(field)) ||
  (["reason", "slot", "note", "resolution"].includes(field) && value === "");

it("C01, C03, C09: every answer of the console has its headers; GET changes nothing", async () => {
  const around = await filled();
  const client = await around.enter("boss", { jcom: [...ROLES] });
  for (const path of [
    "/console",
    "/console/api/me",
    "/console/api/nothing",
    `/console/api/operators/jcom/requests/${around.ours.receipt}?locale=ja`,
    "/console/",
  ]) {
    const { headers } = await client.get(path);
    expect(headers.get("content-security-policy")).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get("content-security-policy")).not.toMatch(/unsafe|\*/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("access-control-allow-origin")).toBeNull();
  }
  const { headers } = await client.get("/console");
  expect(headers.get("x-frame-options")).toBe("DENY");
  expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(headers.get("content-security-policy")).toContain("require-trusted-types-for 'script'");
  // Methods that were exchanged, and what POST routes say to GET.
  for (const key of Object.keys(BODIES)) {
    const target = pathTo(key.split(" ")[1] ?? "", "jcom", around.ours);
    const done = await client.get(target, { "X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST" });
    expect([400, 404, 405, 200], key).toContain(done.status);
    if (done.status === 200) expect(key).toBe(`POST ${AT}/permits`);
  }
  expect(await around.store.docket.show("jcom", around.ours.receipt)).toMatchObject({
    version: 1,
    notes: [],
  });
  expect(await around.store.handoffs.find(around.ours.handoff, 0)).toMatchObject({ version: 1 });
});

const CROSS: Record<string, Record<string, string>> = {
  "another origin": { Origin: "https://evil.example" },
  "no origin": { Origin: "" },
  "origin null": { Origin: "null" },
  "a subdomain": { Origin: "http://sub.127.0.0.1" },
  "another port": { Origin: "http://127.0.0.1:1" },
  "cross-site by the browser's own word": { "Sec-Fetch-Site": "cross-site" },
  "same-site by the browser's own word": { "Sec-Fetch-Site": "same-site" },
  "no token": { [CSRF_HEADER]: "" },
  "another session's token": { [CSRF_HEADER]: "A".repeat(43) },
  "text/plain": { "Content-Type": "text/plain" },
  "a form": { "Content-Type": "application/x-www-form-urlencoded" },
  "another method by header": { "X-HTTP-Method-Override": "GET", Origin: "https://evil.example" },
};

it("A23: every route that changes something, by every way of another site: refused, and nothing is changed", async () => {
  const around = await filled();
  const client = await around.enter("boss", { jcom: [...ROLES] });
  let refused = 0;
  for (const { method, path, policy } of routes) {
    if (method !== "POST") continue;
    const target = pathTo(path, "jcom", around.ours);
    for (const [way, headers] of Object.entries(CROSS)) {
      // Whoever is not signed in has no token: there the origin alone decides.
      if (policy.for === "anyone" && way.includes("token")) continue;
      const done = await client.post(target, BODIES[`${method} ${path}`] ?? {}, headers);
      expect([403, 415], `${path}: ${way}`).toContain(done.status);
      refused += 1;
    }
  }
  console.info(`A23: ${refused} refused`);
  expect((await client.look()).body).toMatchObject({ signedIn: true });
  const { receipt, handoff } = around.ours;
  expect(await around.store.docket.show("jcom", receipt)).toMatchObject({
    version: 1,
    notes: [],
    prepared: null,
  });
  expect(await around.store.handoffs.find(handoff, 0)).toMatchObject({ version: 1, state: "requested" });
  // The control: the same call from our own page does it.
  const own = await client.post(`operators/jcom/requests/${receipt}/notes`, { text: "ours" });
  expect(own.status).toBe(200);
});
