import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { AdaptiveCard } from "../../../src/channels/teams/cards/element.ts";
import { inert } from "../../../src/channels/teams/cards/inert.ts";
import type { Look } from "../../../src/channels/teams/look.ts";
import { answered, present } from "../../../src/channels/teams/present.ts";
import { bytesOf } from "../../../src/channels/teams/size.ts";
import { LOCALES, type Locale } from "../../../src/reply/locale.ts";
import type { Message } from "../../../src/reply/message.ts";
import { loadTexts } from "../../../src/reply/texts.ts";
import type { ExplainingBrain } from "../../../src/turn/brain.ts";
import { theBrain } from "../../support/brain.ts";
import { theBrowser } from "../../support/browser.ts";
import { cardsIn, linksIn } from "../../support/card-client.ts";
import { gallery, type Shown } from "../../support/card-gallery.ts";
import { HOSTS, type Theme } from "../../support/card-hosts.ts";
import { CardPage } from "../../support/card-page.ts";
import { filingDesk } from "../../support/filing-desk.ts";
import { measure, random } from "../../support/long.ts";
import { ROOT } from "../../support/repository.ts";
import { VECTORS } from "../widget/support/vectors.ts";

const PUBLIC = "https://desk.example";
/** What Teams takes at its strictest, in bytes. */
const LIMIT = 25_000;

let brain: ExplainingBrain;
let look: Look;
let browser: Browser;
beforeAll(async () => {
  const [ours, texts, launched] = await Promise.all([
    theBrain(),
    loadTexts(join(ROOT, "locales")),
    theBrowser(),
  ]);
  [brain, browser] = [ours, launched];
  look = { activityId: "a-1", texts, publicUrl: PUBLIC, scope: "personal", cards: true };
});

/** What the library says to a card, but for one warning: it looks languages up with a pattern that remembers its last place. */
const real = (warnings: readonly string[]) => warnings.filter((w) => !/for property "lang"/.test(w));

/** The cards of a message; each activity is small enough. */
function cardsOf(message: Message, as: Partial<Look> = {}): AdaptiveCard[] {
  const activities = present(message, { ...look, ...as });
  for (const activity of activities) expect(bytesOf(activity)).toBeLessThanOrEqual(LIMIT);
  return cardsIn(activities);
}

const galleries = new Map<string, Promise<Shown[]>>();
function shown(operator: string, locale: Locale): Promise<Shown[]> {
  const made = galleries.get(operator + locale) ?? gallery(brain, operator, locale);
  galleries.set(operator + locale, made);
  return made;
}

