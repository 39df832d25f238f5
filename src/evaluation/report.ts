import type { Mark } from "./mark.ts";
import type { Question } from "./question.ts";

export interface Marked {
  question: Question;
  mark: Mark;
  /** The probability that the answer gave itself; undefined where it gave none. */
  score?: number | undefined;
}

const mean = (rows: readonly Marked[], f: (m: Mark) => number) =>
  rows.length === 0 ? Number.NaN : rows.reduce((s, r) => s + f(r.mark), 0) / rows.length;

/** Totals over marked questions. */
export interface Totals {
  n: number;
  right: number;
  top3: number;
  /** Share of the answerable that were refused. */
  falseRefusals: number;
}

export function totals(rows: readonly Marked[]): Totals {
  const asked = rows.filter((r) => r.question.kind === "answer");
  return {
    n: rows.length,
    right: mean(rows, (m) => m.right),
    top3: mean(rows, (m) => m.top3),
    falseRefusals: mean(asked, (m) => (m.refused ? 1 : 0)),
  };
}

/** Totals per value of a key, in the order of the values. */
export function grouped(rows: readonly Marked[], key: (q: Question) => string): [string, Totals][] {
  const values = [...new Set(rows.map((r) => key(r.question)))].sort();
  return values.map((v) => [v, totals(rows.filter((r) => key(r.question) === v))]);
}

/** What was mistaken for what, most often first: counts alone, never a question's words. */
function confusions(rows: readonly Marked[], most: number): [string, number][] {
  const count = new Map<string, number>();
  for (const { question, mark } of rows) {
    if (mark.right >= 1) continue;
    const wanted = `${question.operator} ${question.kind} ${question.gold.join("|")}`.trim();
    const line = `${wanted} -> ${mark.said}`;
    count.set(line, (count.get(line) ?? 0) + 1);
  }
  return [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most);
}

/** How often answers of a band of scores were right: a calibrated score is right as often as it says. */
export function bands(rows: readonly Marked[]): { from: number; n: number; score: number; right: number }[] {
  const out = [];
  for (let tenth = 0; tenth < 10; tenth++) {
    const from = tenth / 10;
    const band = rows.filter((r) => r.score !== undefined && Math.min(9, Math.floor(r.score * 10)) === tenth);
    if (band.length === 0) continue;
    const score = band.reduce((s, r) => s + (r.score ?? 0), 0) / band.length;
    out.push({ from, n: band.length, score, right: mean(band, (m) => m.right) });
  }
  return out;
}

const row = (title: string, name: string, t: Totals) =>
  `${title.padEnd(9)} ${name.padEnd(26)} n=${String(t.n).padStart(4)}  right ${t.right.toFixed(3)}  top-3 ${t.top3.toFixed(3)}`;

/** The figures as text: by operator, style and kind, bands of the score, confusions, and all. */
export function reportText(rows: readonly Marked[]): string {
  const lines: string[] = [];
  for (const [name, t] of grouped(rows, (q) => q.operator)) lines.push(row("operator", name, t));
  for (const [name, t] of grouped(rows, (q) => q.style)) lines.push(row("style", name, t));
  for (const [name, t] of grouped(rows, (q) => q.kind)) lines.push(row("kind", name, t));
  for (const b of bands(rows)) {
    lines.push(
      `score     ${b.from.toFixed(1)}-${(b.from + 0.1).toFixed(1)}  n=${String(b.n).padStart(4)}  says ${b.score.toFixed(2)}  right ${b.right.toFixed(2)}`,
    );
  }
  for (const [line, n] of confusions(rows, 60)) lines.push(`confused  ${n} x ${line}`);
  const t = totals(rows);
  lines.push(`false refusals (of answerable) ${t.falseRefusals.toFixed(3)}`);
  lines.push(`all n=${t.n} right ${t.right.toFixed(3)} top-3 ${t.top3.toFixed(3)}`);
  return lines.join("\n");
}
