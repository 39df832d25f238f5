import { FORMS } from "../../dialogs/index.ts";
import { type Answers, REVIEW } from "../../src/dialog/form/form.ts";
import { formOn } from "../../src/dialog/stack.ts";
import type { Locale } from "../../src/reply/locale.ts";
import type { Message } from "../../src/reply/message.ts";
import type { RequestType } from "../../src/requests/request-type.ts";
import type { ExplainingBrain } from "../../src/turn/brain.ts";
import { ANSWERS } from "./answers.ts";
import { filingDesk } from "./filing-desk.ts";

/** A message of the desk with a name for whoever looks at it. */
export interface Shown {
  name: string;
  message: Message;
}

/** Every clause of an operator: the short answer, the whole one, the plainest one. */
export async function answersOf(
  brain: ExplainingBrain,
  operator: string,
  locale: Locale,
  clauses: readonly string[],
): Promise<Shown[]> {
  const out: Shown[] = [];
  for (const clause of clauses) {
    const desk = filingDesk(brain, { operator, locale });
    for (const command of [`clause:${clause}`, `full:${clause}`, "simpler"]) {
      const { messages } = await desk.say({ command });
      out.push(
        ...messages.map((message) => ({ name: `${operator} ${locale} ${clause} ${command}`, message })),
      );
    }
  }
  return out;
}

/**
 * A request from its first words to the receipt, with the help of each question beside it; `turn` chooses among the
 * answers. What is said at each step, in order.
 */
export async function requestOf(
  brain: ExplainingBrain,
  operator: string,
  locale: Locale,
  type: RequestType,
  turn = 0,
  given: Answers = {},
): Promise<Shown[]> {
  const desk = filingDesk(brain, { operator, locale });
  const out: Shown[] = [];
  const say = async (incoming: string | { command: string }) => {
    const { messages } = await desk.say(incoming);
    out.push(...messages.map((message) => ({ name: `${operator} ${locale} ${type}`, message })));
  };
  await say({ command: `request:${type}` });
  for (let steps = 0; steps < 40; steps++) {
    const state = formOn(desk.talk.dialog);
    if (!state) break;
    if (state.asking === REVIEW) {
      await say({ command: `form:${state.n}.confirm` });
      continue;
    }
    const slot = FORMS[state.form].slots.find(({ name }) => name === state.asking);
    if (!slot) break;
    await say({ command: `form:${state.n}.why` });
    const own = given[slot.name];
    const known = ANSWERS[slot.name]?.[locale] ?? [];
    const words = typeof own === "string" ? own : known[turn % Math.max(1, known.length)]?.say;
    await say(words ?? "222-222-2222");
  }
  return out;
}

/** A request that was filed, looked up and taken back: its cards of status. */
export async function statusOf(brain: ExplainingBrain, operator: string, locale: Locale): Promise<Shown[]> {
  const desk = filingDesk(brain, { operator, locale });
  const out: Shown[] = [];
  const say = async (incoming: string | { command: string }) => {
    const { messages } = await desk.say(incoming);
    out.push(...messages.map((message) => ({ name: `${operator} ${locale} status`, message })));
    return messages.at(-1)?.text ?? "";
  };
  const nOf = () => formOn(desk.talk.dialog)?.n;
  await say({ command: "request:opt-out-marketing" });
  await say({ command: `form:${nOf()}.choose.media.sms` });
  await say("090-1234-5678");
  const paper = await say({ command: `form:${nOf()}.confirm` });
  const receipt = desk.filed()[0]?.receipt ?? "";
  const code = /\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/.exec(paper)?.[0] ?? "";
  for (const type of ["status", "withdraw"]) {
    await say({ command: `request:${type}` });
    await say(receipt);
    await say(code);
  }
  await say({ command: `form:${nOf()}.confirm` });
  return out;
}
