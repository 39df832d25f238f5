import { useEffect, useRef } from "preact/hooks";
import type { Line } from "../talk/line.ts";
import type { Talk } from "../talk/state.ts";

/** Hands each line of the desk that came while this page was there to `tell`, once, however many changes one rendering shows. */
export function useArrivals({ arrived }: Talk, tell: (lines: readonly Line[]) => void): void {
  const told = useRef<readonly Line[]>([]);
  useEffect(() => {
    const before = told.current;
    told.current = arrived;
    // Another chat began when the first of them is another.
    const lines = arrived[0] === before[0] ? arrived.slice(before.length) : arrived;
    if (lines.length > 0) tell(lines);
  }, [arrived]);
}
