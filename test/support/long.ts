/** The full measure of a test under MADOGUCHI_LONG=1, a short one otherwise. */
export const LONG = process.env.MADOGUCHI_LONG === "1";
export const measure = <T>(short: T, long: T): T => (LONG ? long : short);

/** A seed to repeat a run by: MADOGUCHI_SEED; else the long campaigns draw a new one, and short runs are all alike. */
export const SEED = Number(process.env.MADOGUCHI_SEED ?? measure(849_855, Date.now() % 1_000_000));

/** Random numbers in 0..1 that follow from the seed (mulberry32). */
export function random(seed: number = SEED): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
