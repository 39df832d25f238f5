import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { onTestFinished } from "vitest";
import { ROOT } from "./repository.ts";

const SYSTEM = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map(
  (name) => `/usr/bin/${name}`,
);
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A real Chromium: `CHROME_PATH`, else one of the system, else the one that npm brings (Linux on x64). */
export async function launch(): Promise<Browser> {
  return chromium.launch(await options());
}

/** The same, which keeps what it keeps in this folder, as a customer's own browser does. */
export async function launchIn(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, { ...(await options()), locale: "ja-JP" });
}

async function options() {
  const executablePath = await browserPath();
  return { executablePath, args: FLAGS, env: { ...process.env, FONTCONFIG_FILE: fonts() } };
}

let launched: Promise<Browser> | undefined;

/** One browser for all tests of a process, gone with it: each opens contexts of its own, and closes them. */
export async function theBrowser(): Promise<Browser> {
  const there = await launched?.catch(() => undefined);
  if (there?.isConnected()) return there;
  launched = launch();
  return launched;
}

/** A page of that browser in a context of its own, closed when the test ends. */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await (await theBrowser()).newContext(options);
  onTestFinished(() => context.close());
  return context.newPage();
}

/** Where the browser is; the one of npm is unpacked the first time. @throws when there is none */
export async function browserPath(): Promise<string> {
  const given = process.env.CHROME_PATH;
  if (given) return given;
  const system = SYSTEM.find((path) => existsSync(path));
  if (system) return system;
  if (process.platform === "linux" && process.arch === "x64") {
    const { default: packed } = await import("@sparticuz/chromium");
    return packed.executablePath();
  }
  throw new Error("no browser: install Chromium or Chrome, or name one in CHROME_PATH");
}

/**
 * Letters for a machine that has none: Japanese ones from npm, so that a screenshot looks the same everywhere. Browsers
 * share the folder, and with it what the first of them has found out about the fonts.
 */
function fonts(): string {
  const folder = join(ROOT, ".cache/fonts");
  mkdirSync(folder, { recursive: true });
  const japanese = dirname(
    createRequire(import.meta.url).resolve("@expo-google-fonts/biz-udpgothic/package.json"),
  );
  const path = join(folder, "fonts.conf");
  const written = `${path}.${process.pid}`;
  writeFileSync(
    written,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${japanese}</dir><dir>/usr/share/fonts</dir><dir>${join(tmpdir(), "fonts")}</dir><cachedir>${folder}</cachedir>
<match target="pattern"><test name="family"><string>system-ui</string></test><edit name="family" mode="prepend"><string>Open Sans</string></edit></match>
<alias><family>sans-serif</family><prefer><family>Open Sans</family><family>BIZ UDPGothic</family></prefer></alias>
</fontconfig>`,
  );
  renameSync(written, path);
  return path;
}
