import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { Ajv } from "ajv";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { archive } from "../../../src/channels/teams/package/archive.ts";
import { ICONS } from "../../../src/channels/teams/package/icon.ts";
import { manifestFiles } from "../../../src/channels/teams/package/manifest.ts";
import { readPackageSettings } from "../../../src/channels/teams/package/settings.ts";
import { LOCALES } from "../../../src/reply/locale.ts";
import { loadTexts, type Texts } from "../../../src/reply/texts.ts";
import { LANGUAGE_SCHEMA, MANIFEST_SCHEMA } from "../../support/app-schema.ts";
import { theBrain } from "../../support/brain.ts";
import { filingDesk } from "../../support/filing-desk.ts";
import { theContent } from "../../support/lessons.ts";
import { ROOT } from "../../support/repository.ts";
import { tempFolder } from "../../support/temp.ts";

const BOT = "0f0e0d0c-1111-2222-3333-444455556666";
const PUBLIC = "https://desk.example.jp";
const FOLDER = join(ROOT, "src/channels/teams/package");
const ajv = new Ajv();
const [isManifest, isLanguage] = [ajv.compile(MANIFEST_SCHEMA), ajv.compile(LANGUAGE_SCHEMA)];
const { operators } = theContent();

let texts: Texts;
beforeAll(async () => {
  texts = await loadTexts(join(ROOT, "locales"));
});

type Manifest = {
  developer: { privacyUrl: string };
  bots: { commandLists: { scopes: string[]; commands: { title: string }[] }[] }[];
  localizationInfo: { additionalLanguages: { file: string }[] };
};
const filesOf = (id?: string) => {
  const company = id === undefined ? undefined : operators.get(id)?.company;
  return manifestFiles({
    botId: BOT,
    publicUrl: PUBLIC,
    version: "1.0.0",
    developer: company?.ja ?? "Madoguchi",
    texts,
    ...(id !== undefined && company ? { operator: { id, company } } : {}),
  });
};
const manifestOf = (id?: string) => filesOf(id)["manifest.json"] as Manifest;

describe("the manifest", () => {
  it.each([undefined, ...operators.keys()])(
    "of %s is as Teams wants it, and so are its other languages",
    (id) => {
      const { "manifest.json": manifest, ...languages } = filesOf(id);
      expect(isManifest(manifest), JSON.stringify(isManifest.errors)).toBe(true);
      expect(Object.keys(languages)).toEqual(
        manifestOf(id).localizationInfo.additionalLanguages.map(({ file }) => file),
      );
      for (const language of Object.values(languages))
        expect(isLanguage(language), JSON.stringify(isLanguage.errors)).toBe(true);
      expect(manifestOf(id).developer.privacyUrl).toBe(
        id === undefined ? `${PUBLIC}/` : `${PUBLIC}/policy/${id}`,
      );
    },
  );

  it("is refused with a name that is too long, a bot that is no GUID, or anything that we do not ask for", () => {
    const manifest = manifestOf();
    for (const wrong of [
      { ...manifest, name: { short: "あ".repeat(31), full: "x" } },
      { ...manifest, bots: [{ ...manifest.bots[0], botId: "bot" }] },
      { ...manifest, authorization: { permissions: { resourceSpecific: [] } } },
      { ...manifest, bots: [{ ...manifest.bots[0], supportsFiles: true }] },
    ])
      expect(isManifest(wrong)).toBe(false);
  });

  it("has the same commands in every language, in their places", () => {
    const { "manifest.json": _, ...languages } = filesOf("jcom");
    const places = manifestOf("jcom").bots[0]?.commandLists.flatMap(({ commands }, i) =>
      commands.map((_command, j) => `bots[0].commandLists[${i}].commands[${j}].title`),
    );
    for (const language of Object.values(languages))
      expect(Object.keys(language).filter((key) => key.endsWith(".title"))).toEqual(places);
  });

  it.each(LOCALES)("offers only commands that the desk understands at every operator: %s", async (locale) => {
    const brain = await theBrain();
    const lists = manifestOf().bots[0]?.commandLists ?? [];
    const language = filesOf()["en.json"] as Record<string, string>;
    for (const [i, { scopes, commands }] of lists.entries())
      for (const [j, { title }] of commands.entries())
        for (const operator of brain.operators) {
          const said = locale === "ja" ? title : language[`bots[0].commandLists[${i}].commands[${j}].title`];
          const desk = filingDesk(brain, { operator, locale });
          const [message] = (await desk.say(said ?? "")).messages;
          const kind = message?.words.kind;
          const silent = message?.words.kind === "out-of-scope" && message.words.reason === "silent";
          expect(silent ? "silent" : kind, `${operator}: ${said}`).toMatch(
            scopes.includes("personal") ? /^(?:answer|silent|request|notice)$/ : /^(?:answer|silent)$/,
          );
          expect(message?.locale).toBe(locale);
        }
  });
});

