import { type Html, html } from "../http/html.ts";
import type { Clause } from "../knowledge/clause.ts";
import type { Operator } from "../knowledge/operator.ts";
import { longDate } from "./date.ts";
import { layout, type Site } from "./layout.ts";
import { prose } from "./prose.ts";
import type { Found } from "./search.ts";

/** `/policy/<operator>`: every clause in our words, under an anchor of its id, to be searched and printed. */
export function policyPage(
  site: Site,
  operator: Operator,
  maxLength: number,
  found: Found | undefined,
): Html {
  const { t, locale } = site;
  const { clauses } = operator;
  const [name, company] = [operator.name[locale], operator.company[locale]];
  const contents = clauses.map((c) => html`<li><a href="#${c.id}">${c.text[locale].title}</a></li>`);
  return layout(site, {
    title: t("pages:policy.title", { name }),
    operator,
    home: `/demo/${operator.id}?lang=${locale}`,
    body: html`<div class="wide policy">
<section class="hero"><h1>${t("pages:policy.heading", { name })}</h1>
<p class="lead">${t("pages:policy.lead", { company })}</p>
${facts(site, operator)}
</section>
${searchBox(site, operator, maxLength, found)}
<div class="reading">
<nav class="contents" aria-labelledby="contents"><h2 id="contents">${t("pages:policy.contents")}</h2><ol>${contents}</ol></nav>
<div class="clauses">${clauses.map((c) => clauseOf(site, operator, c))}</div>
</div>
</div>`,
  });
}

/** The document that the clauses retell: its name, dates, and the language that prevails. */
function facts({ t, locale }: Site, { source, company }: Operator): Html {
  const { title, enacted, revised, language, prevailing } = source;
  const row = (label: string, value: string) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<dl class="facts">
${row(t("pages:policy.source"), t("pages:policy.document", { company: company[locale], document: title[locale] }))}
${enacted && row(t("pages:policy.enacted"), longDate(enacted, locale))}
${revised && row(t("pages:policy.revised"), longDate(revised, locale))}
${!enacted && !revised && row(t("pages:policy.date"), t("pages:policy.no-date"))}
${row(t("pages:policy.written-in"), t(`pages:languages.${language}`))}
${row(t("pages:policy.prevailing"), prevailing ? t(`pages:languages.${prevailing}`) : t("pages:policy.prevailing-none"))}
</dl>`;
}

function searchBox(
  { t, locale }: Site,
  operator: Operator,
  maxLength: number,
  found: Found | undefined,
): Html {
  return html`<search class="search card" id="search">
<form method="post" action="/policy/${operator.id}?lang=${locale}#search" autocomplete="off">
<label for="question">${t("pages:policy.search.label")}</label>
<div class="field"><input id="question" name="question" type="search" maxlength="${maxLength}" value="${found?.question ?? ""}" aria-describedby="search-note" required>
<button class="button" type="submit">${t("pages:policy.search.go")}</button></div>
<p class="muted small" id="search-note">${t("pages:policy.search.note")}</p>
</form>
${found && results({ t, locale }, operator, found)}
</search>`;
}

function results({ t, locale }: Pick<Site, "t" | "locale">, { clauses }: Operator, found: Found): Html {
  const shown = found.clauses.flatMap((id) => clauses.find((c) => c.id === id) ?? []);
  if (shown.length === 0)
    return html`<div class="results" role="status"><h2>${t("pages:policy.search.none")}</h2>${prose(found.reply)}</div>`;
  const heading = found.unsure ? "pages:policy.search.perhaps" : "pages:policy.search.found";
  const items = shown.map(
    ({ id, text }) => html`<li><a href="#${id}">${text[locale].title}</a><p>${text[locale].short}</p></li>`,
  );
  return html`<div class="results" role="status"><h2>${t(heading)}</h2><ol>${items}</ol></div>`;
}

function clauseOf({ t, locale }: Site, { source }: Operator, { id, heading, text }: Clause): Html {
  const { title, short, body } = text[locale];
  return html`<article class="clause" id="${id}" tabindex="-1" aria-labelledby="${id}--title">
<h2 id="${id}--title">${title} <a class="anchor" href="#${id}" aria-label="${t("pages:policy.anchor", { title })}">#</a></h2>
<p class="heading">${t("pages:policy.source-heading")} <span lang="${source.language}">${heading}</span></p>
<p class="short">${short}</p>
${prose(body)}
</article>`;
}
