import { address } from "./address.ts";
import { choiceOf } from "./choice.ts";
import { choicesOf } from "./choices.ts";
import { code } from "./code.ts";
import { dateOf } from "./date.ts";
import { email } from "./email.ts";
import { kana } from "./kana.ts";
import { name } from "./name.ts";
import type { Option } from "./options.ts";
import type { Json, Parser } from "./parser.ts";
import { period } from "./period.ts";
import { postal } from "./postal.ts";
import { receiptNumber } from "./receipt-number.ts";
import { telephone } from "./telephone.ts";
import { text } from "./text.ts";

/** Every kind of answer that a form can ask for, by its name. `options`: what can be chosen, for a choice. */
const KINDS = {
  address: () => address,
  choice: choiceOf,
  choices: choicesOf,
  code: () => code,
  date: () => dateOf({ pastOnly: true }),
  email: () => email,
  kana: () => kana,
  name: () => name,
  period: () => period,
  postal: () => postal,
  "receipt-number": () => receiptNumber,
  telephone: () => telephone,
  text: () => text,
} satisfies Record<string, (options: readonly Option[]) => unknown>;

export type AnswerKind = keyof typeof KINDS;

/** A parser of a kind. Its values are plain JSON. */
export function parserOf(kind: AnswerKind, options: readonly Option[]): Parser<Json> {
  return KINDS[kind](options) as unknown as Parser<Json>;
}
