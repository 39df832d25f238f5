/** Text without addresses and spaces folded, as two texts are compared for what they share. */
const plain = (text: string) =>
  text
    .replace(/(?:https?:\/\/|www\.)[\x21-\x7e]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();

/** The longest runs of at least `least` characters that a text shares with a source; none that overlap. */
export function sharedRuns(text: string, source: string, least: number): string[] {
  const ours = plain(text);
  const theirs = plain(source);
  const windows = new Set<string>();
  for (let i = 0; i + least <= theirs.length; i++) windows.add(theirs.slice(i, i + least));
  const runs: string[] = [];
  for (let i = 0; i + least <= ours.length; i++) {
    if (!windows.has(ours.slice(i, i + least))) continue;
    let end = i + least;
    while (end < ours.length && theirs.includes(ours.slice(i, end + 1))) end++;
    runs.push(ours.slice(i, end));
    i = end - 1;
  }
  return runs;
}
