/** What a key does; a key of two strokes is written `g r`. */
export type Keys = Readonly<Record<string, () => void>>;

const SECOND_STROKE_MS = 1_200;

/** Keys as they stand when one is pressed. `alone`: those below are not reached. */
interface Layer {
  keys: () => Keys;
  alone: boolean;
}
const stack: Layer[] = [];
let first: { key: string; at: number } | undefined;

/** Adds keys over those that are there, or in the place of all of them. Returns the way to take them away. */
export function bind(keys: () => Keys, alone = false): () => void {
  const layer = { keys, alone };
  stack.push(layer);
  return () => void stack.splice(stack.indexOf(layer), 1);
}

/** Listens for as long as the page is open: keys that are typed into a field are the field's, but for Escape. */
export function listenToKeys(): void {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key !== "Escape" && isField(event.target)) return;
    const both = first && event.timeStamp - first.at < SECOND_STROKE_MS ? `${first.key} ${event.key}` : "";
    const act = found(both) ?? found(event.key);
    first = act ? undefined : { key: event.key, at: event.timeStamp };
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function found(key: string): (() => void) | undefined {
  for (const { keys, alone } of stack.toReversed()) {
    const own = keys();
    if (Object.hasOwn(own, key)) return own[key];
    if (alone) return undefined;
  }
  return undefined;
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
