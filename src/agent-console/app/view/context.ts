import { createContext } from "preact";
import { useContext, useLayoutEffect, useRef } from "preact/hooks";
import type { Shell } from "../../shell.ts";
import { Api, type Outcome } from "../api.ts";
import { bind, type Keys } from "../keys.ts";
import type { Language, T } from "../words.ts";

/** What every view may need. */
export interface Surroundings {
  t: T;
  language: Language;
  shell: Shell;
  api: Api;
  /** Shows a line for a moment, and reads it out. */
  say: (text: string) => void;
}

export const Around = createContext<Surroundings>({
  t: (key) => key,
  language: "ja",
  shell: { words: { ja: {}, en: {} }, served: true, states: [], types: [], topics: [], idleMs: 0 },
  api: new Api(),
  say() {},
});
export const useAround = (): Surroundings => useContext(Around);

/** Keys that work while the view is there, over those of the views that were there before. `alone`: those are silent. */
export function useKeys(keys: Keys, alone = false): void {
  const latest = useRef(keys);
  latest.current = keys;
  // Bound once, and before it is seen: a view that is drawn anew must not climb over a dialog that was opened since.
  useLayoutEffect(() => bind(() => latest.current, alone), []);
}

/** Words for a call that did not go well; undefined when it did, or when another view tells it. */
export function wordsFor(t: T, outcome: Outcome<unknown>): string | undefined {
  switch (outcome.kind) {
    case "ok":
    case "over":
    case "approval":
      return undefined;
    case "issue":
      return t(`refused.${outcome.issue}`);
    case "wait":
      return t("problem.wait", { minutes: Math.max(1, Math.ceil(outcome.ms / 60_000)) });
    case "wrong":
      return t("sign-in.wrong");
    case "forbidden":
    case "unknown":
    case "offline":
    case "failed":
      return t(`problem.${outcome.kind}`);
  }
}
