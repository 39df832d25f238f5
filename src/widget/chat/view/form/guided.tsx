import type { Locale } from "../../../../reply/locale.ts";
import type { Form } from "../../talk/form.ts";
import type { Part } from "../../talk/line.ts";
import { wordsOf } from "../../words.ts";
import { Unfold } from "../answer.tsx";
import { Prose } from "../prose.tsx";
import { useRoom } from "../room.ts";
import { Progress } from "./progress.tsx";
import { Receipt } from "./receipt.tsx";
import { Review } from "./review.tsx";

export interface GuidedProps {
  part: Part;
  /** Its form, where the part is what waits for the customer. */
  form: Form | undefined;
  /** Whether it can be answered now. */
  live: boolean;
  locale: Locale | undefined;
}

/** A part of a form, its sections in their order; what policy and law say on it when that is asked for. */
export function Guided({ part: { sections }, form, live, locale }: GuidedProps) {
  const { desk, t: own } = useRoom();
  const t = locale ? wordsOf(desk.words[locale]) : own;
  const [full, law] = ["full", "law"].map((role) => sections.find((s) => s.role === role)?.text);
  const folded = sections.find(({ role }) => role === "full" || role === "law");
  return (
    <section class="answer guided">
      {sections.map((section, i) => {
        const { role, text } = section;
        if (section === folded)
          return (
            <Unfold key={i} open={t("form.rules")} close={t("form.rules-close")}>
              {full !== undefined && <Prose text={full} />}
              {law !== undefined && (
                <div class="law">
                  <h2>{t("law")}</h2>
                  <Prose text={law} />
                </div>
              )}
            </Unfold>
          );
        switch (role) {
          case "full":
          case "law":
            return null;
          case "question":
            return (
              <div key={i} class="question">
                {form?.question?.step && <Progress step={form.question.step} t={t} />}
                <Prose text={text} examples />
              </div>
            );
          case "table":
            return form && <Review key={i} form={form} live={live} t={t} />;
          case "receipt":
            return <Receipt key={i} text={text} t={t} locale={locale} />;
          default:
            return (
              <div key={i} class={role === "short" ? "short" : undefined}>
                <Prose text={text} />
              </div>
            );
        }
      })}
    </section>
  );
}
