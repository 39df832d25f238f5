import { LOCALES, type Locale, type Localized } from "../../../reply/locale.ts";
import type { Texts } from "../../../reply/texts.ts";

/**
 * The manifest's schema of June 2026 (OfficeDev/microsoft-teams-app-schema, v1.29). What we write is the same in every
 * version from 1.17 on.
 */
const VERSION = "1.29";
const SCHEMAS = "https://developer.microsoft.com/json-schemas/teams";
/** Of the icon's ground, as the pages have it where an operator has no colour. */
const ACCENT = "#33475B";

/** The language of the manifest itself; the others stand in files beside it. */
const DEFAULT: Locale = LOCALES[0];

/** What one can ask here, each a text of `locales/` that the desk understands. Personal requests in private alone. */
const QUESTIONS = ["purposes", "sharing", "recording", "rights", "contact"] as const;
const REQUESTS = ["disclosure", "deletion", "marketing", "status", "resume"] as const;

export interface AppOptions {
  /** Of the app in Teams and of the bot in Azure: one GUID. */
  botId: string;
  publicUrl: string;
  /** Of the app, semver: Teams takes a package as an update only when it rises. */
  version: string;
  /** Whose desk it is; of several operators when none is told. */
  operator?: { id: string; company: Localized };
  /** Who publishes the app, at most 32 characters. */
  developer: string;
  texts: Texts;
}

/** The files of an app package but for its icons: `manifest.json` and a file for each further language. */
export function manifestFiles(options: AppOptions): Record<string, object> {
  const others = LOCALES.filter((locale) => locale !== DEFAULT);
  return {
    "manifest.json": manifest(options, others),
    ...Object.fromEntries(others.map((locale) => [`${locale}.json`, translation(options, locale)])),
  };
}

function manifest(options: AppOptions, others: readonly Locale[]): object {
  const { botId, publicUrl, version, operator, developer } = options;
  const { name, description } = names(options, DEFAULT);
  return {
    $schema: `${SCHEMAS}/v${VERSION}/MicrosoftTeams.schema.json`,
    manifestVersion: VERSION,
    version,
    id: botId,
    developer: {
      name: developer,
      websiteUrl: `${publicUrl}/`,
      privacyUrl: operator ? `${publicUrl}/policy/${operator.id}` : `${publicUrl}/`,
      termsOfUseUrl: `${publicUrl}/`,
    },
    localizationInfo: {
      defaultLanguageTag: DEFAULT,
      additionalLanguages: others.map((locale) => ({ languageTag: locale, file: `${locale}.json` })),
    },
    name,
    description,
    icons: { color: "color.png", outline: "outline.png" },
    accentColor: ACCENT,
    bots: [
      {
        botId,
        scopes: ["personal", "team", "groupChat"],
        isNotificationOnly: false,
        supportsFiles: false,
        commandLists: commandLists(options.texts, DEFAULT),
      },
    ],
    validDomains: [new URL(publicUrl).hostname],
  };
}

function names({ texts, operator }: AppOptions, locale: Locale) {
  const t = texts[locale];
  const company = operator?.company[locale];
  const full = company === undefined ? t("teams:app.full-name") : t("teams:app.full-name-of", { company });
  return {
    name: { short: t("teams:app.name"), full },
    description: {
      short: t("teams:app.short"),
      full: company === undefined ? t("teams:app.about") : t("teams:app.about-of", { company }),
    },
  };
}

/** Personal chats have all; where others read along, questions alone. */
function commandLists(texts: Texts, locale: Locale) {
  const t = texts[locale];
  const command = (id: string) => ({
    title: t(`teams:commands.${id}.say`),
    description: t(`teams:commands.${id}.about`),
  });
  return [
    { scopes: ["personal"], commands: [...QUESTIONS.slice(0, 4), ...REQUESTS].map(command) },
    { scopes: ["team", "groupChat"], commands: QUESTIONS.map(command) },
  ];
}

/** The same words in another language, by their places in the manifest. */
function translation(options: AppOptions, locale: Locale): object {
  const { name, description } = names(options, locale);
  const lists = commandLists(options.texts, locale);
  return {
    $schema: `${SCHEMAS}/v${VERSION}/MicrosoftTeams.Localization.schema.json`,
    "name.short": name.short,
    "name.full": name.full,
    "description.short": description.short,
    "description.full": description.full,
    ...Object.fromEntries(
      lists.flatMap(({ commands }, i) =>
        commands.flatMap(({ title, description: about }, j) => [
          [`bots[0].commandLists[${i}].commands[${j}].title`, title],
          [`bots[0].commandLists[${i}].commands[${j}].description`, about],
        ]),
      ),
    ),
  };
}
