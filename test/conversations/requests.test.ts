import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { FORMS } from "../../dialogs/index.ts";
import type { Answers, Facts, Value } from "../../src/dialog/form/form.ts";
import { told } from "../../src/dialog/form/path.ts";
import { LOCALES, type Locale } from "../../src/reply/locale.ts";
import { CONSENT } from "../../src/reply/pieces/review.ts";
import { loadTexts, type Texts } from "../../src/reply/texts.ts";
import type { Question, Words } from "../../src/reply/words.ts";
import { showCode, showReceipt } from "../../src/requests/receipt.ts";
import type { RequestType } from "../../src/requests/request-type.ts";
import { isOpen, REQUEST_STATES } from "../../src/requests/state.ts";
import type { ExplainingBrain } from "../../src/turn/brain.ts";
import type { Incoming } from "../../src/turn/talk.ts";
import { ANSWERS, type Spoken } from "../support/answers.ts";
import { theBrain } from "../support/brain.ts";
import { type FilingDesk, filingDesk } from "../support/filing-desk.ts";
import { measure } from "../support/long.ts";
import { ROOT } from "../support/repository.ts";
import { WISHES } from "../support/wishes.ts";

type Filing = keyof typeof WISHES;
const FILING = Object.keys(WISHES) as Filing[];
/** As `content/operators` has them; a test says so. */
const OPERATORS = [
  "gmo-cloud",
  "jcom",
  "rakuten-broadband-premium",
  "rakuten-communications",
  "sakura-internet",
];

let brain: ExplainingBrain;
let texts: Texts;
beforeAll(async () => {
  [brain, texts] = await Promise.all([theBrain(), loadTexts(join(ROOT, "locales"))]);
});

/** Everybody whom a form lets ask; a form that asks nobody is tried with different answers. */
const REQUESTERS: readonly Answers[] = [
  { requester: "self" },
  { requester: "legal-representative", ward: "minor" },
  { requester: "legal-representative", ward: "adult-ward" },
  { requester: "attorney" },
];
const NOBODY: readonly Answers[] = [{}, {}, {}, {}];
const asksWho = (form: Filing) => FORMS[form].slots.some(({ name }) => name === "requester");
const requestersOf = (form: Filing) => (asksWho(form) ? REQUESTERS : NOBODY);

const factsOf = (operator: string): Facts =>
  operator === "rakuten-communications" ? { guardianBelow: 16 } : {};

/** The operator's clause on fees names these two requests; the law would let it ask for the records, too (art. 38). */
const CHARGED = (operator: string, form: Filing) =>
  operator === "jcom" && (form === "disclosure" || form === "notify-purpose");
const MONEY = /\d\s*(?:円|yen)|¥/i;
const NO_FEE = { ja: "手数料はかかりません", en: "no charge" } as const;
/** A word of the list of papers for whoever asks. */
const PAPERS: Readonly<Record<string, Record<Locale, string>>> = {
  "legal-representative minor": { ja: "戸籍謄本", en: "family register" },
  "legal-representative adult-ward": { ja: "登記事項証明書", en: "certificate of registered matters" },
  attorney: { ja: "委任状", en: "letter of authority" },
  self: { ja: "パスポート", en: "passport" },
};
const YES = { ja: ["はい", "この内容でお願いします", "送信"], en: ["yes", "send it", "looks good"] } as const;

interface Case {
  operator: string;
  form: Filing;
  locale: Locale;
  who: Answers;
  /** Picks one of several ways to begin, to answer, to confirm. */
  k: number;
}

const spoken = (slot: string, { locale, who, k }: Case): Spoken => {
  const all = ANSWERS[slot]?.[locale] ?? [];
  const fitting = all.filter(({ is }) => who[slot] === undefined || is === who[slot]);
  const [first = { say: "?", is: null }] = fitting;
  return fitting[k % fitting.length] ?? first;
};

