import { describe, expect, it } from "vitest";
import { textIndex } from "../../src/knowledge/text-index.ts";
import type { Locale } from "../../src/reply/locale.ts";
import { gist } from "../../src/understanding/gist.ts";
import { wordsOf } from "../../src/understanding/known-words.ts";
import { createReader } from "../../src/understanding/reader.ts";
import { seeded } from "../../src/understanding/training.ts";
import { theContent, theTokenizer } from "../support/lessons.ts";
import { shortWork } from "../support/took.ts";

const content = theContent();
const reader = createReader({
  tokenizer: await theTokenizer(),
  concepts: content.concepts,
  thesaurus: content.thesaurus,
  english: wordsOf(content.utterances.filter((u) => u.locale === "en").map((u) => u.text)),
});
const index = (locale: Locale, texts: readonly string[]) =>
  textIndex(
    texts.map((t) => [{ terms: reader.read(t, locale).terms, weight: 1 }]),
    locale,
  );

/** The texts, best first; those that share nothing with the question are left out. */
function ranked(locale: Locale, question: string, texts: readonly string[]): string[] {
  const scores = index(locale, texts).score(reader.read(question, locale).terms);
  return texts
    .map((text, i) => ({ text, score: scores[i] ?? 0 }))
    .filter((r) => r.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((r) => r.text);
}

describe("the index over clauses", () => {
  it.each([
    [
      "a rare word says more than a common one",
      "en",
      "parrots and data",
      ["Data of parrots.", "Data of ours.", "Data."],
    ],
    ["a word counts in any of its forms", "en", "recorded calling", ["We record calls.", "We sing."]],
    [
      "a field of meaning is shared without a word",
      "en",
      "do you sell it?",
      ["It is disclosed to no one.", "We sing."],
    ],
    ["a word counts however it is spelled", "ja", "カイジ", ["開示します。", "歌います。"]],
    [
      "two words beside each other say more than apart",
      "ja",
      "開示請求",
      ["開示請求の窓口", "開示の窓口と請求書"],
    ],
  ] as const)("%s", (_, locale, question, texts) => {
    const [best, second] = ranked(locale, question, texts);
    expect(best).toBe(texts[0]);
    expect(second).not.toBe(texts[0]);
  });

  it("shares nothing with nothing", () => {
    expect(ranked("ja", "", ["録音します。"])).toEqual([]);
    expect(index("en", []).score(reader.read("calls", "en").terms)).toHaveLength(0);
    expect(index("en", ["We sing."]).share(reader.read("", "en").terms, 0)).toBe(0);
  });

  it("tells how much of a question a text holds", () => {
    const two = index("en", ["Parrots sing.", "We record."]);
    expect(two.share(reader.read("parrots sing", "en").terms, 0)).toBe(1);
    const half = two.share(reader.read("parrots dance", "en").terms, 0);
    expect(half > 0 && half < 0.5).toBe(true);
    expect(two.share(reader.read("parrots sing", "en").terms, 1)).toBe(0);
  });
});

/** Search bombs (B14): long and odd questions over many clauses. */
describe.each(process.env.MADOGUCHI_LONG ? [2_000, 20_000] : [2_000])("an index over %i clauses", (count) => {
  const random = seeded(14);
  const most = count > 2_000 ? 60 : 20;
  const pool = content.utterances.map((u) => u.text);
  const pick = () => pool[Math.floor(random() * pool.length)] ?? "";
  const samples = Array.from({ length: 200 }, () => [pick(), pick(), pick()].join(" "));
  const parts = (["ja", "en"] as const).map((l) => samples.map((s) => reader.read(s, l).terms));
  const big = parts.map((terms, l) =>
    textIndex(
      Array.from({ length: count }, (_, i) =>
        terms.slice(i % 200, (i % 200) + 1).map((t) => ({ terms: t, weight: 1 })),
      ),
      l === 0 ? "ja" : "en",
    ),
  );
  const bombs = [20, 100, 500, 2_000, 10_000].flatMap((length) =>
    ["録音", "recrding ", "あいうえお", "zzqx ", "の", "a", pick(), samples.join("")].map((s) =>
      s.repeat(Math.ceil(length / s.length)).slice(0, length),
    ),
  );

  it(`answers each question within ${most} ms`, () => {
    const times = bombs.flatMap((text) =>
      (["ja", "en"] as const).map((locale, l) =>
        shortWork(() => big[l]?.score(reader.read(gist(text), locale).terms), most),
      ),
    );
    expect(Math.max(...times)).toBeLessThanOrEqual(most);
  });
});
