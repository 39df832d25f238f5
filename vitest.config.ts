import { join } from "node:path";
import { defineConfig } from "vitest/config";

// What Node has compiled, and stripped of types, is not compiled again in each worker and each desk that tests start.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, ".cache/compiled");

const ALL = "test/**/*.test.ts";
/** What measures the memory of its own process, or where large collections of garbage would tell, has one of its own. */
const ALONE = [
  "test/http/hostile.test.ts",
  "test/http/without-care.test.ts",
  "test/knowledge/text-index.test.ts",
  "test/pages/links.test.ts",
  "test/privacy/own-data.test.ts",
  "test/understanding/hostile.test.ts",
  "test/understanding/slots/slots.test.ts",
];

export default defineConfig({
  test: {
    // For what hangs: how long something may take is asked where it is promised.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Many tests wait for clocks, processes and browsers: twice the cores of a small machine.
    maxWorkers: 4,
    // On CI a real browser, real processes and a real disk share the machine with whatever else runs there: a promise
    // that is lost to the clock once is asked for again once. At home it fails at once.
    retry: process.env.CI ? 1 : 0,
    globalSetup: "test/support/prepare.ts",
    projects: [
      // Files end what they start and leave nothing behind: a process runs many of them, one after the other, and loads
      // the code, the libraries and the desk's knowledge once.
      { extends: true, test: { name: "together", include: [ALL], exclude: ALONE, isolate: false } },
      { extends: true, test: { name: "alone", include: ALONE } },
    ],
  },
});
