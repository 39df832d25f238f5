import { expect, it } from "vitest";
import { codeOf, openConsole, PASSWORD } from "../support/console.ts";
import { measure, random, SEED } from "../support/long.ts";

const AGENT = { jcom: ["agent"] } as const;
const SESSION = "madoguchi-session";

it("signs in with login, password and code; a session is a cookie that no script reads", async () => {
  const around = await openConsole();
  const staff = await around.hire("sato", AGENT);
  const client = around.client();
  expect((await client.look()).body).toEqual({ signedIn: false, accounts: true });
  const done = await client.signIn(" SATO ", PASSWORD, codeOf(staff, around.clock.at));
  expect(done.status).toBe(200);
  for (const line of done.headers.getSetCookie())
    expect(line).toMatch(/^madoguchi-(session|device)=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict/);
  expect((await client.look()).body).toMatchObject({ signedIn: true, login: "sato" });
  const { rows } = { rows: await around.store.console.sessions.of(staff.id, around.clock.at) };
  expect(rows).toHaveLength(1);
});

it("by https the cookie is __Host- and Secure; by http from elsewhere there is no console but a word that says so", async () => {
  const safe = await openConsole({ env: { PUBLIC_URL: "https://desk.example.jp" } });
  const staff = await safe.hire("sato", AGENT);
  const client = safe.client();
  const done = await client.signIn("sato", PASSWORD, codeOf(staff, safe.clock.at));
  expect(done.status).toBe(200);
  const [session] = done.headers.getSetCookie();
  expect(session).toMatch(/^__Host-madoguchi-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
  const open = await openConsole({ env: { PUBLIC_URL: "http://desk.example.jp" } });
  expect((await open.client().get("me")).status).toBe(404);
  expect((await open.client().post("sign-in", {})).status).toBe(404);
  expect(String((await open.client().get("/console")).body)).toContain('"served":false');
});

const GUESSES = measure(100, 10_000);
it(
  `A10: ${GUESSES} guesses from a thousand addresses: nobody gets in, 20 an hour are looked at, a known browser is not locked out`,
  async () => {
    console.info(`seed ${SEED}`);
    const next = random();
    const around = await openConsole({ env: { TRUSTED_PROXIES: "127.0.0.1" } });
    const staff = await around.hire("sato", AGENT);
    const known = await around.signIn(staff);
    const began = around.clock.at;
    let looked = 0;
    const byHour = new Map<number, number>();
    for (let i = 0; i < GUESSES; i += 1) {
      around.clock.at += 10_000;
      const spoofed = `198.51.${Math.floor(next() * 4)}.${Math.floor(next() * 250)}`;
      const logins = ["sato", "SATO", " sato", "ｓａｔｏ", "sato "];
      const guess = odd(i) ?? `guess number ${i} of many`;
      const client = around.client({ "X-Forwarded-For": spoofed });
      const done = await client.signIn(logins[i % logins.length], guess, codeOf(staff, around.clock.at));
      expect([400, 401, 413, 429]).toContain(done.status);
      expect(client.cookies.size).toBe(0);
      if (done.status === 401) {
        looked += 1;
        const hour = Math.floor((around.clock.at - began) / 3_600_000);
        byHour.set(hour, (byHour.get(hour) ?? 0) + 1);
      }
    }
    console.info(
      `A10: ${looked} of ${GUESSES} guesses were looked at, at most ${Math.max(...byHour.values())} in an hour`,
    );
    expect(looked).toBeGreaterThan(5);
    expect(Math.max(...byHour.values())).toBeLessThanOrEqual(20);
    // From a new browser even the right words wait now; from the known one they do not.
    const fresh = around.client({ "X-Forwarded-For": "203.0.113.9" });
    expect((await fresh.signIn("sato", PASSWORD, codeOf(staff, around.clock.at))).status).toBe(429);
    around.clock.at += 31_000;
    known.cookies.delete(SESSION);
    expect((await known.signIn("sato", PASSWORD, codeOf(staff, around.clock.at))).status).toBe(200);
    around.clock.at += 15 * 60_000;
    expect((await fresh.signIn("sato", PASSWORD, codeOf(staff, around.clock.at))).status).toBe(200);
  },
  measure(120_000, 1_500_000),
);

/** Passwords that trip code which is careless with types and letters; undefined for the rest. */
function odd(i: number): unknown {
  const list = [
    "",
    [PASSWORD],
    { $gt: "" },
    null,
    true,
    0,
    "x".repeat(1_000_000),
    `${PASSWORD}\u0000`,
    `${PASSWORD} `,
    ` ${PASSWORD}`,
    PASSWORD.toUpperCase(),
    PASSWORD.replace("k", "к"),
    PASSWORD.replaceAll("a", "ａ"),
    PASSWORD.slice(0, -1),
  ];
  return i % 3 === 0 ? list[(i / 3) % list.length] : undefined;
}

it("A10, A11: a hundred guesses at once are a hundred; from one address they wait whatever the login and the header", async () => {
  const around = await openConsole();
  const staff = await around.hire("sato", AGENT);
  const at = codeOf(staff, around.clock.at);
  const done = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      around
        .client({ "X-Forwarded-For": `10.0.0.${i}`, Forwarded: `for=10.0.1.${i}` })
        .signIn("sato", `x${i}`, at),
    ),
  );
  expect(done.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(done.filter(({ status }) => status === 429)).toHaveLength(95);
  // Others from the address still have some tries, and then none, whatever they say who they are.
  const others = [];
  for (let i = 0; i < 60; i += 1) {
    const client = around.client({ "X-Real-IP": `10.0.2.${i}`, "X-Forwarded-For": `10.0.3.${i}` });
    others.push((await client.signIn(`nobody${i}`, "x", "1")).status);
  }
  expect(others.filter((status) => status === 401)).toHaveLength(25);
  expect(others.slice(25).every((status) => status === 429)).toBe(true);
});

