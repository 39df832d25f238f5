/** Plots as SVG text: no script, no style sheet, nothing loaded. */

export interface Point {
  x: number;
  y: number;
  /** Radius in pixels; 3 unless told. */
  r?: number;
}

/** A named line of points. */
export interface Series {
  name: string;
  points: readonly Point[];
}

interface Axes {
  title: string;
  x: string;
  y: string;
  /** From the left to the right edge; with `log`, in equal steps for equal ratios. */
  xRange: readonly [number, number];
  yRange: readonly [number, number];
  log?: boolean;
  xTicks: readonly number[];
  yTicks: readonly number[];
  /** Draws the line on which y equals x. */
  diagonal?: boolean;
}

const COLOURS = ["#1f5fa8", "#c4501b", "#2f7d4f", "#7a4fa3"];
const WIDTH = 460;
const HEIGHT = 320;
const LEFT = 58;
const BOTTOM = 44;
const TOP = 30;
const RIGHT = 16;

/** Text that is safe between tags and in attributes. */
export const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b-\u001f]/g, " ");

const text = (x: number, y: number, said: string, more = "") =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escaped(said)}</text>`;
const line = (x1: number, y1: number, x2: number, y2: number, stroke: string) =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="${stroke}"/>`;
const svg = (width: number, height: number, inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img"><rect width="100%" height="100%" fill="#fff"/>${inside}</svg>`;

/** Lines of points over two axes. Points that are not finite are left out. */
export function linePlot(axes: Axes, series: readonly Series[]): string {
  const { xRange, yRange, log } = axes;
  const scale = (v: number) => (log ? Math.log(v) : v);
  const across = scale(xRange[1]) - scale(xRange[0]) || 1;
  const up = yRange[1] - yRange[0] || 1;
  const x = (v: number) => LEFT + ((scale(v) - scale(xRange[0])) / across) * (WIDTH - LEFT - RIGHT);
  const y = (v: number) => HEIGHT - BOTTOM - ((v - yRange[0]) / up) * (HEIGHT - BOTTOM - TOP);
  const base = HEIGHT - BOTTOM;
  const grid = [
    ...axes.yTicks.map(
      (v) =>
        line(LEFT, y(v), WIDTH - RIGHT, y(v), "#e3e3e3") +
        text(LEFT - 6, y(v) + 4, String(v), 'text-anchor="end"'),
    ),
    ...axes.xTicks.map(
      (v) =>
        line(x(v), base, x(v), base + 4, "#555") + text(x(v), base + 17, String(v), 'text-anchor="middle"'),
    ),
    line(LEFT, base, WIDTH - RIGHT, base, "#555"),
    line(LEFT, TOP, LEFT, base, "#555"),
  ];
  const drawn = series.map(({ name, points }, i) => {
    const colour = COLOURS[i % COLOURS.length] ?? "#000";
    const good = points.filter((p) => Number.isFinite(p.x) && Number.isFinite(p.y));
    const path = good.map((p) => `${x(p.x).toFixed(1)},${y(p.y).toFixed(1)}`).join(" ");
    const dots = good.map(
      (p) => `<circle cx="${x(p.x).toFixed(1)}" cy="${y(p.y).toFixed(1)}" r="${p.r ?? 3}" fill="${colour}"/>`,
    );
    const key = text(LEFT + 10, TOP + 14 + i * 16, name, `fill="${colour}"`);
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join("")}${key}`;
  });
  const diagonal = axes.diagonal
    ? line(x(xRange[0]), y(yRange[0]), x(xRange[1]), y(yRange[1]), "#aaaaaa")
    : "";
  return svg(
    WIDTH,
    HEIGHT,
    [
      text(LEFT, 18, axes.title, 'font-weight="bold"'),
      ...grid,
      diagonal,
      ...drawn,
      text((LEFT + WIDTH) / 2, HEIGHT - 8, axes.x, 'text-anchor="middle"'),
      text(14, HEIGHT / 2, axes.y, `text-anchor="middle" transform="rotate(-90 14 ${HEIGHT / 2})"`),
    ].join(""),
  );
}

/** A bar of a share. */
export interface Bar {
  name: string;
  n: number;
  /** 0..1 */
  share: number;
}

/** Bars from 0 to 1, one below the other, in the order given. */
export function barPlot(title: string, bars: readonly Bar[]): string {
  const left = 190;
  const wide = 230;
  const rows = bars.map(({ name, n, share }, i) => {
    const y = TOP + i * 20;
    const width = Math.max(0, Math.min(1, share || 0)) * wide;
    return [
      text(left - 6, y + 13, name, 'text-anchor="end"'),
      `<rect x="${left}" y="${y + 2}" width="${width.toFixed(1)}" height="14" fill="${COLOURS[0]}"/>`,
      text(left + wide + 6, y + 13, `${share.toFixed(3)} (${n})`),
    ].join("");
  });
  return svg(500, TOP + bars.length * 20 + 8, text(8, 18, title, 'font-weight="bold"') + rows.join(""));
}
