import type { Answer } from "../http/exchange.ts";
import { html, page } from "../http/html.ts";
import type { Operator } from "../knowledge/operator.ts";
import type { Locale } from "../reply/locale.ts";
import type { Texts } from "../reply/texts.ts";
import { layout } from "./layout.ts";

/** What the page is drawn with. `styles`, `brands`: addresses. */
export interface LinkSite {
  texts: Texts;
  styles: string;
  brands: string;
  operator: Operator | undefined;
}

/** What it shows. `issue`: what is wrong with what was entered. */
export interface LinkShown {
  operator: string;
  locale: Locale;
  linkToken: string;
  /** The number as it was entered before. */
  receipt?: string;
  issue?: Issue;
}

type Issue = "number" | "code" | "unknown" | "locked";
/** The fields that an issue is about. */
const WRONG: Readonly<Record<Issue, readonly string[]>> = {
  number: ["receipt"],
  code: ["code"],
  unknown: ["receipt", "code"],
  locked: [],
};

/**
 * The page on which a customer of a messenger shows, by receipt number and status code, that a request is theirs. `to`:
 * the messenger's own page, where its form leads in the end.
 */
export function linkPage(
  { texts, styles, brands, operator }: LinkSite,
  { operator: id, locale, linkToken, receipt, issue }: LinkShown,
  to: string,
): Answer {
  const t = texts[locale];
  const path = `/line/${id}/link`;
  const site = { locale, t, styles, brands, path: `${path}?linkToken=${encodeURIComponent(linkToken)}` };
  const name = operator?.name[locale] ?? t("pages:product");
  const field = (which: "receipt" | "code", value = "") => {
    const wrong = issue !== undefined && WRONG[issue].includes(which);
    return html`<label for="${which}">${t(`linking:page.${which}`)}</label>
<input id="${which}" name="${which}" type="text" value="${value}" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" required${wrong && html` aria-invalid="true" aria-describedby="issue"`}>`;
  };
  const content = layout(site, {
    title: `${t("linking:page.title")} - ${name}`,
    ...(operator ? { operator } : {}),
    head: html`<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">`,
    body: html`<div class="wide link"><h1>${t("linking:page.heading")}</h1>
<p class="lead">${t("linking:page.lead")}</p>
<form class="door card" method="post" action="${path}" autocomplete="off">
${issue && html`<p class="alert" role="alert" id="issue">${t(`linking:page.issue.${issue}`)}</p>`}
<input type="hidden" name="linkToken" value="${linkToken}">
<input type="hidden" name="lang" value="${locale}">
${field("receipt", receipt)}
${field("code")}
<button class="button" type="submit">${t("linking:page.send")}</button>
</form>
<p class="muted">${t("linking:page.foot")}</p>
</div>`,
  });
  return page(content, { forms: [new URL(to).origin] });
}
