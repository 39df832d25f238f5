import { expect, it } from "vitest";
import { readConfig, strayOperators } from "../../../src/config.ts";
import { productionEnv } from "../../support/desk.ts";

const env = await productionEnv("/nowhere");
const SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const TOKEN = "an-access-token-0123456789/abcdef";
const read = (more: Record<string, string>) =>
  readConfig(
    { ...env, ...more },
    () => "",
    () => ({ dataKey: "", tokenKey: "" }),
  );
const problems = (more: Record<string, string>) => {
  const config = read(more);
  return config.kind === "problems" ? config.problems : [];
};
const both = { LINE_CHANNEL_SECRET_JCOM: SECRET, LINE_CHANNEL_ACCESS_TOKEN_JCOM: TOKEN };

it("S02: neither is no account, both are one", () => {
  const none = read({});
  expect(none.kind === "config" && none.config.line.size).toBe(0);
  const one = read({ ...both, LINE_PUSH_LIMIT_JCOM: "200" });
  expect(one.kind === "config" && one.config.line.get("JCOM")).toEqual({
    secret: SECRET,
    accessToken: TOKEN,
    pushLimit: 200,
  });
});

it.each([
  ["the secret alone", { LINE_CHANNEL_SECRET_JCOM: SECRET }, "LINE_CHANNEL_ACCESS_TOKEN_JCOM is missing"],
  ["the token alone", { LINE_CHANNEL_ACCESS_TOKEN_JCOM: TOKEN }, "LINE_CHANNEL_SECRET_JCOM is missing"],
  ["an empty secret", { ...both, LINE_CHANNEL_SECRET_JCOM: "" }, "LINE_CHANNEL_SECRET_JCOM is empty"],
  [
    "an empty token",
    { ...both, LINE_CHANNEL_ACCESS_TOKEN_JCOM: " " },
    "LINE_CHANNEL_ACCESS_TOKEN_JCOM is empty",
  ],
  [
    "a placeholder",
    { ...both, LINE_CHANNEL_SECRET_JCOM: "changeme" },
    "LINE_CHANNEL_SECRET_JCOM is a placeholder",
  ],
  [
    "a short token",
    { ...both, LINE_CHANNEL_ACCESS_TOKEN_JCOM: "abc" },
    "LINE_CHANNEL_ACCESS_TOKEN_JCOM must be",
  ],
  ["the secret as the token", { ...both, LINE_CHANNEL_ACCESS_TOKEN_JCOM: SECRET }, "must not be the same"],
  ["a limit that is no number", { ...both, LINE_PUSH_LIMIT_JCOM: "many" }, "LINE_PUSH_LIMIT_JCOM must be"],
  ["a limit without an account", { LINE_PUSH_LIMIT_JCOM: "200" }, "LINE_PUSH_LIMIT_JCOM needs"],
  [
    "tokens sent in the clear",
    { ...both, LINE_API_BASE: "http://api.line.example" },
    "LINE_API_BASE must be",
  ],
  ["an address with a path", { ...both, LINE_API_BASE: "https://api.line.me/v2" }, "LINE_API_BASE must be"],
])("S02: %s ends the start, named without its value", (_, more, wanted) => {
  const found = problems(more);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(wanted);
  expect(found.join()).not.toContain(SECRET);
  expect(found.join()).not.toContain(TOKEN);
});

it("S02: an account of an operator that is not served is named", () => {
  const config = read({ LINE_CHANNEL_SECRET_NOBODY: SECRET, LINE_CHANNEL_ACCESS_TOKEN_NOBODY: TOKEN });
  if (config.kind === "problems") throw new Error(config.problems.join());
  expect(strayOperators(config.config, ["jcom"])).toContain(
    "LINE_CHANNEL_SECRET_NOBODY names no operator that is served",
  );
});
