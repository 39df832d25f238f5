import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Figures, QUANTILES } from "./load.ts";

export interface Series {
  name: string;
  figures: Figures;
}

const COLOURS = ["#6b6b6b", "#0b6e4f", "#c8553d", "#3d5a80"];
const [WIDTH, LEFT, TOP, HEIGHT] = [860, 70, 60, 260];
const PLOT = 460;
const BARS = LEFT + PLOT + 90;

const text = (x: number, y: number, words: string, more = "") =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${words}</text>`;

/** Latency by quantile (milliseconds, logarithmic) and answered turns a second, as one SVG. */
export function plot(title: string, series: readonly Series[]): string {
  const all = series.flatMap((s) => s.figures.quantiles).filter((ms) => ms > 0);
  const low = 10 ** Math.floor(Math.log10(Math.min(...all)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(...all)));
  const x = (i: number) => LEFT + (i / (QUANTILES.length - 1)) * PLOT;
  const y = (ms: number) => TOP + HEIGHT * (1 - Math.log10(ms / low) / Math.log10(high / low));
  const grid: string[] = [];
  for (let decade = low; decade <= high; decade *= 10)
    for (const step of decade === high ? [1] : [1, 2, 5]) {
      const ms = decade * step;
      grid.push(`<path d="M${LEFT} ${y(ms).toFixed(1)}h${PLOT}" stroke="#ddd"/>`);
      grid.push(text(LEFT - 8, y(ms) + 4, String(Number(ms.toPrecision(3))), 'text-anchor="end"'));
    }
  const ticks = QUANTILES.map((q, i) => {
    const name = q === 1 ? "max" : `p${Number((q * 100).toFixed(1))}`;
    return text(x(i), TOP + HEIGHT + 20, name, 'text-anchor="middle"');
  });
  const most = Math.max(...series.map((s) => s.figures.perSecond));
  const drawn = series.map(({ name, figures }, i) => {
    const colour = COLOURS[i % COLOURS.length] ?? "#000";
    const path = figures.quantiles.map(
      (ms, n) => `${n === 0 ? "M" : "L"}${x(n).toFixed(1)} ${y(ms).toFixed(1)}`,
    );
    const [top, length] = [TOP + 20 + i * 60, (figures.perSecond / most) * (WIDTH - BARS - 20)];
    return [
      `<path d="${path.join("")}" fill="none" stroke="${colour}" stroke-width="2.5"/>`,
      ...figures.quantiles.map(
        (ms, n) => `<circle cx="${x(n).toFixed(1)}" cy="${y(ms).toFixed(1)}" r="3" fill="${colour}"/>`,
      ),
      text(BARS, top, name, `fill="${colour}" font-weight="600"`),
      `<rect x="${BARS}" y="${top + 6}" width="${length.toFixed(1)}" height="14" fill="${colour}"/>`,
      text(BARS, top + 34, `${figures.perSecond} turns/s, p95 ${figures.p95} ms`),
    ].join("");
  });
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${TOP + HEIGHT + 60}" font-family="sans-serif" font-size="12">`;
  return [
    head,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    text(LEFT, 28, title, 'font-size="15" font-weight="600"'),
    text(LEFT, TOP - 10, "milliseconds from a message to its answer (logarithmic)"),
    text(
      LEFT + PLOT / 2,
      TOP + HEIGHT + 42,
      "part of the messages that were answered within it",
      'text-anchor="middle"',
    ),
    text(BARS, TOP - 10, "answered turns a second"),
    `<path d="M${LEFT} ${TOP}v${HEIGHT}h${PLOT}" fill="none" stroke="#555"/>`,
    ...grid,
    ...ticks,
    ...drawn,
    "</svg>\n",
  ].join("\n");
}

/** Writes `bench/out/<name>.svg`; gives its path within the project. */
export function writePlot(name: string, svg: string): string {
  const folder = join(import.meta.dirname, "out");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.svg`), svg);
  return `bench/out/${name}.svg`;
}
