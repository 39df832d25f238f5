import { zipSync } from "fflate";

/** A day that every file of a package bears: the same files make the same bytes, in any place at any time. */
const DAY = new Date(2000, 0, 1);

/** The files of an app package as a ZIP archive, all at its top as Teams wants them. */
export function archive(
  documents: Readonly<Record<string, object>>,
  icons: Readonly<Record<string, Uint8Array>>,
): Uint8Array {
  const texts = Object.entries(documents).map(([name, document]) => [
    name,
    new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`),
  ]);
  return zipSync(Object.fromEntries([...texts, ...Object.entries(icons)]), { level: 9, mtime: DAY, os: 3 });
}
