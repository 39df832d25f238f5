import { create } from "qrcode";

/** A QR code as squares: `path` fills the dark ones of a field of `size` by `size`. */
export interface DrawnCode {
  size: number;
  path: string;
}

export function drawnCode(text: string): DrawnCode {
  const { size, data } = create(text, { errorCorrectionLevel: "M" }).modules;
  const dark = Array.from({ length: size * size }, (_, i) => i).filter((i) => data[i]);
  return { size, path: dark.map((i) => `M${i % size} ${Math.floor(i / size)}h1v1h-1z`).join("") };
}
