import { existsSync } from "node:fs";
import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";
import { onTestFinished } from "vitest";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A real Chromium: CHROME_PATH, the system's, or the one that comes by npm (Linux). */
export async function openBrowser(): Promise<Browser> {
  const found = process.env.CHROME_PATH ?? SYSTEM.find((path) => existsSync(path));
  const executablePath =
    found ?? (process.platform === "linux" ? await sparticuz.executablePath() : undefined);
  if (!executablePath) throw new Error("no browser: install Chromium, or set CHROME_PATH");
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  onTestFinished(() => browser.close());
  return browser;
}