/** What is wrong with a talk that shall end in a receipt; empty when every promise was kept. */
async function file(c: Case, byButtons = false): Promise<string[]> {
  const { operator, form: id, locale, who, k } = c;
  const t = texts[locale];
  const form = FORMS[id];
  const desk = filingDesk(brain, { operator, locale, seed: k + 1 });
  const problems: string[] = [];
  const must = (right: boolean, what: string) => {
    if (!right) problems.push(`${operator} ${id} ${locale} ${JSON.stringify(who)} ${k}: ${what}`);
  };
  const wishes = WISHES[id][locale].filter(
    ({ tells }) => tells["requester"] === undefined || tells["requester"] === who["requester"],
  );
  const wish = wishes[k % wishes.length] ?? { say: "?", tells: {} };
  const answers: Record<string, Value> = {};
  const asked: string[] = [];
  let all = "";
  const say = async (incoming: Incoming | string) => {
    const { messages } = await desk.say(incoming);
    must(messages.length === 1, `${messages.length} messages`);
    const [{ words, text, choices, locale: spokenIn }] = messages as [(typeof messages)[0]];
    must(spokenIn === locale, `answers in ${spokenIn} to ${JSON.stringify(incoming)}`);
    all += `\n${text}`;
    return { words, text, choices };
  };

  let reply = await say(byButtons ? { command: `request:${id}` } : wish.say);
  must(reply.words.kind === "request" && reply.words.request === id, `begins as ${nameOf(reply.words)}`);
  if (!byButtons) Object.assign(answers, wish.tells);
  checkFee(reply.text, c, must);
  while (reply.words.kind === "request" || reply.words.kind === "ask") {
    const { slot = "none", step, n, choices } = reply.words as Question;
    must(!asked.includes(slot), `asks twice for ${slot}`);
    must(!(slot in answers), `asks for ${slot}, which was told`);
    must(step !== undefined && step.at <= step.of && step.of <= form.slots.length + 1, `step of ${slot}`);
    if (asked.includes(slot) || asked.length > form.slots.length) return problems;
    asked.push(slot);
    const answer = spoken(slot, c);
    answers[slot] = answer.is;
    const button = choices
      ? `form:${n}.choose.${slot}.${[answer.is].flat().join("+")}`
      : answer.is === null
        ? `form:${n}.skip`
        : undefined;
    if (byButtons && button && !(choices && [answer.is].flat().length > 1))
      must(
        reply.choices.some(({ command }) => command === button),
        `no button ${button}`,
      );
    reply = await say(byButtons && button ? { command: button } : answer.say);
    if (reply.words.kind === "ask" && reply.words.slot === slot)
      must(false, `does not take ${answer.say} for ${slot}: ${reply.text.slice(0, 60)}`);
  }

  const wanted = told(form, answers, factsOf(operator));
  must(reply.words.kind === "review", `ends in ${nameOf(reply.words)}: ${reply.text.slice(0, 80)}`);
  if (reply.words.kind !== "review") return problems;
  const { rows } = reply.words;
  const order = form.slots.map(({ name }) => name).filter((name) => name in wanted);
  must(rows.map(({ slot }) => slot).join() === order.join(), `reviews ${rows.map(({ slot }) => slot)}`);
  for (const { slot, value } of rows) {
    const shown = rowProblem(form.id, slot, wanted[slot] ?? null, value, t);
    must(shown === undefined, `shows ${slot} as ${value}`);
  }
  checkFee(reply.text, c, must);
  must(reply.text.includes(CONSENT), "tells no version of the notice");
  must(desk.changes.length === 0, "files before it was told to");

  const confirm = YES[locale][k % 3] ?? "";
  reply = await say(byButtons ? { command: `form:${reply.words.n}.confirm` } : confirm);
  must(reply.words.kind === "receipt", `${confirm} brings ${nameOf(reply.words)}`);
  const [filed, ...more] = desk.filed();
  must(filed !== undefined && more.length === 0 && desk.changes.length === 1, "files one request");
  if (!filed) return problems;
  expect(filed.answers, `${operator} ${id} ${locale} ${k}`).toEqual(wanted);
  expect(filed).toMatchObject({
    type: id,
    locale,
    consent: CONSENT,
    form: 1,
    receivedAt: desk.now,
    // Ten business days after Monday 16 November; Monday 23 is a holiday.
    targetOn: "2026-12-01",
  });
  must(reply.text.includes(showReceipt(filed.receipt)), "tells no number");
  must(all.split(showCode(filed.code)).length === 2, "tells the code once");
  checkPapers(reply.text, c, wanted, must);
  must(CHARGED(operator, id) || !MONEY.test(all), "names money where no fee may be asked");
  must(desk.talk.dialog === undefined, "keeps the form");
  must(!JSON.stringify(desk.talk).includes(filed.code), "keeps the code");
  for (const { name, sensitive } of form.slots) {
    const value = wanted[name];
    if (!sensitive || typeof value !== "string") continue;
    must(!all.includes(value), `repeats the ${name}`);
    must(!JSON.stringify(desk.talk).includes(value), `keeps the ${name}`);
  }
  return problems;
}

