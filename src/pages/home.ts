import { type Html, html } from "../http/html.ts";
import type { Operator } from "../knowledge/operator.ts";
import { layout, type Site } from "./layout.ts";

/** `/`: whose desks there are. */
export function homePage(site: Site, operators: readonly Operator[]): Html {
  const { t, locale } = site;
  const cards = operators.map(
    ({ id, name, about }) => html`<li class="card desk" data-operator="${id}">
<h2 class="card-title">${name[locale]}</h2>
<p class="muted">${about[locale]}</p>
<p class="actions"><a class="button" href="/demo/${id}?lang=${locale}">${t("pages:home.demo")}<span class="unseen"> ${name[locale]}</span></a>
<a class="quiet" href="/policy/${id}?lang=${locale}">${t("pages:home.policy")}<span class="unseen"> ${name[locale]}</span></a></p>
</li>`,
  );
  return layout(site, {
    title: t("pages:home.title"),
    body: html`<div class="wide">
<section class="hero">
<h1>${t("pages:home.heading")}</h1>
<p class="lead">${t("pages:home.lead")}</p>
</section>
<ul class="cards">${cards}</ul>
</div>`,
  });
}
