import type { BrowserContextOptions, Frame } from "playwright-core";
import { expect, it } from "vitest";
import { measure, random } from "../../support/long.ts";
import { until } from "../../support/until.ts";
import { answered, openChat, openWebsite, said, say, sharedBrowser, visit } from "../../support/visitor.ts";
import { violations } from "./support/accessible.ts";

const browser = sharedBrowser();

const MODES: Record<string, BrowserContextOptions> = {
  light: {},
  dark: { colorScheme: "dark" },
  "forced colours": { forcedColors: "active" },
  "a telephone of 320 pixels": { viewport: { width: 320, height: 568 } },
};

/** In the short run the one that the seed draws. */
const ALL = Object.keys(MODES);
const SEEN = measure([ALL[Math.floor(random()() * ALL.length)] ?? ""], ALL);

it.each(SEEN)("axe finds nothing in any state: %s", async (mode) => {
  const { context, page, frame } = await browser.chat({ reducedMotion: "reduce", ...MODES[mode] });
  expect(await violations(page.mainFrame())).toEqual([]);
  const states: [string, () => Promise<unknown>][] = [
    ["opening", async () => {}],
    ["answer", () => say(frame, "録音").then(() => answered(frame, 1))],
    ["full text", () => frame.locator(".unfold").click()],
    ["feedback", () => frame.getByRole("button", { name: "役に立たなかった" }).click()],
    ["thanks", () => frame.getByRole("button", { name: "送る" }).click()],
    ["menu", () => frame.getByRole("button", { name: "メニュー" }).click()],
    ["deleting", () => frame.getByRole("button", { name: "この会話を削除する" }).click()],
    ["not deleted", () => frame.getByRole("button", { name: "やめる" }).click()],
    ["offline", () => context.setOffline(true).then(() => frame.locator(".connection .bar").waitFor())],
    ["not sent", () => say(frame, "x").then(() => frame.locator(".failed").waitFor())],
    ["English", () => frame.locator(".language").click()],
  ];
  for (const [state, reach] of states) {
    await reach();
    expect(await violations(frame), state).toEqual([]);
  }
});

it("keyboard alone is enough: open, ask, unfold, rate, menu, close", async () => {
  const desk = await openWebsite();
  const { page } = await visit(await browser.context(), `${desk.url}/demo/jcom?lang=ja`);
  await page.locator("madoguchi-desk .launcher").focus();
  await page.keyboard.press("Enter");
  await page.locator("madoguchi-desk .ready").waitFor();
  const frame = page.frames()[1] as Frame;
  await frame.waitForFunction(() => document.activeElement?.id === "message");
  await page.keyboard.type("rokuon 録音");
  await page.keyboard.press("Enter");
  await answered(frame, 1);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await answered(frame, 2);
  expect((await said(frame)).at(-1)).toContain("echo");
  await frame.locator(".unfold").focus();
  await page.keyboard.press("Enter");
  expect(await frame.locator(".clause").isVisible()).toBe(true);
  await frame.getByRole("button", { name: "メニュー" }).focus();
  await page.keyboard.press("Enter");
  await frame.waitForFunction(() => document.activeElement?.closest(".items"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  expect(await frame.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("メニュー");
  await page.keyboard.press("Escape");
  await page.locator("madoguchi-desk .box").waitFor({ state: "hidden" });
  expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className)).toBe(
    "launcher",
  );
});

it("each new message is read out once; history is not", async () => {
  const desk = await openWebsite();
  const { page } = await visit(await browser.context(), `${desk.url}/widget/jcom/frame?lang=ja`);
  const frame = page.mainFrame();
  const listen = () =>
    frame.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      const region = document.querySelector("[data-announcer]");
      new MutationObserver((changes) => {
        for (const change of changes)
          for (const node of change.addedNodes) heard.push(node.textContent ?? "");
      }).observe(region as Element, { childList: true });
    });
  const heard = () => frame.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
  await frame.locator(".choices").waitFor();
  await listen();
  await say(frame, "録音");
  await answered(frame, 1);
  await say(frame, "two");
  await answered(frame, 2);
  await until(async () => (await heard()).length >= 2, 5_000, "two announcements");
  const all = await heard();
  expect(all).toHaveLength(2);
  expect(all[0]).toContain("お電話は録音することがあります。");
  expect(all[0]).not.toContain("保存期間");
  await page.reload();
  await frame.locator("[data-announcer]").waitFor({ state: "attached" });
  await answered(frame, 2);
  await page.waitForTimeout(300);
  expect(await frame.locator("[data-announcer] p").count()).toBe(0);
});

it("nothing is wider than 320 pixels, nor at letters of twice the size; the telephone's whole screen is used", async () => {
  const desk = await openWebsite();
  const context = await browser.context({ viewport: { width: 320, height: 568 } });
  const { page } = await visit(context, `${desk.url}/demo/jcom?lang=en`);
  const wide = (frame: Frame) =>
    frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await wide(page.mainFrame())).toBe(0);
  const frame = await openChat(page);
  await say(frame, "record");
  await answered(frame, 1);
  await frame.locator(".unfold").click();
  expect(await wide(frame)).toBe(0);
  expect(await page.locator("madoguchi-desk .box").boundingBox()).toEqual({
    x: 0,
    y: 0,
    width: 320,
    height: 568,
  });
  await frame.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  expect(await wide(frame)).toBe(0);
  expect(
    await frame.evaluate(
      () =>
        (document.querySelector(".scroller")?.scrollWidth ?? 0) -
        (document.querySelector(".scroller")?.clientWidth ?? 0),
    ),
  ).toBeLessThanOrEqual(0);
  expect(await frame.locator("#message").isVisible()).toBe(true);
});

it("where the system chooses the colours, every bubble and button keeps its edge and the focus is seen", async () => {
  const { page, frame } = await browser.chat({ forcedColors: "active" });
  await say(frame, "録音");
  await answered(frame, 1);
  const edges = await frame.evaluate(() =>
    [".own .bubble", ".desk .bubble", ".send", ".choice", ".head .plain"].map((selector) => {
      const style = getComputedStyle(document.querySelector(selector) as Element);
      return [style.borderTopStyle, style.borderTopWidth, style.borderTopColor === "rgba(0, 0, 0, 0)"];
    }),
  );
  for (const edge of edges) expect(edge).toEqual(["solid", "1px", false]);
  await frame.locator(".head .plain").first().focus();
  await page.keyboard.press("Tab");
  const outline = await frame.evaluate(
    () => getComputedStyle(document.activeElement as Element).outlineStyle,
  );
  expect(outline).toBe("solid");
});
