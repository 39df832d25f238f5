import { type Html, html } from "../http/html.ts";
import type { Operator } from "../knowledge/operator.ts";
import type { Locale } from "../reply/locale.ts";
import type { Texts } from "../reply/texts.ts";

/** The sign of the desk itself, drawn beside its name. */
const OUR_SEAL = "窓";

/** What every page is made with. */
export interface Site {
  locale: Locale;
  t: Texts[Locale];
  /** Address of the styles. */
  styles: string;
  /** Address of the operators' colours. */
  brands: string;
  /** This page's address with what of its query must stay; null for one that cannot be asked for again. */
  path: string | null;
}

export interface Layout {
  title: string;
  /** Its colour is the page's, its name stands at the top; the product's own for pages of no operator. */
  operator?: Operator;
  /** Where the name at the top leads; nowhere unless told. */
  home?: string;
  body: Html;
  /** What else stands in the head. */
  head?: Html;
}

/** The frame of every page: head, skip link, language, main, foot. */
export function layout(
  { locale, t, styles, brands, path }: Site,
  { title, operator, home, body, head }: Layout,
): Html {
  const other: Locale = locale === "ja" ? "en" : "ja";
  const inOther = path !== null && `${path}${path.includes("?") ? "&" : "?"}lang=${other}`;
  const name = operator?.name[locale] ?? t("pages:product");
  const seal = operator ? Array.from(name)[0] : OUR_SEAL;
  const mark = html`<span class="seal" aria-hidden="true">${seal}</span>${name}`;
  return html`<html lang="${locale}" data-operator="${operator?.id ?? ""}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${styles}">
<link rel="stylesheet" href="${brands}">
${head}
</head>
<body>
<a class="skip" href="#main">${t("pages:skip")}</a>
<header class="top"><div class="wide bar">
<p class="mark">${home === undefined ? mark : html`<a href="${home}">${mark}</a>`}</p>
${inOther && html`<a class="language" href="${inOther}" lang="${other}" hreflang="${other}">${t("pages:other-language")}</a>`}
</div></header>
<main id="main" tabindex="-1">
${body}
</main>
<footer class="foot"><div class="wide"><p>${t("pages:foot")}</p></div></footer>
</body>
</html>`;
}