const PAIRS = measure(2, 1_000);
it(
  `A12: ${PAIRS} tries at accounts that there are, are not, are disabled or invited: the same answers, in the same time`,
  async () => {
    const around = await openConsole({ env: { TRUSTED_PROXIES: "127.0.0.1" } });
    const { accounts } = around.store.console;
    await around.hire("sato", AGENT);
    const gone = await around.hire("gone", AGENT);
    await accounts.disable(gone.id, around.clock.at, {
      at: 0,
      actor: "t",
      role: "officer",
      operator: "*",
      what: "account",
      subject: gone.id,
      reason: "r",
    });
    await around.invite("invited", AGENT);
    const times = new Map<string, number[]>();
    const answers = new Set<string>();
    for (let i = 0; i < PAIRS; i += 1) {
      // Every account's delay is over, and every address is a new one.
      around.clock.at += 16 * 60_000;
      for (const login of i % 2
        ? ["sato", "nobody", "gone", "invited"]
        : ["invited", "gone", "nobody", "sato"]) {
        const client = around.client({ "X-Forwarded-For": `198.51.100.${i % 250}` });
        const from = performance.now();
        const done = await client.signIn(login, "not the password", "000000");
        times.set(login, [...(times.get(login) ?? []), performance.now() - from]);
        answers.add(`${done.status} ${JSON.stringify(done.body)}`);
      }
    }
    expect([...answers]).toEqual([
      '401 {"error":{"code":"BadSignIn","message":"The name, the password or the code is not right."}}',
    ]);
    const middle = (login: string) =>
      (times.get(login) ?? []).toSorted((a, b) => a - b)[Math.floor(PAIRS / 2)] ?? 0;
    const told = ["nobody", "gone", "invited"].map(
      (login) => `${login} ${(middle(login) - middle("sato")).toFixed(2)}`,
    );
    console.info(
      `A12: medians beside that of an account, in ms: ${told.join(", ")}; of an account ${middle("sato").toFixed(1)}`,
    );
    if (PAIRS >= 1_000)
      for (const login of ["nobody", "gone", "invited"]) {
        expect(Math.abs(middle(login) - middle("sato"))).toBeLessThanOrEqual(5);
        expect(ks(times.get(login) ?? [], times.get("sato") ?? [])).toBeGreaterThan(0.01);
      }
  },
  measure(120_000, 1_500_000),
);

/** The probability of two samples being this far apart by chance (Kolmogorov and Smirnov, two-sided). */
function ks(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [a.toSorted((p, q) => p - q), b.toSorted((p, q) => p - q)];
  let [i, j, far] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    if ((x[i] ?? 0) <= (y[j] ?? 0)) i += 1;
    else j += 1;
    far = Math.max(far, Math.abs(i / x.length - j / y.length));
  }
  const n = Math.sqrt((x.length * y.length) / (x.length + y.length));
  const lambda = (n + 0.12 + 0.11 / n) * far;
  let sum = 0;
  for (let k = 1; k <= 100; k += 1) sum += (-1) ** (k - 1) * Math.exp(-2 * k * k * lambda * lambda);
  return Math.min(1, Math.max(0, 2 * sum));
}

it("A14: a code is good once: again it is not, of a hundred at once one is, and two steps away none is", async () => {
  const around = await openConsole({ env: { TRUSTED_PROXIES: "127.0.0.1" } });
  const staff = await around.hire("sato", AGENT);
  const { accounts } = around.store.console;
  const at = around.clock.at;
  const code = codeOf(staff, at);
  expect((await around.client().signIn("sato", PASSWORD, code)).status).toBe(200);
  expect((await around.client().signIn("sato", PASSWORD, code)).status).toBe(401);
  for (const steps of measure([-2, 2], [-2, 2, -3, 3, 10, -10])) {
    const client = around.client({ "X-Forwarded-For": `198.51.100.${steps + 20}` });
    around.clock.at += 16 * 60_000;
    expect(
      (await client.signIn("sato", PASSWORD, codeOf(staff, around.clock.at + steps * 30_000))).status,
    ).toBe(401);
    expect((await client.signIn("sato", PASSWORD, codeOf(staff, around.clock.at))).status).toBe(200);
  }
  // Without the code, or with what is none, there is no half of a session.
  for (const none of ["", "0", "abcdef", "１２３", "-1", "00000000"]) {
    around.clock.at += 16 * 60_000;
    const client = around.client();
    expect([400, 401]).toContain((await client.signIn("sato", PASSWORD, none)).status);
    expect(client.cookies.size).toBe(0);
  }
  const step = Math.floor(around.clock.at / 30_000) + 1_000;
  const parallel = await Promise.all(Array.from({ length: 100 }, () => accounts.useStep(staff.id, step)));
  expect(parallel.filter(Boolean)).toHaveLength(1);
  // The same over HTTP, as far as the tries reach.
  around.clock.at += 16 * 60_000;
  const fresh = codeOf(staff, around.clock.at + 0);
  await accounts.useStep(staff.id, 0);
  const at3 = await Promise.all([1, 2, 3].map(() => around.client().signIn("sato", PASSWORD, fresh)));
  expect(at3.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
});

it("A14: a recovery code is good once too", async () => {
  const around = await openConsole();
  await around.hire("sato", AGENT);
  expect((await around.client().signIn("sato", PASSWORD, "22222 33333")).status).toBe(200);
  expect((await around.client().signIn("sato", PASSWORD, "22222-33333")).status).toBe(401);
});
