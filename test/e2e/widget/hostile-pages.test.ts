import { expect, it } from "vitest";
import { measure, random } from "../../support/long.ts";
import { parent } from "../../support/parent.ts";
import {
  answered,
  chatIn,
  openChat,
  openWebsite,
  said,
  say,
  sharedBrowser,
  visit,
} from "../../support/visitor.ts";

const browser = sharedBrowser();

const embed = (server: string) =>
  `<!doctype html><html lang="ja"><title>host</title><body><h1>host</h1><script src="${server}/widget/loader.js" data-operator="jcom" async></script>`;

it("pages that are not on the list cannot frame the chat, whatever they try", async () => {
  const desk = await openWebsite();
  const context = await browser.context();
  const address = `${desk.url}/widget/jcom/frame`;
  const ways = [
    `<iframe src="${address}">`,
    `<iframe src="${address}" sandbox="allow-scripts allow-same-origin">`,
    `<iframe srcdoc="<iframe src='${address}'>">`,
    `<object data="${address}" type="text/html">`,
    `<embed src="${address}" type="text/html">`,
    `<iframe name=x></iframe><a id=a target=x href="${address}">x</a><script>a.click()</script>`,
  ];
  for (let i = 0; i < measure(6, 30); i += 1) {
    const origin = await parent(ways[i % ways.length] ?? "", { host: `127.0.0.${2 + (i % 8)}` });
    const { page } = await visit(context, origin);
    await page.waitForTimeout(250);
    for (const frame of page.frames().slice(1)) expect(await frame.locator("#chat").count()).toBe(0);
    await page.close();
  }
});

it("a page on the list opens the chat from its own origin, and the chat works there", async () => {
  const server = { url: "" };
  const origin = await parent(() => embed(server.url), { host: "127.0.0.2" });
  const desk = await openWebsite({ env: { WIDGET_ORIGINS_JCOM: origin } });
  server.url = desk.url;
  const context = await browser.context();
  const { page, complaints } = await visit(context, origin);
  const frame = await openChat(page);
  await say(frame, "hello");
  await answered(frame, 1);
  expect(await said(frame)).toEqual(["hello", "echo: hello"]);
  await frame.getByRole("button", { name: "チャットを閉じる" }).click();
  await page.locator("madoguchi-desk .box").waitFor({ state: "hidden" });
  expect(complaints).toEqual([]);
});

it("forged messages do nothing: the page's own window, a hostile frame beside ours, a hostile opener", async () => {
  const server = { url: "" };
  const hostile = await parent("<!doctype html>", { host: "127.0.0.3" });
  const host = await parent(() => `${embed(server.url)}<iframe src="${hostile}"></iframe>`, {
    host: "127.0.0.2",
  });
  const desk = await openWebsite({ env: { WIDGET_ORIGINS_JCOM: host } });
  server.url = desk.url;
  const context = await browser.context();
  const opener = await context.newPage();
  await opener.goto(hostile);
  const [page] = await Promise.all([
    context.waitForEvent("page"),
    opener.evaluate((url) => {
      Object.assign(globalThis, { target: window.open(url) });
    }, host),
  ]);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  const frame = await openChat(page);
  const shapes = forged(measure(200, 1_000));
  await page.evaluate((all) => {
    for (const shape of all) window.postMessage(shape, "*");
  }, shapes);
  const beside = page.frames().find((f) => f.url().startsWith(hostile));
  await beside?.evaluate((all) => {
    for (const shape of all) {
      window.parent.postMessage(shape, "*");
      for (let i = 0; i < window.parent.frames.length; i += 1)
        window.parent.frames[i]?.postMessage(shape, "*");
    }
  }, shapes);
  await opener.evaluate((all) => {
    const { target } = globalThis as unknown as { target: Window };
    for (const shape of all) {
      target.postMessage(shape, "*");
      for (let i = 0; i < target.frames.length; i += 1) target.frames[i]?.postMessage(shape, "*");
    }
  }, shapes);
  await page.waitForTimeout(300);
  expect(await page.locator("madoguchi-desk .box").isVisible()).toBe(true);
  expect(await page.locator("madoguchi-desk .badge").textContent()).toBe("");
  expect(await page.title()).toBe("host");
  expect(await said(frame)).toEqual([]);
  // The rightful frame is still heard.
  await frame.press("#message", "Escape");
  await page.locator("madoguchi-desk .box").waitFor({ state: "hidden" });
  expect(complaints).toEqual([]);
});

