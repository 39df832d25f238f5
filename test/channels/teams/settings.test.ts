import { describe, expect, it } from "vitest";
import { type Environment, readConfig } from "../../../src/config.ts";
import { APP, PASSWORD, TENANT } from "../../support/bot-service.ts";
import { call } from "../../support/client.ts";
import { openDesk, productionEnv } from "../../support/desk.ts";
import { tempFolder } from "../../support/temp.ts";

const keys = () => ({
  dataKey: Buffer.alloc(32, "development keys").toString("base64"),
  tokenKey: "development-token-key-0123456789abcdef",
});
const read = (env: Environment) => readConfig(env, () => "", keys);
const problemsOf = (env: Environment) => {
  const found = read(env);
  return found.kind === "problems" ? found.problems : [];
};
const bot = {
  MicrosoftAppId: APP,
  MicrosoftAppPassword: PASSWORD,
  MicrosoftAppType: "SingleTenant",
  MicrosoftAppTenantId: TENANT,
};
const cloud = {
  ToBotFromChannelOpenIdMetadataUrl: "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
  ToBotFromChannelTokenIssuer: "https://api.botframework.us",
  ToChannelFromBotLoginUrl: `https://login.microsoftonline.us/${TENANT}`,
  ToChannelFromBotOAuthScope: "https://api.botframework.us",
};

describe("S02: the settings of the bot", () => {
  it("are good as they should be: single tenant, managed identity, another cloud, none", async () => {
    const production = await productionEnv("/nowhere");
    const { MicrosoftAppPassword: _, ...managed } = { ...bot, MicrosoftAppType: "UserAssignedMSI" };
    for (const good of [
      bot,
      managed,
      { ...bot, ...cloud, TEAMS_SERVICE_URLS: "https://smba.infra.gov.teams.microsoft.us" },
      {},
    ])
      expect(problemsOf({ ...production, ...good })).toEqual([]);
    const found = read({ ...production, ...bot, TEAMS_OPERATOR: ` ${TENANT}=jcom, x=gmo-cloud` });
    expect(found.kind === "config" && found.config.teams?.operator.byTenant.get(TENANT)).toBe("jcom");
    expect(problemsOf({ TEAMS_ANONYMOUS: "1" })).toEqual([]);
  });

  it.each([
    ["MicrosoftAppId", "my-bot"],
    ["MicrosoftAppId", "00000000"],
    ["MicrosoftAppPassword", undefined],
    ["MicrosoftAppPassword", ""],
    ["MicrosoftAppPassword", "changeme"],
    ["MicrosoftAppPassword", "short"],
    ["MicrosoftAppPassword", "<your password here>"],
    ["MicrosoftAppPassword", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
    ["MicrosoftAppType", undefined],
    ["MicrosoftAppType", "MultiTenant"],
    ["MicrosoftAppType", "singletenant"],
    ["MicrosoftAppType", "UserAssignedMSI"],
    ["MicrosoftAppTenantId", undefined],
    ["MicrosoftAppTenantId", "contoso.example"],
    ["TEAMS_ANONYMOUS", "1"],
    ["TEAMS_ANONYMOUS", "yes"],
    ["TEAMS_OPERATOR", "JCOM"],
    ["TEAMS_OPERATOR", "a=b=c"],
    ["TEAMS_OPERATOR", "t=jcom,t=gmo-cloud"],
    ["TEAMS_SERVICE_URLS", "http://smba.example"],
    ["TEAMS_SERVICE_URLS", "https://smba.example/"],
    ["TEAMS_SERVICE_URLS", "https://u@smba.example"],
    ["TEAMS_SERVICE_URLS", "*"],
    ["ToChannelFromBotLoginUrl", "https://login.microsoftonline.us/x"],
    ["ToBotFromChannelOpenIdMetadataUrl", "https://login.botframework.azure.us/v1"],
  ] as const)(
    "%s as %s ends the start of production, is named, and its value is not",
    async (name, value) => {
      const problems = problemsOf({ ...(await productionEnv("/nowhere")), ...bot, [name]: value });
      expect(problems.length).toBeGreaterThan(0);
      const others = /^(TEAMS_ANONYMOUS|MicrosoftAppPassword|To\w+) /;
      for (const problem of problems)
        expect(problem.startsWith(`${name} `) || others.test(problem)).toBe(true);
      if (value && value.length > 8 && name !== "MicrosoftAppType")
        expect(problems.join()).not.toContain(value);
    },
  );

  it.each(Object.keys(cloud))("%s alone is missing: all four addresses or none", async (name) => {
    const problems = problemsOf({
      ...(await productionEnv("/nowhere")),
      ...bot,
      ...cloud,
      [name]: undefined,
    });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} is missing`))]);
  });

  it("without an app id are a mistake, and nobody is taken unchecked on an address that others reach", async () => {
    for (const name of [
      "MicrosoftAppPassword",
      "MicrosoftAppTenantId",
      "TEAMS_SERVICE_URLS",
      "TEAMS_OPERATOR",
    ])
      expect(problemsOf({ [name]: "https://smba.example" })[0]).toMatch(new RegExp(`^${name} `));
    for (const HOST of ["0.0.0.0", "192.0.2.1", "::", "desk.example"])
      expect(problemsOf({ HOST, TEAMS_ANONYMOUS: "1" })).toEqual([
        expect.stringMatching(/^TEAMS_ANONYMOUS /),
      ]);
    expect(problemsOf({ ...bot, TEAMS_ANONYMOUS: "1" })).toEqual([
      expect.stringMatching(/^TEAMS_ANONYMOUS /),
    ]);
  });

  it("are not there: nor is /api/messages", async () => {
    const desk = await openDesk({ dataDir: tempFolder() });
    try {
      expect((await call(`${desk.url}/api/messages`, { json: { type: "message" } })).status).toBe(404);
    } finally {
      await desk.stop();
    }
  });
});