type Must = (right: boolean, what: string) => void;

function checkFee(text: string, { operator, form, locale }: Case, must: Must): void {
  if (CHARGED(operator, form)) must(text.includes("1,000") && text.includes("1,100"), "tells no fee");
  else {
    must(!MONEY.test(text), "names money");
    must(text.toLowerCase().includes(NO_FEE[locale]), "does not say that it is free");
  }
}

function checkPapers(
  text: string,
  { operator, locale, who, form }: Case,
  answers: Answers,
  must: Must,
): void {
  const { requester, ward } = who;
  const none = texts[locale]("dialogs:documents.none");
  if (!requester) {
    const free = form !== "complaint" && answers["reply"] === undefined;
    must(text.includes(none) === free, free ? "does not say that no papers are needed" : "says: no papers");
    return;
  }
  const papers = PAPERS[[requester, ward].filter(Boolean).join(" ")]?.[locale] ?? "?";
  must(text.toLowerCase().includes(papers.toLowerCase()), `names no ${papers}`);
  for (const [other, word] of Object.entries(PAPERS))
    if (other !== "self" && word[locale] !== papers)
      must(!text.toLowerCase().includes(word[locale].toLowerCase()), `asks ${requester} for ${word[locale]}`);
  must(text.includes(texts[locale]("dialogs:documents.never-here")), "does not say where no papers go");
  const own = { ja: "健康保険証のコピー", en: "copy of the health insurance card" }[locale];
  must(text.includes(own) === (operator === "jcom"), "the policy's own papers");
}

function rowProblem(form: RequestType, slot: string, value: Value, shown: string, t: Texts[Locale]) {
  const { answer, sensitive } = FORMS[form].slots.find(({ name }) => name === slot) ?? {};
  const right =
    value === null
      ? shown === t("dialogs:empty")
      : answer && "values" in answer
        ? shown ===
          [value]
            .flat()
            .map((v) => t(`dialogs:slots.${slot}.values.${v}`, { age: 16 }))
            .join(t("dialogs:list"))
        : sensitive
          ? shown !== "" && (typeof value !== "string" || !shown.includes(value))
          : answer?.kind === "text"
            ? shown === value
            : shown !== "";
  return right ? undefined : shown;
}

const nameOf = (words: Words) =>
  [words.kind, "request" in words ? words.request : "", "slot" in words ? words.slot : ""].join(" ");

describe.each(OPERATORS)("at %s, from first words to the receipt:", (operator) => {
  it.each(FILING.flatMap((form) => LOCALES.map((locale) => ({ form, locale }))))(
    "$form in $locale, by everybody whom the form lets ask",
    async ({ form, locale }) => {
      const problems: string[] = [];
      // At every operator another two of them; all at each in the long run.
      for (let i = 0; i < measure(2, 4); i++) {
        const k = i + OPERATORS.indexOf(operator);
        const list = requestersOf(form);
        const who = list[k % list.length] ?? {};
        problems.push(...(await file({ operator, form, locale, who, k })));
      }
      expect(problems).toEqual([]);
    },
  );
});

describe("a form filled in by buttons", () => {
  it.each(FILING.flatMap((form) => LOCALES.map((locale) => ({ form, locale }))))(
    "files $form in $locale",
    async ({ form, locale }) => {
      const who = requestersOf(form)[0] ?? {};
      expect(await file({ operator: "jcom", form, locale, who, k: 1 }, true)).toEqual([]);
    },
  );
});

it("every answer and every way to begin is tried at some operator", () => {
  expect([...brain.operators].sort()).toEqual(OPERATORS);
  const slots = new Set(FILING.flatMap((form) => FORMS[form].slots.map(({ name }) => name)));
  expect(Object.keys(ANSWERS).sort()).toEqual([...slots].sort());
});

/** Files a wish with two answers, and gives what is needed to ask for it again. */
async function filed(operator: string, locale: Locale) {
  const desk = filingDesk(brain, { operator, locale });
  await desk.say({ command: "request:opt-out-personalization" });
  await desk.say("1");
  await desk.say("AB-1234");
  await desk.say({ command: "form:1.confirm" });
  const [request] = desk.filed();
  if (!request) throw new Error("nothing was filed");
  return { desk, number: showReceipt(request.receipt), code: showCode(request.code) };
}
const kindOf = async (desk: FilingDesk, text: Incoming | string) => {
  const { messages } = await desk.say(text);
  return (
    messages.map(({ words, text }) => ({ name: nameOf(words).trim(), text }))[0] ?? { name: "", text: "" }
  );
};

