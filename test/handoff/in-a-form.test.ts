import { describe, expect, it } from "vitest";
import { FORMS } from "../../dialogs/index.ts";
import type { Slot } from "../../src/dialog/form/form.ts";
import { formOn } from "../../src/dialog/stack.ts";
import { LOCALES, type Locale } from "../../src/reply/locale.ts";
import type { RequestType } from "../../src/requests/request-type.ts";
import type { Incoming, Talk } from "../../src/turn/talk.ts";
import { ANSWERS } from "../support/answers.ts";
import { theBrain } from "../support/brain.ts";
import { measure } from "../support/long.ts";
import { moment } from "./offered.ts";

const brain = await theBrain();
const OPERATORS = measure(["jcom"], ["jcom", "sakura-internet", "rakuten-communications", "gmo-cloud"]);
/** The least share of `ANGRY` that is heard. */
const HEARD: Readonly<Record<Locale, number>> = { ja: 0.3, en: 0.6 };

/** Anger in words of which no sure phrase is part. */
const ANGRY: Readonly<Record<Locale, readonly string[]>> = {
  ja: [
    "なんなんだこの対応は、人を馬鹿にするのも大概にしろ",
    "こっちは忙しいんだよ、時間を返せ",
    "こんな使えない窓口ははじめてだ",
    "もう我慢の限界です、ひどすぎます",
    "頭の悪いロボットと話してるとイライラする",
    "お前らの会社はどうかしてるよ、誠意を見せろ",
  ],
  en: [
    "you people are a total waste of my time",
    "this is the worst service I have ever had",
    "what kind of idiots designed this stupid thing",
    "I am losing my patience with you lot",
    "absolutely shameful how you treat your customers",
    "are you stupid or just pretending to be",
  ],
};

interface Question {
  slot: Slot;
  talk: Talk;
}

const say = (operator: string, talk: Talk, incoming: Incoming) =>
  brain.respond(operator, JSON.parse(JSON.stringify(talk)) as Talk, incoming, moment);

/** Each question of the operator's forms, once, as it stands open in a talk that came to it. */
async function questionsOf(operator: string, locale: Locale): Promise<Question[]> {
  const found = new Map<string, Question>();
  for (const type of Object.keys(FORMS) as RequestType[]) {
    let { talk } = await say(operator, { locale }, { command: `request:${type}` });
    for (let steps = 0; steps < 40; steps += 1) {
      const state = formOn(talk.dialog);
      const slot = FORMS[type].slots.find(({ name }) => name === state?.asking);
      if (!slot) break;
      if (!found.has(slot.name)) found.set(slot.name, { slot, talk });
      const [first] = ANSWERS[slot.name]?.[locale] ?? [];
      const next = await say(operator, talk, { text: first?.say ?? "222-222-2222" });
      if (next.lookup) break;
      talk = next.talk;
    }
  }
  return [...found.values()];
}

describe.each(LOCALES)("a person inside a form: %s", (locale) => {
  it("is offered to nobody who answers, but to whoever tells of a leak; every answer stays one", async () => {
    const offered = new Set<string>();
    let said = 0;
    for (const operator of OPERATORS)
      for (const { slot, talk } of await questionsOf(operator, locale))
        for (const { say: text, is } of ANSWERS[slot.name]?.[locale] ?? []) {
          const { talk: after, lookup } = await say(operator, talk, { text });
          said += 1;
          if (after.offering) offered.add(`${slot.name}: ${text}`);
          const form = formOn(after.dialog);
          if (form && !lookup) expect([text, form.answers[slot.name]]).toEqual([text, is]);
        }
    console.info(`55: ${locale}: ${said} answers`);
    expect(said).toBeGreaterThan(70);
    expect([...offered]).toEqual(locale === "ja" ? ["ground: 情報が流出したから"] : []);
  });

  it("is offered to whoever is angry, once, and the question stays; never where any words are an answer", async () => {
    let [heard, all] = [0, 0];
    for (const operator of OPERATORS)
      for (const { slot, talk } of await questionsOf(operator, locale))
        for (const text of ANGRY[locale].slice(0, measure(3, 6))) {
          const { kind } = slot.answer;
          // A name may be anything that nobody has learned.
          if (kind === "name" || kind === "kana") continue;
          const { talk: after } = await say(operator, talk, { text });
          if (kind === "text") {
            expect([slot.name, text, after.offering]).toEqual([slot.name, text, undefined]);
            continue;
          }
          all += 1;
          if (after.offering !== "anger") continue;
          heard += 1;
          expect(formOn(after.dialog)?.asking).toBe(slot.name);
          expect((await say(operator, after, { text })).talk.offering).not.toBe("anger");
        }
    console.info(`55: ${locale}: ${heard} of ${all} angry messages at closed questions`);
    expect(heard / all).toBeGreaterThanOrEqual(HEARD[locale]);
  });
});
