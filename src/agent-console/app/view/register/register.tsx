import { useEffect, useRef, useState } from "preact/hooks";
import type { ShownLine } from "../../../register/shown.ts";
import { type Desk, mayRelease } from "../../me.ts";
import { go } from "../../place.ts";
import { useAround, useKeys, wordsFor } from "../context.ts";
import { Problem } from "../field.tsx";
import { Filters, type Narrowed } from "./filters.tsx";
import { RequestLines } from "./lines.tsx";
import { Permits } from "./permits.tsx";
import { RequestView } from "./request.tsx";

interface Page {
  requests: ShownLine[];
  next: string | null;
}

/** The register: the list by target day, and beside it the request that is open. */
export function RegisterView({ desk, receipt }: { desk: Desk; receipt: string | undefined }) {
  const { t, api, language } = useAround();
  const [narrowed, setNarrowed] = useState<Narrowed>({ state: "open", type: "" });
  const [page, setPage] = useState<Page>();
  const [problem, setProblem] = useState<string>();
  /** What was asked last: an answer that comes late is nobody's. */
  const asked = useRef(0);

  async function load(after?: string): Promise<void> {
    asked.current += 1;
    const mine = asked.current;
    const query = new URLSearchParams({ locale: language, state: narrowed.state });
    if (narrowed.type) query.set("type", narrowed.type);
    if (after) query.set("after", after);
    const found = await api.get<Page>(`operators/${desk.id}/requests?${query}`);
    if (mine !== asked.current) return;
    setProblem(wordsFor(t, found));
    if (found.kind !== "ok") return;
    const { requests, next } = found.value;
    setPage((before) => ({ requests: after ? [...(before?.requests ?? []), ...requests] : requests, next }));
  }
  useEffect(() => void load(), [desk.id, narrowed.state, narrowed.type, language]);

  const lines = page?.requests ?? [];
  const open = (line: ShownLine) => go({ at: "requests", operator: desk.id, receipt: line.receipt });
  const close = () => go({ at: "requests", operator: desk.id, receipt: undefined });
  function step(by: number): void {
    // The focus is ahead of what is drawn: two strokes may come before either.
    const focused = lines.findIndex((line) => `line-${line.receipt}` === document.activeElement?.id);
    const now = focused < 0 ? lines.findIndex((line) => line.receipt === receipt) : focused;
    const next = lines[Math.max(0, Math.min(lines.length - 1, now + by))];
    if (!next) return;
    document.getElementById(`line-${next.receipt}`)?.focus();
    if (receipt !== undefined) open(next);
  }
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    "/": () => document.getElementById("filter-state")?.focus(),
    Escape: () => (receipt === undefined ? undefined : close()),
  });

  return (
    <div class={receipt === undefined ? "register" : "register with-request"}>
      <section class="register-list" aria-label={t("list.label")}>
        <header class="place-head">
          <h1>{t("list.heading")}</h1>
          {page && (
            <p class="count" role="status">
              {t(page.next ? "list.count-more" : "list.count", { count: lines.length })}
            </p>
          )}
        </header>
        <Filters narrowed={narrowed} onNarrow={setNarrowed} />
        {mayRelease(desk) && <Permits desk={desk} />}
        <Problem text={problem} />
        {page && lines.length === 0 && <p class="empty">{t("list.none")}</p>}
        {lines.length > 0 && <RequestLines desk={desk} lines={lines} open={receipt} />}
        {page?.next && (
          <button type="button" onClick={() => void load(page.next ?? undefined)}>
            {t("list.more")}
          </button>
        )}
      </section>
      {receipt !== undefined && (
        <RequestView
          key={receipt}
          desk={desk}
          receipt={receipt}
          onClose={close}
          onChanged={() => void load()}
        />
      )}
    </div>
  );
}
