import { expect, it } from "vitest";
import { Tokens } from "../../../src/channels/direct-line/tokens.ts";
import { randomIds } from "../../../src/keys.ts";
import { measure } from "../../support/long.ts";

/** What is wrong with ids that nobody shall guess: doubles, a common beginning, letters that come too often. */
function guessable(ids: readonly string[]): string[] {
  const sorted = [...ids].sort();
  let [doubles, common] = [0, 0];
  for (const [i, id] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before === undefined) continue;
    if (id === before) doubles += 1;
    let same = 0;
    while (same < id.length && id[same] === before[same]) same += 1;
    common = Math.max(common, same);
  }
  const counts = new Map<string, number>();
  for (const id of ids) for (const letter of id) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  const expected = ids.reduce((sum, id) => sum + id.length, 0) / 64;
  const chi2 = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  // Wilson and Hilferty: the cube root of chi2/k is nearly normal. 63 degrees of freedom; p in 0.001..0.999.
  const k = 63;
  const z = (Math.cbrt(chi2 / k) - (1 - 2 / (9 * k))) / Math.sqrt(2 / (9 * k));
  // Between a million random ids the longest common beginning is about 7 letters of 6 bits.
  const longest = 8;
  console.info(
    `A07: ${ids.length} ids, ${doubles} doubles, longest common beginning ${common}, chi2 z ${z.toFixed(2)}`,
  );
  return [
    ...(doubles > 0 ? ["doubles"] : []),
    ...(common > longest ? ["a common beginning"] : []),
    ...(counts.size !== 64 || Math.abs(z) > 3.09 ? ["uneven letters"] : []),
    ...(ids.some((id) => id.length * 6 < 128) ? ["too short"] : []),
  ];
}

it(`A07: ${measure(50_000, 1_000_000)} ids: no doubles, no common beginning, even letters; counted ids are found out`, () => {
  const count = measure(50_000, 1_000_000);
  const draw = () => guessable(Array.from({ length: count }, () => randomIds.next()));
  const first = draw();
  // One draw in five hundred lies outside of p by chance; of ids with a fault the next one does, too.
  expect(first.join() === "uneven letters" ? draw() : first).toEqual([]);
  const counting = Array.from({ length: 1_000 }, (_, n) => `chat-${String(n).padStart(19, "0")}`);
  expect(guessable(counting)).toContain("a common beginning");
  expect(guessable([...counting, ...counting])).toContain("doubles");
}, 120_000);

it("A07: the token of a chat and its stream's ticket have ids of their own, each time anew", async () => {
  const tokens = new Tokens(new Uint8Array(32).fill(7), { now: () => 1_800_000_000_000 }, randomIds);
  const pass = { conversation: "c", customer: "dl_x", operator: "jcom", generation: 0, first: 1_800_000_000 };
  const issued = await Promise.all(
    Array.from({ length: 200 }, () => tokens.issue({ ...pass, secret: null })),
  );
  expect(new Set(issued.map((i) => i?.token)).size).toBe(200);
});
