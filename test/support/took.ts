/** How long something takes, where other programs share the cores: judged by what it does, not by what they do. */

/** Milliseconds that this thread itself has been at work; the count goes on by ticks of some milliseconds. */
function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/**
 * Begins to count. Gives the milliseconds since then in which this thread was at work, for what takes a tenth of a
 * second or more: waiting counts as nothing, for cores as for anything else.
 */
export function workSince(): () => number {
  const [began, before] = [performance.now(), worked()];
  return () => Math.min(performance.now() - began, worked() - before);
}

/** Enough ticks for a count in tenths. */
const COUNTED_MS = 50;

/** What one run of a short piece of work takes, by the thread's own count and by the clock. */
function average(work: () => void): { workMs: number; clockMs: number } {
  const [began, before] = [performance.now(), worked()];
  let runs = 0;
  for (; worked() - before < COUNTED_MS; runs += 1) work();
  return { workMs: (worked() - before) / runs, clockMs: (performance.now() - began) / runs };
}

const TEXT = "a".repeat(100_000);
/** Looks at each character of a text with sixty after it: twelve milliseconds of our machine with nothing else to do. */
const reference = () => void TEXT.replace(/a{1,60}b/g, "");
const REFERENCE_MS = 12;
/** How many times as long this machine is at work on it. */
let slower: number | undefined;

/**
 * Milliseconds that a short piece of work takes, as our machine with nothing else to do would show them. A clock that
 * shows no more than `mostMs` once in two tries is believed; else the thread's own work is counted, beside that of
 * the reference in the same second.
 */
export function shortWork(work: () => void, mostMs: number): number {
  for (let tries = 0; tries < 2; tries += 1) {
    const began = performance.now();
    work();
    const ms = performance.now() - began;
    if (ms <= mostMs) return ms;
  }
  slower ??= Math.max(1, average(reference).workMs / REFERENCE_MS);
  return average(work).workMs / slower;
}

/**
 * How long may be waited for what others do (a process, a disk, a browser) that should come within `mostMs`, when
 * `tookMs` was: `mostMs`, or as much longer as the reference takes here and now.
 */
export function patience(mostMs: number, tookMs: number): number {
  if (tookMs < mostMs) return mostMs;
  return mostMs * Math.max(1, average(reference).clockMs / REFERENCE_MS);
}
