import { isCard } from "./card.ts";
import { isAccount, isDate, isInsurance, isLicence, passportsIn, symbolsAndNumbersIn } from "./documents.ts";
import { emailsIn } from "./email.ts";
import type { PersonalKind, Span } from "./kind.ts";
import { Labels, type Spoken } from "./labels.ts";
import { isMyNumber } from "./my-number.ts";
import { goesOn, type Run, runsIn, standsAlone, type Window, windowsFrom } from "./runs.ts";
import { isTelephone, listedMobilesIn, mayBeTelephone } from "./telephone.ts";

const MONEY_BEFORE = /[¥\\$€£] ?$/;
const MONEY_AFTER =
  /^ ?(?:円|万円|億円|yen\b|jpy\b|usd\b|eur\b|ドル|dollars?\b|ユーロ|ウォン|ポイント|points?\b)/i;
/** What counts something: such a number is nobody's, unless its own digits say so. */
const COUNTED =
  /^ ?(?:年|月|日|時|分|秒|歳|才|人|名|件|回|枚|個|桁|文字|%|パーセント|バイト|bytes?\b|[kmg]b\b|km\b|kg\b|条|項|章|番地|丁目|階|[かヶヵ]月|週間|号線|times\b|people\b|years?\b|months?\b|days?\b|digits?\b)/i;
/** The middle of something longer: a hash, an id, an address of a network. */
const GLUED_BEFORE = /(?:\d:|[A-Za-z0-9][-_]|[A-Za-z]\d*)$/;
const GLUED_AFTER = /^(?:[A-Za-z]*\d|:\d|[-_][A-Za-z0-9])/;
/** "1,234,567" */
const THOUSANDS_BEFORE = /\d,$/;
const THOUSANDS_AFTER = /^,\d{3}/;
/** Words in Latin letters may stand against a telephone number: "tel09012345678", "bangouha090...". */
const WORD_BEFORE = /(?:^|[^A-Za-z0-9_-])[A-Za-z]+$/;

/** Digits of the shortest numbers that words tell, and that tell themselves ("+" and eight digits). */
const MIN_LABELLED = 3;
const MIN_ALONE = 8;
/** Characters of the longest number with its separators. */
const REACH = 80;

/** One text under examination. */
interface Case {
  text: string;
  labels: Labels;
}

function kindOf(subject: Case, run: Run, first: number, window: Window): PersonalKind | undefined {
  const { text, labels } = subject;
  const own = byDigits(window, text.slice(Math.max(0, window.from - 3), window.from).includes("+"));
  if (!own && !labels.near(window.from, window.to)) return undefined;
  const before = text.slice(Math.max(0, window.from - 24), window.from);
  const after = text.slice(window.to, window.to + 16);
  if (MONEY_BEFORE.test(before) || MONEY_AFTER.test(after) || GLUED_AFTER.test(after)) return undefined;
  const glued = GLUED_BEFORE.test(before);
  if (glued && !WORD_BEFORE.test(before)) return undefined;
  const spoken = labels.of(window.from, window.to);
  if (own === "telephone" && !isDoubtful(window, spoken, glued)) return own;
  if (spoken.close === "other") return undefined;
  if (own === "card") return own;
  if (glued) return undefined;
  if (spoken.loose === "licence" && isLicence(window)) return "licence";
  if (own === "my-number" && !goesOn(run, first, window.next)) return own;
  const counts = COUNTED.test(after) || THOUSANDS_BEFORE.test(before) || THOUSANDS_AFTER.test(after);
  return counts ? undefined : labelled(window, spoken);
}

/** What a number is whatever is said about it. */
function byDigits(window: Window, plus: boolean): PersonalKind | undefined {
  if (isTelephone(window, plus)) return "telephone";
  if (isCard(window)) return "card";
  return isMyNumber(window) ? "my-number" : undefined;
}

/** Ten digits in a row against a word, or a number that is called something else. */
function isDoubtful({ digits, shape }: Window, spoken: Spoken, glued: boolean): boolean {
  if (spoken.close === "other") return shape.length !== 3;
  return glued && spoken.close !== "telephone" && shape.length === 1 && !/^0[5-9]0/.test(digits);
}

/** Numbers that only the words around them tell. */
function labelled(window: Window, spoken: Spoken): PersonalKind | undefined {
  if (spoken.close === "telephone" && mayBeTelephone(window) && !isDate(window)) return "telephone";
  if (spoken.loose === "insurance" && isInsurance(window, spoken)) return "insurance";
  if (spoken.loose === "bank-account" && isAccount(window, spoken)) return "bank-account";
  return undefined;
}

const isAddress = ({ groups, separators }: Run): boolean =>
  groups.length === 4 && separators.every((s) => s === ".") && groups.every((g) => Number(g.digits) < 256);

function* numbersOf(subject: Case, run: Run): Generator<Span> {
  if (isAddress(run)) return;
  for (let first = 0; first < run.groups.length; ) {
    const from = run.groups[first]?.from ?? 0;
    const shortest = subject.labels.near(from, from + REACH) ? MIN_LABELLED : MIN_ALONE;
    let found: { window: Window; kind: PersonalKind } | undefined;
    for (const window of windowsFrom(run, first)) {
      if (window.digits.length < shortest || !standsAlone(run, first, window.next)) continue;
      const kind = kindOf(subject, run, first, window);
      if (kind) found = { window, kind };
    }
    if (found) yield { from: found.window.from, to: found.window.to, kind: found.kind };
    first = found?.window.next ?? first + 1;
  }
}

/** Every personal number in a plain text (see `plain.ts`), in no order; spans may overlap. */
export function personalIn(text: string): Span[] {
  const subject: Case = { text, labels: new Labels(text) };
  return [
    ...emailsIn(text),
    ...listedMobilesIn(text),
    ...passportsIn(text),
    ...symbolsAndNumbersIn(text),
    ...runsIn(text).flatMap((run) => [...numbersOf(subject, run)]),
  ];
}
