import { useState } from "preact/hooks";
import type { ShownRequest } from "../../../register/shown.ts";
import type { Outcome } from "../../api.ts";
import { useAround } from "../context.ts";

/** The letters on a decision: each opens as a page that prints. */
export function Letters({
  operator,
  receipt,
  request,
  path,
  may,
  onDone,
}: {
  operator: string;
  receipt: string;
  request: ShownRequest;
  path: string;
  may: boolean;
  onDone: (done: Outcome<unknown>, said?: string) => Promise<boolean>;
}) {
  const { t, api } = useAround();
  const [busy, setBusy] = useState(false);

  async function make(): Promise<void> {
    setBusy(true);
    await onDone(await api.post(`${path}/letter`, {}));
    setBusy(false);
  }

  return (
    <section>
      <h3>{t("request.papers")}</h3>
      {request.papers.length > 0 && (
        <ul class="lines">
          {request.papers.map(({ at, by }, number) => (
            <li key={`${at} ${number}`}>
              {may ? (
                <a
                  href={`/console/api/operators/${operator}/requests/${receipt}/papers/${number}`}
                  target="_blank"
                  rel="noopener noreferrer"
                >
                  {t("request.paper", { at, by })}
                </a>
              ) : (
                <span>
                  {at} {by}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {request.letter && may && (
        <button type="button" disabled={busy} onClick={() => void make()}>
          {t("request.letter")}
        </button>
      )}
      {!request.letter && <p class="faint">{t("request.letter-none")}</p>}
    </section>
  );
}
