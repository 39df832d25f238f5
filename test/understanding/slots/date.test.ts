import { describe, expect, it } from "vitest";
import { dateOf } from "../../../src/understanding/slots/date.ts";
import { asked, foundIn, reads } from "../../support/slots.ts";

const past = dateOf({ pastOnly: true });
const any = dateOf({ pastOnly: false });

describe("a day that has been", () => {
  reads(past, "ja", [
    ["2026-11-22", "2026-11-22"],
    ["2026/11/22", "2026-11-22"],
    ["２０２６／１１／２２", "2026-11-22"],
    ["2026.11.22", "2026-11-22"],
    ["2026年11月22日", "2026-11-22"],
    ["2026年 11月 22日です", "2026-11-22"],
    ["二〇二六年十一月二十二日", "2026-11-22"],
    ["2026年11月22日(日)", "2026-11-22"],
    ["2026年11月22日日曜日", "2026-11-22"],
    ["2026年11月22日の午後3時ごろです", "2026-11-22"],
    ["19800505", "1980-05-05"],
    ["1980年5月5日生まれです", "1980-05-05"],
    ["生年月日は1980/5/5です", "1980-05-05"],
    ["11/22", "2026-11-22"],
    ["11/23", "2025-11-23"],
    ["３月４日", "2026-03-04"],
    ["3/4", "2026-03-04"],
    ["三月四日", "2026-03-04"],
    ["2月29日", "2024-02-29"],
    ["令和8年11月22日", "2026-11-22"],
    ["令和八年十一月二日", "2026-11-02"],
    ["令和元年5月1日", "2019-05-01"],
    ["R8.11.22", "2026-11-22"],
    ["r8/11/22", "2026-11-22"],
    ["R元.5.1", "2019-05-01"],
    ["平成31年4月30日", "2019-04-30"],
    ["平成元年1月8日", "1989-01-08"],
    ["昭和64年1月7日", "1989-01-07"],
    ["昭和55年5月5日", "1980-05-05"],
    ["S55.5.5", "1980-05-05"],
    ["大正15年12月24日", "1926-12-24"],
    ["2020年の11月2日", "2020-11-02"],
    ["今日", "2026-11-22"],
    ["昨日", "2026-11-21"],
    ["きのうです", "2026-11-21"],
    ["一昨日", "2026-11-20"],
    ["おととい", "2026-11-20"],
    ["三日前", "2026-11-19"],
    ["2週間前", "2026-11-08"],
    ["2か月前", "2026-09-22"],
    ["２ヶ月前", "2026-09-22"],
    ["1年前", "2025-11-22"],
    ["先月の5日", "2026-10-05"],
    ["先月末", "2026-10-31"],
    ["5日", "2026-11-05"],
    ["25日", "2026-10-25"],
    ["去年の12月3日", "2025-12-03"],
    ["おととしの3月3日", "2024-03-03"],
    ["金曜日", "2026-11-20"],
    ["先週の金曜日", "2026-11-13"],
    ["yesterday", "2026-11-21"],
    ["昭和70年1月1日", "!impossible"],
    ["昭和64年1月8日", "!impossible"],
    ["平成31年5月1日", "!impossible"],
    ["2月30日", "!impossible"],
    ["2026年2月30日", "!impossible"],
    ["2023-02-29", "!impossible"],
    ["13月1日", "!impossible"],
    ["00000000", "!impossible"],
    ["明日", "!future"],
    ["2026-11-23", "!future"],
    ["1899/12/31", "!too-old"],
    ["明治32年1月1日", "!too-old"],
    ["26/11/22", "!ambiguous"],
    ["8年11月22日", "!ambiguous"],
    ["2026年11月", "!not-a-date"],
    ["昨年", "!not-a-date"],
    ["先月", "!not-a-date"],
    ["先日", "!not-a-date"],
    ["わかりません", "!not-a-date"],
    ["", "!not-a-date"],
    ["😀", "!not-a-date"],
  ]);

  reads(past, "en", [
    ["2026-11-22", "2026-11-22"],
    ["22 Nov 2026", "2026-11-22"],
    ["22 November", "2026-11-22"],
    ["November 22nd, 2026", "2026-11-22"],
    ["Nov. 22, 2026", "2026-11-22"],
    ["the 22nd of November 2026", "2026-11-22"],
    ["Sunday, November 22, 2026", "2026-11-22"],
    ["22-Nov-2026", "2026-11-22"],
    ["22.11.2026", "2026-11-22"],
    ["11/22/2026", "2026-11-22"],
    ["22/11/2026", "2026-11-22"],
    ["5/5/2026", "2026-05-05"],
    ["11/22", "2026-11-22"],
    ["December 25", "2025-12-25"],
    ["may 5", "2026-05-05"],
    ["I was born on 5 May 1980", "1980-05-05"],
    ["my date of birth is 5 May 1980", "1980-05-05"],
    ["it was on the 5th of last month, thanks", "2026-10-05"],
    ["the 5th", "2026-11-05"],
    ["the 25th", "2026-10-25"],
    ["today", "2026-11-22"],
    ["yesterday", "2026-11-21"],
    ["the day before yesterday", "2026-11-20"],
    ["3 days ago", "2026-11-19"],
    ["a couple of days ago", "2026-11-20"],
    ["a week ago", "2026-11-15"],
    ["two weeks ago", "2026-11-08"],
    ["last Tuesday", "2026-11-17"],
    ["Tuesday", "2026-11-17"],
    ["on Friday", "2026-11-20"],
    ["last friday at 3pm", "2026-11-20"],
    ["令和8年11月22日", "2026-11-22"],
    ["R8.11.22", "2026-11-22"],
    ["Feb 30 2026", "!impossible"],
    ["2026-13-01", "!impossible"],
    ["31 April 2026", "!impossible"],
    ["tomorrow", "!future"],
    ["next Friday", "!future"],
    ["5 May 1899", "!too-old"],
    ["03/04/05", "!ambiguous"],
    ["03/04/2026", "!ambiguous"],
    ["3/4", "!ambiguous"],
    ["last week", "!not-a-date"],
    ["last month", "!not-a-date"],
    ["May", "!not-a-date"],
    ["May 2026", "!not-a-date"],
    ["no idea", "!not-a-date"],
    ["12 34", "!not-a-date"],
    ["__proto__", "!not-a-date"],
  ]);
});

