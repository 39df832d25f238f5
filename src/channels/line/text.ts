/** Longest text message, in UTF-16 units. */
const TEXT_LENGTH = 5_000;

const GRAPHEMES = new Intl.Segmenter("ja", { granularity: "grapheme" });
const SENTENCES = new Intl.Segmenter("ja", { granularity: "sentence" });
/** What no text needs: control characters but for the line feed, and what turns the direction of a line. */
const UNSEEN = /(?!\n)[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu;

/** Text as LINE takes it: well-formed, one kind of line break, no control characters. */
export function clean(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .toWellFormed()
    .replace(/[\u2028\u2029]/g, "\n")
    .replace(UNSEEN, "")
    .trim();
}

/** At most `most` characters as a person counts them and as many UTF-16 units; what is cut off is told by "…". */
export function cut(text: string, most: number): string {
  // One unit is one character at least: nothing to count.
  if (text.length <= most) return text;
  return `${fitting(text, most - 1).trimEnd()}…`;
}

/** A label: at most `most` characters as a person counts them, however many units they take. */
export function label(text: string, most: number): string {
  if (text.length <= most) return text;
  const list = [];
  // A character may be a letter under a hundred marks: no label needs more than these.
  for (const { segment } of GRAPHEMES.segment(text.slice(0, most * UNITS_OF_A_CHARACTER))) {
    list.push(segment);
    if (list.length > most) break;
  }
  const whole = text.length <= most * UNITS_OF_A_CHARACTER && list.length <= most;
  return whole
    ? text
    : `${list
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`.toWellFormed();
}

/** A family of four with its skin tones, and some more. */
const UNITS_OF_A_CHARACTER = 30;

/**
 * Texts of at most `most` UTF-16 units, cut between paragraphs, else sentences, else characters; never within a
 * surrogate pair. The list is empty for a text without a word.
 */
export function split(text: string, most = TEXT_LENGTH): string[] {
  const texts: string[] = [];
  let open = "";
  const add = (piece: string): void => {
    if ((open + piece).trimEnd().length <= most) {
      open += piece;
      return;
    }
    if (open.trim() !== "") texts.push(open.trim());
    open = piece;
  };
  for (const paragraph of text.split(/(?<=\n\n)/)) {
    if (paragraph.trimEnd().length <= most) add(paragraph);
    else for (const sentence of sentencesOf(paragraph, most)) add(sentence);
  }
  if (open.trim() !== "") texts.push(open.trim());
  return texts;
}

function sentencesOf(text: string, most: number): string[] {
  return [...SENTENCES.segment(text)].flatMap(({ segment }) => {
    const pieces: string[] = [];
    let rest = segment;
    while (rest.trimEnd().length > most) {
      const piece = fitting(rest, most);
      pieces.push(piece);
      rest = rest.slice(piece.length);
    }
    return [...pieces, rest];
  });
}

/** The beginning of a text that fits, in whole characters where one of them fits; at least one code point. */
function fitting(text: string, most: number): string {
  const start = text.slice(0, most);
  // What stands last may be half of a character: it is looked at with what follows.
  const near = Math.max(0, most - 100);
  const from = /[\udc00-\udfff]/.test(text.charAt(near)) ? near + 1 : near;
  let end = from;
  for (const { segment, index } of GRAPHEMES.segment(text.slice(from, most + 100))) {
    if (from + index + segment.length > most) break;
    end = from + index + segment.length;
  }
  if (end > from) return text.slice(0, end);
  return /[\ud800-\udbff]$/.test(start) ? start.slice(0, -1) : start;
}
