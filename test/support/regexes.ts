/** A regular expression as it is written in a source file. */
export interface WrittenRegex {
  file: string;
  line: number;
  source: string;
  flags: string;
}

/** What may stand before a regular expression, and not before a division. */
const BEFORE = /(?:^|[(,=:[!&|?{};+\n>]|\breturn|\btypeof|\bcase)\s*$/;
const LITERAL = /\/((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)/y;
const SKIPPED = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y;

/** Every regular expression literal of a TypeScript file; comments and quoted strings are passed over. */
export function regexesIn(file: string, text: string): WrittenRegex[] {
  const found: WrittenRegex[] = [];
  let line = 1;
  for (let i = 0; i < text.length; ) {
    SKIPPED.lastIndex = i;
    LITERAL.lastIndex = i;
    const skipped = SKIPPED.exec(text)?.[0];
    const literal = skipped === undefined && text[i] === "/" ? LITERAL.exec(text) : null;
    const taken = literal && BEFORE.test(text.slice(Math.max(0, i - 40), i)) ? literal : undefined;
    if (taken) found.push({ file, line, source: taken[1] ?? "", flags: taken[2] ?? "" });
    const whole = skipped ?? taken?.[0] ?? text[i] ?? "";
    line += whole.split("\n").length - 1;
    i += whole.length;
  }
  return found;
}
