import { crc32, deflateSync } from "node:zlib";

/** A point of an icon is inside its shape, in units of 1/32 of its side. */
type Shape = (x: number, y: number) => boolean;
type Colour = readonly [red: number, green: number, blue: number];

const GROUND: Colour = [0x33, 0x47, 0x5b];
const WHITE: Colour = [255, 255, 255];
/** Points that are looked at for each pixel, by side. */
const FINE = 4;

/** What somebody says at a counter, with a keyhole in it: a speech bubble on the operator-neutral ground. */
export const ICONS: Readonly<Record<string, () => Uint8Array>> = {
  "color.png": () =>
    png(192, (x, y) => {
      const inside = bubble(7, 7.5, 25, 21.5)(x, y) && !keyhole(x, y);
      return { colour: inside ? WHITE : GROUND, opaque: true };
    }),
  /** White on nothing, as Teams wants it: it stands on the bar of the client, whatever its colour. */
  "outline.png": () =>
    png(32, (x, y) => {
      const edge = bubble(2, 3, 30, 24)(x, y) && !bubble(4.2, 5.2, 27.8, 21.8)(x, y);
      return { colour: WHITE, opaque: edge || keyhole(16 + (x - 16) / 1.25, 14 + (y - 13.2) / 1.25) };
    }),
};

const RADIUS = 4;

/** A box with round corners, and its tail below. */
const bubble =
  (left: number, top: number, right: number, bottom: number): Shape =>
  (x, y) => {
    const dx = Math.max(left + RADIUS - x, 0, x - (right - RADIUS));
    const dy = Math.max(top + RADIUS - y, 0, y - (bottom - RADIUS));
    const box = x >= left && x <= right && y >= top && y <= bottom && Math.hypot(dx, dy) <= RADIUS;
    const from = left + (right - left) * 0.22;
    const depth = y - bottom;
    return box || (depth >= 0 && depth <= 4.5 && x >= from && x <= from + 5 - depth * 1.1);
  };

const keyhole: Shape = (x, y) => {
  const [dx, dy] = [Math.abs(x - 16), y - 14];
  return Math.hypot(dx, dy + 1.6) <= 2.3 || (dy >= -1 && dy <= 4.2 && dx <= 0.9 + (dy + 1) * 0.17);
};

type Paint = (x: number, y: number) => { colour: Colour; opaque: boolean };

/** A square PNG with alpha; each pixel is the mean of the points in it. */
function png(side: number, paint: Paint): Uint8Array {
  const rows: number[] = [];
  for (let row = 0; row < side; row++) {
    // Each row says first that it is written as it is.
    rows.push(0);
    for (let column = 0; column < side; column++) rows.push(...pixel(side, row, column, paint));
  }
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, side);
  header.setUint32(4, side);
  // Eight bits each of red, green, blue and alpha.
  header.setUint8(8, 8);
  header.setUint8(9, 6);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return Buffer.concat([
    signature,
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("IDAT", deflateSync(Uint8Array.from(rows), { level: 9 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

function pixel(side: number, row: number, column: number, paint: Paint): number[] {
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < FINE * FINE; i++) {
    const x = ((column + ((i % FINE) + 0.5) / FINE) * 32) / side;
    const y = ((row + (Math.floor(i / FINE) + 0.5) / FINE) * 32) / side;
    const { colour, opaque } = paint(x, y);
    if (!opaque) continue;
    for (const [j, part] of [...colour, 255].entries()) sum[j] = (sum[j] ?? 0) + part;
  }
  const [red = 0, green = 0, blue = 0, alpha = 0] = sum;
  const points = alpha / 255;
  if (points === 0) return [255, 255, 255, 0];
  return [red / points, green / points, blue / points, alpha / (FINE * FINE)].map(Math.round);
}

/** Length, name, content and checksum of both. */
function chunk(name: string, content: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
