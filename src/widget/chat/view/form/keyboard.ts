import { useLayoutEffect } from "preact/hooks";

/** Where a button was pressed, the keyboard waits in the talk: it goes on to what comes next, `to`. */
export function useKeyboard(to: () => HTMLElement | null | undefined): void {
  useLayoutEffect(() => {
    if (document.activeElement?.matches(".scroller")) to()?.focus({ preventScroll: true });
  }, []);
}
