/**
 * Messages of LINE as a page, near enough to the telephone to be looked at: boxes, texts, separators, their sizes, colours
 * and what can be tapped; quick replies below. What LINE draws otherwise in detail (its own letters, shadows) is not
 * promised.
 */
export function flexPage(messages: readonly unknown[], { locale = "ja", title = "" } = {}): string {
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style>
*{box-sizing:border-box;margin:0}
body{background:#8fabd0;font-family:sans-serif;padding:12px 8px;width:390px}
ul{list-style:none;padding:0;display:flex;flex-direction:column;gap:8px}
.bubble{background:#fff;border-radius:16px;overflow:hidden;width:344px}
.words{background:#fff;border-radius:16px;padding:9px 13px;max-width:300px;width:fit-content;font-size:16px;line-height:1.4;white-space:pre-wrap;overflow-wrap:anywhere}
.box{display:flex;min-width:0}.vertical{flex-direction:column}.baseline{align-items:baseline}
.text{white-space:pre-wrap;overflow-wrap:anywhere;min-width:0}
[role=button]{cursor:pointer}
.quick{display:flex;flex-wrap:wrap;gap:6px;padding-top:12px}
.quick span{background:#fff;border-radius:18px;padding:8px 14px;font-size:14px}
</style></head><body><main><h1 style="position:absolute;left:-9999px">${escaped(title)}</h1><ul>${messages
    .map((message) => `<li>${messageOf(fields(message))}</li>`)
    .join("")}</ul>${quickOf(fields(messages.at(-1)))}</main></body></html>`;
}

type Fields = Readonly<Record<string, unknown>>;
const fields = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? (value as Fields) : {};
const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fields) : []);
const word = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);
const escaped = (text: unknown): string => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

function messageOf(message: Fields): string {
  if (message.type === "text") return `<div class="words">${escaped(message.text)}</div>`;
  const { header, body, footer } = fields(message.contents);
  const blocks = [header, body, footer].filter((block) => block !== undefined);
  return `<article class="bubble" data-alt="${escaped(message.altText)}">${blocks
    .map((block) => componentOf(fields(block), "vertical"))
    .join("")}</article>`;
}

function quickOf({ quickReply }: Fields): string {
  const items = list(fields(quickReply).items);
  const labels = items.map(({ action }) => `<span role="button">${escaped(fields(action).label)}</span>`);
  return items.length === 0 ? "" : `<div class="quick">${labels.join("")}</div>`;
}

const LETTERS: Readonly<Record<string, number>> = {
  xxs: 11,
  xs: 13,
  sm: 14,
  md: 16,
  lg: 19,
  xl: 22,
  xxl: 29,
};
const SPACES: Readonly<Record<string, number>> = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const space = (value: unknown): string => {
  const named = SPACES[String(value)];
  return named === undefined ? String(value) : `${named}px`;
};

function componentOf(one: Fields, inside: string): string {
  const style = frameOf(one, inside);
  switch (one.type) {
    case "text": {
      const size = LETTERS[word(one.size, "md")] ?? 16;
      const spacing = Number.parseInt(word(one.lineSpacing, "0"), 10);
      style.push(`font-size:${size}px`, `line-height:${Math.round(size * 1.3) + spacing}px`);
      style.push(`color:${word(one.color, "#111111")}`, `text-align:${word(one.align, "start")}`);
      if (one.weight === "bold") style.push("font-weight:700");
      return `<div class="text" style="${style.join(";")}">${escaped(one.text)}</div>`;
    }
    case "separator":
      style.push(`border-top:1px solid ${word(one.color, "#d0d0d0")}`);
      return `<div style="${style.join(";")}"></div>`;
    default: {
      const layout = String(one.layout);
      const inner = list(one.contents).map((child) => componentOf(child, layout));
      const role = one.action === undefined ? "" : ' role="button" tabindex="0"';
      return `<div class="box ${layout}"${role} style="${style.join(";")}">${inner.join("")}</div>`;
    }
  }
}

/** Place, measure and surface of a component within a box of this layout. */
function frameOf(one: Fields, inside: string): string[] {
  const style: string[] = [];
  const put = (name: string, value: unknown) => {
    if (value !== undefined) style.push(`${name}:${space(value)}`);
  };
  const flex = one.flex ?? (inside === "vertical" || one.type === "separator" ? 0 : 1);
  style.push(Number(flex) > 0 ? `flex:${Number(flex)} 1 0` : "flex:0 0 auto");
  put(inside === "vertical" ? "margin-top" : "margin-left", one.margin);
  put("padding", one.paddingAll);
  put("padding-top", one.paddingTop);
  put("padding-bottom", one.paddingBottom);
  put("padding-left", one.paddingStart);
  put("padding-right", one.paddingEnd);
  put("gap", one.spacing);
  put("border-radius", one.cornerRadius);
  put("height", one.height);
  put("background-color", one.backgroundColor);
  put("justify-content", one.justifyContent);
  put("align-items", one.alignItems);
  if (one.borderWidth !== undefined)
    style.push(`border:${space(one.borderWidth)} solid ${String(one.borderColor)}`);
  return style;
}
