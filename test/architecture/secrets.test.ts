import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { LONG } from "../support/long.ts";
import { filesBelow, ROOT } from "../support/repository.ts";

/** What a secret looks like, whoever has issued it. */
const PATTERNS: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}\b/,
  /\bxox[abprs]-[\w-]{10,}/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/,
  /\b(?:postgres|mysql|mongodb|redis|amqp)(?:ql)?:\/\/[^\s:/"']+:[^\s@"']+@/,
  /\/\/registry\.[^\s:]+:_authToken=\S+/,
];
/** A setting whose name says that it is secret, with a value beside it. */
const NAMED =
  /\b(?:[A-Z]+_)*(?:SECRET|PASSWORD|TOKEN|KEY|CREDENTIAL)S?(?:_[A-Z_]+)?\s*[=:]\s*["'`]?([A-Za-z0-9+/_=-]{20,})["'`]?/g;
const RANDOM = /["'`=\s]([A-Za-z0-9+/_-]{32,}={0,2})["'`\s]/g;

function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const c of text) counts.set(c, (counts.get(c) ?? 0) + 1);
  return [...counts.values()].reduce((sum, n) => sum - (n / text.length) * Math.log2(n / text.length), 0);
}

/** Random text: many different letters, capitals, small ones and digits, none of it a word or a path. */
function isRandom(text: string): boolean {
  const kinds = [/[A-Z]/, /[a-z]/, /\d/].every((kind) => kind.test(text));
  const words = /[a-z]{7,}|[A-Z]{9,}/.test(text) || text.split("/").length > 2;
  return kinds && !words && entropy(text) > 4.2;
}

/** Places where a text seems to hold a secret, without the secret. */
function secretsIn(text: string): string[] {
  return text.split("\n").flatMap((line, i) => {
    // A lockfile's and a registry's digests are public.
    if (/"integrity": "sha\d+-/.test(line)) return [];
    const found = PATTERNS.filter((pattern) => pattern.test(line)).map(
      (pattern) => `${i + 1}: ${pattern.source}`,
    );
    for (const [, value = ""] of line.matchAll(NAMED))
      if (entropy(value) > 4 && isRandom(value)) found.push(`${i + 1}: a named secret`);
    for (const [, value = ""] of line.matchAll(RANDOM))
      if (isRandom(value)) found.push(`${i + 1}: random text`);
    return found;
  });
}

const git = (...args: string[]) =>
  execFileSync("git", args, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 1 << 30,
    stdio: ["ignore", "pipe", "ignore"],
  });
const hasGit = (() => {
  try {
    return git("rev-parse", "--is-inside-work-tree").trim() === "true";
  } catch {
    return false;
  }
})();

/** What the repository holds: by git where it is one, else what lies in its folders. */
function files(): string[] {
  if (hasGit)
    return git("ls-files", "-co", "--exclude-standard")
      .split("\n")
      .filter((f) => f !== "");
  return ["src", "test", "bench", "content", "locales", "docs"].flatMap((folder) => filesBelow(folder, ""));
}

it("S01: no file of the repository and nothing that is served to browsers holds a secret", () => {
  const built = filesBelow("dist", ".js").concat(filesBelow("dist", ".map"), filesBelow(".cache", ".js"));
  const all = [...files(), ...built].filter((file) => existsSync(join(ROOT, file)));
  expect(all.length).toBeGreaterThan(100);
  const found = all.flatMap((file) =>
    secretsIn(readFileSync(join(ROOT, file), "utf8")).map((place) => `${file}:${place}`),
  );
  expect(found).toEqual([]);
});

it.skipIf(!LONG || !hasGit)("S01: nor does any commit", () => {
  const log = git("log", "--all", "-p", "--no-color", "--unified=0", "--", ".", ":!package-lock.json");
  const added = log.split("\n").filter((line) => line.startsWith("+"));
  console.info(`S01: ${added.length} lines of ${git("rev-list", "--all", "--count").trim()} commits`);
  expect(secretsIn(added.join("\n"))).toEqual([]);
});

it("S01: the search finds planted secrets, and leaves ids, digests and long words alone", () => {
  const key = Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 89 + 41) % 256)).toString("base64");
  const planted = [
    `DATA_KEY=${key}`,
    `  token: "${key}"`,
    ["-----BEGIN", "PRIVATE KEY-----"].join(" "),
    ["AKIA", "ABCDEFGHIJKLMNOP"].join(""),
    ["postgres", "://desk:hunter2@db/desk"].join(""),
    `const jwt = "${["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJ4In0abc", "c2lnbmF0dXJlLW9mLXRva2Vu"].join(".")}"`,
  ];
  for (const line of planted) expect([line, secretsIn(line).length > 0]).toEqual([line, true]);
  for (const line of [
    "const TOKEN_RATE = { burst: 100 }",
    'import x from "../../channels/direct-line/index.ts"',
  ])
    expect(secretsIn(line)).toEqual([]);
});
