import type { ComponentChildren } from "preact";
import type { ShownClause, ShownOpenChat } from "../../../inbox/shown.ts";
import { hashOf } from "../../place.ts";
import { useAround } from "../context.ts";
import { DueChip } from "../register/due-chip.tsx";
import { shownReceipt } from "../register/lines.tsx";
import { FillIn } from "./fill-in.tsx";
import { StartRequest } from "./start-request.tsx";
import { Cited } from "./timeline-view.tsx";

/** What there is to know beside the talk: the staff's own side. */
export function Beside({
  opened,
  path,
  revealed,
  mine,
  children,
  onReveal,
  onHide,
  onInsert,
  onChanged,
  onClose,
}: {
  opened: ShownOpenChat;
  path: string;
  revealed: ReadonlyMap<string, string>;
  /** The reader has the chat, and may fill in and begin for the customer. */
  mine: boolean;
  /** The box for notes. */
  children: ComponentChildren;
  /** Undefined: the reader may not. */
  onReveal: (() => void) | undefined;
  onHide: () => void;
  onInsert: (clause: ShownClause) => void;
  onChanged: () => void;
  /** Back to the talk, where both have no room. */
  onClose: () => void;
}) {
  const { t, language } = useAround();
  const { chat, form, requests, clauses, callback, resolution, startable } = opened;
  const { asking = null } = form ?? {};
  const hidden = form?.rows.some(({ slot, masked }) => masked && !revealed.has(slot)) || callback?.contact;
  return (
    <aside class="beside" id="beside" aria-label={t("beside.label")}>
      <h2 class="unseen">{t("beside.label")}</h2>
      <button type="button" class="plain close-beside" onClick={onClose}>
        ← {t("beside.close")}
      </button>
      {children}
      <section>
        <h3>{t("beside.customer")}</h3>
        <dl class="facts">
          <dt>{t("beside.channel")}</dt>
          <dd>{t(`channel.${chat.channel}`)}</dd>
          <dt>{t("list.language")}</dt>
          <dd>{t(`list.${chat.language}`)}</dd>
          <dt>{t("beside.why")}</dt>
          <dd>{t(`inbox.trigger.${chat.trigger}`)}</dd>
          {chat.topic && (
            <>
              <dt>{t("beside.topic")}</dt>
              <dd>{chat.topic.title[language]}</dd>
            </>
          )}
          {chat.rating && (
            <>
              <dt>{t("beside.rating")}</dt>
              <dd>{t(`inbox.rated-${chat.rating}`)}</dd>
            </>
          )}
          {resolution && (
            <>
              <dt>{t("beside.resolution")}</dt>
              <dd class="words">{resolution}</dd>
            </>
          )}
        </dl>
      </section>
      {callback && (
        <section>
          <h3>{t("beside.callback")}</h3>
          <dl class="facts">
            <dt>{t("beside.callback-number")}</dt>
            <dd>
              <code>{callback.number}</code>
            </dd>
            <dt>{t("beside.callback-by")}</dt>
            <dd>{callback.targetOn}</dd>
            <dt>{t("beside.callback-contact")}</dt>
            <dd class={revealed.has("callback-contact") ? "revealed" : "masked"}>
              <bdi>{revealed.get("callback-contact") ?? callback.contact ?? t("beside.callback-chat")}</bdi>
            </dd>
            {callback.text !== "" && (
              <>
                <dt>{t("beside.callback-text")}</dt>
                <dd class="words" dir="auto">
                  {callback.text}
                </dd>
              </>
            )}
          </dl>
        </section>
      )}
      <section>
        <h3>{t("form.heading")}</h3>
        {!form && <p class="faint">{t("form.none")}</p>}
        {form && (
          <>
            <p>
              <b>{form.title}</b>
            </p>
            <dl class="facts answers">
              {form.rows.map((row) => (
                <div key={row.slot}>
                  <dt>{row.label}</dt>
                  <dd class={revealed.has(row.slot) ? "revealed" : row.masked ? "masked" : undefined}>
                    <bdi>{revealed.get(row.slot) ?? row.text}</bdi>
                  </dd>
                </div>
              ))}
              <div>
                <dt>{t("form.asking")}</dt>
                <dd>
                  <b>{asking ? asking.label : t("form.review")}</b>
                </dd>
              </div>
            </dl>
          </>
        )}
        {(hidden || revealed.size > 0) && (
          <p class="row">
            {hidden && onReveal && (
              <button type="button" id="reveal" onClick={onReveal}>
                {t("request.reveal")} <kbd>v</kbd>
              </button>
            )}
            {revealed.size > 0 && (
              <button type="button" onClick={onHide}>
                {t("request.hide")}
              </button>
            )}
          </p>
        )}
        {form && mine && asking && (
          <details class="inset" id="fill-in-box">
            <summary>
              {t("form.fill-in")} <kbd>f</kbd>
            </summary>
            <FillIn
              key={`${form.n} ${asking.slot}`}
              form={form}
              asking={asking}
              path={path}
              onDone={onChanged}
            />
          </details>
        )}
        {!form && mine && startable.length > 0 && (
          <details class="inset" id="fill-in-box">
            <summary>
              {t("form.start")} <kbd>f</kbd>
            </summary>
            <StartRequest startable={startable} path={path} onDone={onChanged} />
          </details>
        )}
      </section>
      <section>
        <h3>{t("beside.requests")}</h3>
        {requests.length === 0 && <p class="faint">{t("beside.requests-none")}</p>}
        <ul>
          {requests.map((line) => (
            <li key={line.receipt}>
              <a href={hashOf({ at: "requests", operator: chat.operator, receipt: line.receipt })}>
                {line.title}
              </a>{" "}
              <DueChip line={line} />
              <div class="faint">
                <code>{shownReceipt(line.receipt)}</code> {line.stateTitle}
              </div>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{t("beside.clauses")}</h3>
        {clauses.length === 0 && <p class="faint">{t("beside.clauses-none")}</p>}
        <ul>
          {clauses.map((clause) => (
            <li key={clause.clause} class="row">
              <Cited title={clause.title} url={clause.url} />
              {mine && (
                <button type="button" class="plain" onClick={() => onInsert(clause)}>
                  {t("beside.insert")}
                  <span class="unseen"> {clause.title}</span>
                </button>
              )}
            </li>
          ))}
        </ul>
      </section>
    </aside>
  );
}