describe("the icons", () => {
  /** Side, and red, green, blue and alpha of each pixel of a PNG that is written row by row as it is. */
  const pixels = (png: Uint8Array) => {
    const data = Buffer.from(png);
    const parts: Buffer[] = [];
    for (let at = 8; at < data.length; at += 12 + data.readUInt32BE(at))
      if (data.toString("latin1", at + 4, at + 8) === "IDAT")
        parts.push(data.subarray(at + 8, at + 8 + data.readUInt32BE(at)));
    const [width, height] = [data.readUInt32BE(16), data.readUInt32BE(20)];
    const rows = inflateSync(Buffer.concat(parts));
    const points = Array.from({ length: width * height }, (_, i) => {
      const from = Math.floor(i / width) * (4 * width + 1) + 1 + (i % width) * 4;
      return [...rows.subarray(from, from + 4)];
    });
    return { width, height, points };
  };

  it.each([
    ["color.png", 192],
    ["outline.png", 32],
  ])("%s is what the script draws, %i pixels wide", (name, side) => {
    const kept = pixels(readFileSync(join(FOLDER, name)));
    expect([kept.width, kept.height]).toEqual([side, side]);
    expect(kept).toEqual(pixels(ICONS[name]?.() ?? new Uint8Array()));
  });

  it("are full of colour, and white on nothing", () => {
    const colour = pixels(readFileSync(join(FOLDER, "color.png"))).points;
    expect(colour.every(([, , , alpha]) => alpha === 255)).toBe(true);
    const outline = pixels(readFileSync(join(FOLDER, "outline.png"))).points;
    expect(outline.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255)).toBe(true);
    expect(
      outline.some(([, , , alpha]) => alpha === 0) && outline.some(([, , , alpha]) => alpha === 255),
    ).toBe(true);
  });
});

describe("npm run teams -- package", () => {
  const run = (env: Record<string, string>, ...args: string[]) => {
    const node = process.execPath;
    const script = join(ROOT, "src/commands/teams.ts");
    try {
      const options = {
        env: { PATH: process.env.PATH ?? "", ...env },
        encoding: "utf8",
        stdio: "pipe",
      } as const;
      return { code: 0, out: execFileSync(node, [script, "package", ...args], options) };
    } catch (error) {
      const { status, stderr } = error as { status: number; stderr: string };
      return { code: status, out: stderr };
    }
  };
  const right = { MicrosoftAppId: BOT.toUpperCase(), PUBLIC_URL: `${PUBLIC}/`, TEAMS_OPERATOR: "jcom" };

  it("writes what an administrator uploads, the same bytes in any place at any time", () => {
    const path = join(tempFolder(), "app.zip");
    const elsewhere = process.env.TZ === "Pacific/Kiritimati" ? "America/New_York" : "Pacific/Kiritimati";
    expect(run({ ...right, TZ: elsewhere }, "--out", path, "--app-version", "1.0.0").code).toBe(0);
    const bytes = readFileSync(path);
    const icons = Object.fromEntries(
      Object.keys(ICONS).map((name) => [name, readFileSync(join(FOLDER, name))]),
    );
    expect(Buffer.from(archive(filesOf("jcom"), icons)).equals(bytes)).toBe(true);
    const files = unzipSync(bytes);
    expect(Object.keys(files).sort()).toEqual(["color.png", "en.json", "manifest.json", "outline.png"]);
    const manifest = JSON.parse(new TextDecoder().decode(files["manifest.json"])) as { id: string };
    expect(isManifest(manifest), JSON.stringify(isManifest.errors)).toBe(true);
    expect(manifest.id).toBe(BOT);
  });

  it("says everything that is missing at once", () => {
    const { code, out } = run({});
    expect(code).toBe(1);
    expect(out).toMatch(/MicrosoftAppId/);
    expect(out).toMatch(/PUBLIC_URL/);
  });

  it("ends with words on a name that is too long", () => {
    expect(run(right, "--developer", "x".repeat(33), "--out", "/dev/null")).toMatchObject({
      code: 1,
      out: expect.stringMatching(/at most 32/),
    });
  });

  it.each([
    ["an address without TLS", { PUBLIC_URL: "http://desk.example.jp" }],
    ["this machine's own", { PUBLIC_URL: "https://localhost" }],
    ["a number", { PUBLIC_URL: "https://192.0.2.1" }],
    ["a port", { PUBLIC_URL: "https://desk.example.jp:8443" }],
    ["a bot without a GUID", { MicrosoftAppId: "bot" }],
  ])("refuses %s", (_, wrong) => {
    expect(readPackageSettings({ ...right, ...wrong })).toMatchObject({ kind: "problems" });
    expect(readPackageSettings(right)).toMatchObject({
      kind: "settings",
      settings: { botId: BOT, publicUrl: PUBLIC },
    });
  });

  it("knows whose desk it is only where all tenants share one", () => {
    const of = (TEAMS_OPERATOR: string) => readPackageSettings({ ...right, TEAMS_OPERATOR });
    expect(of("jcom")).toMatchObject({ settings: { operator: "jcom" } });
    expect(of(`${BOT}=jcom,${BOT}=gmo-cloud`)).toMatchObject({ settings: { operator: undefined } });
  });

  it("packs the same files into the same bytes", () => {
    const files = { "a.json": { a: 1 } };
    expect(archive(files, {})).toEqual(archive(files, {}));
    expect(archive(files, {})).not.toEqual(archive({ "a.json": { a: 2 } }, {}));
  });
});
