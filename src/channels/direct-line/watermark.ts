/**
 * Where a client stands in a chat: the number of the last activity that it has. Replay is after it.
 * Absent, empty and `-` mean "nothing yet": all of the chat is replayed.
 */
export function parseWatermark(given: string | null): number | undefined {
  if (given === null || given === "" || given === "-") return 0;
  return /^\d{1,15}$/.test(given) ? Number(given) : undefined;
}
