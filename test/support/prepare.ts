import { join } from "node:path";
import { buildWidget } from "../../src/widget/bundle/build.ts";
import { browserPath } from "./browser.ts";

/** Before any test: what tests of several processes would otherwise make at the same time. */
export async function setup(): Promise<void> {
  await buildWidget(join(import.meta.dirname, "../.."));
  // Where there is no browser, the tests that need one say so.
  await browserPath().catch(() => {});
}
