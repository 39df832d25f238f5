import type { Locale } from "../../src/reply/locale.ts";
import type { Message } from "../../src/reply/message.ts";
import type { Part, Question } from "../../src/reply/words.ts";
import type { ExplainingBrain } from "../../src/turn/brain.ts";
import type { Incoming } from "../../src/turn/talk.ts";
import { ANSWERS } from "./answers.ts";
import { filingDesk } from "./filing-desk.ts";

/** What a message of the gallery is called, and the message. */
export interface Shown {
  name: string;
  message: Message;
}

type Lines = readonly (readonly [name: string, say: string])[];

const QUESTIONS: Readonly<Record<Locale, Lines>> = {
  ja: [
    ["answer", "電話は録音されていますか"],
    ["clarify", "情報"],
    ["silent", "位置情報はどう使っていますか"],
    ["not-ours", "明日の天気は？"],
    ["two", "通話は録音していますか？誰に情報を渡していますか？"],
    ["person", "担当者に代わってください"],
    ["begin", "個人情報の開示請求をしたい"],
    ["why", "なぜ"],
    ["aside", "手数料はいくらですか？"],
    ["miss", "ぬぬぬぬぬ"],
  ],
  en: [
    ["answer", "Do you record calls?"],
    ["clarify", "data"],
    ["silent", "How do you use my location?"],
    ["not-ours", "What is the weather tomorrow?"],
    ["two", "Do you record calls? Who do you share my data with?"],
    ["person", "I want to talk to a person"],
    ["begin", "I want a copy of the personal data you hold"],
    ["why", "why"],
    ["aside", "What does it cost?"],
    ["miss", "qwzx"],
  ],
};

/** First questions with other fields. */
const OTHERS = ["provision-records", "opt-out-recording", "deletion", "complaint", "withdraw"];

/** The question that waits for the customer. */
export function openQuestion({ words }: Message): Question | undefined {
  const parts: Part[] = words.parts ?? [words];
  return parts.findLast((part): part is Part & Question => "slot" in part && part.slot !== undefined);
}

/** A talk through every kind of message that the desk has; questions are called after what they ask. */
export async function gallery(brain: ExplainingBrain, operator: string, locale: Locale): Promise<Shown[]> {
  const desk = filingDesk(brain, { operator, locale });
  const shown = brain
    .open(operator, { locale })
    .messages.map((message): Shown => ({ name: "greeting", message }));
  const say = async (name: string, incoming: Incoming) => {
    const { messages } = await desk.say(incoming);
    shown.push(...messages.map((message) => ({ name, message })));
    return messages.at(-1);
  };
  for (const [name, text] of QUESTIONS[locale]) await say(name, { text });
  for (let asks = shown.at(-1)?.message; asks; ) {
    const slot = openQuestion(asks)?.slot;
    if (slot === undefined) break;
    const { messages } = await desk.say({ text: ANSWERS[slot]?.[locale][0]?.say ?? "" });
    asks = messages.at(-1);
    const next = asks && openQuestion(asks)?.slot;
    shown.push(...messages.map((message) => ({ name: next ? `ask-${next}` : "review", message })));
  }
  await say("switch", { command: "request:opt-out-marketing" });
  for (const [name, act] of [
    ["back-to-review", "stay"],
    ["receipt", "confirm"],
  ] as const)
    await say(name, { command: `form:1.${act}` });
  const receipt =
    shown
      .at(-1)
      ?.message.sections?.flat()
      .find(({ role }) => role === "receipt")?.text ?? "";
  const [number = ""] = /(?:[2-9A-Z]{3}-){2}[2-9A-Z]{4}/.exec(receipt) ?? [];
  const [code = ""] = /\b[2-9A-Z]{4}-[2-9A-Z]{4}\b/.exec(receipt) ?? [];
  await say("ask-number", { command: "request:status" });
  await say("ask-code", { text: number });
  await say("status", { text: code });
  for (const request of OTHERS) {
    desk.begin();
    await say(request, { command: `request:${request}` });
  }
  return shown;
}
