import type { Locale } from "../reply/locale.ts";
import { normalize } from "../understanding/normalize.ts";
import { readable } from "../understanding/slots/answer.ts";
import { parserOf } from "../understanding/slots/kinds.ts";
import { keyOf, numberOf, readerOf } from "../understanding/slots/options.ts";
import type { Ask, Parsed, Parser } from "../understanding/slots/parser.ts";
import { changeIn } from "./change.ts";
import {
  type Answers,
  type Facts,
  type Form,
  type FormState,
  REVIEW,
  type Slot,
  type Value,
} from "./form/form.ts";
import { relevant } from "./form/path.ts";

/** What questions and choices are called, beside the titles on their buttons. */
export interface Wordings {
  /** What stands on a value's button, in every language. */
  title(slot: string, value: string): readonly string[];
  /** Names of a choice's value, the title first. */
  value(slot: string, value: string): readonly string[];
  /** Words that tell a value beyond doubt wherever they stand, unasked. */
  told(slot: string, value: string): readonly string[];
  /** Names by which a customer speaks of a question, the label first. */
  slot(slot: string): readonly string[];
}

/** Reads a customer's words as answers of a form. Pure. */
export interface FormReading {
  /** The message as the answer to a question. */
  answer(slot: Slot, text: string, ask: Ask): Parsed<Value>;
  /**
   * What a message tells beside the answer to the open question: values that nobody has told yet. In the words that
   * begin a form an address may be what it is about: only what the form says it takes from any message counts there.
   */
  others(form: Form, answers: Answers, facts: Facts, text: string, ask: Ask, begins?: boolean): Told;
  /** An answer that is put right: by the name of its question, or by what it should have been ("not post, e-mail"). */
  correction(form: Form, state: FormState, facts: Facts, text: string, ask: Ask): Correction | undefined;
  /** Whether the message is exactly what a choice's value is called, however much it looks like a question. */
  names(slot: Slot, text: string): boolean;
  /** Whether it chooses by number or by the title itself, so that nobody needs to be told what was understood. */
  literal(slot: Slot, text: string): boolean;
  /** Whether it chooses beyond doubt: by number, by name alone, or by words that tell a value wherever they stand. */
  surely(slot: Slot, text: string): boolean;
  /** Whether it speaks of the question by its name. */
  speaksOf(slot: Slot, text: string): boolean;
  /** Whether it names more values than can be chosen. */
  several(slot: Slot, text: string, ask: Ask): boolean;
  /** Whether the message says that something told before is wrong. */
  putsRight: (text: string) => boolean;
  show(slot: Slot, value: Value, locale: Locale): string;
}

export interface Told {
  values: Answers;
  /** What remains of the message when they are taken out, piece by piece. */
  rest: string[];
}

export interface Correction {
  slot: string;
  /** What it shall be; asked for when it was not told. */
  value?: Value;
}

/** Kinds of values that stand out in any text. */
const STANDS_OUT = new Set(["email", "telephone", "postal", "receipt-number", "code"]);

const PUTS_RIGHT_JA =
  /(?:じゃ|では)な(?:く|い)|間違|まちが|訂正|修正|変更|変え|かえたい|直し|なおし|やっぱ|やはり|違(?:う|い|って|った)|ちが(?:う|い|って)|もとい|書き直|入れ直|入力し直/;
/** "SMSも", "the e-mails, too": more of what was chosen. */
const ADDS =
  /も(?:$|[、。！!]|止|と|や|お願|追加|ほし|欲し|送|含|見|消|全部|すべて|全て)|追加|加えて|両方|りょうほう|どちらも|どっちも|\b(?:also|too|as well|add|plus|both)\b/;
/** "電話と手紙の両方": these, and none besides. */
const BOTH = /(?:の|とも|、)?(?:両方|りょうほう|どちらも|どっちも)|\bboth\b/;
const NOT_ONLY = /だけ(?:じゃ|では)な|だけでな|\bnot (?:only|just)\b/;
const PUTS_RIGHT_EN =
  /\b(?:actually|instead|rather|i meant|i mean|change|correct|correction|wrong|mistake|mistyped|typo|not .{1,30} but|edit|fix|update|redo|should be)\b/;
/** "XとYが違うんですが", "my bill is wrong" tell a trouble with things; an answer is meant only where it is named. */
const TELLS_TROUBLE =
  /^(?!(?:いや|いえ|いいえ|あ|すみません|すいません|ごめんなさい)?[、。\s]*(?:違|ちが)).*(?:違(?:う|い|って|った)|ちが(?:う|い|って))|\b(?:wrong|incorrect)\b/s;
