import { useRef } from "preact/hooks";

/** keyCode of a key that an input method has taken for itself. */
const TAKEN = 229;

/**
 * Whether an input method composes, whichever way a browser tells it: Chromium and Firefox send the Enter that ends
 * a composition before `compositionend` with `isComposing`, Safari sends it after, with nothing but keyCode 229.
 */
export function useComposing() {
  const on = useRef(false);
  return {
    onStart: () => {
      on.current = true;
    },
    onEnd: () => {
      on.current = false;
    },
    isOn: (event: KeyboardEvent) => on.current || event.isComposing || event.keyCode === TAKEN,
  };
}