function forged(count: number): unknown[] {
  const next = random();
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
  const kinds = [
    "close",
    "unread",
    "ready",
    "hello",
    "shown",
    "token",
    "open",
    "__proto__",
    "constructor",
    "navigate",
    "",
  ];
  const values = [
    1,
    99,
    -1,
    1e9,
    "1",
    true,
    null,
    "<img src=x>",
    "javascript:top.__ran=1",
    { a: 1 },
    [],
    "http://evil.invalid",
  ];
  return Array.from({ length: count }, (_, i) => {
    if (i % 10 === 0) return pick(values);
    const shape = {
      madoguchi: pick(kinds),
      count: pick(values),
      visible: pick(values),
      full: pick(values),
      url: pick(values),
      token: pick(values),
      html: pick(values),
    };
    return i % 10 === 1 ? JSON.stringify(shape) : i % 10 === 2 ? [shape] : shape;
  });
}

it("a page loses nothing when the server is down, and the launcher says so when it is pressed", async () => {
  const desk = await openWebsite();
  const context = await browser.context();
  const origin = await parent(embed("http://127.0.0.1:9"));
  const without = await visit(context, origin);
  await without.page.waitForTimeout(200);
  expect(without.complaints).toEqual([]);
  expect(await without.page.locator("madoguchi-desk").count()).toBe(0);
  // The loader came, the frame does not.
  const { page, complaints } = await visit(context, `${desk.url}/demo/jcom?lang=ja`);
  await page.clock.install();
  await context.route("**/frame?**", (route) => route.abort());
  await page.locator("madoguchi-desk .launcher").click();
  await page.clock.runFor(12_000);
  await page.getByText("ただいまチャットにつながりません").waitFor();
  await context.unroute("**/frame?**");
  await page.clock.resume();
  await page.getByRole("button", { name: "もう一度試す" }).click();
  await chatIn(page);
  expect(complaints.filter((c) => !c.includes("chrome-error"))).toEqual([]);
});

it("lives on quirky pages: extended prototypes, a strict policy, blocked storage, two copies, a page that is built again", async () => {
  const server = { url: "" };
  const quirks = `<script nonce="n">
Object.prototype.extra = function(){}; Array.prototype.map = function(){ throw new Error("map") };
Array.prototype.each = 1; String.prototype.extra = 1;
for (const name of ["sessionStorage", "localStorage"]) Object.defineProperty(window, name, { get() { throw new Error("blocked") } });
</script>`;
  const script = () =>
    `<script nonce="n" src="${server.url}/widget/loader.js" data-operator="jcom" async></script>`;
  const body = () => `<!doctype html><html lang="en"><title>t</title><body>${quirks}${script()}${script()}`;
  const headers = () => ({
    "Content-Security-Policy": `default-src 'none'; script-src 'nonce-n'; style-src 'none'; frame-src ${server.url}`,
  });
  const origin = await parent(body, { host: "127.0.0.4", headers });
  const desk = await openWebsite({ env: { WIDGET_ORIGINS_JCOM: origin } });
  server.url = desk.url;
  const context = await browser.context();
  const { page, complaints } = await visit(context, origin);
  await page.locator("madoguchi-desk").waitFor({ state: "attached" });
  const before = await page.evaluate(() => Object.keys(globalThis).length);
  const integrity = await (await fetch(`${desk.url}/widget/loader.sri`)).text();
  const held = { src: `${desk.url}/widget/loader.js`, integrity };
  for (let i = 0; i < 100; i += 1)
    await page.evaluate(({ src, integrity }) => {
      document.querySelector("madoguchi-desk")?.remove();
      const again = document.createElement("script");
      again.src = src;
      again.nonce = "n";
      again.crossOrigin = "anonymous";
      again.integrity = integrity;
      again.dataset.operator = "jcom";
      document.body.append(again);
    }, held);
  await page.locator("madoguchi-desk").waitFor({ state: "attached" });
  expect(await page.locator("madoguchi-desk").count()).toBe(1);
  expect(await page.evaluate(() => Object.keys(globalThis).length)).toBe(before);
  const frame = await openChat(page);
  await say(frame, "hello");
  await answered(frame, 1);
  expect(complaints).toEqual([]);
});
