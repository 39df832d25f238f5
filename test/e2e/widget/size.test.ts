import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { BUILT, bundleInto } from "../../../src/widget/bundle/build.ts";
import { tempFolder } from "../../support/temp.ts";
import { patience } from "../../support/took.ts";
import { openChat, openWebsite, sharedBrowser, visit } from "../../support/visitor.ts";

const browser = sharedBrowser();
const KB = 1_000;
const ROOT = join(import.meta.dirname, "../../..");

it("the loader is at most 5 kB, the chat at most 50 kB; nothing of it is loaded before it is opened, and all of it from us", async () => {
  const desk = await openWebsite();
  const context = await browser.context();
  const asked: string[] = [];
  context.on("request", (request) => asked.push(request.url()));
  const { page } = await visit(context, `${desk.url}/demo/jcom?lang=ja`);
  await page.waitForLoadState("networkidle");
  expect(asked.some((url) => url.includes("/frame") || url.includes("/chat-"))).toBe(false);
  const began = performance.now();
  const frame = await openChat(page);
  await frame.locator(".choices").waitFor();
  const took = performance.now() - began;
  expect(took).toBeLessThan(patience(3_000, took));
  for (const url of asked) expect(new URL(url).origin).toBe(desk.origin);
  const zipped = async (url: string) => gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length;
  expect(await zipped(`${desk.url}/widget/loader.js`)).toBeLessThan(5 * KB);
  const files = asked.filter((url) => /\/widget\/(assets\/chat|jcom\/frame)/.test(url));
  expect(files.length).toBeGreaterThanOrEqual(3);
  let total = 0;
  for (const url of files) total += await zipped(url);
  expect(total).toBeLessThan(50 * KB);
});

it("the loader comes with what its reader may keep, and the same every time", async () => {
  const desk = await openWebsite();
  const [one, two] = await Promise.all([1, 2].map(() => fetch(`${desk.url}/widget/loader.js`)));
  const script = (await one?.text()) ?? "";
  expect(await two?.text()).toBe(script);
  const hash = createHash("sha384").update(script).digest("base64");
  expect(await (await fetch(`${desk.url}/widget/loader.sri`)).text()).toBe(`sha384-${hash}`);
  expect(one?.headers.get("cache-control")).toBe("public, max-age=300");
  expect(one?.headers.get("content-encoding")).toBe("gzip");
  expect(one?.headers.get("vary")).toBe("Origin, Accept-Encoding");
});

it("C06: what is built is the same to the byte each time, wherever it is built", async () => {
  const built = (folder: string) =>
    readdirSync(folder)
      .filter((name) => name !== "inputs.txt")
      .map((name) => [
        name,
        createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex"),
      ]);
  const temp = tempFolder();
  const elsewhere = join(temp, "a", "clone");
  mkdirSync(elsewhere, { recursive: true });
  for (const name of ["src", "package.json", "tsconfig.json"])
    cpSync(join(ROOT, name), join(elsewhere, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(elsewhere, "node_modules"));
  for (const [name, root] of [
    ["again", ROOT],
    ["elsewhere", elsewhere],
  ] as const) {
    mkdirSync(join(temp, name));
    await bundleInto(join(temp, name), root);
    expect(built(join(temp, name)), name).toEqual(built(join(ROOT, BUILT)));
  }
});
