import type { Section } from "../../../reply/message.ts";
import type { Part, Question } from "../../../reply/words.ts";
import { alone, answer, choose, fold } from "./action.ts";
import { lawBlock, type Words } from "./answer.ts";
import type { ChoiceInput, Element, Input, Tell } from "./element.ts";
import { aside, heading, prose } from "./prose.ts";

/** So many values or fewer are buttons of their own: one press, no field. */
const BUTTONS = 3;
/** So many values or fewer are all shown; more open as a list. */
const SHOWN = 8;
/** Longest message that we read, in characters. */
const MAX_ANSWER = 2_000;
/** What is wished for most, the first of them seen at once. */
const AT_HAND = ["skip", "back"];

/** A question that can be answered now, with its form. */
export function questionOf(part: Part): Question | undefined {
  return (part.kind === "ask" || part.kind === "request") && isQuestion(part) ? part : undefined;
}

const isQuestion = (part: Partial<Question>): part is Question => part.slot !== undefined;

/**
 * A part of a form: what there is to say on it, what policy and law say behind a button, the question with its field.
 * `live`: it can be answered.
 */
export function formBlocks(
  words: Words,
  part: Part & { kind: "ask" | "request" },
  sections: readonly Section[],
  live: boolean,
): Element[][] {
  const { t } = words;
  const form = part.kind === "request" ? part.request : part.form;
  const [full, law] = ["full", "law"].map((role) => sections.find((s) => s.role === role)?.text);
  const folded = sections.find(({ role }) => role === "full" || role === "law");
  const question = questionOf(part);
  const blocks = sections.flatMap((section): Element[][] => {
    if (section === folded)
      return [
        [
          fold(t("widget:chat.form.rules"), [
            ...(full === undefined ? [] : prose(full)),
            ...(law === undefined ? [] : lawBlock(words, law)),
          ]),
        ],
      ];
    if (section.role === "full" || section.role === "law") return [];
    if (section.role !== "question") return [prose(section.text)];
    return [
      [
        {
          type: "Container",
          spacing: "medium",
          items: [
            ...(question ? [aside(t("teams:step", question.step))] : []),
            ...prose(section.text, { weight: "bolder" }),
            ...(question && live ? fieldOf(words, question) : []),
          ],
        },
      ],
    ];
  });
  return [[heading(t(`requests:${form}`))], ...blocks];
}

/** The values as buttons, or the field that fits. */
function fieldOf(words: Words, question: Question): Element[] {
  const { n, slot, choices } = question;
  if (choices && !hasField(question))
    return choices.map(({ value, title }) =>
      alone(choose({ title, command: `form:${n}.choose.${slot}.${value}` })),
    );
  return [inputOf(words, question)];
}

const hasField = ({ choices, input }: Question) =>
  choices === undefined || input === "choices" || choices.length > BUTTONS;

function inputOf({ t }: Words, { slot, input, choices, long }: Question): Input {
  const label = t(`dialogs:slots.${slot}.label`);
  const field = { id: "value", label, isRequired: true, spacing: "medium" } as const;
  if (choices) {
    const several = input === "choices";
    return {
      type: "Input.ChoiceSet",
      ...field,
      label: several ? t("teams:several", { label }) : label,
      errorMessage: t("teams:choose"),
      style: several || choices.length <= SHOWN ? "expanded" : "compact",
      ...(several ? { isMultiSelect: true } : {}),
      wrap: true,
      // Their titles are what a customer would type: the answer is read as any other.
      choices: choices.map(({ title }): ChoiceInput["choices"][number] => ({ title, value: title })),
    };
  }
  const errorMessage = t("teams:missing");
  if (input === "date") return { type: "Input.Date", ...field, errorMessage };
  const style = input === "email" ? "email" : input === "telephone" ? "tel" : undefined;
  return {
    type: "Input.Text",
    ...field,
    errorMessage,
    maxLength: MAX_ANSWER,
    ...(style ? { style } : {}),
    ...(long || input === "address" ? { isMultiline: true } : {}),
  };
}

/** What a form's card can do: what carries it forward, on a line of its own, and what else there is at its foot. */
export interface FormActions {
  forward: Tell[];
  others: Tell[];
}

/**
 * Sending the field, or confirming; then the other acts: one is at hand (passing over, else going back), the rest
 * stands behind a button, since in a narrow pane a second one would be cut off.
 */
export function formActions({ t }: Words, part: Part): FormActions {
  const question = questionOf(part);
  const { n, controls = [] } = question ?? (part.kind === "review" || part.kind === "status" ? part : {});
  if (n === undefined) return { forward: [], others: [] };
  const acts = controls.map(({ act, title }) => ({ act, choice: { title, command: `form:${n}.${act}` } }));
  const style = part.kind === "status" ? "destructive" : "positive";
  const others = acts.filter(({ act }) => act !== "confirm");
  const shown = AT_HAND.find((act) => others.some((one) => one.act === act)) ?? others[0]?.act;
  return {
    forward: [
      ...(question && hasField(question) ? [answer(t("teams:send"), question.slot, n)] : []),
      ...acts.filter(({ act }) => act === "confirm").map(({ choice }) => choose(choice, { style })),
    ],
    others: others
      .toSorted((a, b) => Number(b.act === shown) - Number(a.act === shown))
      .map(({ act, choice }) => choose(choice, act === shown ? {} : { mode: "secondary" })),
  };
}
