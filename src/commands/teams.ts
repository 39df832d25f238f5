import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { archive } from "../channels/teams/package/archive.ts";
import { ICONS } from "../channels/teams/package/icon.ts";
import { manifestFiles } from "../channels/teams/package/manifest.ts";
import { loadContent } from "../knowledge/content.ts";
import { loadTexts } from "../reply/texts.ts";
import { run } from "./data.ts";
import { packageSettings } from "./settings.ts";

/**
 * `npm run teams -- package [--out FILE] [--developer NAME] [--app-version 1.2.3]`: the app package that an administrator
 * uploads to Teams, from MicrosoftAppId, PUBLIC_URL and TEAMS_OPERATOR. `icons` draws its icons anew.
 */
const ROOT = join(import.meta.dirname, "../..");
const FOLDER = join(ROOT, "src/channels/teams/package");
const USAGE =
  "usage: npm run teams -- package [--out FILE] [--developer NAME] [--app-version 1.2.3], or npm run teams -- icons";
/** Longest name of who publishes an app, in characters. */
const MAX_DEVELOPER = 32;

await run(async () => {
  const { values, positionals } = parseArgs({
    options: {
      out: { type: "string", default: "teams-app.zip" },
      developer: { type: "string" },
      "app-version": { type: "string" },
    },
    allowPositionals: true,
  });
  switch (positionals.join()) {
    case "icons":
      for (const [name, draw] of Object.entries(ICONS)) writeFileSync(join(FOLDER, name), draw());
      return;
    case "package":
      return write(values.out, values.developer, values["app-version"]);
    default:
      throw new Error(USAGE);
  }
});

async function write(out: string, named: string | undefined, wanted: string | undefined): Promise<void> {
  const { botId, publicUrl, operator: slug } = packageSettings();
  const operator = slug === undefined ? undefined : loadContent(join(ROOT, "content")).operators.get(slug);
  if (slug !== undefined && !operator) throw new Error(`TEAMS_OPERATOR: there is no operator ${slug}`);
  const company = operator?.company;
  const developer = named ?? company?.ja ?? "Madoguchi";
  if (developer.trim() === "" || developer.length > MAX_DEVELOPER)
    throw new Error(`--developer: tell who publishes the app, in at most ${MAX_DEVELOPER} characters`);
  const version = wanted ?? ownVersion();
  if (!/^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}$/.test(version))
    throw new Error("--app-version: write three numbers, such as 1.2.3");
  const documents = manifestFiles({
    botId,
    publicUrl,
    version,
    developer,
    texts: await loadTexts(join(ROOT, "locales")),
    ...(slug !== undefined && company ? { operator: { id: slug, company } } : {}),
  });
  const icons = Object.fromEntries(
    Object.keys(ICONS).map((name) => [name, readFileSync(join(FOLDER, name))]),
  );
  writeFileSync(out, archive(documents, icons));
  process.stdout.write(`${out}: version ${version} for ${publicUrl}; upload it as docs/teams.md says\n`);
}

/** Of this project. */
function ownVersion(): string {
  return (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string }).version;
}
