import { useEffect, useState } from "preact/hooks";
import type { ShownCost } from "../../../inbox/shown.ts";
import { type Going, going } from "../../inbox/cost.ts";
import { useAround } from "../context.ts";

/** What was just said is counted once the platform has taken it. */
const COUNTED_MS = 2_000;

export interface KnownCost extends ShownCost {
  going: Going;
}

/** What the next reply counts, looked at anew with every line; undefined where nothing is counted. */
export function useCost(path: string, first: ShownCost | null, lastSeq: number): KnownCost | undefined {
  const { api } = useAround();
  const [cost, setCost] = useState(first);
  const [free, setFree] = useState(first !== null && first.freeForMs > 0);
  const counted = first !== null;
  useEffect(() => {
    if (!counted) return;
    let stale = false;
    let over: ReturnType<typeof setTimeout> | undefined;
    async function ask(): Promise<void> {
      const found = await api.get<ShownCost>(`${path}/cost`);
      if (stale || found.kind !== "ok") return;
      const { freeForMs } = found.value;
      setCost(found.value);
      setFree(freeForMs > 0);
      clearTimeout(over);
      over = setTimeout(() => setFree(false), freeForMs);
    }
    void ask();
    const again = setTimeout(() => void ask(), COUNTED_MS);
    return () => {
      stale = true;
      clearTimeout(again);
      clearTimeout(over);
    };
  }, [path, counted, lastSeq]);
  return cost ? { ...cost, going: going(cost, free) } : undefined;
}

/** The same in words, beside the field for the reply. */
export function Cost({ id, cost: { going, pushed, limit } }: { id: string; cost: KnownCost }) {
  const { t, language } = useAround();
  const number = new Intl.NumberFormat(language);
  const values = { pushed: number.format(pushed), limit: number.format(limit ?? 0) };
  const used = t(limit === null ? "cost.used" : "cost.used-of", values);
  return (
    <p id={id} class={`cost ${going}`}>
      {going === "full" ? t("cost.full", values) : t(`cost.${going}`, { used })}
    </p>
  );
}
