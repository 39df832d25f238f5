/** A screen that nobody uses is left to nobody. */
const AWAY_MS = 15 * 60_000;
const LOOK_MS = 15_000;

/** Calls back once nobody has touched keys or pointer for a quarter of an hour. Returns the way to end it. */
export function whenAway(leave: () => void): () => void {
  let last = Date.now();
  const here = () => {
    last = Date.now();
  };
  const events = ["keydown", "pointerdown", "wheel", "touchstart"] as const;
  for (const event of events) addEventListener(event, here, { passive: true });
  // A computer that was asleep runs no timers: its clock tells all the same.
  const timer = setInterval(() => {
    if (Date.now() - last >= AWAY_MS) leave();
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    for (const event of events) removeEventListener(event, here);
  };
}
