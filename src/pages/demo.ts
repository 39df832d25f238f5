import { type Html, html } from "../http/html.ts";
import type { Operator } from "../knowledge/operator.ts";
import { layout, type Site } from "./layout.ts";

const TOPICS = ["contract", "billing", "trouble", "moving", "email", "privacy"] as const;
const QUESTIONS = ["invoice", "moving", "password", "line", "data"] as const;

/** `/demo/<operator>`: a customer center's page as one knows them, with the chat in its corner. */
export function demoPage(site: Site, operator: Operator): Html {
  const { t, locale } = site;
  const name = operator.name[locale];
  const policy = `/policy/${operator.id}?lang=${locale}`;
  const topics = TOPICS.map(
    (topic) => html`<li class="card topic ${topic === "privacy" && "topic-privacy"}">
<h3 class="card-title">${t(`pages:demo.topics.${topic}.title`)}</h3>
<p class="muted">${t(`pages:demo.topics.${topic}.text`)}</p>
${topic === "privacy" && html`<p><a href="${policy}">${t("pages:demo.policy")}</a></p>`}
</li>`,
  );
  const questions = QUESTIONS.map(
    (q) => html`<details class="question"><summary>${t(`pages:demo.questions.${q}.ask`)}</summary>
<p>${t(`pages:demo.questions.${q}.answer`, { name })}</p></details>`,
  );
  return layout(site, {
    title: t("pages:demo.title", { name }),
    operator,
    head: html`<script src="/widget/loader.js" data-operator="${operator.id}" async></script>`,
    body: html`<p class="sample"><span class="wide">${t("pages:demo.sample")}</span></p>
<section class="welcome"><div class="wide">
<h1>${t("pages:demo.heading")}</h1>
<p class="lead">${t("pages:demo.lead", { name })}</p>
</div></section>
<div class="wide">
<section><h2>${t("pages:demo.topics.heading")}</h2><ul class="cards three">${topics}</ul></section>
<div class="columns">
<section><h2>${t("pages:demo.questions.heading")}</h2>${questions}</section>
${contact(site, operator)}
</div>
</div>`,
  });
}

/** The operator's own contact; what its policy leaves out is left out here. */
function contact({ t, locale }: Site, { contact: { desk, telephone, hours, address } }: Operator): Html {
  return html`<section class="card contact"><h2>${t("pages:demo.contact.heading")}</h2>
${desk && html`<p>${desk[locale]}</p>`}
${telephone && html`<p class="telephone"><a href="tel:${telephone.replaceAll("-", "")}">${telephone}</a></p>`}
${hours && html`<p class="muted">${t("pages:demo.contact.hours", { from: hours.from, to: hours.to })}</p>`}
${address && html`<p class="muted">${address[locale]}</p>`}
${!telephone && html`<p class="muted">${t("pages:demo.contact.none")}</p>`}
<p>${t("pages:demo.contact.chat")}</p></section>`;
}
