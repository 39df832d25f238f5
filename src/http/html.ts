import type { Answer } from "./exchange.ts";

/** Markup that is safe to send: made by `html` alone. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | false | undefined | readonly Value[];

/** Markup with values put in: text is escaped, markup and lists of it are not, `false` and undefined leave nothing. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(String.raw({ raw: parts }, ...values.map(render)));
}

/** Data for a script of the page to read; it is never run. */
export function jsonBlock(id: string, value: object): Html {
  const json = JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028");
  return new Html(`<script type="application/json" id="${escaped(id)}">${json}</script>`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? "");
}

function render(value: Value): string {
  if (value === false || value === undefined) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(render).join("");
  return escaped(String(value));
}

export interface PagePolicy {
  /** Where scripts of the page may connect to, besides this server. */
  connect?: readonly string[];
  /** Where a form of the page may lead in the end, besides this server: browsers follow no redirect elsewhere. */
  forms?: readonly string[];
  /** Who may frame the page; nobody unless told. */
  ancestors?: readonly string[];
}

/** An HTML page under a strict policy: scripts, styles and frames of this server alone, nothing inline. */
export function page(content: Html, policy: PagePolicy = {}, status = 200): Answer {
  const { connect = [], forms = [], ancestors } = policy;
  const csp = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...connect].join(" "),
    "frame-src 'self'",
    "base-uri 'none'",
    ["form-action 'self'", ...forms].join(" "),
    "object-src 'none'",
    `frame-ancestors ${ancestors?.join(" ") || "'none'"}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return {
    status,
    body: `<!doctype html>\n${content.text}\n`,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": csp.join("; "),
      ...(ancestors ? {} : { "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin" }),
    },
  };
}
