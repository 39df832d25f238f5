import { options, type RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** So many messages are drawn at first; the rest comes by a button, a step at a time. */
const [DRAWN, STEP] = [100, 100];

/**
 * From which message on a talk is drawn: thousands of them would make each change slow. It moves on by whole steps, so
 * that what one reads stays where it is. Printed, the talk is whole.
 */
export function useEarlier(count: number, box: RefObject<HTMLElement | null>) {
  const [steps, setSteps] = useState(0);
  const [whole, setWhole] = useState(false);
  /** How far from the end of the list one reads, in pixels, when earlier ones come before it. */
  const fromEnd = useRef<number | undefined>(undefined);
  const from = whole ? 0 : Math.max(0, (Math.floor(Math.max(0, count - DRAWN) / STEP) - steps) * STEP);
  useLayoutEffect(() => {
    const list = box.current;
    if (!list || fromEnd.current === undefined) return;
    list.scrollTop = list.scrollHeight - fromEnd.current;
    fromEnd.current = undefined;
    // Its button has gone with the last of them: the keyboard stays in the talk.
    if (from === 0) list.focus({ preventScroll: true });
  }, [steps]);
  useEffect(() => {
    const print = (all: boolean) => () => atOnce(() => setWhole(all));
    const [before, after] = [print(true), print(false)];
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  const showMore = () => {
    const list = box.current;
    if (list) fromEnd.current = list.scrollHeight - list.scrollTop;
    setSteps(steps + 1);
  };
  return { from, showMore };
}

/** Draws before it returns: a printer does not wait. */
function atOnce(change: () => void): void {
  options.debounceRendering = (draw) => draw();
  change();
  delete options.debounceRendering;
}
