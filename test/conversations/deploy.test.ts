import { describe, expect, it } from "vitest";
import { FORMS } from "../../dialogs/index.ts";
import { advance, begin } from "../../src/dialog/form/advance.ts";
import type { Answers, Facts, Form, FormState, Slot } from "../../src/dialog/form/form.ts";
import { REVIEW } from "../../src/dialog/form/form.ts";
import { next, told } from "../../src/dialog/form/path.ts";
import { run } from "../../src/dialog/form-dialog.ts";
import { formOn, type Stack } from "../../src/dialog/stack.ts";
import type { RequestType } from "../../src/requests/request-type.ts";
import { ANSWERS } from "../support/answers.ts";
import { theBrain } from "../support/brain.ts";
import { type FilingDesk, filingDesk } from "../support/filing-desk.ts";
import { LONG, random } from "../support/long.ts";

const FACTS: Facts = { guardianBelow: 16 };
const FORMS_THAT_FILE = Object.values(FORMS).filter(({ end }) => end === "file");
const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const answerOf = (slot: Slot) => ANSWERS[slot.name]?.ja[0]?.is ?? null;

/** Every state that a customer passes who answers each question with the first answer there is. */
async function statesOf(form: Form): Promise<Stack[]> {
  const stacks: Stack[] = [];
  let stack = await run(undefined, { do: "begin", form, n: 1, known: {}, facts: FACTS });
  for (;;) {
    if (!stack) throw new Error("the form is gone");
    stacks.push(throughJson(stack));
    const state = formOn(stack);
    const slot = form.slots.find(({ name }) => name === state?.asking);
    if (!slot) return stacks;
    const values = { [slot.name]: answerOf(slot) };
    stack = await run(stack, { do: "step", form, input: { do: "tell", values }, facts: FACTS });
  }
}

/** Goes on under another version of the form: what it shows first, and the answers at its end. */
async function goOn(form: Form, stack: Stack): Promise<{ first: string; asked: string[]; answers: Answers }> {
  const asked: string[] = [];
  let now = await run(stack, { do: "step", form, input: { do: "go-on" }, facts: FACTS });
  const first = formOn(now)?.asking ?? "nothing";
  for (let state = formOn(now); state && state.asking !== REVIEW; state = formOn(now)) {
    asked.push(state.asking);
    if (asked.length > form.slots.length) throw new Error(`no end: ${asked}`);
    const slot = form.slots.find(({ name }) => name === state?.asking);
    if (!slot) throw new Error(`asks for ${state.asking}, which the form does not know`);
    const values = { [slot.name]: slot.name === "new" ? "new answer" : answerOf(slot) };
    now = await run(throughJson(now), { do: "step", form, input: { do: "tell", values }, facts: FACTS });
  }
  return { first, asked, answers: told(form, formOn(now)?.answers ?? {}, FACTS) };
}

/** Every third of them in the short run, from where the seed says. */
const from = Math.floor(random()() * 3);
const some = <T>(list: readonly T[]): readonly T[] => (LONG ? list : list.filter((_, i) => i % 3 === from));

const added: Slot = { name: "new", answer: { kind: "text" } };
const insertedAt = (form: Form, at: number): Form => ({ ...form, slots: form.slots.toSpliced(at, 0, added) });
const without = (form: Form, name: string): Form => ({
  ...form,
  slots: form.slots.filter((slot) => slot.name !== name),
});
const renamed = (form: Form, name: string): Form => ({
  ...form,
  slots: form.slots.map((slot) => (slot.name === name ? { ...slot, name: "new" } : slot)),
});

/** No answer stands under another question than the one it was given to. */
function expectInPlace(answers: Answers): void {
  for (const [name, value] of Object.entries(answers))
    expect([name, value]).toEqual([name, name === "new" ? "new answer" : (ANSWERS[name]?.ja[0]?.is ?? null)]);
}