describe.each(LOCALES.flatMap((locale) => OPERATORS.map((operator) => ({ operator, locale }))))(
  "a filed request at $operator in $locale",
  ({ operator, locale }) => {
    const words = {
      ja: { status: "申し込みの状況を知りたいです", withdraw: "申し込みを取り下げたいです", yes: "はい" },
      en: { status: "How far is my request?", withdraw: "I want to withdraw my request", yes: "yes" },
    }[locale];

    it("is shown to whoever has its number and code", async () => {
      const { desk, number, code } = await filed(operator, locale);
      expect((await kindOf(desk, words.status)).name).toBe("request status receipt-number");
      expect((await kindOf(desk, number.toLowerCase())).name).toBe("ask  status-code");
      const { name, text } = await kindOf(desk, code);
      expect(name).toBe("status");
      expect(text).toContain(texts[locale]("dialogs:status.received"));
      expect(text).toContain(number);
      expect(JSON.stringify(desk.talk)).not.toContain(code.replace("-", ""));
    });

    it("takes number and code in one message", async () => {
      const { desk, number, code } = await filed(operator, locale);
      await desk.say(words.status);
      const both =
        locale === "ja" ? `受付番号は${number}、照会コードは${code}です` : `${number}, code ${code}`;
      expect((await kindOf(desk, both)).name).toBe("status");
    });

    it("answers alike to a wrong code and to an unknown number, and locks after five", async () => {
      const { desk, number, code } = await filed(operator, locale);
      const tries = async (as: string, typed: string) => {
        await desk.say({ command: "request:status" });
        const out: string[] = [];
        for (let i = 0; i < 5; i++) {
          await desk.say(as);
          out.push((await kindOf(desk, typed)).text);
        }
        return out;
      };
      const wrong = await tries(number, "AAAA-BBBB");
      expect(desk.talk.dialog).toBeUndefined();
      const unknown = await tries("222-222-2222", code);
      expect(unknown).toEqual(wrong.map((text) => text));
      expect(wrong.at(-1)).toContain(texts[locale]("dialogs:status.locked"));
      await desk.say({ command: "request:status" });
      await desk.say(number);
      expect((await kindOf(desk, code)).text).toContain(texts[locale]("dialogs:status.locked"));
      desk.now += 25 * 3_600_000;
      await desk.say({ command: "request:status" });
      await desk.say(number);
      expect((await kindOf(desk, code)).name).toBe("status");
    });

    it("is withdrawn once, after a question", async () => {
      const { desk, number, code } = await filed(operator, locale);
      const ask = async () => {
        await desk.say(words.withdraw);
        await desk.say(number);
        return kindOf(desk, code);
      };
      const question = await ask();
      expect(question.name).toBe("status");
      expect(question.text).toContain(texts[locale]("dialogs:withdraw.ask", { receipt: number }));
      expect(desk.changes.filter((c) => c.do === "withdraw")).toEqual([]);
      const done = await kindOf(desk, words.yes);
      expect(done.text).toContain(texts[locale]("dialogs:withdraw.done", { receipt: number }));
      expect(desk.changes.filter((c) => c.do === "withdraw")).toHaveLength(1);
      expect((await ask()).text).toContain(texts[locale]("dialogs:withdraw.already"));
      expect(desk.changes.filter((c) => c.do === "withdraw")).toHaveLength(1);
      await desk.say(words.status);
      await desk.say(number);
      expect((await kindOf(desk, code)).text).toContain(texts[locale]("dialogs:status.withdrawn"));
    });

    it("is told in the words of its state; what is closed is not taken back, and says so", async () => {
      const { desk, number, code } = await filed(operator, locale);
      const t = texts[locale];
      const ask = async (wish: "status" | "withdraw") => {
        await desk.say({ command: `request:${wish}` });
        await desk.say(number);
        return (await kindOf(desk, code)).text;
      };
      for (const state of REQUEST_STATES) {
        desk.stands = state;
        expect(await ask("status")).toContain(t(`dialogs:status.${state}`));
        const answer = await ask("withdraw");
        if (isOpen(state)) expect(answer).toContain(t("dialogs:withdraw.ask", { receipt: number }));
        else expect(answer).toBe(t(`dialogs:withdraw.${state === "withdrawn" ? "already" : "closed"}`));
        if (isOpen(state)) await desk.say({ command: `form:${desk.talk.forms}.cancel` });
      }
      expect(desk.changes.filter((c) => c.do === "withdraw")).toEqual([]);
    });
  },
);