describe("a day", () => {
  reads(any, "ja", [
    ["11/23", "2026-11-23"],
    ["12月25日", "2026-12-25"],
    ["明日", "2026-11-23"],
    ["あさって", "2026-11-24"],
    ["来月の5日", "2026-12-05"],
    ["来週の水曜日", "2026-11-25"],
    ["10日後", "2026-12-02"],
  ]);
  reads(any, "en", [
    ["tomorrow", "2026-11-23"],
    ["in three days", "2026-11-25"],
    ["December 25", "2026-12-25"],
    ["next Friday", "2026-11-27"],
  ]);

  it("is the calendar's in Japan, to the millisecond", () => {
    const midnight = Date.parse("2026-11-22T15:00:00Z");
    const read = (typed: string, now: number) => past.parse(typed, asked("ja", now));
    expect(read("今日", midnight - 1)).toEqual({ ok: true, value: "2026-11-22" });
    expect(read("今日", midnight)).toEqual({ ok: true, value: "2026-11-23" });
    expect(read("today", midnight - 1)).toEqual({ ok: true, value: "2026-11-22" });
    expect(read("today", midnight)).toEqual({ ok: true, value: "2026-11-23" });
    expect(read("2026-11-23", midnight - 1)).toEqual({ ok: false, issue: "future" });
    expect(read("2026-11-23", midnight)).toEqual({ ok: true, value: "2026-11-23" });
  });

  it("is found where it is written out", () => {
    expect(
      foundIn(
        past,
        "私は１９８０年５月５日生まれで、2026-11-20に電話しました。令和8年11月2日とR8.11.3もです",
      ),
    ).toEqual([
      ["1980-05-05", "１９８０年５月５日"],
      ["2026-11-20", "2026-11-20"],
      ["2026-11-02", "令和8年11月2日"],
      ["2026-11-03", "R8.11.3"],
    ]);
    expect(foundIn(past, "2020年の11月2日に電話しました")).toEqual([["2020-11-02", "2020年の11月2日"]]);
    expect(foundIn(past, "I was born on 5 May 1980 and called on November 20th, 2026.", "en")).toEqual([
      ["1980-05-05", "5 May 1980"],
      ["2026-11-20", "November 20th, 2026"],
    ]);
    for (const text of [
      "version 1.2.3",
      "3/4 of it",
      "03-1234-5678",
      "2026-02-30",
      "2026-12-01",
      "I may 2026",
    ])
      expect(foundIn(past, text, "en")).toEqual([]);
  });

  it("is shown in words, and masked but for its year", () => {
    expect(past.show("2026-11-22", { locale: "ja" })).toBe("2026年11月22日");
    expect(past.show("2026-11-22", { locale: "en" })).toBe("22 November 2026");
    expect(past.masked("1980-05-05", { locale: "ja" })).toBe("1980/**/**");
  });
});
