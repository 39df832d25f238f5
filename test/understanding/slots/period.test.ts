import { describe, expect, it } from "vitest";
import { period } from "../../../src/understanding/slots/period.ts";
import { foundIn, type Row, reads } from "../../support/slots.ts";

type Period = { from: string | null; to: string | null };
const row = (typed: string, from: string | null, to: string | null): Row<Period> => [typed, { from, to }];

describe("a period", () => {
  reads(period, "ja", [
    row("2025年4月から2026年3月まで", "2025-04-01", "2026-03-31"),
    row("2025年4月から2026年3月までの間です", "2025-04-01", "2026-03-31"),
    row("2025年4月1日〜2026年3月31日", "2025-04-01", "2026-03-31"),
    row("2025/4/1～2026/3/31", "2025-04-01", "2026-03-31"),
    row("２０２５／４－２０２６／３", "2025-04-01", "2026-03-31"),
    row("令和5年4月から令和6年3月", "2023-04-01", "2024-03-31"),
    row("2025年4月から6月まで", "2025-04-01", "2025-06-30"),
    row("2025年10月から3月まで", "2025-10-01", "2026-03-31"),
    row("4月から6月まで", "2026-04-01", "2026-06-30"),
    row("11月1日から5日まで", "2026-11-01", "2026-11-05"),
    row("去年の4月から今年の3月まで", "2025-04-01", "2026-03-31"),
    row("去年の10月から翌年3月まで", "2025-10-01", "2026-03-31"),
    row("昨日から今日まで", "2026-11-21", "2026-11-22"),
    row("2025年4月から", "2025-04-01", null),
    row("2025年4月から現在まで", "2025-04-01", null),
    row("2025年の4月から", "2025-04-01", null),
    row("2020年以降", "2020-01-01", null),
    row("2025年4月まで", null, "2025-04-30"),
    row("2020年以前", null, "2020-12-31"),
    row("2021年3月より前", null, "2021-02-28"),
    row("2025年4月", "2025-04-01", "2025-04-30"),
    row("2025年4月分", "2025-04-01", "2025-04-30"),
    row("期間は2025年です", "2025-01-01", "2025-12-31"),
    row("去年", "2025-01-01", "2025-12-31"),
    row("先月", "2026-10-01", "2026-10-31"),
    row("先週", "2026-11-09", "2026-11-15"),
    row("昨年度", "2025-04-01", "2026-03-31"),
    row("ここ2年", "2024-11-23", "2026-11-22"),
    row("過去3か月", "2026-08-23", "2026-11-22"),
    row("直近1年間", "2025-11-23", "2026-11-22"),
    row("3年分", "2023-11-23", "2026-11-22"),
    row("最近半年", "2026-05-23", "2026-11-22"),
    row("昨日", "2026-11-21", "2026-11-21"),
    row("全期間", null, null),
    row("すべての期間でお願いします", null, null),
    row("指定なし", null, null),
    ["2026年3月から2025年4月まで", "!reversed"],
    ["2027年1月から", "!future"],
    ["2025年2月30日から3月3日まで", "!impossible"],
    ["1850年から", "!too-old"],
    ["25/4/1から26/3/31まで", "!ambiguous"],
    ["契約してから", "!not-a-date"],
    ["わからない", "!not-a-date"],
    ["", "!not-a-date"],
  ]);

  reads(period, "en", [
    row("from April 2025 to March 2026", "2025-04-01", "2026-03-31"),
    row("between 1 April 2025 and 31 March 2026", "2025-04-01", "2026-03-31"),
    row("2025-04-01 to 2026-03-31", "2025-04-01", "2026-03-31"),
    row("2025-04-01 - 2026-03-31", "2025-04-01", "2026-03-31"),
    row("April to June 2025", "2025-04-01", "2025-06-30"),
    row("November 2025 to March", "2025-11-01", "2026-03-31"),
    row("2024-2025", "2024-01-01", "2025-12-31"),
    row("since last April", "2026-04-01", null),
    row("since 2020", "2020-01-01", null),
    row("from 2024 until now", "2024-01-01", null),
    row("from May to now", "2026-05-01", null),
    row("until 2020", null, "2020-12-31"),
    row("before March 2021", null, "2021-02-28"),
    row("last month", "2026-10-01", "2026-10-31"),
    row("last year please", "2025-01-01", "2025-12-31"),
    row("the last two years", "2024-11-23", "2026-11-22"),
    row("past 6 months", "2026-05-23", "2026-11-22"),
    row("two years", "2024-11-23", "2026-11-22"),
    row("yesterday", "2026-11-21", "2026-11-21"),
    row("all of it", null, null),
    row("Everything, please", null, null),
    row("the whole period", null, null),
    ["March 2026 to April 2025", "!reversed"],
    ["from January 2027", "!future"],
    ["30 February 2025 to 3 March 2025", "!impossible"],
    ["03/04/05 to 2026", "!ambiguous"],
    ["since 1850", "!too-old"],
    ["since I joined", "!not-a-date"],
    ["from 1 to 5", "!not-a-date"],
    ["__proto__", "!not-a-date"],
  ]);

  it("is found where both ends are written out", () => {
    expect(foundIn(period, "2025年4月から2026年3月までの記録と、令和5年1月から6月まで")).toEqual([
      [{ from: "2025-04-01", to: "2026-03-31" }, "2025年4月から2026年3月まで"],
      [{ from: "2023-01-01", to: "2023-06-30" }, "令和5年1月から6月まで"],
    ]);
    expect(foundIn(period, "my records from 1 April 2025 to 31 March 2026 please", "en")).toEqual([
      [{ from: "2025-04-01", to: "2026-03-31" }, "from 1 April 2025 to 31 March 2026"],
    ]);
    expect(foundIn(period, "2025年4月に契約しました")).toEqual([]);
  });

  it("is shown from end to end, open where it is open", () => {
    const show = (from: string | null, to: string | null) =>
      (["ja", "en"] as const).map((locale) => period.show({ from, to }, { locale }));
    expect(show("2025-04-01", "2026-03-31")).toEqual([
      "2025年4月1日～2026年3月31日",
      "1 April 2025 – 31 March 2026",
    ]);
    expect(show("2025-04-01", null)).toEqual(["2025年4月1日～", "1 April 2025 –"]);
    expect(show("2025-04-01", "2025-04-01")).toEqual(["2025年4月1日", "1 April 2025"]);
    expect(show(null, null)).toEqual(["全期間", "the whole period"]);
    expect(period.masked({ from: "2025-04-01", to: null }, { locale: "ja" })).toBe("2025/**/**～");
  });
});
