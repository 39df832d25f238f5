/** What a key does; a key of two strokes is written `g r`. */
export type Keys = Readonly<Record<string, () => void>>;

const SECOND_STROKE_MS = 1_200;
const stack: Keys[] = [];
let first: { key: string; at: number } | undefined;

/** Adds keys over those that are there. Returns the way to take them away. */
export function bind(keys: Keys): () => void {
  stack.push(keys);
  return () => void stack.splice(stack.indexOf(keys), 1);
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

const found = (key: string) => stack.findLast((keys) => Object.hasOwn(keys, key))?.[key];

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
