import { useState } from "preact/hooks";
import type { ShownPrepared } from "../../../register/shown.ts";
import type { Outcome } from "../../api.ts";
import { type Desk, mayRelease, mayWork } from "../../me.ts";
import { useAround } from "../context.ts";

/** A decision that waits for a second person: what it says, and its release in two strokes. */
export function PreparedDecision({
  desk,
  path,
  prepared,
  language,
  onDone,
}: {
  desk: Desk;
  path: string;
  prepared: ShownPrepared;
  /** The customer's: their words come first. */
  language: string;
  onDone: (done: Outcome<unknown>, said?: string) => Promise<boolean>;
}) {
  const { t, api } = useAround();
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const { at, by, when, title, own, reason, ground, text } = prepared;
  const order = language === "en" ? (["en", "ja"] as const) : (["ja", "en"] as const);

  async function send(to: "release" | "decision/take-back"): Promise<void> {
    setBusy(true);
    await onDone(await api.post(`${path}/${to}`, { at }), to === "release" ? title : undefined);
    setBusy(false);
    setSure(false);
  }

  return (
    <section class="prepared" aria-label={t("prepared.heading", { title })}>
      <h3>{t("prepared.heading", { title })}</h3>
      <p class="faint">{t("prepared.by", { by, when })}</p>
      <dl class="facts">
        {ground && (
          <>
            <dt>{t("step.ground")}</dt>
            <dd>{ground}</dd>
          </>
        )}
        {text &&
          order.map((each) => (
            <div key={each}>
              <dt>
                {t("step.text")} <span class="kind">{t(`prepared.${each}`)}</span>
              </dt>
              <dd lang={each} class="words">
                {text[each]}
              </dd>
            </div>
          ))}
        {reason && (
          <>
            <dt>{t("prepared.reason")}</dt>
            <dd class="words">{reason}</dd>
          </>
        )}
      </dl>
      {own && <p>{t("prepared.own")}</p>}
      {!own && !mayRelease(desk) && <p>{t("prepared.role")}</p>}
      {sure && <p class="notice">{t("prepared.sure", { title })}</p>}
      <p class="row">
        {!own && mayRelease(desk) && (
          <button
            type="button"
            class="main-button"
            disabled={busy}
            onClick={() => (sure ? void send("release") : setSure(true))}
          >
            {t(sure ? "prepared.release-sure" : "prepared.release")}
          </button>
        )}
        {sure && (
          <button type="button" onClick={() => setSure(false)}>
            {t("cancel")}
          </button>
        )}
        {mayWork(desk) && !sure && (
          <button type="button" disabled={busy} onClick={() => void send("decision/take-back")}>
            {t("prepared.take-back")}
          </button>
        )}
      </p>
    </section>
  );
}
