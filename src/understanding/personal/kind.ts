/** Kinds of personal numbers that are blacked out, in the order in which a customer is told of them. */
export const PERSONAL_KINDS = [
  "card",
  "my-number",
  "telephone",
  "email",
  "licence",
  "insurance",
  "passport",
  "bank-account",
] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

/** A personal number in a `Plain` text: `from` is its first character, `to` the one after its last. */
export interface Span {
  from: number;
  to: number;
  kind: PersonalKind;
}
