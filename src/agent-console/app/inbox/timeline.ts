/** Something with a time in a chat. */
export interface Timed {
  /** Milliseconds since 1970. */
  at: number;
}

export type Entry<L extends Timed, N extends Timed> =
  | { kind: "day"; day: string }
  | { kind: "line"; line: L }
  | { kind: "note"; note: N };

/** The day in Japan, YYYY-MM-DD. */
const dayInJapan = (at: number): string => new Date(at + 9 * 3_600_000).toISOString().slice(0, 10);
/** The time of day in Japan, HH:MM. */
export const timeInJapan = (at: number): string => new Date(at + 9 * 3_600_000).toISOString().slice(11, 16);

/**
 * Lines with the notes of the staff between them, and the day wherever a new one begins. `lines` stand in their order;
 * of notes only those are in, that are no older than the first line, unless all lines are there. Pure.
 */
export function timeline<L extends Timed, N extends Timed>(
  lines: readonly L[],
  notes: readonly N[],
  whole: boolean,
): Entry<L, N>[] {
  const from = whole ? 0 : (lines[0]?.at ?? 0);
  const waiting = notes.filter(({ at }) => at >= from).sort((a, b) => a.at - b.at);
  const entries: Entry<L, N>[] = [];
  let day = "";
  const begin = (at: number) => {
    if (dayInJapan(at) === day) return;
    day = dayInJapan(at);
    entries.push({ kind: "day", day });
  };
  const notesUntil = (at: number) => {
    for (let note = waiting[0]; note && note.at < at; note = waiting[0]) {
      begin(note.at);
      entries.push({ kind: "note", note });
      waiting.shift();
    }
  };
  for (const line of lines) {
    notesUntil(line.at);
    begin(line.at);
    entries.push({ kind: "line", line });
  }
  notesUntil(Number.POSITIVE_INFINITY);
  return entries;
}
