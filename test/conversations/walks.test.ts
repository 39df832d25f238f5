import { beforeAll, describe, expect, it } from "vitest";
import { FORMS } from "../../dialogs/index.ts";
import { type FormState, REVIEW, type Slot } from "../../src/dialog/form/form.ts";
import { formOn } from "../../src/dialog/stack.ts";
import type { Locale } from "../../src/reply/locale.ts";
import type { Message } from "../../src/reply/message.ts";
import type { Part } from "../../src/reply/words.ts";
import { REQUEST_TYPES, type RequestType } from "../../src/requests/request-type.ts";
import type { ExplainingBrain } from "../../src/turn/brain.ts";
import type { Incoming } from "../../src/turn/talk.ts";
import { ANSWERS, type Spoken } from "../support/answers.ts";
import { theBrain } from "../support/brain.ts";
import { type FilingDesk, filingDesk } from "../support/filing-desk.ts";
import { measure, random, SEED } from "../support/long.ts";
import { WISHES } from "../support/wishes.ts";

let brain: ExplainingBrain;
beforeAll(async () => {
  brain = await theBrain();
});

const WALKS = measure(30, 3_000);
/** Steps at random before the walker hurries to an end. */
const STEPS = 14;

/** What a customer may do at any moment, beside answering; `{}` is a label of a question. */
const WORDS: Readonly<Record<string, Readonly<Record<Locale, readonly string[]>>>> = {
  back: { ja: ["戻る", "一つ前の質問に戻って"], en: ["back", "go back please"] },
  skip: { ja: ["スキップ"], en: ["skip"] },
  why: { ja: ["なぜ聞くのですか"], en: ["why do you ask?"] },
  question: {
    ja: ["録音はいつまで保存されますか？", "手数料はいくらですか", "誰に情報を渡していますか？"],
    en: ["How long do you keep recordings?", "What does it cost?", "Who do you share my data with?"],
  },
  chat: {
    ja: ["ありがとう", "こんにちは", "🙂", "あなたはロボット？"],
    en: ["thanks", "hello", "🙂🙂", "are you a robot?"],
  },
  anger: { ja: ["いい加減にしろ！何回聞くんだ"], en: ["this is ridiculous!!! how many more questions"] },
  person: { ja: ["担当者に代わってください"], en: ["let me talk to a person"] },
  language: { ja: ["English please"], en: ["日本語でお願いします"] },
  change: {
    ja: ["メールアドレスを直したい", "名前が間違っていました", "住所じゃなくてメールでした", "範囲を変更"],
    en: [
      "change the email address",
      "the name was wrong",
      "actually by email, not by post",
      "change which data",
    ],
  },
  wrong: {
    ja: ["ぬぬぬぬぬ", "12", "@", "？？？", "99番", "2026/13/45", "00000", "ｘ".repeat(300)],
    en: ["qwzx", "12", "@", "???", "option 99", "2026/13/45", "00000", "x".repeat(300)],
  },
  hostile: {
    ja: ["\u0000", "__proto__", "\ud800", "<b>", "{{code}}", "$t(dialogs:fee.free)"],
    en: ["\u0000", "constructor", "\udc00", "'; drop table", "{{rows}}", "$t(dialogs:fee.free)"],
  },
  more: {
    ja: ["山田太郎です。メールは walker@example.jp、電話は090-2222-3333です"],
    en: ["I'm John Smith, my mail is walker@example.jp and my phone is 090-2222-3333"],
  },
  other: {
    ja: WISHES["opt-out-marketing"].ja.map(({ say }) => say),
    en: WISHES.deletion.en.map(({ say }) => say),
  },
  yes: { ja: ["はい", "いいえ"], en: ["yes", "no"] },
  restart: { ja: ["最初からやり直す"], en: ["start over"] },
  save: { ja: ["保存してあとで続ける"], en: ["save for later"] },
  cancel: { ja: ["やめます"], en: ["cancel"] },
};
const DOES = Object.keys(WORDS).filter((name) => name !== "cancel" && name !== "save");
/** After these an answer that was given may be asked for again. */
const REASKS = new Set(["back", "change", "button", "stale", "other", "yes", "restart"]);

