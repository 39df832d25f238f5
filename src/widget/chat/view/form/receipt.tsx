import { useId, useRef } from "preact/hooks";
import type { Locale } from "../../../../reply/locale.ts";
import type { T } from "../../words.ts";
import { useRoom } from "../room.ts";
import { Coded } from "./coded.tsx";
import { useKeyboard } from "./keyboard.ts";
import { printPaper } from "./print.ts";

/** A line that names what it tells: 受付日：2026年11月24日. */
const ROW = /^([^:：]{1,30})(?:：|: )(.+)$/;

/** The paper to keep: issuer, title, then each line under its name; numbers in letters that cannot be misread. */
export function Receipt({ text, t, locale }: { text: string; t: T; locale: Locale | undefined }) {
  const { desk, locale: ours } = useRoom();
  const id = useId();
  const root = useRef<HTMLElement>(null);
  useKeyboard(() => root.current);
  const [title = "", ...lines] = text.split("\n");
  return (
    <section class="receipt" aria-labelledby={id} tabIndex={-1} ref={root}>
      <p class="issuer">
        {desk.company[locale ?? ours]} {t("title")}
      </p>
      <h2 id={id}>{title}</h2>
      <dl>
        {lines.map((line, i) => {
          const [, name = "", value = line] = ROW.exec(line) ?? [];
          return (
            <div key={i}>
              <dt>{name}</dt>
              <dd>
                <Coded text={value} />
              </dd>
            </div>
          );
        })}
      </dl>
      <button type="button" class="quiet" onClick={(event) => printPaper(event.currentTarget)}>
        {t("form.print")}
      </button>
    </section>
  );
}
