import type { Section } from "../message.ts";
import type { Said } from "../said.ts";
import type { Piece, Voice } from "./piece.ts";
import { buttonsOf, controls, noteText, rowText, valueText } from "./question.ts";
import { feeText } from "./request.ts";

/** Version of the notice of purpose and retention that is agreed to with the review. */
export const CONSENT = "2026-11-22";

/** All answers, each to be changed; the fee, what the data is used for and how long it is kept; then the question to send it. */
export function review(voice: Voice, said: Extract<Said, { kind: "review" }>): Piece {
  const { t, speaker, locale } = voice;
  const { form, n, rows, notes = [] } = said;
  const list = controls(voice, ["confirm", "back", "save", "cancel"]);
  const fee = feeText(voice, form);
  const sections: Section[] = [
    ...notes.map((note) => ({ role: "plain" as const, text: noteText(voice, note) })),
    {
      role: "plain",
      text: [t("dialogs:review.title", { title: t(`requests:${form}`) }), t("dialogs:review.intro")].join(
        "\n",
      ),
    },
    { role: "table", text: rows.map((row) => rowText(voice, row)).join("\n") },
    ...(fee ? [{ role: "plain" as const, text: fee }] : []),
    {
      role: "plain",
      text: t("dialogs:review.purpose", { company: speaker.company[locale], version: CONSENT }),
    },
    { role: "plain", text: t("dialogs:review.confirm-hint") },
  ];
  return {
    text: sections.map(({ text }) => text).join("\n\n"),
    sections,
    choices: buttonsOf(n, list),
    part: {
      kind: "review",
      form,
      n,
      rows: rows.map((row) => ({
        slot: row.slot,
        label: t(`dialogs:slots.${row.slot}.label`),
        value: valueText(voice, row),
      })),
      controls: list,
    },
  };
}
