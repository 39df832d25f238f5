import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { FORMS } from "../../../dialogs/index.ts";
import type { AdaptiveCard, Input } from "../../../src/channels/teams/cards/element.ts";
import type { Look } from "../../../src/channels/teams/look.ts";
import { present } from "../../../src/channels/teams/present.ts";
import { LOCALES, type Locale } from "../../../src/reply/locale.ts";
import type { Message } from "../../../src/reply/message.ts";
import { loadTexts } from "../../../src/reply/texts.ts";
import type { Question } from "../../../src/reply/words.ts";
import type { ExplainingBrain } from "../../../src/turn/brain.ts";
import type { Incoming } from "../../../src/turn/talk.ts";
import { ANSWERS } from "../../support/answers.ts";
import { theBrain } from "../../support/brain.ts";
import { cardsIn, inputIn, pressed, tellsIn } from "../../support/card-client.ts";
import { openQuestion } from "../../support/card-gallery.ts";
import { filingDesk } from "../../support/filing-desk.ts";
import { measure, random, SEED } from "../../support/long.ts";
import { ROOT } from "../../support/repository.ts";

const FILING = Object.values(FORMS).flatMap(({ id, end }) => (end === "file" ? [id] : []));
/** More than any form asks, with every field tried. */
const STEPS = 30;
const DAY = "2026-11-05";

let brain: ExplainingBrain;
let look: Look;
beforeAll(async () => {
  const [ours, texts] = await Promise.all([theBrain(), loadTexts(join(ROOT, "locales"))]);
  brain = ours;
  look = { activityId: "a", texts, publicUrl: "https://desk.example", scope: "personal", cards: true };
});

const pick = <T>(list: readonly T[], next: () => number): T => list[Math.floor(next() * list.length)] as T;

/** An answer as the card lets one give it, and what must be filed for it, where that is clear. */
function answerBy(
  cards: readonly AdaptiveCard[],
  { slot, n, choices = [] }: Question,
  locale: Locale,
  next: () => number,
): { incoming: Incoming; is?: unknown } {
  const input = inputIn(cards);
  const tells = tellsIn(cards);
  if (!input) {
    const { value } = pick(choices, next);
    const button = tells.find(
      ({ data }) =>
        (data as { madoguchi: { c?: string } }).madoguchi.c === `form:${n}.choose.${slot}.${value}`,
    );
    if (!button) throw new Error(`no button for ${slot}`);
    return { incoming: pressed(button), is: value };
  }
  const send = tells.find(({ verb }) => verb === "answer");
  if (!send) throw new Error(`nothing sends ${slot}`);
  const { value, is } = filled(input, slot, choices, locale, next);
  return { incoming: pressed(send, { value }), is };
}

function filled(
  input: Input,
  slot: string,
  choices: Question["choices"] & object,
  locale: Locale,
  next: () => number,
) {
  if (input.type === "Input.Date") return { value: DAY, is: undefined };
  if (input.type === "Input.Text") return { value: ANSWERS[slot]?.[locale][0]?.say ?? "?", is: undefined };
  const ofTitle = (title: string) => choices.find((c) => c.title === title)?.value;
  if (!input.isMultiSelect) {
    const { value } = pick(input.choices, next);
    return { value, is: ofTitle(value) };
  }
  const all = input.choices.find(({ value }) => ofTitle(value) === "all")?.value;
  const some = input.choices.filter(({ value }) => value !== all && next() < 0.5).map(({ value }) => value);
  const values = some.length > 0 ? some : [all ?? input.choices[0]?.value ?? ""];
  // As clients of Adaptive Cards send several.
  return { value: values.join(","), is: values.map(ofTitle) };
}

it.each(LOCALES)(
  "every form can be filled in and filed by its cards alone, with the answers that were given: %s",
  async (locale) => {
    const asked = new Set<string>();
    const next = random(SEED);
    for (const type of FILING)
      for (let round = 0; round < measure(2, 60); round++) {
        const desk = filingDesk(brain, { operator: pick(brain.operators, next), locale, seed: round + 1 });
        let messages: readonly Message[] = (await desk.say({ command: `request:${type}` })).messages;
        const given = new Map<string, unknown>();
        for (let step = 0; step < STEPS && desk.filed().length === 0; step++) {
          const last = messages.at(-1) as Message;
          const cards = cardsIn(present(last, look));
          const question = openQuestion(last);
          if (!question) {
            const confirm = tellsIn(cards).find(({ style }) => style === "positive");
            if (!confirm) throw new Error(`${type}: no way on from ${last.text}`);
            messages = (await desk.say(pressed(confirm))).messages;
            continue;
          }
          asked.add(question.slot);
          const { incoming, is } = answerBy(cards, question, locale, next);
          expect(
            given.has(question.slot),
            `${type} asks ${question.slot} again (seed ${SEED}): ${last.text}`,
          ).toBe(false);
          given.set(question.slot, is);
          messages = (await desk.say(incoming)).messages;
        }
        const [filed] = desk.filed();
        expect(filed?.type, `seed ${SEED}`).toBe(type);
        for (const [slot, is] of given)
          if (is !== undefined) expect(filed?.answers[slot], `${type} ${slot} (seed ${SEED})`).toEqual(is);
      }
    const slots = FILING.flatMap((type) => FORMS[type].slots.map(({ name }) => name));
    expect(asked.size).toBeGreaterThan(measure(0.4, 0.9) * new Set(slots).size);
  },
  measure(120_000, 600_000),
);
