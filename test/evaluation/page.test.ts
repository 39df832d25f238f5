import { describe, expect, it } from "vitest";
import { sample } from "../../src/evaluation/learning-curve.ts";
import { barPlot, linePlot } from "../../src/evaluation/plot.ts";
import { bands, type Marked } from "../../src/evaluation/report.ts";
import { reportPage } from "../../src/evaluation/report-page.ts";

const marked = (score: number, right: number, style = "polite"): Marked => ({
  question: {
    id: "q",
    operator: "jcom",
    locale: "ja",
    before: [],
    text: "secret words",
    kind: "answer",
    gold: ["fees"],
    style,
    note: "",
  },
  mark: { right, top3: 1, refused: false, said: "answer fees" },
  score,
});

describe("the bands of the score", () => {
  it("hold each answer once, the surest in the last", () => {
    const rows = [0, 0.1, 0.3, 0.3, 0.999, 1].map((s) => marked(s, 1));
    expect(bands(rows).map((b) => [b.from, b.n])).toEqual([
      [0, 1],
      [0.1, 1],
      [0.3, 2],
      [0.9, 2],
    ]);
  });
});

describe("the page", () => {
  const curve = (["ja", "en"] as const).map((locale) => ({
    locale,
    points: [100, 200, 400, 800].map((examples, i) => ({ examples, right: 0.7 + i / 20, top3: 0.9 })),
  }));
  const page = reportPage({
    files: [{ name: "<a>.jsonl", rows: [marked(0.9, 1), marked(0.4, 0, "a&b")] }],
    curve,
  });

  it("holds its plots itself and loads nothing", () => {
    expect(page.match(/<svg /g)).toHaveLength(5);
    expect(page).not.toMatch(/<script|<link|src=|url\(|href=/);
  });

  it("shows no words of a question, and names as text", () => {
    expect(page).not.toContain("secret words");
    expect(page).not.toContain("<a>.jsonl");
    expect(page).toContain("a&#38;b");
  });
});

describe("a plot", () => {
  const axes: Parameters<typeof linePlot>[0] = {
    title: "t",
    x: "x",
    y: "y",
    xRange: [1, 8],
    yRange: [0, 1],
    log: true,
    xTicks: [1, 8],
    yTicks: [0, 1],
  };

  it("leaves out what is no number, and survives nothing at all", () => {
    const plot = linePlot(axes, [
      {
        name: "a",
        points: [
          { x: 2, y: Number.NaN },
          { x: 4, y: 0.5 },
        ],
      },
    ]);
    expect(plot.match(/<circle/g)).toHaveLength(1);
    expect(`${plot}${linePlot(axes, [])}${barPlot("b", [])}`).not.toContain("NaN");
  });
});

describe("a share of the examples", () => {
  const all = Array.from({ length: 90 }, (_, i) => ({
    label: i < 80 ? "often" : "rare",
    locale: i % 2 ? ("ja" as const) : ("en" as const),
    voice: "a",
    text: `${i}`,
  }));

  it("takes as much of each label and language, the same again from the same seed", () => {
    const some = sample(all, 1 / 8, 7);
    const of = (label: string, locale: string) =>
      some.filter((u) => u.label === label && u.locale === locale);
    expect(
      [of("often", "ja"), of("often", "en"), of("rare", "ja"), of("rare", "en")].map((l) => l.length),
    ).toEqual([5, 5, 1, 1]);
    expect(sample(all, 1 / 8, 7)).toEqual(some);
    expect(sample(all, 1, 7)).toHaveLength(90);
  });
});
