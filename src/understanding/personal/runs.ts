/** Digits without anything between them. */
export interface Group {
  from: number;
  to: number;
  digits: string;
}

/** Groups of digits with only separators between them: "090-1234-5678 4111 1111 1111 1111" is one run. */
export interface Run {
  groups: readonly Group[];
  /** `separators[i]` stands between `groups[i]` and `groups[i + 1]`. */
  separators: readonly string[];
  /** Which of them join what they stand between: a hyphen, a dot, "の". */
  joins: readonly boolean[];
}

/** Some groups of a run, one after the other, that may be one number. */
export interface Window {
  from: number;
  to: number;
  digits: string;
  /** Lengths of the groups. */
  shape: readonly number[];
  /** Index of the group after the last. */
  next: number;
}

const RUN = /\d+(?:[ \t\-‐‑‒–—―−─━﹣⁃ーｰ・･.()_の~〜]{1,3}\d+)*/g;
/** Digits of the longest number that we know. */
const MAX_DIGITS = 19;
/** Groups of the longest number, "+81 (0) 90 1234 5678", unless it is spelled digit by digit. */
const MAX_GROUPS = 5;
/** Digits of the shortest number that is known when it is spelled. */
const MIN_SPELLED = 10;

export function runsIn(text: string): Run[] {
  return [...text.matchAll(RUN)].map((found) => {
    const groups: Group[] = [];
    const separators: string[] = [];
    for (const part of found[0].matchAll(/(\d+)(\D*)/g)) {
      const [, digits = "", separator = ""] = part;
      const from = found.index + part.index;
      groups.push({ from, to: from + digits.length, digits });
      if (separator !== "") separators.push(separator);
    }
    return { groups, separators, joins: separators.map((s) => !/[ \t()・･~〜]/.test(s)) };
  });
}

/** Every window that begins with group `first` and may be a number, shortest first. */
export function* windowsFrom(run: Run, first: number): Generator<Window> {
  const from = run.groups[first]?.from ?? 0;
  const shape: number[] = [];
  let digits = "";
  for (let i = first; i < run.groups.length; i++) {
    const group = run.groups[i];
    if (!group || digits.length + group.digits.length > MAX_DIGITS) return;
    digits += group.digits;
    shape.push(group.digits.length);
    if (shape.length > MAX_GROUPS) {
      if (!spelled(shape)) return;
      if (digits.length < MIN_SPELLED) continue;
    }
    yield { from, to: group.to, digits, shape: [...shape], next: i + 1 };
  }
}

/** Whether the window begins and ends where a number does. */
export function standsAlone(run: Run, first: number, next: number): boolean {
  return !run.joins[first - 1] && !run.joins[next - 1];
}

/** Whether the neighbours look like more groups of the same number: as long, and set off in the same way. */
export function goesOn(run: Run, first: number, next: number): boolean {
  const inside = run.separators[first];
  const length = run.groups[first]?.digits.length;
  if (inside === undefined || next - first < 2) return false;
  const same = (group: number, separator: number) =>
    run.groups[group]?.digits.length === length && run.separators[separator] === inside;
  return same(first - 1, first - 1) || same(next, next - 1);
}

/** "1 2 3 4": one digit at a time. */
export const spelled = (shape: readonly number[]): boolean => shape.length > 1 && shape.every((n) => n === 1);