describe.each(FORMS_THAT_FILE.map((form) => [form.id, form] as const))(
  "a deploy that changes the open form %s",
  (_, form) => {
    it("asks what is new, wherever it stands and however far one was", async () => {
      for (const stack of some(await statesOf(form)))
        for (let at = 0; at <= form.slots.length; at++) {
          const changed = insertedAt(form, at);
          const { asked, answers } = await goOn(changed, stack);
          expect(asked).toContain("new");
          expect(new Set(asked).size).toBe(asked.length);
          expectInPlace(answers);
        }
    });

    it("goes on when a question is gone, the open one too", async () => {
      for (const stack of some(await statesOf(form)))
        for (const { name } of form.slots) {
          const { answers, asked } = await goOn(without(form, name), stack);
          expect(asked).not.toContain(name);
          expect(answers).not.toHaveProperty(name);
          expectInPlace(answers);
        }
    });

    it("asks a renamed question under its new name and keeps nothing under the old one", async () => {
      for (const stack of some(await statesOf(form)))
        for (const { name, answer } of form.slots) {
          if ("values" in answer) continue;
          const changed = renamed(form, name);
          const { answers } = await goOn(changed, stack);
          expect(answers).not.toHaveProperty(name);
          expectInPlace(answers);
        }
    });

    it("asks again where the value that was chosen is gone", async () => {
      for (const slot of form.slots) {
        if (!("values" in slot.answer)) continue;
        const { kind, values } = slot.answer;
        const chosen = [answerOf(slot)].flat();
        const left = values.filter((value) => !chosen.includes(value));
        const changed: Form = {
          ...form,
          slots: form.slots.map((one) =>
            one.name === slot.name ? { ...one, answer: { kind, values: left } as Slot["answer"] } : one,
          ),
        };
        const stack = (await statesOf(form)).at(-1);
        const state = formOn(stack);
        if (!stack || !state || !(slot.name in state.answers)) continue;
        const now = formOn(
          await run(stack, { do: "step", form: changed, input: { do: "go-on" }, facts: FACTS }),
        );
        expect(now?.asking).toBe(slot.name);
        expect(told(changed, now?.answers ?? {}, FACTS)).not.toHaveProperty(slot.name);
      }
    });

    it("takes no answer to a question that is gone", async () => {
      for (const stack of some(await statesOf(form))) {
        const state = formOn(stack) as FormState;
        if (state.asking === REVIEW) continue;
        const changed = without(form, state.asking);
        const values = { [state.asking]: "what was typed" };
        const after = advance(changed, state, { do: "tell", values }, FACTS);
        expect(JSON.stringify(after)).not.toContain("what was typed");
        expect(after.asking).toBe(next(changed, state.answers, FACTS));
      }
    });
  },
);

const openIn = ({ form, asking }: FormState) => FORMS[form].slots.find(({ name }) => name === asking);

/** A talk that another version of the service has left in the middle of a form. */
async function leftBy(form: RequestType, change: (state: FormState) => void): Promise<FilingDesk> {
  const desk = filingDesk(await theBrain(), { operator: "rakuten-communications", locale: "ja" });
  await desk.say({ command: `request:${form}` });
  const state = formOn(desk.talk.dialog);
  if (!state) throw new Error("no form is open");
  for (let slot = openIn(state); slot; slot = openIn(state)) {
    state.answers = { ...state.answers, [slot.name]: answerOf(slot) };
    state.asking = next(FORMS[form], state.answers, FACTS);
  }
  change(state);
  return desk;
}
const asking = (desk: FilingDesk) => formOn(desk.talk.dialog)?.asking;

describe.each(FORMS_THAT_FILE.map(({ id, slots }) => [id, slots] as const))(
  "a talk that is open while %s changes",
  (form, slots) => {
    it.each(["はい", "東京都", "戻る", "なぜ", "{confirm}", "{image}", "こんにちは", "🙂", "English please"])(
      "shows the next question to %s",
      async (said) => {
        const [first] = slots;
        const desk = await leftBy(form, (state) => {
          state.asking = "gone";
          state.answers = { ...state.answers, gone: "old", [first?.name ?? ""]: "gone-value" };
        });
        const incoming =
          said === "{image}"
            ? { files: true as const }
            : said === "{confirm}"
              ? { command: "form:1.confirm" }
              : said;
        const { messages } = await desk.say(incoming);
        expect(messages.length).toBeGreaterThan(0);
        const text = first && "values" in first.answer ? undefined : "gone-value";
        expect(asking(desk)).toBe(text === undefined ? first?.name : REVIEW);
        expect(desk.filed()).toEqual([]);
      },
    );

    it("files nothing while an answer is missing, and then all of it", async () => {
      const required = slots.filter(({ name }) => ANSWERS[name]?.ja[0]?.is !== null);
      for (const { name } of required) {
        let there = false;
        const desk = await leftBy(form, (state) => {
          there = name in state.answers;
          delete (state.answers as Record<string, unknown>)[name];
        });
        if (!there) continue;
        await desk.say({ command: "form:1.confirm" });
        expect(desk.filed()).toEqual([]);
        expect(asking(desk)).toBe(name);
        await desk.say(ANSWERS[name]?.ja[0]?.say ?? "?");
        for (let i = 0; i < slots.length && asking(desk) !== REVIEW; i++)
          await desk.say(ANSWERS[asking(desk) ?? ""]?.ja[0]?.say ?? "?");
        await desk.say({ command: "form:1.confirm" });
        expect(desk.filed()[0]?.answers[name]).toEqual(ANSWERS[name]?.ja[0]?.is);
      }
    });
  },
);

it("a talk whose form is gone altogether is a talk without a form", async () => {
  const desk = await leftBy("complaint", (state) => {
    Object.assign(state, { form: "of-another-time" });
  });
  const { messages } = await desk.say("通話は録音されますか？");
  expect(messages[0]?.words.kind).toBe("answer");
  expect(desk.talk.dialog).toBeUndefined();
});

it("a saved form begins under the form of the day", () => {
  const form = FORMS.disclosure;
  const old: Answers = { scope: ["all"], method: "paper", gone: "answer", requester: "self" };
  const state = begin(form, 7, old, FACTS);
  expect(state.answers).not.toHaveProperty("gone");
  expect(state).toMatchObject({ n: 7, asking: "age" });
});
