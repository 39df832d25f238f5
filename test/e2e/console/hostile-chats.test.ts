import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { callingBrain } from "../../support/calling-brain.ts";
import { Chat } from "../../support/client.ts";
import { openConsole } from "../../support/console.ts";
import { LONG, measure } from "../../support/long.ts";
import { until } from "../../support/until.ts";
import { sharedBrowser } from "../../support/visitor.ts";
import { VECTORS } from "../widget/support/vectors.ts";
import { agentPage } from "./support/agent.ts";

const browser = sharedBrowser();
/** Longest message of a customer, with room for what marks its vectors. */
const ROOM = 1_900;

/** Each as often as it takes: so many vectors to a message as have room. */
function messages(vectors: readonly string[]): string[] {
  const all: string[] = [];
  for (const vector of vectors) {
    const last = all.at(-1);
    if (last !== undefined && last.length + vector.length < ROOM) all[all.length - 1] = `${last}\n${vector}`;
    else all.push(vector);
  }
  return all;
}

/** So many fields are poisoned at least each time that a chat is shown: every vector stands in one of them. */
const FIELDS = 40;
const RUNS =
  ":is(script, img, iframe, object, embed, style, link, meta, base, svg, video, audio, form[action])";
/** A print, or in short what a print looks like. */
async function onPaper(page: Page): Promise<void> {
  if (LONG) await page.pdf();
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await page.emulateMedia({ media: "screen" });
}
const ran = (page: Page) => page.evaluate(() => "__ran" in globalThis);

it("C02: what a customer, a colleague or a form says is text in the live console, on the screen and on paper", async () => {
  const around = await openConsole({ brain: callingBrain() }, { runs: true });
  const { desk } = around;
  const [hostile = ""] = VECTORS;
  const vectors = VECTORS.slice(0, measure(20, VECTORS.length));
  await around.hire("suzuki", { jcom: ["agent"] }, hostile);
  const sato = await agentPage(around, browser, "sato");
  const { page } = sato;
  const foreign: string[] = [];
  await page.context().route(
    (url) => !url.href.startsWith(desk.url),
    (route) => {
      foreign.push(route.request().url());
      return route.abort();
    },
  );
  page.on("dialog", (dialog) => {
    foreign.push(`dialog ${dialog.message()}`);
    return dialog.dismiss();
  });
  const chat = await Chat.open(desk.url);
  await chat.say("人");
  await page.locator(".chat-list a").waitFor();
  await sato.press("w");
  await page.locator(".take .main-button").waitFor();
  await sato.press("c");
  await page.locator("#reply").waitFor();
  const said = messages(vectors);
  for (const text of said) expect((await chat.say(text)).status).toBe(200);
  await page.locator(`.entry.customer >> nth=${said.length}`).waitFor({ timeout: 20_000 });
  // As it was typed, but for what writes against the direction or is not seen, and what looks like a mail address.
  const shown = await page.locator(".entry.customer .text").allInnerTexts();
  for (const vector of vectors.filter((v) => /^[\x20-\x3f\x41-\x7e]+$/.test(v)))
    expect(
      shown.some((text) => text.includes(vector.trim())),
      vector,
    ).toBe(true);
  for (const text of said.slice(0, measure(2, 12))) {
    await page.locator("#note").fill(text);
    await page.locator("#note").press("Control+Enter");
    await until(async () => (await page.locator("#note").inputValue()) === "", 5_000, "a note");
  }
  await sato.press("Escape", "t");
  await page.locator("dialog input").waitFor();
  expect(await page.locator("dialog").innerText()).toContain(hostile);
  await sato.press("Escape");
  expect(await page.locator(`main ${RUNS}`).count()).toBe(0);
  await onPaper(page);
  expect(await ran(page)).toBe(false);

  // Whatever stands in any field of what the server tells: labels, titles, addresses, names, answers of forms.
  for (let from = 0; from < vectors.length; from += FIELDS) {
    let at = from;
    const next = () => {
      at += 1;
      return vectors[at % vectors.length] ?? "";
    };
    await page.route(/\/(chats\/[\w-]+|suggestions|canned|colleagues)(\?|$)/, async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as Record<string, unknown>;
      const told = "chat" in body ? { ...body, ...EVERYTHING } : body;
      await route.fulfill({ response, json: poisoned(told, next) });
    });
    await page.reload();
    await page.locator(".beside .answers").waitFor();
    await page
      .locator(".suggestions button")
      .first()
      .waitFor({ timeout: 2_000 })
      .catch(() => {});
    await page.locator("#reply").fill("/");
    await page.locator("#reply").press("Control+a");
    await page.keyboard.type("/");
    await page.locator(".canned").waitFor();
    expect(await page.locator(`main ${RUNS}`).count()).toBe(0);
    for (const href of await page
      .locator("main a")
      .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href)))
      expect(href).toMatch(/^https?:/);
    await page.locator("#reply").fill("");
    await onPaper(page);
    expect(await ran(page)).toBe(false);
    expect(at - from).toBeGreaterThan(FIELDS);
    await page.unroute(/\/(chats\/[\w-]+|suggestions|canned|colleagues)(\?|$)/);
  }
  expect(foreign).toEqual([]);
  // The control: where the same become markup, they run.
  const control = await page.context().newPage();
  await control.setContent(`<main>${vectors.slice(0, 10).join("")}</main>`);
  await until(() => ran(control), 5_000, "a vector that runs");
  await control.close();
  expect(sato.complaints).toEqual([]);
}, 240_000);

/** What this talk has nothing of, so that there is something to poison. */
const EVERYTHING = {
  form: {
    type: "disclosure",
    title: "t",
    n: 1,
    asking: { slot: "s", label: "l", input: "choice", choices: [{ value: "a", title: "t" }], optional: true },
    rows: [{ slot: "name", label: "l", text: "t", masked: true }],
  },
  callback: { number: "n", targetOn: "d", contact: "c", text: "t" },
  resolution: "r",
  clauses: [{ clause: "c", mark: "m", title: "t", text: "t", url: "u" }],
  requests: [
    {
      receipt: "ABCDEFGHJK",
      type: "t",
      title: "t",
      state: "received",
      stateTitle: "t",
      targetOn: "d",
      daysLeft: 3,
      due: null,
      pausedOn: null,
      until: null,
      closedOn: null,
      suitFrom: null,
      language: "ja",
    },
  ],
};
const POISONED = [
  "title",
  "label",
  "text",
  "name",
  "number",
  "contact",
  "resolution",
  "targetOn",
  "stateTitle",
  "url",
  "ja",
  "en",
];

/** The same with a vector in each field that shows words or leads somewhere. */
function poisoned(value: unknown, next: () => string): unknown {
  if (Array.isArray(value)) return value.map((one) => poisoned(one, next));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) =>
      typeof one === "string" && POISONED.includes(key) ? [key, next()] : [key, poisoned(one, next)],
    ),
  );
}
