import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { BUILT, buildWidget } from "../src/widget/bundle/build.ts";
import { loadBundle } from "../src/widget/bundle/load.ts";
import { launch } from "../test/support/browser.ts";
import { openDesk } from "../test/support/desk.ts";
import { talkingBrain } from "../test/support/talking-brain.ts";
import { openChat, say, website } from "../test/support/visitor.ts";

const ROOT = join(import.meta.dirname, "..");
const RUNS = 10;

/** What the chat weighs on a page, and how long it takes to open and to answer, in a real browser. */
export async function widgetBench(): Promise<void> {
  await buildWidget(ROOT);
  const { chat } = loadBundle(ROOT);
  const kb = (name: string) =>
    (gzipSync(readFileSync(join(ROOT, BUILT, name)), { level: 9 }).length / 1_000).toFixed(1);
  const file = (address: string) => address.split("/").at(-1) ?? "";
  console.log(`widget: loader ${kb("loader.js")} kB gzip (at most 5), without the desks' names`);
  const parts = [chat.script, ...chat.styles].map((address) => Number(kb(file(address))));
  console.log(`widget: chat ${parts.reduce((a, b) => a + b, 0).toFixed(1)} kB gzip (at most 50)`);
  const dataDir = mkdtempSync(join(tmpdir(), "madoguchi-bench-"));
  const desk = await openDesk({ dataDir, brain: talkingBrain(), website: website() });
  const browser = await launch();
  const [opened, answered]: [number[], number[]] = [[], []];
  for (let i = 0; i < RUNS; i += 1) {
    const context = await browser.newContext({ locale: "ja-JP" });
    const page = await context.newPage();
    await page.goto(`${desk.url}/demo/jcom`);
    await page.locator("madoguchi-desk").waitFor({ state: "attached" });
    let began = performance.now();
    const frame = await openChat(page);
    opened.push(performance.now() - began);
    began = performance.now();
    await say(frame, "hello");
    await frame.locator(".message.desk").waitFor();
    answered.push(performance.now() - began);
    await context.close();
  }
  await browser.close();
  await desk.stop();
  rmSync(dataDir, { recursive: true, force: true });
  const median = (ms: number[]) => Math.round(ms.toSorted((a, b) => a - b)[Math.floor(ms.length / 2)] ?? 0);
  console.log(
    `widget: press to ready ${median(opened)} ms, Enter to answer ${median(answered)} ms (medians of ${RUNS}, cold)`,
  );
}
