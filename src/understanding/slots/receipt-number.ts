import { readReceipt, showReceipt } from "../../requests/receipt.ts";
import { answerOf, searchable, unframed } from "./answer.ts";
import { type Found, type Parser, wrong } from "./parser.ts";

const LABEL =
  /^(?:受付|受け付け|受付け|お?問い?合わせ|整理)?番号(?:は|が|：|:)?[\s、:]{0,9}|^(?:the |my )?(?:receipt|reference|request)?(?: ?(?:number|no\.?|code))?(?: is|:)[\s:]{1,9}|^(?:receipt|reference|request)(?: number| no\.?)?[\s:]{1,9}|^it'?s\s{1,9}/i;
/** As it is shown, or in one piece; groups of another length are something else. */
const SHAPE =
  /(?<![A-Za-z0-9-])[A-Za-z0-9]{3}[- ‐‑‒–—―−ー]?[A-Za-z0-9]{3}[- ‐‑‒–—―−ー]?[A-Za-z0-9]{4}(?![A-Za-z0-9-])/g;

/** A receipt number, kept as ten letters without hyphens. */
export const receiptNumber: Parser<string> = {
  kind: "receipt-number",
  parse(typed, ask) {
    const read = readReceipt(unframed(answerOf(typed), LABEL));
    if (read.ok) return read;
    const [found, ...more] = receiptNumber.find(typed, ask);
    return found && more.length === 0 ? { ok: true, value: found.value } : wrong(read.issue);
  },
  find(typed) {
    const { text, offset } = searchable(typed);
    const found: Found<string>[] = [];
    for (const match of text.matchAll(SHAPE)) {
      const read = readReceipt(match[0]);
      if (!read.ok) continue;
      found.push({ value: read.value, from: offset(match.index), to: offset(match.index + match[0].length) });
    }
    return found;
  },
  show: (value) => showReceipt(value),
  masked: (value) => `***-***-${value.slice(-4)}`,
};
