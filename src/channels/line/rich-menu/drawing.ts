import type { Locale } from "../../../reply/locale.ts";
import type { Texts } from "../../../reply/texts.ts";
import { AREAS, type AreaName, HEIGHT, WIDTH } from "./menu.ts";

/** Strokes of each picture, in a square of 100 by 100. */
const ICONS: Readonly<Record<AreaName, string>> = {
  ask: '<path d="M14 18h72v50H48L30 84V68H14z"/><path d="M40 38a10 10 0 1 1 13 9q-3 1-3 5M50 59v1"/>',
  requests:
    '<path d="M24 10h40l14 14v66H24z"/><path d="M64 10v14h14M36 40h30M36 54h30M36 68h18"/><path d="M58 74l8 8 16-18"/>',
  status: '<circle cx="42" cy="42" r="26"/><path d="M61 61l25 25M31 42l8 8 15-17"/>',
  person: '<circle cx="50" cy="32" r="18"/><path d="M16 86q2-32 34-32t34 32z"/>',
  language:
    '<circle cx="50" cy="50" r="36"/><ellipse cx="50" cy="50" rx="16" ry="36"/><path d="M15 50h70M20 30h60M20 70h60"/>',
};

/**
 * The menu's picture as SVG, in black for the operator's colour and white for white: two areas white on the colour, three
 * the colour on white, so that each is as readable as white text on that colour.
 */
export function drawing(texts: Texts, locale: Locale): string {
  const t = texts[locale];
  const areas = AREAS.map(({ name, x, y, width, height }) => {
    const large = y === 0;
    const [paper, ink] = large ? ["#000", "#fff"] : ["#fff", "#000"];
    const middle = x + width / 2;
    const side = large ? 300 : 250;
    const top = y + (large ? 130 : 150);
    const line = (key: "title" | "note", at: number, size: number, weight: number) =>
      `<text data-area="${name}" x="${middle}" y="${at}" font-size="${size}" font-weight="${weight}" fill="${ink}">${escaped(t(`line:menu.${name}.${key}`))}</text>`;
    return [
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${paper}"/>`,
      `<svg x="${middle - side / 2}" y="${top}" width="${side}" height="${side}" viewBox="0 0 100 100" fill="none" stroke="${ink}" stroke-width="6" stroke-linejoin="round" stroke-linecap="round">${ICONS[name]}</svg>`,
      line("title", y + (large ? 590 : 560), large ? 130 : 100, 700),
      line("note", y + (large ? 725 : 685), large ? 88 : 80, 400),
    ].join("");
  });
  const rules = AREAS.slice(1).map(({ x, y, height }) => {
    if (x === 0) return "";
    const shade = y === 0 ? "#fff" : "#bbb";
    return `<rect x="${x - 2}" y="${y + 60}" width="4" height="${height - 120}" fill="${shade}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" lang="${locale}" text-anchor="middle" font-family="BIZ UDPGothic">${areas.join("")}${rules.join("")}</svg>`;
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
