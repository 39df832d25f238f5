import { useEffect, useRef, useState } from "preact/hooks";
import type { ShownAnswer, ShownRequest } from "../../../register/shown.ts";
import type { Outcome } from "../../api.ts";
import { type Desk, mayWork } from "../../me.ts";
import { useAround, useKeys, wordsFor } from "../context.ts";
import { Problem } from "../field.tsx";
import { Answers } from "./answers.tsx";
import { AskPermit } from "./ask-permit.tsx";
import { DueChip } from "./due-chip.tsx";
import { History } from "./history.tsx";
import { Letters } from "./letters.tsx";
import { shownReceipt } from "./lines.tsx";
import { Notes } from "./notes.tsx";
import { PreparedDecision } from "./prepared.tsx";
import { Steps } from "./steps.tsx";

/** Everything about one request, and what can be done with it. */
export function RequestView({
  desk,
  receipt,
  onClose,
  onChanged,
}: {
  desk: Desk;
  receipt: string;
  onClose: () => void;
  onChanged: () => void;
}) {
  const { t, api, language, say } = useAround();
  const [request, setRequest] = useState<ShownRequest>();
  const [revealed, setRevealed] = useState<ReadonlyMap<string, ShownAnswer>>(new Map());
  const [problem, setProblem] = useState<string>();
  const [limited, setLimited] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  const path = `operators/${desk.id}/requests/${receipt}`;

  async function load(): Promise<void> {
    const found = await api.get<ShownRequest>(`${path}?locale=${language}`);
    setLimited(found.kind === "approval");
    setProblem(found.kind === "issue" && found.issue === "broken" ? t("request.broken") : wordsFor(t, found));
    if (found.kind === "ok") setRequest(found.value);
  }
  useEffect(() => {
    setRevealed(new Map());
    void load();
  }, [path, language]);
  const there = request !== undefined;
  useEffect(() => title.current?.focus(), [there]);

  /** A step was taken, or was not: what stands there now is shown either way. */
  async function after(done: Outcome<unknown>, said?: string): Promise<boolean> {
    if (done.kind === "approval") setLimited(true);
    setProblem(wordsFor(t, done));
    const stale = done.kind === "issue" && (done.issue === "changed" || done.issue === "own");
    if (done.kind !== "ok" && !stale) return false;
    const words = wordsFor(t, done);
    await load();
    if (words !== undefined) setProblem(words);
    onChanged();
    if (done.kind === "ok" && said !== undefined) say(said);
    return done.kind === "ok";
  }
  useKeys({
    v: () => document.getElementById("reveal")?.click(),
    s: () => document.querySelector<HTMLElement>("#steps button")?.focus(),
    n: () => document.querySelector<HTMLElement>("#note textarea")?.focus(),
  });

  const works = mayWork(desk);
  return (
    <article class="request" aria-label={shownReceipt(receipt)}>
      <header class="request-head">
        <button type="button" class="plain back" onClick={onClose}>
          ← {t("request.back")}
        </button>
        <h2 ref={title} tabIndex={-1}>
          {request ? request.title : shownReceipt(receipt)}
        </h2>
        {request && (
          <p class="request-line">
            <code>{shownReceipt(receipt)}</code>
            <span class={`state state-${request.state}`}>{request.stateTitle}</span>
            <DueChip line={request} />
          </p>
        )}
      </header>
      <Problem text={problem} />
      {limited && <AskPermit desk={desk} />}
      {request && (
        <>
          {request.prepared && (
            <PreparedDecision
              desk={desk}
              path={path}
              prepared={request.prepared}
              language={request.language}
              onDone={after}
            />
          )}
          <dl class="facts">
            <dt>{t("request.received")}</dt>
            <dd>{request.received}</dd>
            <dt>{t("request.target")}</dt>
            <dd>
              {request.targetOn}
              {request.promisedOn !== request.targetOn && (
                <span class="faint">
                  {" "}
                  ({t("request.promised")} {request.promisedOn})
                </span>
              )}
            </dd>
            {request.until && (
              <>
                <dt>{t("request.until")}</dt>
                <dd>{request.until}</dd>
              </>
            )}
            {request.suitFrom && (
              <>
                <dt>{t("request.suit")}</dt>
                <dd>{t("request.suit-from", { day: request.suitFrom })}</dd>
              </>
            )}
            <dt>{t("list.language")}</dt>
            <dd>{t(`list.${request.language}`)}</dd>
          </dl>
          <Answers
            answers={request.answers}
            revealed={revealed}
            path={path}
            may={works}
            onRevealed={(answers) => setRevealed(new Map(answers.map((each) => [each.slot, each])))}
            onLimited={() => setLimited(true)}
          />
          <Steps request={request} path={path} may={works} onDone={after} />
          <Letters
            operator={desk.id}
            receipt={receipt}
            request={request}
            may={works}
            path={path}
            onDone={after}
          />
          <Notes notes={request.notes} path={path} may={works} onDone={after} />
          <History events={request.events} />
        </>
      )}
    </article>
  );
}
