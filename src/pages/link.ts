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
  issue?: "number" | "code" | "unknown" | "locked";
}

/**
 * The page on which a customer of a messenger shows, by receipt number and status code, that a request is theirs. `to`:
 * the messenger's own page, where its form leads in the end.
 */
export function linkPage(
  { texts, styles, brands, operator }: LinkSite,
  { operator: id, locale, linkToken, issue }: LinkShown,
  to: string,
): Answer {
  const t = texts[locale];
  const path = `/line/${id}/link`;
  const site = { locale, t, styles, brands, path: `${path}?linkToken=${encodeURIComponent(linkToken)}` };
  const content = layout(site, {
    title: t("linking:page.title"),
    ...(operator ? { operator } : {}),
    brand: html`<p class="mark">${operator?.name[locale] ?? t("pages:product")}</p>`,
    body: html`<div class="wide">
<h1>${t("linking:page.heading")}</h1>
<p>${t("linking:page.lead")}</p>
${issue && html`<p class="notice" role="alert" id="issue">${t(`linking:page.issue.${issue}`)}</p>`}
<form class="ask" method="post" action="${path}" autocomplete="off">
<input type="hidden" name="linkToken" value="${linkToken}">
<input type="hidden" name="lang" value="${locale}">
<p><label for="receipt">${t("linking:page.receipt")}</label><br>
<input id="receipt" name="receipt" required maxlength="40" autocapitalize="characters" spellcheck="false"></p>
<p><label for="code">${t("linking:page.code")}</label><br>
<input id="code" name="code" required maxlength="40" autocapitalize="characters" spellcheck="false"></p>
<p><button class="button" type="submit">${t("linking:page.send")}</button></p>
</form>
<p class="muted">${t("linking:page.foot")}</p>
</div>`,
  });
  return page(content, { forms: [new URL(to).origin] });
}
