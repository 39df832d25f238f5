import { describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "../../src/reply/locale.ts";
import { theContent } from "../support/lessons.ts";
import { linesOf, offeredFor } from "./offered.ts";

const linesIn = (locale: Locale) => linesOf(`unheard/${locale}.tsv`) as [reason: string, text: string][];

/**
 * What is held, as shares of the lines: some below what is reached today, as a line or two come and go whenever other
 * examples are learned.
 */
const LEAST: Readonly<Record<Locale, readonly (readonly [reason: string, least: number])[]>> = {
  ja: [
    ["leak", 0.75],
    ["dispute", 0.65],
    ["anger", 0.75],
  ],
  en: [
    ["leak", 0.5],
    ["dispute", 0.55],
    ["anger", 0.55],
  ],
};
/** Plain ones for which a person is offered, those that call for one left out; two of a hundred is the aim. */
const MOST: Readonly<Record<Locale, number>> = { ja: 0.04, en: 0.08 };

/** A message as two are compared: letters and digits alone. */
const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "") || text;

describe.each(LOCALES)("signs in words that were written before the examples were: %s", (locale) => {
  const lines = linesIn(locale);

  /** For what a person is offered at each of these; "called" where one was called at once. */
  async function offered(reason: string) {
    const some = lines.filter(([of]) => of === reason);
    const found: (string | undefined)[] = [];
    for (const [, text] of some) found.push(await offeredFor(text, locale));
    const count = (is: (one?: string) => boolean) => found.filter(is).length;
    const told = [
      count((one) => one !== undefined),
      count((one) => one === reason),
      count((one) => one === "called"),
    ];
    console.info(
      `55: unheard ${reason} ${locale}: ${told[0]} of ${some.length}, ${told[1]} for that reason, ${told[2]} called`,
    );
    return {
      any: (told[0] as number) / some.length,
      wrong: ((told[0] as number) - (told[2] as number)) / some.length,
    };
  }

  it.each(LEAST[locale])("%s: a person is offered for at least %s of them", async (reason, least) => {
    expect((await offered(reason)).any).toBeGreaterThanOrEqual(least);
  });

  it(`and for ${MOST[locale]} of plain questions, wishes and remarks at most`, async () => {
    expect((await offered("none")).wrong).toBeLessThanOrEqual(MOST[locale]);
  });

  it("none of them is learned", () => {
    const learned = new Set(theContent().signs.map(({ text }) => bare(text)));
    expect(learned.size).toBeGreaterThan(500);
    expect(lines.filter(([, text]) => learned.has(bare(text)))).toEqual([]);
  });
});
