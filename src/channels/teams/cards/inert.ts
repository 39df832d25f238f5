/** Controls other than the line's end, and what turns the direction of what follows around. */
const UNSEEN = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;
/** Clients of Adaptive Cards put a date in the place of `{{DATE(...)}}`, in any text. */
const MACRO = /\{(?=\{)/g;
/** Joins two letters and is not seen. */
const JOINER = "\u2060";

/** Text for a place where no markup is read: every letter is shown, none does anything. */
export function inert(text: string): string {
  return text.toWellFormed().replace(UNSEEN, "").replace(MACRO, `{${JOINER}`);
}

/** `](`, `][`, `]:` make a link or a picture of what stands before; `<a`, `</`, `<!`, `<?` a tag or an address. */
const LINK = /\](?=\s*[([:])/g;
const TAG = /<(?=[A-Za-z/!?@])/g;
const ENTITY = /&(?=#?\w+;)/g;

/** Text for a client that may read Markdown or HTML in it, whatever it is told: neither can link, embed or run anything. */
export function inertAsMarkup(text: string): string {
  return inert(text).replace(LINK, `]${JOINER}`).replace(TAG, `<${JOINER}`).replace(ENTITY, `&${JOINER}`);
}

/** The beginning of a text, at most that many characters, cut at a letter's end. */
export function beginning(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text
    .slice(0, most - 1)
    .toWellFormed()
    .replace(/\ufffd$/, "")}…`;
}
