import type { Choice, Section } from "../message.ts";
import type { Said, Shown } from "../said.ts";
import { codeChoice } from "./code.ts";
import { contactText } from "./contact.ts";
import { dayText } from "./day.ts";
import type { Piece, Voice } from "./piece.ts";
import { buttonsOf } from "./question.ts";
import { documentsText } from "./request.ts";

/** What was filed: number, day of arrival, our target, what comes next, the code that shows it, the papers, the contact. */
export function receipt(voice: Voice, said: Extract<Said, { kind: "receipt" }>): Piece {
  const { t, locale } = voice;
  const { filed, days, guardian } = said;
  const papers = documentsText(voice, filed.type, said);
  const sections: Section[] = [
    {
      role: "receipt",
      text: [
        t("dialogs:receipt.title", { title: t(`requests:${filed.type}`) }),
        t("dialogs:receipt.number", { receipt: filed.receipt }),
        t("dialogs:receipt.arrived", { date: dayText(filed.receivedAt, locale) }),
        t("dialogs:receipt.target", { date: dayText(filed.targetOn, locale), days }),
        t("dialogs:receipt.code", { code: filed.code }),
      ].join("\n"),
    },
    { role: "plain", text: t("dialogs:receipt.next", { next: t(`dialogs:forms.${filed.type}.next`) }) },
    ...(guardian === undefined
      ? []
      : [{ role: "plain" as const, text: t("dialogs:minor.below", { age: guardian }) }]),
    ...(papers ? [{ role: "plain" as const, text: papers }] : []),
    { role: "plain", text: t("dialogs:receipt.how-to-check") },
    ...mailSections(voice, said),
    { role: "plain", text: `${t("dialogs:receipt.contact")}\n${contactText(voice)}` },
  ];
  return {
    text: sections.map(({ text }) => text).join("\n\n"),
    sections,
    choices: codeChoices(voice, filed),
    part: {
      kind: "receipt",
      receipt: filed.receipt,
      type: filed.type,
      receivedAt: new Date(filed.receivedAt).toISOString(),
      targetAt: filed.targetOn,
    },
  };
}

/** What goes by mail, and what a code by mail is good for: only where mail is set up. */
function mailSections({ t }: Voice, { mailed, filed }: Extract<Said, { kind: "receipt" }>): Section[] {
  const { confirms } = filed;
  return [
    ...(mailed ? [t("notices:chat.mailed")] : []),
    ...(confirms ? [t(`notices:chat.offer.${confirms}`)] : []),
  ].map((text) => ({ role: "plain", text }));
}

const codeChoices = (voice: Voice, { receipt, confirms }: Shown): Choice[] =>
  confirms ? [codeChoice(voice, receipt, confirms)] : [];

/** How far a request is; `withdraws`: the number of the form in which it can be taken back now. */
export function status(voice: Voice, said: Extract<Said, { kind: "status" }>): Piece {
  const { t, locale } = voice;
  const { request, withdraws } = said;
  const lines = [
    t("dialogs:receipt.number", { receipt: request.receipt }),
    t("dialogs:status.row.type", { type: t(`requests:${request.type}`) }),
    t("dialogs:status.row.arrived", { date: dayText(request.receivedAt, locale) }),
    t("dialogs:status.row.target", { date: dayText(request.targetOn, locale) }),
    t(`dialogs:status.${request.state}`),
  ];
  const controls = [
    { act: "confirm", title: t("dialogs:buttons.withdraw") },
    { act: "cancel", title: t("dialogs:buttons.cancel") },
  ];
  const question = withdraws === undefined ? [] : [t("dialogs:withdraw.ask", { receipt: request.receipt })];
  return {
    text: [...lines, ...question].join("\n"),
    choices: withdraws === undefined ? codeChoices(voice, request) : buttonsOf(withdraws, controls),
    part: {
      kind: "status",
      receipt: request.receipt,
      type: request.type,
      state: request.state,
      ...(withdraws === undefined ? {} : { n: withdraws, controls }),
    },
  };
}
