import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "../../src/reply/locale.ts";
import { REQUEST_TYPES } from "../../src/requests/request-type.ts";
import { filesBelow, ROOT } from "../support/repository.ts";

type Tree = { readonly [key: string]: string | Tree };

function flat(tree: Tree, prefix: string): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${prefix}${key}`, value] as [string, string]]
      : flat(value, `${prefix}${key}.`),
  );
}

/** Every text of a language: `namespace:key` and its words. */
function textsOf(locale: Locale): Map<string, string> {
  const files = filesBelow(`locales/${locale}`, ".json");
  return new Map(
    files.flatMap((f) =>
      flat(JSON.parse(readFileSync(join(ROOT, f), "utf8")) as Tree, `${basename(f, ".json")}:`),
    ),
  );
}

const texts = { ja: textsOf("ja"), en: textsOf("en") };
const namespaces = [...new Set([...texts.ja.keys()].map((k) => k.split(":", 1)[0]))];
const source = filesBelow("src", ".ts")
  .map((f) => readFileSync(join(ROOT, f), "utf8"))
  .join("\n");
const named = new RegExp(`["'\`]((?:${namespaces.join("|")}):[A-Za-z0-9.-]*)(["'\`]|\\$\\{)`, "g");
const uses = [...source.matchAll(named)].map(([, key = "", end]) => ({ key, whole: end !== "${" }));
const placeholders = (text: string) => [...text.matchAll(/\{\{[^}]*\}\}/g)].map(([p]) => p).sort();

/**
 * The chat in the browser has its own short way to its texts, which it is given whole: `composer.send` is
 * `widget:chat.composer.send`; the launcher reads `words.open`.
 */
const browser = ["chat", "loader"].flatMap((folder) =>
  [".ts", ".tsx"].flatMap((e) => filesBelow(`src/widget/${folder}`, e)),
);
const inBrowser = browser.map((f) => readFileSync(join(ROOT, f), "utf8")).join("\n");
for (const [, key = "", end] of inBrowser.matchAll(/["'`]([a-z][A-Za-z.-]*)(["'`]|\$\{)/g))
  if (texts.ja.has(`widget:chat.${key}`) || end === "${")
    uses.push({ key: `widget:chat.${key}`, whole: end !== "${" });
for (const [, key = ""] of inBrowser.matchAll(/\bwords\.([a-z]+)\b/g))
  if (texts.ja.has(`widget:launcher.${key}`)) uses.push({ key: `widget:launcher.${key}`, whole: true });
/** The console has its texts in the same way: `sign-in.submit` is `console:page.sign-in.submit`. */
const consoleFiles = [".ts", ".tsx"].flatMap((e) => filesBelow("src/agent-console/app", e));
const inConsole = consoleFiles.map((f) => readFileSync(join(ROOT, f), "utf8")).join("\n");
for (const [, key = "", end] of inConsole.matchAll(/["'`]([a-z][A-Za-z.-]*)(["'`]|\$\{)/g))
  if (texts.ja.has(`console:page.${key}`) || (end === "${" && key.includes(".")))
    uses.push({ key: `console:page.${key}`, whole: end !== "${" });
/** Handed to the browser with all that is below them. */
const WHOLE_TREES: ReadonlySet<string> = new Set(["widget:chat", "widget:launcher", "console:page"]);

/** Texts that speak the other language on purpose. */
const OTHER_LANGUAGE: ReadonlySet<string> = new Set([
  "pages:other-language", // the link to the page in the other language is written in it
  "console:page.language", // names the other language in that language
  "console:page.product", // a name
  "console:page.channel.line", // names, too
  "console:page.channel.teams",
  "pages:product", // the product's name has both
  "pages:home.title",
  "pages:foot",
  "widget:chat.languages.ja", // the name of each language is written in it
  "widget:chat.languages.en",
  "line:menu.language.title", // as on every button that changes the language
  "staff:audit.broken", // names a command
  "staff:problem.usage", // a command is typed as it is, whatever language one speaks
  "reply:choice.language", // the button that changes the language is written in the language it leads to
  "reply:notice.opening", // tells whoever speaks the other language that it is fine, too
  "reply:notice.other-language", // answers someone who wrote in neither: said in both
]);

describe("the texts", () => {
  it("are in the same files in every language", () => {
    const names = (l: Locale) => filesBelow(`locales/${l}`, ".json").map((f) => basename(f));
    expect(names("ja").length).toBeGreaterThan(0);
    expect(names("en")).toEqual(names("ja"));
  });

  it("have the same keys in every language", () => {
    expect([...texts.en.keys()].sort()).toEqual([...texts.ja.keys()].sort());
  });

  it("have the same placeholders in every language", () => {
    const odd = [...texts.ja].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(texts.en.get(key) ?? "").join(),
    );
    expect(odd.map(([key]) => key)).toEqual([]);
  });

  it("are never empty", () => {
    const empty = LOCALES.flatMap((l) => [...texts[l]].filter(([, t]) => t.trim() === "").map(([k]) => k));
    expect(empty).toEqual([]);
  });

  it("are all there that the code names", () => {
    const keys = [...texts.ja.keys()];
    const missing = uses.filter(({ key, whole }) =>
      WHOLE_TREES.has(key) ? false : whole ? !texts.ja.has(key) : !keys.some((k) => k.startsWith(key)),
    );
    expect(uses.length).toBeGreaterThan(30);
    expect(missing).toEqual([]);
  });

  it("name each of the thirteen requests", () => {
    expect(REQUEST_TYPES.filter((r) => !texts.ja.has(`requests:${r}`))).toEqual([]);
  });

  it("are all used somewhere in the code", () => {
    const used = (k: string) => uses.some(({ key, whole }) => (whole ? k === key : k.startsWith(key)));
    expect([...texts.ja.keys()].filter((k) => !used(k))).toEqual([]);
  });

  it("hold no Japanese in English, but for the listed ones", () => {
    const japanese = /[\u3041-\u30ff\u3400-\u9fff\uff01-\uff9f]/;
    expect([...texts.en].filter(([k, t]) => japanese.test(t) && !OTHER_LANGUAGE.has(k))).toEqual([]);
  });

  it("hold no English in Japanese, but for the listed ones", () => {
    const english = /[A-Za-z]+(?:[ ,']+[A-Za-z]+)+|^[A-Za-z .,!?']+$/;
    const spoken = (t: string) => t.replace(/\{\{[^}]*\}\}/g, "＿");
    expect([...texts.ja].filter(([k, t]) => english.test(spoken(t)) && !OTHER_LANGUAGE.has(k))).toEqual([]);
  });

  it("need every exception that is listed", () => {
    expect([...OTHER_LANGUAGE].filter((k) => !texts.ja.has(k))).toEqual([]);
  });
});