function clausesOf(operator: string): string[] {
  const text = readFileSync(join(ROOT, "content/operators", operator, "policy.ja.md"), "utf8");
  return [...text.matchAll(/^## .*\{#([a-z0-9-]+)\}/gm)].map(([, id = ""]) => id);
}

const lettersOf = (text: string) => text.replace(/\s|・|- /g, "");

describe("every clause of every operator in both languages", () => {
  it("is a card that Microsoft's library draws without a warning, with its words whole and its source one press away", async () => {
    const page = await CardPage.open(browser, "light");
    let count = 0;
    for (const operator of brain.operators)
      for (const locale of LOCALES) {
        const told = await Promise.all(
          clausesOf(operator).map(async (id) => {
            const { messages } = await filingDesk(brain, { operator, locale }).say({
              command: `clause:${id}`,
            });
            return { id, message: messages[0] as Message };
          }),
        );
        const cards = told.map(({ message }) => cardsOf(message));
        const drawn = await page.draw(cards.flat());
        expect(drawn.flatMap(({ warnings }) => real(warnings))).toEqual([]);
        for (const [i, { id, message }] of told.entries()) {
          const [short, full] = ["short", "full"].map(
            (role) => message.sections?.[0]?.find((s) => s.role === role)?.text ?? "",
          );
          expect(lettersOf(drawn[i]?.text ?? "")).toContain(lettersOf(short ?? ""));
          expect(lettersOf(JSON.stringify(cards[i]).replaceAll('\\"', '"'))).toContain(
            lettersOf((full ?? "").split("\n")[0] ?? ""),
          );
          expect(linksIn(cards[i] ?? [])[0]).toBe(`${PUBLIC}/policy/${operator}?lang=${locale}#${id}`);
          count += 1;
        }
      }
    expect(count).toBeGreaterThanOrEqual(130);
    expect(page.asked).toEqual([]);
  });
});

describe("every kind of message", () => {
  const hosts: readonly (readonly [Locale, Theme, number])[] = measure(
    [["ja", "light", 300]],
    LOCALES.flatMap((locale) =>
      (Object.keys(HOSTS) as Theme[]).flatMap((theme) =>
        [260, 420, 800].map((width) => [locale, theme, width] as const),
      ),
    ),
  );

  it.each(hosts)(
    "in %s on a %s host %i pixels wide: no warning, nothing cut off, nobody kept out",
    async (locale, theme, width) => {
      const page = await CardPage.open(browser, theme, width);
      const axe = readFileSync(join(ROOT, "node_modules/axe-core/axe.min.js"), "utf8");
      await page.page.addScriptTag({ content: axe });
      const cards = (await shown(measure("jcom", "rakuten-communications"), locale)).flatMap(
        ({ message }) => [
          ...cardsOf(message),
          answered(message, look).card,
          ...cardsOf(message, { scope: "shared" }),
        ],
      );
      const drawn = await page.draw(cards);
      expect(drawn.flatMap(({ warnings }) => real(warnings))).toEqual([]);
      const over = await page.page.evaluate(
        `[...document.querySelectorAll(".card *")].filter((e) => e.getBoundingClientRect().right > innerWidth - 15).map((e) => e.outerHTML.slice(0, 90))`,
      );
      expect(over).toEqual([]);
      const found = (await page.page.evaluate(
        `axe.run(document.querySelector("main"), { runOnly: ["wcag2a", "wcag2aa", "wcag21aa"], resultTypes: ["violations"] }).then((r) => r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.html.slice(0, 200) + n.failureSummary.slice(0, 200))))`,
      )) as string[];
      expect(found).toEqual([]);
      expect(page.asked).toEqual([]);
      await page.close();
    },
  );
});

describe("hostile words", () => {
  /** Messages that hold a text wherever customers, agents or content may have put it. */
  const holding = (text: string): Message[] => {
    const citation = { clause: "a", operator: "jcom", title: text, heading: text, date: null, url: text };
    const common = { locale: "ja" as const, text };
    return [
      {
        ...common,
        sections: [
          (["plain", "short", "full", "law", "source", "note"] as const).map((role) => ({ role, text })),
        ],
        choices: [{ title: text, command: "simpler" }],
        words: {
          kind: "answer",
          clauses: ["a", "a"],
          citations: [citation, { ...citation, url: `${PUBLIC}/policy/jcom#a` }, citation],
          score: 1,
        },
      },
      {
        ...common,
        sections: [
          [
            { role: "plain", text },
            { role: "table", text },
          ],
        ],
        choices: [],
        words: {
          kind: "review",
          form: "disclosure",
          n: 1,
          rows: [{ slot: "name", label: "お名前", value: text }],
          controls: [{ act: "confirm", title: "申し込む" }],
        },
      },
      {
        ...common,
        sections: [[{ role: "receipt", text: `受け付けました\n受付番号：${text}\n${text}` }]],
        choices: [],
        words: { kind: "receipt", receipt: "x", type: "disclosure", receivedAt: "x", targetAt: "x" },
      },
      { ...common, choices: [], words: { kind: "handoff", status: "assigned" } },
    ];
  };

  it("are shown letter by letter and are nothing else: no markup, link, picture, date or action", async () => {
    const next = random();
    const some = VECTORS.filter(() => next() < measure(0.06, 1));
    const odd = [
      "[押す](https://evil.invalid)",
      "![](https://evil.invalid/x.png)",
      "**太字** _斜体_ `code`",
      "{{DATE(2026-11-22T00:00:00Z,SHORT)}} {{TIME(2026-11-22T00:00:00Z)}}",
      "<at>everyone</at> &lt;b&gt;",
      "1. a\n2. b\n- c",
      "\u202eabc\u0000\ud800",
    ];
    const page = await CardPage.open(browser, "dark");
    for (const text of [...odd, ...some]) {
      const cards = holding(text).flatMap((message) => [
        ...cardsOf(message),
        answered(message, look, "simpler").card,
      ]);
      const drawn = await page.draw(cards);
      expect(
        drawn.flatMap(({ warnings }) => real(warnings)),
        text,
      ).toEqual([]);
      const shown = lettersOf(drawn.map((d) => d.text).join(""));
      for (const line of inert(text).split(/[\n\r\u2028\u2029]/))
        expect(shown, text).toContain(lettersOf(line));
      expect(
        linksIn(cards).every((url) => url === `${PUBLIC}/policy/jcom?lang=ja#a`),
        text,
      ).toBe(true);
      const odd = (await page.page.evaluate(
        `[...document.querySelectorAll("main :is(img, script, iframe, object, embed, form, style, link, meta, base, svg, video, a[href])")].map((e) => e.outerHTML)`,
      )) as string[];
      expect(
        odd.filter((html) => !html.includes(`${PUBLIC}/policy/jcom`)),
        text,
      ).toEqual([]);
      // Where the host reads Markdown, no word of theirs stands.
      const marks = (await page.page.evaluate(
        `[...document.querySelectorAll("mark")].map((m) => m.textContent)`,
      )) as string[];
      expect(
        marks.every((mark) => /^[\p{L}\p{N}・（）()／/。、 ]+$/u.test(mark)),
        text,
      ).toBe(true);
    }
    expect(await page.page.evaluate(`"__ran" in globalThis`)).toBe(false);
    expect(page.asked).toEqual([]);
  });

  it("would be markup in a TextBlock, and the test would see it", async () => {
    const page = await CardPage.open(browser, "dark");
    const text = "[押す](https://evil.invalid)";
    await page.draw([
      { type: "AdaptiveCard", version: "1.5", body: [{ type: "TextBlock", text, wrap: true }] },
    ]);
    expect(await page.page.evaluate(`document.querySelector("mark").textContent`)).toBe(text);
  });
});

describe("in the hands of a customer", () => {
  const named = async (name: string, locale: Locale) =>
    (await shown("jcom", locale)).find((one) => one.name === name)?.message as Message;

  it("a field is sent with its question; without an answer it says so and nothing is sent; other buttons need none", async () => {
    const page = await CardPage.open(browser, "light");
    await page.draw(cardsOf(await named("ask-name", "ja")));
    await page.page.getByRole("button", { name: "この答えを送る" }).click();
    expect(await page.told()).toEqual([]);
    expect(await page.page.textContent("main")).toContain("お答えをご記入ください。");
    await page.page.getByRole("button", { name: "一つ前に戻る" }).click();
    expect(await page.told()).toEqual([
      { type: "Action.Execute", data: { madoguchi: { c: "form:1.back" } } },
    ]);
    await page.page.getByRole("textbox", { name: /お名前/ }).fill("山田 <b>太郎");
    await page.page.keyboard.press("Tab");
    await page.page.keyboard.press("Enter");
    expect((await page.told()).at(-1)).toEqual({
      type: "Action.Execute",
      data: { madoguchi: { slot: "name", n: 1 }, value: "山田 <b>太郎" },
    });
  });

  it("a review's rows name themselves to who does not see them, and the rest opens by the keyboard", async () => {
    const page = await CardPage.open(browser, "light");
    await page.draw(cardsOf(await named("review", "ja")));
    await page.page.getByTitle("「メールアドレス」を変更").press("Enter");
    await page.page.getByRole("button", { name: "この内容で申し込む" }).press("Enter");
    expect((await page.told()).map(({ data }) => data)).toEqual([
      { madoguchi: { c: "form:1.edit.email" } },
      { madoguchi: { c: "form:1.confirm" } },
    ]);
  });

  it("the whole clause opens by the keyboard, and says that it is open", async () => {
    const page = await CardPage.open(browser, "light");
    await page.draw(cardsOf(await named("answer", "en")));
    const more = page.page.getByRole("button", { name: "Read the full text" });
    expect(await more.getAttribute("aria-expanded")).toBe("false");
    await more.press("Enter");
    expect(await more.getAttribute("aria-expanded")).toBe("true");
  });
});
