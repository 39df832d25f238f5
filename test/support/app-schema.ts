/**
 * What Teams checks of an app package, as far as ours uses it: names, lengths and forms of the manifest's schema from
 * 1.17 to 1.29, the strictest of them. Nothing else may stand in it.
 */
const text = (maxLength: number) => ({ type: "string", minLength: 1, maxLength });
const guid = { type: "string", pattern: "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$" };
const https = { type: "string", pattern: "^https://", maxLength: 2048 };
const scope = { enum: ["personal", "team", "groupChat"] };
const scopes = { type: "array", items: scope, minItems: 1, maxItems: 3, uniqueItems: true };
const language = { type: "string", pattern: "^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,2}$" };
const object = (properties: object) => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const list = (items: object, maxItems: number) => ({ type: "array", items, minItems: 1, maxItems });

export const MANIFEST_SCHEMA = object({
  $schema: https,
  manifestVersion: { type: "string", pattern: "^1\\.\\d+$" },
  version: { type: "string", pattern: "^(0|[1-9]\\d*)(\\.(0|[1-9]\\d*)){2}$", maxLength: 256 },
  id: guid,
  developer: object({ name: text(32), websiteUrl: https, privacyUrl: https, termsOfUseUrl: https }),
  localizationInfo: object({
    defaultLanguageTag: language,
    additionalLanguages: list(object({ languageTag: language, file: text(2048) }), 50),
  }),
  name: object({ short: text(30), full: text(100) }),
  description: object({ short: text(80), full: text(4000) }),
  icons: object({ color: text(2048), outline: text(2048) }),
  accentColor: { type: "string", pattern: "^#[0-9A-Fa-f]{6}$" },
  bots: list(
    object({
      botId: guid,
      scopes,
      isNotificationOnly: { const: false },
      supportsFiles: { const: false },
      commandLists: list(
        object({ scopes, commands: list(object({ title: text(32), description: text(128) }), 10) }),
        3,
      ),
    }),
    1,
  ),
  validDomains: list(text(2048), 16),
});

export const LANGUAGE_SCHEMA = {
  ...object({
    $schema: https,
    "name.short": text(30),
    "name.full": text(100),
    "description.short": text(80),
    "description.full": text(4000),
  }),
  patternProperties: {
    "^bots\\[0\\]\\.commandLists\\[[0-2]\\]\\.commands\\[[0-9]\\]\\.title$": text(32),
    "^bots\\[0\\]\\.commandLists\\[[0-2]\\]\\.commands\\[[0-9]\\]\\.description$": text(128),
  },
};
