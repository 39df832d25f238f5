import type { Note } from "../reply/said.ts";
import type { Ask } from "../understanding/slots/parser.ts";
import { yesNo } from "../understanding/slots/yes-no.ts";
import { BLOCK, continued } from "./address.ts";
import { rowOf } from "./asked.ts";
import type { Answers, Slot } from "./form/form.ts";
import { slotOf } from "./form/path.ts";
import type { FormTurn, Place } from "./form-turn.ts";
import type { Counter } from "./open.ts";
import type { FormReading } from "./reading.ts";
import type { Steps } from "./steps.ts";

/**
 * A customer's words at the open question: its answer, others told along with it, an earlier one put right. Undefined
 * when they are none of these.
 */
export async function answer(
  { open, move, reading }: Pick<Steps, "open" | "move" | "reading">,
  counter: Counter,
  text: string,
  place: Place,
): Promise<FormTurn | undefined> {
  const current = open(counter);
  if (!current) return undefined;
  const { form, state } = current;
  const ask = { locale: place.locale, now: place.moment.now };
  const fix = reading.correction(form, state, place.facts, text, ask);
  if (fix) {
    if (fix.value === undefined) return move(counter, { do: "edit", slot: fix.slot }, place);
    const row = rowOf(reading, form, fix.slot, fix.value, place.locale);
    const changed = await move(counter, { do: "tell", values: { [fix.slot]: fix.value } }, place, [
      { key: "corrected", slot: fix.slot, rows: [row] },
    ]);
    return changed;
  }
  const slot = slotOf(form, state.asking);
  if (!slot) return undefined;
  const free = slot.answer.kind === "text";
  const change =
    slot.change && reading.others(form, leftOut(state.answers, slot.name), place.facts, text, ask);
  if (slot.change && change?.values[slot.name] !== undefined) {
    const beside = leftOut(change.values, slot.name);
    const filled = Object.entries(beside).map(([name, value]) =>
      rowOf(reading, form, name, value, place.locale),
    );
    const notes: Note[] = filled.length > 0 ? [{ key: "filled", rows: filled }] : [];
    return move(counter, { do: "tell", values: change.values }, place, notes);
  }
  const prefix = slot.prefix?.(state.answers);
  const alone = reading.answer(slot, text, ask);
  const longer = prefix !== undefined && BLOCK.test(text.trim()) ? continued(prefix, text.trim()) : undefined;
  const whole = alone.ok || typeof longer !== "string" ? alone : reading.answer(slot, longer, ask);
  // With the answer at hand only what is beside it counts; without it the message may have told something else.
  const before: Answers = whole.ok
    ? { ...state.answers, [slot.name]: whole.value }
    : { ...state.answers, [slot.name]: null };
  const { values: more, rest } = free ? NOTHING : reading.others(form, before, place.facts, text, ask);
  const reads = whole.ok ? [whole] : rest.map((piece) => reading.answer(slot, piece, ask));
  const read = reads.find((one) => one.ok);
  const filled = Object.entries(more).map(([name, value]) => rowOf(reading, form, name, value, place.locale));
  if (!read && filled.length === 0) return undefined;
  const taken = read && "values" in slot.answer && !plainly(reading, slot, text, ask);
  const notes: Note[] = [
    ...(taken ? [{ key: "taken", value: rowOf(reading, form, slot.name, read.value, place.locale) }] : []),
    ...(filled.length > 0 ? [{ key: "filled", rows: filled }] : []),
  ];
  const told = read ? { [slot.name]: continued(prefix, read.value) } : {};
  return move(counter, { do: "tell", values: { ...told, ...more } }, place, notes);
}

/** Whether nobody needs to be told what was understood at a choice. */
const plainly = (reading: FormReading, slot: Slot, text: string, ask: Ask): boolean =>
  reading.literal(slot, text) || yesNo.parse(text, ask).ok;

function leftOut(answers: Answers, name: string): Answers {
  const { [name]: _, ...rest } = answers;
  return rest;
}

const NOTHING = { values: {}, rest: [] };
