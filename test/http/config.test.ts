import { expect, it } from "vitest";
import { type Environment, readConfig } from "../../src/config.ts";
import { productionEnv } from "../support/desk.ts";
import { start } from "../support/process.ts";
import { tempFolder } from "../support/temp.ts";
import { patience } from "../support/took.ts";

const development = () => ({
  dataKey: Buffer.alloc(32, "development keys").toString("base64"),
  tokenKey: "development-token-key-0123456789abcdef",
});
const problemsOf = (env: Environment) => {
  const read = readConfig(env, () => "not a key", development);
  return read.kind === "problems" ? read.problems : [];
};

it("S02: production starts with all that it needs, and with nothing less", async () => {
  const base: Environment = await productionEnv("/nowhere");
  expect(readConfig(base, () => "", development)).toMatchObject({ config: { mail: undefined } });
  const mail = { SMTP_URL: "smtps://u:p@mail.example", MAIL_FROM: "desk@example.jp" };
  const good: Environment = { ...base, ...mail };
  expect(problemsOf(good)).toEqual([]);
  for (const name of Object.keys(mail)) {
    const [problem, ...more] = problemsOf({ ...good, [name]: undefined });
    expect([problem, more]).toEqual([expect.stringMatching(new RegExp(`^${name} is missing`)), []]);
  }
  const bad: [string, string | undefined][] = [
    ...["DATA_KEY", "TOKEN_KEY"].flatMap((name) =>
      [undefined, "", "changeme", "short", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="].map(
        (value): [string, string | undefined] => [name, value],
      ),
    ),
    ...["", "secret", "<your secret here>", "short", "aaaaaaaaaaaaaaaaaaaaaaaa"].map(
      (value): [string, string] => ["DIRECT_LINE_SECRET_JCOM", value],
    ),
    ...["*", "null", "www.jcom.example", "https://www.jcom.example/", "https://a.example,*"].map(
      (value): [string, string] => ["WIDGET_ORIGINS_JCOM", value],
    ),
    ["PORT", "0"],
    ["PORT", "x"],
    ["PUBLIC_URL", "ftp://x"],
    ["TRUSTED_PROXIES", "everyone"],
    ["LOG_LEVEL", "loud"],
    ["DATABASE_URL", "postgres://x"],
    ["OPERATORS", "../x"],
    ["SMTP_URL", "https://mail.example"],
    ["MAIL_FROM", "nobody"],
  ];
  for (const [name, value] of bad) {
    const problems = problemsOf({ ...good, [name]: value });
    expect([name, value, problems.length]).toEqual([name, value, 1]);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
    if (value && value.length > 5) expect(problems[0]).not.toContain(value);
  }
  expect(problemsOf({ NODE_ENV: "production", PORT: "x", DIRECT_LINE_SECRET_JCOM: "" })).toHaveLength(4);
  expect(problemsOf({ ...good, DATA_KEY: undefined, DATA_KEY_FILE: "/run/key" })[0]).toMatch(
    /^DATA_KEY_FILE must/,
  );
  expect(problemsOf({ ...good, TOKEN_KEY: good.DATA_KEY })[0]).toMatch(/^TOKEN_KEY must not/);
});

it("S02, control: where production is not said, what is missing or weak passes, and the check would see it", async () => {
  const good: Environment = { ...(await productionEnv("/nowhere")), NODE_ENV: undefined };
  for (const weak of [
    { DATA_KEY: undefined },
    { TOKEN_KEY: undefined },
    { DIRECT_LINE_SECRET_JCOM: "short" },
  ])
    expect(problemsOf({ ...good, ...weak })).toEqual([]);
});

it("S02: development needs nothing", () => {
  expect(readConfig({}, () => "", development)).toMatchObject({
    kind: "config",
    config: {
      port: 3978,
      host: "127.0.0.1",
      publicUrl: "http://127.0.0.1:3978",
      production: false,
      dataDir: "data",
      mail: "files",
    },
  });
});

it("S02: a start that is refused ends within 5 seconds, names the variable and not its value, and listens nowhere", async () => {
  const env = { ...(await productionEnv(tempFolder())), DIRECT_LINE_SECRET_JCOM: "tiny-value" };
  const began = performance.now();
  const desk = start("src/main.ts", env);
  const code = await new Promise((resolve) => desk.child.once("exit", resolve));
  const took = performance.now() - began;
  expect(code).toBe(1);
  expect(took).toBeLessThan(patience(5_000, took));
  expect(desk.output()).toContain("DIRECT_LINE_SECRET_JCOM");
  expect(desk.output()).not.toContain("tiny-value");
  await expect(fetch(`${desk.url}/healthz`)).rejects.toThrow();
});
