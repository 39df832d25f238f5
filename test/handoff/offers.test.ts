import { describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "../../src/reply/locale.ts";
import { linesOf, offeredFor } from "./offered.ts";

const lines = linesOf("offers.tsv") as [reason: string, locale: Locale, text: string][];

/** Share of them for which a person was offered, for whatever reason. */
async function share(reason: string, locale: Locale): Promise<number> {
  const some = lines.filter(([of, l]) => of === reason && l === locale);
  let offered = 0;
  for (const [, , text] of some) if (await offeredFor(text, locale)) offered += 1;
  console.info(`55: ${reason} ${locale}: ${offered} of ${some.length}`);
  return offered / some.length;
}

describe.each(LOCALES)("a person is offered in words that were never learned: %s", (locale) => {
  it.each([
    ["leak", 0.8],
    ["anger", 0.6],
    ["dispute", 0.7],
  ] as const)("%s: at least %s of them", async (reason, least) => {
    expect(await share(reason, locale)).toBeGreaterThanOrEqual(least);
  });

  it("and hardly ever for plain questions that are near to one", async () => {
    expect(await share("none", locale)).toBeLessThan(0.25);
  });
});

it("what is written in every word of it is sure", async () => {
  for (const [text, reason] of [
    ["ふざけるな", "anger"],
    ["私の個人情報が漏れたと聞きました", "leak"],
    ["請求が却下されたことに納得できない", "dispute"],
  ] as const)
    expect(await offeredFor(text, "ja"), text).toBe(reason);
  // The same phrases, only supposed.
  for (const text of ["万一情報が流出した際、補償はありますか", "説明に納得できない場合の窓口はどこですか"])
    expect(await offeredFor(text, "ja"), text).toBeUndefined();
  for (const text of ["はい", "ありがとうございます", "録音はいつまで保存しますか"])
    expect(await offeredFor(text, "ja"), text).toBeUndefined();
});
