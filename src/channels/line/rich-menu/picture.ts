import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import type { Locale } from "../../../reply/locale.ts";

/** Largest picture that LINE takes. */
export const PICTURE_BYTES = 1_000_000;

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const SHADES = 256;

/** The picture of a menu as PNG, in an operator's colour (`#rrggbb`). */
export const picture = (locale: Locale, colour: string): Buffer =>
  coloured(readFileSync(drawnAt(locale)), colour);

export const drawnAt = (locale: Locale): string => join(import.meta.dirname, `${locale}.png`);

/**
 * Shades as PNG with a palette: 0 is white, 255 black. `source`: what it was drawn from, told within.
 */
export function png(shades: Uint8Array, width: number, height: number, source: string): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits for a place in the palette.
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(shades.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("tEXt", Buffer.from(`Source\0${source}`, "latin1")),
    chunk("PLTE", palette("#000000")),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The same picture from white to another colour: only its palette is written anew. */
function coloured(file: Buffer, colour: string): Buffer {
  return Buffer.concat([
    SIGNATURE,
    ...chunksOf(file).map(({ type, data }) => chunk(type, type === "PLTE" ? palette(colour) : data)),
  ]);
}

/** What a picture says that it was drawn from. */
export function sourceOf(file: Buffer): string {
  const told =
    chunksOf(file)
      .find(({ type }) => type === "tEXt")
      ?.data.toString("latin1") ?? "";
  return told.split("\0")[1] ?? "";
}

function palette(colour: string): Buffer {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new Error(`no colour: ${colour}`);
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const mixed = (to: number | undefined, i: number) =>
    Math.round(255 + (((to ?? 0) - 255) * i) / (SHADES - 1));
  return Buffer.from(
    Array.from({ length: SHADES }, (_, i) => [mixed(red, i), mixed(green, i), mixed(blue, i)]).flat(),
  );
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), out.length - 4);
  return out;
}

function chunksOf(file: Buffer): { type: string; data: Buffer }[] {
  const chunks = [];
  for (let at = SIGNATURE.length; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString("latin1", at + 4, at + 8);
    chunks.push({ type, data: file.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}
