import type { Form } from "../../talk/form.ts";
import type { T } from "../../words.ts";
import { useAct } from "./act.ts";

/** All answers as a table; while it is open, each can be changed. */
export function Review({ form: { n, rows }, live, t }: { form: Form; live: boolean; t: T }) {
  const act = useAct();
  return (
    <table class="review">
      <caption class="unseen">{t("form.answers")}</caption>
      <tbody>
        {rows.map(({ slot, label, value }) => (
          <tr key={slot}>
            <th scope="row">{label}</th>
            <td dir="auto">{value}</td>
            {live && (
              <td class="change">
                <button
                  type="button"
                  aria-label={t("form.change-row", { label })}
                  onClick={(event) =>
                    act(event.currentTarget, t("form.change-row", { label }), `form:${n}.edit.${slot}`)
                  }
                >
                  {t("form.change")}
                </button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