const SAYS_WHAT =
  /(?:じゃ|では)な(?:く|い)|間違え|(?:の|は|が)?(?:間違|まちが)い(?:で|だ)|訂正|修正|変更|変え|かえたい|直し|なおし|やっぱ|やはり|もとい|書き直|入れ直|入力し直|でした|\b(?:actually|instead|rather|i meant|i mean|change|correction|mistake|not .{1,30} but|edit|update|redo|should be)\b/;
/** Two things that do not agree are no answer that is wrong. */
const DISAGREE =
  /(?:違(?:う|い|って|った)|ちが(?:う|い|って)|異な|食い違)(?<=と.{1,18})|\bdiffers?\b|\bdifferent from\b/;
/** What comes after a value that is put right. */
const SO_BE_IT =
  /(?:です|でした|だよ|だ)?(?:[にへ](?:変更|変え|かえ|直|なお|訂正|修正)[^、。]{0,20})?(?:お願い(?:いた)?します|ください)?[\s。.！!]{0,3}$|,?\s(?:please|thanks)[\s.!]{0,3}$/iu;
/** What comes before is what was wrong. */
const NOT_THIS =
  /^.{0,80}?(?:(?:じゃ|では)な(?:くて?|い(?:です)?)|\bnot\b.{1,40}?(?:,| but\b)|\binstead of\b.{1,40}?(?:,|$))[\s、,]*/;

