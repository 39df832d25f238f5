import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inputsOf } from "./inputs.ts";

/** Where the built files lie, from the project's folder. */
export const BUILT = ".cache/widget";
/** Names the fingerprint of what was built. */
const STAMP = "inputs.txt";

/** The browsers we build for: those of the last three years. */
const TARGET = ["chrome111", "edge111", "firefox114", "safari16.4"];

/** What has a page of its own, with its styles; each is built alone, so that none waits for another's files. */
const PAGES = {
  "manifest.json": { chat: "src/widget/chat/main.tsx", pages: "src/pages/pages.css" },
  "console-manifest.json": { console: "src/agent-console/app/main.tsx" },
} as const satisfies Record<string, Record<string, string>>;

/** Whether what is built was built from what is there now. */
function isBuilt(root: string): boolean {
  try {
    return readFileSync(join(root, BUILT, STAMP), "utf8") === inputsOf(root);
  } catch {
    return false;
  }
}

/**
 * Builds the loader, the chat, the agents' console and the pages' styles into `.cache/widget`, unless they are up to date. It is built aside and then moved, so that two processes cannot mix their files.
 */
export async function buildWidget(root: string): Promise<void> {
  if (isBuilt(root)) return;
  const inputs = inputsOf(root);
  const aside = join(root, `${BUILT}.${process.pid}`);
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  await bundleInto(aside, root);
  writeFileSync(join(aside, STAMP), inputs);
  rmSync(join(root, BUILT), { recursive: true, force: true });
  try {
    renameSync(aside, join(root, BUILT));
  } catch (error) {
    // Another process was faster: what it built is as good.
    rmSync(aside, { recursive: true, force: true });
    if (!isBuilt(root)) throw error;
  }
}

/** Builds into a folder that is there: the same sources, the same bytes, wherever and in whichever NODE_ENV. */
export async function bundleInto(aside: string, root: string): Promise<void> {
  const { build } = await import("vite");
  const common = { root, configFile: false as const, logLevel: "warn" as const, publicDir: false as const };
  const kept = { outDir: aside, emptyOutDir: false, target: TARGET, modulePreload: false as const };
  for (const [manifest, inputs] of Object.entries(PAGES)) {
    const input = Object.fromEntries(Object.entries(inputs).map(([name, path]) => [name, join(root, path)]));
    await build({
      ...common,
      base: "./",
      // Told, not left to NODE_ENV: under tests it built another chat, with the names of our files in it.
      oxc: { jsx: { runtime: "automatic", importSource: "preact", development: false } },
      build: { ...kept, manifest, assetsDir: "", rollupOptions: { input } },
    });
  }
  await build({
    ...common,
    build: {
      ...kept,
      lib: {
        entry: join(root, "src/widget/loader/main.ts"),
        formats: ["iife"],
        name: "madoguchi",
        fileName: () => "loader.js",
      },
    },
  });
}
