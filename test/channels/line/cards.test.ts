import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { present } from "../../../src/channels/line/present.ts";
import { LOCALES, type Locale } from "../../../src/reply/locale.ts";
import { loadTexts } from "../../../src/reply/texts.ts";
import { theBrain } from "../../support/brain.ts";
import { openPage } from "../../support/browser.ts";
import { filingDesk } from "../../support/filing-desk.ts";
import { flexPage } from "../../support/flex-page.ts";
import { answersOf, requestOf, type Shown, statusOf } from "../../support/line-talks.ts";
import { measure } from "../../support/long.ts";
import { ROOT } from "../../support/repository.ts";

/** Where the pictures are put to be looked at; nowhere unless told. */
const PICTURES = process.env.MADOGUCHI_PICTURES;
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** One of everything that the desk says. */
async function everything(locale: Locale): Promise<Shown[]> {
  const brain = await theBrain();
  const said = async (name: string, ...turns: string[]): Promise<Shown[]> => {
    const desk = filingDesk(brain, { operator: "jcom", locale });
    let last: Shown[] = [];
    for (const turn of turns) {
      const { messages } = await desk.say(turn.startsWith("!") ? { command: turn.slice(1) } : turn);
      last = messages.map((message) => ({ name, message }));
    }
    return last;
  };
  const ja = locale === "ja";
  const opening = brain.open("jcom", { locale }).messages.map((message) => ({ name: "opening", message }));
  return [
    ...opening,
    ...(await answersOf(brain, "jcom", locale, ["call-recording", "disclosure-fee"])),
    ...(await said(
      "two",
      ja
        ? "通話は録音されますか。あと、開示の手数料はいくらですか。"
        : "Do you record calls? And what does disclosure cost?",
    )),
    ...(await said("clarify", ja ? "データ" : "data")),
    ...(await said("none", "!none")),
    ...(await said("requests", "!requests")),
    ...(await said("topics", "!topics")),
    ...(await said("handoff", "!handoff")),
    ...(await said("switch", "!request:disclosure", "!request:deletion")),
    ...(await said(
      "wrong",
      "!request:opt-out-marketing",
      "!form:1.choose.media.email",
      ja ? "ぬぬぬ" : "qwzx",
    )),
    ...(await requestOf(brain, "jcom", locale, "disclosure", 1)),
    ...(await statusOf(brain, "jcom", locale)),
    ...(await requestOf(brain, "jcom", locale, "complaint")),
  ];
}

/** What can be seen to be wrong: words that stick out, what is hard to tap, what axe finds. It runs in the page. */
const SEEN = `(async () => {
  const right = (e) => e.getBoundingClientRect().right;
  const out = [...document.querySelectorAll(".bubble, .words")].flatMap((bubble) =>
    [...bubble.querySelectorAll("*")].filter((e) => right(e) > right(bubble) + 0.5));
  const small = [...document.querySelectorAll(".bubble [role=button]")].filter((e) =>
    e.getBoundingClientRect().height < 36);
  const { violations } = await axe.run();
  return [
    ...out.map((e) => "sticks out: " + e.textContent.slice(0, 30)),
    ...small.map((e) => "hard to tap: " + e.textContent),
    ...violations.map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 200)),
  ];
})()`;

async function seen(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  return page.evaluate<string[]>(SEEN);
}

describe("the cards in a real browser", () => {
  it.each(measure<readonly Locale[]>(["ja"], LOCALES))(
    "can be read and tapped on a telephone, in %s",
    async (locale) => {
      const texts = await loadTexts(join(ROOT, "locales"));
      const page = await openPage({ viewport: { width: 390, height: 800 } });
      const look = { activityId: "a1", texts, publicUrl: "https://desk.example" };
      const shown = await everything(locale);
      const all = shown.flatMap(({ message }) => present(message, look));
      await page.setContent(flexPage(all, { locale, title: "all" }));
      expect(await seen(page)).toEqual([]);
      expect(await page.locator(".bubble").count()).toBeGreaterThan(20);
      await page.setContent(flexPage([unreadable], { locale, title: "unreadable" }));
      expect((await seen(page)).join()).toMatch(/hard to tap.*color-contrast/);
      if (!PICTURES) return;
      mkdirSync(PICTURES, { recursive: true });
      for (const [i, { name, message }] of shown.entries()) {
        await page.setContent(flexPage(present(message, look), { locale, title: name }));
        const path = join(PICTURES, `${locale}-${String(i).padStart(2, "0")}-${message.words.kind}.png`);
        await page.screenshot({ path, fullPage: true });
      }
    },
  );
});

/** Grey on grey, and a button that no finger meets. */
const unreadable = {
  type: "flex",
  altText: "a",
  contents: {
    type: "bubble",
    body: {
      type: "box",
      layout: "vertical",
      backgroundColor: "#bbbbbb",
      contents: [
        { type: "text", text: "unreadable", color: "#cccccc" },
        {
          type: "box",
          layout: "vertical",
          action: {},
          contents: [{ type: "text", text: "tap", size: "xs" }],
        },
      ],
    },
  },
};