export function createFormReading(wordings: Wordings): FormReading {
  const parsers = new Map<string, Parser<never>>();
  const parser = ({ name, answer }: Slot): Parser<never> => {
    let made = parsers.get(name);
    if (!made) {
      const options =
        "values" in answer
          ? answer.values.map((value) => ({ value, names: wordings.value(name, value) }))
          : [];
      made = parserOf(answer.kind, options) as unknown as Parser<never>;
      parsers.set(name, made);
    }
    return made;
  };
  const putsRight = (text: string): boolean => {
    const plain = normalize(text);
    return PUTS_RIGHT_JA.test(plain) || PUTS_RIGHT_EN.test(plain);
  };
  const nameIn = (slot: Slot, text: string): number => {
    const lengths = wordings
      .slot(slot.name)
      .map(normalize)
      .filter((name) => name !== "" && holds(text, name))
      .map((name) => name.length);
    return Math.max(0, ...lengths);
  };
  const valueIn = (slot: Slot, text: string, ask: Ask): Value | undefined => {
    if (STANDS_OUT.has(slot.answer.kind)) return parser(slot).find(text, ask)[0]?.value as Value | undefined;
    if (slot.answer.kind !== "choice" && slot.answer.kind !== "choices") return undefined;
    const read = parser(slot).parse(text, ask);
    return read.ok ? (read.value as Value) : undefined;
  };
  /** "正しい内容は…です", "change the name to …": the value behind a question's name, for kinds that take free words. */
  const valueBehind = (slot: Slot, text: string, ask: Ask): Value | undefined => {
    const line = readable(text).trim();
    const names = wordings.slot(slot.name).toSorted((a, b) => b.length - a.length);
    for (const name of names) {
      const at = line.toLowerCase().indexOf(name.toLowerCase());
      const [, rest = ""] =
        at < 0
          ? []
          : (/^(?:は|を|：|:|\s+(?:is|should be|to)\s)[\s、]*(.+)$/su.exec(line.slice(at + name.length)) ??
            []);
      const bare = rest.replace(SO_BE_IT, "").trim();
      if (bare === "" || putsRight(bare) || /[?？]|か$/.test(bare)) continue;
      const read = parser(slot).parse(bare, ask);
      if (read.ok) return read.value as Value;
    }
    return undefined;
  };
  const added = ({ slots }: Form, { answers, asking }: FormState, text: string): Correction | undefined => {
    for (const { name, answer, volunteered } of slots) {
      const held = answers[name];
      if (answer.kind !== "choices" || !volunteered || name === asking || !Array.isArray(held)) continue;
      const options = answer.values.map((value) => ({ value, names: wordings.value(name, value) }));
      const { named } = readerOf(options).inside(text);
      const exactly = named.length > 1 && BOTH.test(normalize(text)) && !NOT_ONLY.test(normalize(text));
      const value = answer.values.filter((one) => named.includes(one) || (!exactly && held.includes(one)));
      if (exactly ? !same(value, held) : value.length > held.length && !held.includes("all"))
        return { slot: name, value };
    }
    return undefined;
  };
  const tellers = new Map<string, ReturnType<typeof readerOf>>();
  const volunteered = ({ name, answer }: Slot, text: string): Value | undefined => {
    if (!("values" in answer)) return undefined;
    const teller =
      tellers.get(name) ??
      readerOf(answer.values.map((value) => ({ value, names: wordings.told(name, value) })));
    tellers.set(name, teller);
    const { named } = teller.inside(text);
    if (answer.kind === "choice") return named.length === 1 ? named[0] : undefined;
    if (named.length === 0) return undefined;
    if (named.includes("all")) return ["all"];
    const listed = answer.values.filter(
      (value) =>
        named.includes(value) ||
        stands(text, wordings.told(name, named[0] ?? ""), wordings.value(name, value)),
    );
    return listed;
  };

  return {
    answer: (slot, text, ask) => parser(slot).parse(text, ask) as Parsed<Value>,
    putsRight,
    several: (slot, text, ask) => {
      const read = slot.answer.kind === "choice" ? parser(slot).parse(text, ask) : undefined;
      return read?.ok === false && read.issue === "several";
    },
    speaksOf: (slot, text) => nameIn(slot, normalize(text)) > 0,
    literal: ({ name, answer }, text) => {
      if (!("values" in answer)) return false;
      const named = (value: string) =>
        wordings.title(name, value).flatMap((title) => [title, title.replace(ASIDE, "")]);
      const titles = readerOf(answer.values.map((value) => ({ value, names: named(value) })));
      const parts =
        answer.kind === "choices"
          ? readable(text)
              .split(LIST)
              .filter((part) => part.trim() !== "")
          : [text];
      return parts.every((part) => numberOf(part) !== undefined || titles.byName(part).length > 0);
    },
    surely: (slot, text) => {
      const { name, answer } = slot;
      if (!("values" in answer)) return false;
      const reader = readerOf(answer.values.map((value) => ({ value, names: wordings.value(name, value) })));
      return (
        numberOf(text) !== undefined ||
        reader.byName(text).length > 0 ||
        volunteered(slot, text) !== undefined
      );
    },
    names: ({ name, answer }, text) =>
      "values" in answer &&
      answer.values.some((value) => wordings.value(name, value).some((one) => keyOf(one) === keyOf(text))),
    show: (slot, value, locale) =>
      slot.sensitive
        ? parser(slot).masked(value as never, { locale })
        : parser(slot).show(value as never, { locale }),

    others(form, answers, facts, text, ask, begins = false) {
      const out: Record<string, Value> = {};
      const taken: { from: number; to: number }[] = [];
      // What is registered and what is right there is no way to reply.
      const change = form.slots.some((slot) => slot.change) ? changeIn(readable(text)) : undefined;
      for (const slot of form.slots) {
        const open = { ...answers, ...out };
        if (open[slot.name] !== undefined) continue;
        // The open question stands there as null: an address at "how shall we reply" answers it.
        const implied = { ...slot.implies, ...toldIn(open) };
        if (!(slot.when?.(implied, facts) ?? true)) continue;
        if (slot.change !== undefined) {
          const read = change && parser(slot).parse(change[slot.change], ask);
          if (read?.ok) out[slot.name] = read.value as Value;
          continue;
        }
        const stands =
          change === undefined && (STANDS_OUT.has(slot.answer.kind) || isTheName(form, slot, open, facts));
        if (stands && (!begins || slot.volunteered)) {
          const known = new Set(Object.values(open));
          const found = parser(slot)
            .find(text, ask)
            .find(({ value }) => !known.has(value));
          if (!found) continue;
          taken.push(found);
          Object.assign(out, slot.implies, { [slot.name]: found.value });
        } else if (slot.volunteered && "values" in slot.answer) {
          const value = volunteered(slot, text);
          if (value !== undefined) out[slot.name] = value;
        }
      }
      return { values: out, rest: taken.length > 0 ? pieces(text, taken) : [] };
    },

    correction(form, state, facts, text, ask) {
      const plain = normalize(text);
      const review = state.asking === REVIEW;
      const more = ADDS.test(plain) ? added(form, state, text) : undefined;
      if (more) return more;
      const fixes = putsRight(text);
      if ((!fixes && !review) || DISAGREE.test(plain)) return undefined;
      const told = relevant(form, state.answers, facts).filter(
        ({ name }) => name !== state.asking && state.answers[name] !== undefined,
      );
      const meant = NOT_ONLY.test(plain) ? plain : plain.replace(NOT_THIS, "");
      const named = told
        .map((slot) => ({ slot, length: nameIn(slot, meant) }))
        .filter(({ length }) => length > 0)
        .sort((a, b) => b.length - a.length)[0]?.slot;
      if (named) {
        const value = valueIn(named, text, ask) ?? valueBehind(named, text, ask);
        const other = value !== undefined && !same(value, state.answers[named.name]);
        if (value !== undefined && !other && !fixes) return undefined;
        return { slot: named.name, ...(other ? { value } : {}) };
      }
      if (!fixes || (TELLS_TROUBLE.test(plain) && !SAYS_WHAT.test(plain))) return undefined;
      // The latest answer that could be meant: "rather by mail" after "by phone" is the reply, not the form of the data.
      for (const slot of told.toReversed()) {
        const value = valueIn(slot, meant, ask);
        if (value !== undefined && !same(value, state.answers[slot.name])) return { slot: slot.name, value };
      }
      return undefined;
    },
  };
}

