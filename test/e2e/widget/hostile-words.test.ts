import { expect, it } from "vitest";
import { mask } from "../../../src/understanding/personal/mask.ts";
import { measure, random } from "../../support/long.ts";
import { talkingBrain } from "../../support/talking-brain.ts";
import { answered, openChat, openWebsite, say, sharedBrowser, visit } from "../../support/visitor.ts";
import { VECTORS } from "./support/vectors.ts";

const browser = sharedBrowser();
/** So many citations stand in one answer. */
const PARTS = 60;

/** A number of vectors that follows from the seed; all of them in the long run. */
function some(count: number): string[] {
  const next = random();
  return VECTORS.map((vector) => ({ vector, at: next() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ vector }) => vector);
}

it("there are more than 500 vectors, each different", () => {
  expect(new Set(VECTORS).size).toBeGreaterThanOrEqual(500);
});

it("as messages, both ways: none runs, nothing is asked of another host, every letter is shown", async () => {
  const desk = await openWebsite();
  const context = await browser.context();
  const foreign: string[] = [];
  await context.route(
    (url) => !url.href.startsWith(desk.url) && !url.protocol.startsWith("blob"),
    (route) => {
      foreign.push(route.request().url());
      return route.abort();
    },
  );
  const { page, complaints } = await visit(context, `${desk.url}/demo/jcom?lang=ja`);
  page.on("dialog", (dialog) => {
    foreign.push(`dialog ${dialog.message()}`);
    return dialog.dismiss();
  });
  const frame = await openChat(page);
  // The rate of one customer's messages has an end: many go in one message.
  const vectors = some(measure(20, VECTORS.length));
  const messages: string[] = [];
  for (const vector of vectors) {
    const last = messages.at(-1);
    if (last !== undefined && last.length + vector.length < 1_500)
      messages[messages.length - 1] = `${last}\n${vector}`;
    else messages.push(vector);
  }
  for (const [i, message] of messages.entries()) {
    await say(frame, message);
    await answered(frame, i + 1);
  }
  const shown = await frame.evaluate(() =>
    [...document.querySelectorAll(".own .bubble")].map((bubble) => bubble.textContent),
  );
  // Whoever is named before a host (`user:pass@evil.invalid`) is blacked out like any address.
  expect(shown).toEqual(
    messages.map((m) =>
      mask(m)
        .text.trim()
        .replaceAll("\u0000", shown.join("").includes("\u0000") ? "\u0000" : "\ufffd"),
    ),
  );
  expect(
    await frame
      .locator(".log :is(script, img, iframe, object, embed, form:not(.why), style, link, meta, base)")
      .count(),
  ).toBe(0);
  for (const link of await frame.locator(".log a").all()) {
    expect(await link.getAttribute("href")).toMatch(/^(https:|tel:|http:\/\/127)/);
    expect(await link.getAttribute("rel")).toBe("noopener noreferrer");
  }
  expect(await page.evaluate(() => "__ran" in globalThis)).toBe(false);
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});

it("as title, heading and address of a citation, and as the title of the page", async () => {
  const vectors = some(measure(40, VECTORS.length));
  for (let from = 0; from < vectors.length; from += PARTS) {
    const cited = vectors.slice(from, from + PARTS);
    const desk = await openWebsite({ brain: talkingBrain({ cited }) });
    const { page, complaints } = await visit(await browser.context(), `${desk.url}/demo/jcom?lang=ja`);
    const frame = await openChat(page);
    await say(frame, "録音");
    await answered(frame, 1);
    expect(await frame.locator(".source a").count()).toBe(0);
    const shown = await frame.evaluate(() =>
      [...document.querySelectorAll(".source-title")].map((title) => title.textContent),
    );
    expect(shown).toEqual(cited);
    for (const title of cited) await page.evaluate((t) => (document.title = t), title);
    expect(await page.evaluate(() => "__ran" in globalThis)).toBe(false);
    expect(complaints).toEqual([]);
  }
});

it("the search of a policy shows what was asked letter by letter", async () => {
  const desk = await openWebsite();
  const { page, complaints } = await visit(
    await browser.context({ javaScriptEnabled: true }),
    `${desk.url}/policy/jcom?lang=ja`,
  );
  for (const vector of some(measure(4, 120)).filter((v) => !/[\r\n\t\u0000]/.test(v))) {
    await page.fill("#question", vector);
    await page.getByRole("button", { name: "探す" }).click();
    expect(await page.inputValue("#question")).toBe(vector.trim());
  }
  expect(await page.evaluate(() => "__ran" in globalThis)).toBe(false);
  expect(complaints).toEqual([]);
});
