import { personalIn } from "./find.ts";
import { PERSONAL_KINDS, type PersonalKind, type Span } from "./kind.ts";
import { type Plain, plainOf } from "./plain.ts";
import { dialled } from "./telephone.ts";

export interface Masked {
  /** As it was given, with "*" (or "＊") for each letter and digit of a personal number. */
  text: string;
  /** What was found, each kind once, in the order of `PERSONAL_KINDS`; empty when the text is unchanged. */
  kinds: PersonalKind[];
}

export interface MaskOptions {
  /** Telephone numbers and e-mail addresses that are public, as of `contactsIn`; none by default. */
  contacts?: ReadonlySet<string>;
  /** Kinds that stay: those which the question that is open asked for; none by default. */
  keep?: readonly PersonalKind[];
}

/** Nothing without a digit or an "at" can be a personal number. */
const WORTH_A_LOOK = /[\p{Nd}〇零一二三四五六七八九@＠]|\bat\b|アット|あっと|記号/iu;

const MAX_ROUNDS = 4;

/** A contact in the one way in which it is compared. */
function contactKey(plain: Plain, { from, to }: Span): string {
  const written = plain.text.slice(from, to);
  return /[A-Za-z@]/.test(written) ? written.toLowerCase() : dialled(written.replace(/\D/g, ""));
}

/** The telephone numbers and e-mail addresses in texts that everybody may read: an operator's own. */
export function contactsIn(texts: Iterable<string>): Set<string> {
  const contacts = new Set<string>();
  for (const text of texts) {
    const plain = plainOf(text);
    for (const span of personalIn(plain.text))
      if (span.kind === "telephone" || span.kind === "email") contacts.add(contactKey(plain, span));
  }
  return contacts;
}

/**
 * Blacks out personal numbers in what a person wrote. Cards and My Numbers must have the right check digit; driving
 * licences, passports, health insurance and bank accounts are known by the words around them. Never throws, and takes
 * time in proportion to the text.
 */
export function mask(text: string, { contacts, keep = [] }: MaskOptions = {}): Masked {
  if (!WORTH_A_LOOK.test(text)) return { text, kinds: [] };
  // What is blacked out no longer hides what stood against it: "記号1番号2ー090-1234-5678".
  const masked: Masked = { text, kinds: [] };
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { text: next, kinds } = maskOnce(masked.text, contacts, keep);
    if (kinds.length === 0) break;
    masked.text = next;
    masked.kinds = PERSONAL_KINDS.filter((kind) => kinds.includes(kind) || masked.kinds.includes(kind));
  }
  return masked;
}

function maskOnce(text: string, contacts: MaskOptions["contacts"], keep: readonly PersonalKind[]): Masked {
  const plain = plainOf(text);
  const spans = personalIn(plain.text).filter(
    (span) => !keep.includes(span.kind) && !contacts?.has(contactKey(plain, span)),
  );
  if (spans.length === 0) return { text, kinds: [] };
  const typed = [...plain.typed];
  for (const { from, to } of spans)
    for (let i = from; i < to; i++) {
      const at = plain.at[i] ?? 0;
      if (/[A-Za-z0-9]/.test(plain.text[i] ?? ""))
        typed[at] = /[\u3000-\uffef]/.test(typed[at] ?? "") ? "＊" : "*";
    }
  const found = new Set(spans.map((span) => span.kind));
  return { text: typed.join(""), kinds: PERSONAL_KINDS.filter((kind) => found.has(kind)) };
}
