import { readCode, showCode } from "../../requests/receipt.ts";
import { answerOf, searchable, unframed } from "./answer.ts";
import { type Found, type Parser, wrong } from "./parser.ts";

const LABEL =
  /^(?:(?:状況|照会|確認|再開|ステータス)?(?:用)?(?:の)?(?:コード|番号))(?:は|が|：|:)?[\s、:]{0,9}|^(?:the |my )?(?:status |resume |confirmation )?code(?: is|:)?[\s:]{1,9}|^it'?s\s{1,9}/i;

/** As it is shown; in one piece nothing tells a code from a word. */
const SHAPE = /(?<![A-Za-z0-9-])[A-Z0-9]{4}[-‐‑‒–—―−ー][A-Z0-9]{4}(?![A-Za-z0-9-])/g;

/** A status or resume code, kept as eight letters without hyphens. */
export const code: Parser<string> = {
  kind: "code",
  parse(typed) {
    const read = readCode(unframed(answerOf(typed), LABEL));
    return read.ok ? read : wrong(read.issue);
  },
  find(typed) {
    const { text, offset } = searchable(typed);
    const found: Found<string>[] = [];
    for (const { 0: shape, index } of text.matchAll(SHAPE)) {
      const read = readCode(shape);
      if (read.ok) found.push({ value: read.value, from: offset(index), to: offset(index + shape.length) });
    }
    return found;
  },
  show: (value) => showCode(value),
  masked: () => "****-****",
};
