import type { Choice, Section } from "../message.ts";
import type { Asking, Note, Row, Said } from "../said.ts";
import type { Control, Question } from "../words.ts";
import { contactText } from "./contact.ts";
import { dayText } from "./day.ts";
import type { Piece, Voice } from "./piece.ts";

/** A question of a form, below what there is to say about it. */
export function ask(voice: Voice, asking: Asking, notes: readonly Note[] = []): Piece {
  const told = notes.map((note) => noteText(voice, note));
  const sections: Section[] = [
    ...told.map((text) => ({ role: "plain" as const, text })),
    { role: "question", text: questionText(voice, asking) },
  ];
  return {
    text: [...told, numbered(voice, asking)].join("\n\n"),
    sections,
    choices: choicesOf(voice, asking),
    part: { kind: "ask", ...questionOf(voice, asking) },
  };
}

/** Whether to leave the open form for another request. */
export function change(voice: Voice, said: Extract<Said, { kind: "switch" }>): Piece {
  const { t } = voice;
  const { request, from, n, unsent } = said;
  const button = (title: string, act: string) => ({
    title: t(`dialogs:buttons.${title}`),
    command: `form:${n}.${act}`,
  });
  return {
    text: noteText(voice, { key: unsent ? "switch.unsent" : "switch.ask", from, to: request }),
    choices: [
      ...(unsent ? [button("cancel", "cancel")] : []),
      button(unsent ? "withdraw-sent" : "switch-yes", "switch"),
      button("switch-no", "stay"),
    ],
    part: { kind: "request", request },
  };
}

/** Something about a form, and nothing to answer. */
export function told(voice: Voice, said: Extract<Said, { kind: "told" }>): Piece {
  const texts = said.notes.map((note) => noteText(voice, note));
  return {
    text: [...texts, ...(said.person ? [contactText(voice)] : [])].join("\n\n"),
    choices: [],
    part: { kind: "notice", about: "own" },
  };
}

/** The question with its number, for whoever sees no other sign of how far one is. */
export function numbered(voice: Voice, asking: Asking): string {
  const { at, of } = asking.step;
  return `${voice.t("dialogs:step", { at, of })}${questionText(voice, asking)}`;
}

export function questionText({ t, speaker }: Voice, { slot, prefix }: Asking): string {
  const question = t(`dialogs:slots.${slot}.ask`, { age: speaker.requests.guardianBelow });
  return prefix === undefined ? question : `${question}\n${t("dialogs:prefix", { prefix })}`;
}

/** The values, then what can be done at any question. */
export function choicesOf(voice: Voice, asking: Asking): Choice[] {
  const { t, speaker } = voice;
  const { n, slot, values = [] } = asking;
  return [
    ...values.map((value) => ({
      title: t(`dialogs:slots.${slot}.values.${value}`, { age: speaker.requests.guardianBelow }),
      command: `form:${n}.choose.${slot}.${value}`,
    })),
    ...buttonsOf(n, controlsOf(voice, asking)),
  ];
}

function controlsOf(voice: Voice, { step, optional, saves }: Asking): Control[] {
  return controls(voice, [
    ...(optional ? ["skip"] : []),
    ...(step.at > 1 ? ["back"] : []),
    "why",
    ...(saves ? ["save"] : []),
    "cancel",
  ]);
}

export function controls({ t }: Voice, acts: readonly string[]): Control[] {
  return acts.map((act) => ({ act, title: t(`dialogs:buttons.${act}`) }));
}

/** The buttons of the `n`th form. */
export function buttonsOf(n: number, list: readonly Control[]): Choice[] {
  return list.map(({ act, title }) => ({ title, command: `form:${n}.${act}` }));
}

export function questionOf(voice: Voice, asking: Asking): Question {
  const { t, speaker } = voice;
  const { form, n, slot, input, step, values, optional, long } = asking;
  const choices = values?.map((value) => ({
    value,
    title: t(`dialogs:slots.${slot}.values.${value}`, { age: speaker.requests.guardianBelow }),
  }));
  return {
    form,
    n,
    slot,
    input,
    ...(choices ? { choices } : {}),
    step,
    ...(optional ? { optional } : {}),
    ...(long ? { long } : {}),
    controls: controlsOf(voice, asking),
  };
}

export function noteText(voice: Voice, note: Note): string {
  const { t, locale, speaker } = voice;
  const { key, slot, rows, from, to, on, values = {} } = note;
  return t(key.includes(":") ? key : `dialogs:repair.${key}`, {
    age: speaker.requests.guardianBelow,
    ...values,
    ...(slot === undefined ? {} : { label: t(`dialogs:slots.${slot}.label`) }),
    ...(rows === undefined ? {} : { rows: rows.map((row) => rowText(voice, row)).join("\n") }),
    ...(from === undefined ? {} : { from: t(`requests:${from}`) }),
    ...(to === undefined ? {} : { to: t(`requests:${to}`) }),
    ...(on === undefined ? {} : { date: dayText(on, locale) }),
  });
}

/** An answer in words. */
export function valueText({ t, speaker }: Voice, { slot, value, chosen }: Row): string {
  const age = speaker.requests.guardianBelow;
  const titles = chosen?.map((one) => t(`dialogs:slots.${slot}.values.${one}`, { age }));
  return titles?.join(t("dialogs:list")) ?? value ?? t("dialogs:empty");
}

export function rowText(voice: Voice, row: Row): string {
  const { t } = voice;
  return t("dialogs:row", { label: t(`dialogs:slots.${row.slot}.label`), value: valueText(voice, row) });
}
