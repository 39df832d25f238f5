import fc from "fast-check";

/** Names of what every object has: nothing of ours may take them for one of its own. */
const INHERITED = ["__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty"];
const CHARACTERS = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((n) => String.fromCodePoint(n < 0xd800 ? n : n + 0x800));

/**
 * Text of characters of any plane, assigned or not, or the name of something inherited. The same as fast-check's own
 * strings of `binary` units, which look for ways to build such names first: most of a second in each process.
 */
export function anyText(maxLength?: number): fc.Arbitrary<string> {
  const limit = maxLength === undefined ? {} : { maxLength };
  return fc.oneof(
    { weight: 9, arbitrary: fc.string({ unit: CHARACTERS, ...limit }) },
    { weight: 1, arbitrary: fc.constantFrom(...INHERITED) },
  );
}
