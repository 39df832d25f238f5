import type { LearningCurve } from "./learning-curve.ts";
import { barPlot, escaped, linePlot } from "./plot.ts";
import { bands, grouped, type Marked, totals } from "./report.ts";

/** What a page shows: the marked questions of each file, and the learning curve where it was asked for. */
export interface ReportPage {
  files: readonly { name: string; rows: readonly Marked[] }[];
  curve?: LearningCurve;
}

const TENTHS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Lowest round share below every point, so that differences can be seen. */
const floorOf = (shares: readonly number[]) => Math.max(0, Math.floor(Math.min(...shares, 1) * 10) / 10);

function reliability(rows: readonly Marked[]): string {
  const points = bands(rows).map((b) => ({ x: b.score, y: b.right, r: 2 + Math.sqrt(b.n) / 1.5 }));
  return linePlot(
    {
      title: "Reliability",
      x: "probability that the answer gives itself",
      y: "share that is right",
      xRange: [0, 1],
      yRange: [0, 1],
      xTicks: TENTHS,
      yTicks: TENTHS,
      diagonal: true,
    },
    [{ name: "answers by band (area: how many)", points }],
  );
}

function curvePlot(curve: LearningCurve): string {
  const sizes = curve.flatMap((c) => c.points.map((p) => p.examples));
  const floor = floorOf(curve.flatMap((c) => c.points.map((p) => p.right)));
  return linePlot(
    {
      title: "Learning curve, our held-out questions",
      x: "examples learned (equal steps double)",
      y: "share that is right",
      xRange: [Math.min(...sizes), Math.max(...sizes)],
      yRange: [floor, 1],
      log: true,
      xTicks: curve[0]?.points.map((p) => p.examples) ?? [],
      yTicks: TENTHS.filter((t) => t >= floor),
    },
    curve.map((c) => ({ name: c.locale, points: c.points.map((p) => ({ x: p.examples, y: p.right })) })),
  );
}

function section(name: string, rows: readonly Marked[]): string {
  const all = totals(rows);
  const bars = (title: string, key: (q: Marked["question"]) => string) =>
    barPlot(
      title,
      grouped(rows, key).map(([group, t]) => ({ name: group, n: t.n, share: t.right })),
    );
  return `<h2>${escaped(name)}</h2>
<p>${all.n} questions, right ${all.right.toFixed(3)}, right among the first three ${all.top3.toFixed(3)}, false refusals ${all.falseRefusals.toFixed(3)}</p>
<div>${bars("Right by style", (q) => q.style)}${bars("Right by kind", (q) => q.kind)}${bars("Right by operator", (q) => q.operator)}${reliability(rows)}</div>`;
}

/** The figures as one HTML page that loads nothing; it holds no words of a question. */
export function reportPage({ files, curve }: ReportPage): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>How questions are understood</title>
<style>body{font-family:sans-serif;margin:2rem;max-width:70rem}div{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}</style></head>
<body><h1>How questions are understood</h1>
${curve ? `<div>${curvePlot(curve)}</div>` : ""}
${files.map((f) => section(f.name, f.rows)).join("\n")}
</body></html>
`;
}
