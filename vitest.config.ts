import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many tests wait for clocks, disks and browsers: one more than the cores of a small machine.
    maxWorkers: 3,
    // On CI a real browser, real processes and a real disk share the machine with whatever else runs there: a promise
    // that is lost to the clock once is asked for again once. At home it fails at once.
    retry: process.env.CI ? 1 : 0,
    globalSetup: "test/support/prepare.ts",
  },
});