interface Walk {
  desk: FilingDesk;
  next: () => number;
  last: Message | undefined;
  /** Buttons that were shown before. */
  old: string[];
  /** What was answered to questions that are shown again only in part. */
  secrets: Set<string>;
  path: string[];
}

const pick = <T>(list: readonly T[], next: () => number): T => list[Math.floor(next() * list.length)] as T;
const stateOf = (desk: FilingDesk): FormState | undefined => formOn(desk.talk.dialog);
const slotOf = (state: FormState | undefined): Slot | undefined =>
  state && FORMS[state.form].slots.find(({ name }) => name === state.asking);

function rightAnswer(slot: Slot, locale: Locale, next: () => number): Spoken {
  if (slot.name === "receipt-number") return { say: "222-222-2222", is: "2222222222" };
  if (slot.name === "status-code") return { say: "ABCD-2345", is: "ABCD2345" };
  return pick(ANSWERS[slot.name]?.[locale] ?? [], next);
}

/** What a step must not do. */
function broken(
  walk: Walk,
  did: string,
  before: FormState | undefined,
  messages: readonly Message[],
): string[] {
  const { desk, secrets } = walk;
  const state = stateOf(desk);
  const text = messages.map((m) => m.text).join("\n");
  const parts: Part[] = messages.flatMap(({ words }) => words.parts ?? [words]);
  const out: string[] = [];
  const must = (right: boolean, what: string) => {
    if (!right) out.push(what);
  };
  must(messages.length > 0 && messages.every((m) => m.text.trim() !== ""), "says nothing");
  must(!/undefined|\[object|NaN/.test(text), `says ${/.{0,20}(?:undefined|\[object|NaN).{0,20}/.exec(text)}`);
  for (const secret of secrets) must(!text.includes(secret), `shows ${secret}`);
  if (state) {
    const form = FORMS[state.form];
    const slot = slotOf(state);
    must(slot !== undefined || state.asking === REVIEW, `asks for ${state.asking}`);
    must(
      Object.keys(state.answers).every((name) => form.slots.some((s) => s.name === name)),
      `holds ${Object.keys(state.answers)}`,
    );
    const moved = before?.asking !== state.asking || before?.n !== state.n;
    const given = slot && state.answers[slot.name] !== undefined;
    must(!(moved && given && !REASKS.has(did)), `asks again for ${state.asking} after ${did}`);
    for (const part of parts)
      if (part.kind === "ask" || (part.kind === "request" && part.step))
        must((part.step?.of ?? 0) <= form.slots.length + 1, `asks ${part.step?.of} questions`);
    const asks = parts.some(
      (part) =>
        part.kind === "review" || part.kind === "status" || ("slot" in part && part.slot === state.asking),
    );
    const waits = parts.some(({ kind }) => kind === "request" || kind === "notice");
    must(asks || waits, `leaves ${state.asking} unsaid after ${did}`);
  } else {
    const kept = JSON.stringify(desk.talk);
    for (const secret of secrets) must(!kept.includes(secret), `keeps ${secret} after the end`);
  }
  return out;
}

async function say(walk: Walk, did: string, incoming: Incoming | string): Promise<string[]> {
  const { desk } = walk;
  const before = stateOf(desk);
  walk.path.push(`${did} ${typeof incoming === "string" ? incoming : JSON.stringify(incoming)}`);
  const { messages } = await desk.say(incoming);
  const last = messages.at(-1);
  if (walk.last) walk.old.push(...walk.last.choices.map(({ command }) => command));
  walk.last = last;
  return broken(walk, did, before, messages);
}

async function answer(walk: Walk): Promise<string[]> {
  const { desk, next } = walk;
  const state = stateOf(desk);
  const slot = slotOf(state);
  if (!state || !slot) return say(walk, "yes", pick(WORDS["yes"]?.[desk.talk.locale] ?? [], next));
  const { say: words, is } = rightAnswer(slot, desk.talk.locale, next);
  if (slot.sensitive && typeof is === "string") walk.secrets.add(is);
  const problems = await say(walk, "answer", words);
  const after = stateOf(desk);
  if (state.other === undefined && after?.n === state.n && FORMS[state.form].end === "file") {
    const kept = after.answers[slot.name];
    // Without the postal code an address is what was typed.
    const alone = slot.name === "address" && state.answers["postal"] === null;
    if (!alone && JSON.stringify(kept) !== JSON.stringify(is))
      problems.push(`keeps ${JSON.stringify(kept)} of ${words} for ${slot.name}`);
  }
  return problems;
}

async function stepOf(walk: Walk): Promise<string[]> {
  const { desk, next, last, old } = walk;
  const chance = next();
  if (chance < 0.5) return answer(walk);
  if (chance < 0.62 && last && last.choices.length > 0) {
    const fresh = last.choices.filter(({ command }) => !/\.(cancel|save)$/.test(command));
    if (fresh.length > 0) return say(walk, "button", { command: pick(fresh, next).command });
  }
  if (chance < 0.7 && old.length > 0) return say(walk, "stale", { command: pick(old, next) });
  if (chance < 0.72) return say(walk, "files", { files: true });
  if (chance < 0.735) return say(walk, "cancel", pick(WORDS["cancel"]?.[desk.talk.locale] ?? [], next));
  if (chance < 0.76) return saveAndResume(walk);
  const did = pick(DOES, next);
  return say(walk, did, pick(WORDS[did]?.[desk.talk.locale] ?? [], next));
}

async function saveAndResume(walk: Walk): Promise<string[]> {
  const { desk, next } = walk;
  const before = stateOf(desk);
  const saved = desk.changes.length;
  const problems = await say(walk, "save", pick(WORDS["save"]?.[desk.talk.locale] ?? [], next));
  const change = desk.changes[saved];
  if (change?.do !== "save") return problems;
  if (next() < 0.3) return problems;
  problems.push(...(await say(walk, "resume", desk.talk.locale === "ja" ? "続きから" : "resume")));
  if (next() < 0.3) problems.push(...(await say(walk, "resume", "ZZZZ-2345")));
  problems.push(...(await say(walk, "resume", change.code)));
  const after = stateOf(desk);
  if (JSON.stringify(after?.answers) !== JSON.stringify(change.draft.answers))
    problems.push(
      `resumes with ${Object.keys(after?.answers ?? {})} of ${Object.keys(before?.answers ?? {})}`,
    );
  return problems;
}

/** A walk to its end; the problems of the first step that has any. */
async function walkFrom(seed: number): Promise<string[]> {
  const next = random(seed);
  const locale: Locale = next() < 0.5 ? "ja" : "en";
  const operator = pick(brain.operators, next);
  const form: RequestType = pick(REQUEST_TYPES, next);
  const desk = filingDesk(brain, { operator, locale, seed });
  const walk: Walk = { desk, next, last: undefined, old: [], secrets: new Set(), path: [] };
  const told = (problems: string[]) =>
    problems.map((p) => `seed ${seed}, ${operator} ${form}: ${p}\n   ${walk.path.slice(-6).join("\n   ")}`);
  const wish = form === "status" || form === "withdraw" ? undefined : pick(WISHES[form][locale], next).say;
  let problems = await say(walk, "begin", wish && next() < 0.5 ? wish : { command: `request:${form}` });
  for (let i = 0; i < STEPS && problems.length === 0 && stateOf(desk); i++) problems = await stepOf(walk);
  // Hurries: right answers only, then a yes.
  const most = 2 * FORMS[form].slots.length + 30;
  for (let i = 0; problems.length === 0 && stateOf(desk); i++) {
    if (i > most) problems = [`does not end: ${stateOf(desk)?.asking}`];
    else if (stateOf(desk)?.asking === REVIEW)
      problems = await say(
        walk,
        "confirm",
        desk.talk.locale === "ja" ? "この内容で申し込む" : "send this request",
      );
    else problems = await answer(walk);
  }
  for (const request of desk.filed()) {
    const { slots } = FORMS[request.type];
    const odd = Object.keys(request.answers).filter((name) => !slots.some((s) => s.name === name));
    if (odd.length > 0) problems.push(`files ${odd}`);
  }
  return told(problems);
}

describe("a customer who does anything at any moment", () => {
  it(`comes to an end ${WALKS} times, and is asked for nothing twice (seed ${SEED})`, async () => {
    const problems: string[] = [];
    for (let i = 0; i < WALKS && problems.length < 10; i++) problems.push(...(await walkFrom(SEED + i)));
    expect(problems).toEqual([]);
  });
});