/** Whether a name that is told can only be meant for this question: the only name that is asked for, and its turn. */
function isTheName(form: Form, slot: Slot, answers: Answers, facts: Facts): boolean {
  if (slot.answer.kind !== "name") return false;
  const asked = relevant(form, answers, facts);
  const before = asked.slice(0, asked.indexOf(slot));
  const names = asked.filter(({ answer }) => answer.kind === "name");
  return names.length === 1 && before.every(({ name }) => answers[name] !== undefined);
}

const ENDS = /[。、，,;；\n]|(?<=\S)\.\s/;
/** "my mail is", "電話は" before a value that was taken out; the longest that is looked at. */
const LEADS = /^[\p{L}\p{N}ー ]{0,20}(?:は|が|：|:|\bis) ?$|\b(?:and|at|on) ?$/iu;
const LONGEST_LEAD = 24;

/** What remains of a text without some stretches, and without what leads to them. */
function pieces(text: string, taken: readonly { from: number; to: number }[]): string[] {
  const out: string[] = [];
  let at = 0;
  for (const { from, to } of taken.toSorted((a, b) => a.from - b.from)) {
    const [last = "", ...before] = text.slice(at, from).split(ENDS).reverse();
    const led = last.length <= LONGEST_LEAD ? last.replace(LEADS, "") : last;
    out.push(...before.reverse(), led);
    at = to;
  }
  out.push(...text.slice(at).split(ENDS));
  return out.map((piece) => piece.trim()).filter((piece) => /[\p{L}\p{N}]/u.test(piece));
}

/** "電子データ（メールなど）": what explains a title is no part of it. */
const ASIDE = / ?[（(][^（(）)]{0,40}[）)]$/;
const LIST = /[、,，・/／&＆+＋\n;；]|と(?=.)|\band\b/i;
const ESCAPED = /[.*+?^${}()|[\]\\]/g;
/** What a list goes on with, and how it ends. */
const JOINS = "(?:も|とか)?(?:と|や|、|,|・|および|及び|\\s?(?:,|&|,? and|or)\\s(?:the |your |by )?)";
const LISTED = "(?=も|を|の|と|や|$|[、。,.!！]|\\s+(?:too|also|as well|please|and|from)\\b)";

/** Whether one of the names stands in a list with one of those that were told: "営業の電話…。手紙も", "sales calls and letters". */
function stands(text: string, told: readonly string[], names: readonly string[]): boolean {
  const plain = normalize(text);
  const any = (list: readonly string[]) =>
    `(?:${list
      .map((one) => normalize(one).replace(ESCAPED, "\\$&"))
      .filter((one) => one !== "")
      .join("|")})`;
  if (told.length === 0 || names.length === 0) return false;
  const [first, other] = [any(told), any(names)];
  return (
    new RegExp(`${first}${JOINS}${other}${LISTED}`).test(plain) ||
    new RegExp(`(?<![\\p{L}])${other}${JOINS}(?:the |your )?${first}`, "u").test(plain) ||
    new RegExp(`(?:^|[、。,.!！?？\\s])(?:あと|それと|それから)?${other}も(?!う|ら|っ)`).test(plain)
  );
}

const toldIn = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== null));

const same = (a: Value, b: Value | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether a name stands in a text; one in Latin letters as a word of its own. */
function holds(text: string, name: string): boolean {
  const at = text.indexOf(name);
  if (at < 0) return false;
  if (!/^[a-z]/.test(name)) return true;
  return !/[a-z]/.test(text[at - 1] ?? "") && !/[a-z]/.test(text[at + name.length] ?? "");
}
