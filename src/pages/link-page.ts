import { type Html, html } from "../http/html.ts";
import type { Operator } from "../knowledge/operator.ts";
import { LOOK_AGAIN_MS } from "../turn/links.ts";
import { japanSecond, markOf, type RecordLine } from "../turn/record.ts";
import { layout, type Site } from "./layout.ts";

const LOOK_AGAIN_MINUTES = LOOK_AGAIN_MS / 60_000;

/** What a link may open. */
export type What = "transcript" | "own-data";

/** Whose page it is, and where its button leads. */
export interface Door {
  site: Site;
  what: What;
  /** Null: nobody's, since the link opens nothing. */
  operator: Operator | null;
  /** The link's own address, without its query. */
  action: string;
  /** A random word that the page carries: whoever opens the link by it may look again. */
  session: string;
}

/** Waits for a button: what merely looks at an address, a preview of a messenger, uses nothing up. */
export function closedPage({ site, what, operator, action, session }: Door, wrong: boolean): Html {
  const { t, locale } = site;
  const code =
    what === "own-data" &&
    html`${wrong && html`<p class="alert" role="alert" id="wrong">${t("links:own-data.wrong")}</p>`}
<label for="code">${t("links:own-data.code")}</label>
<input id="code" name="code" type="text" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" required${wrong && html` aria-invalid="true" aria-describedby="wrong"`}>`;
  return linkPage(
    site,
    what,
    operator,
    html`<p class="lead">${t(`links:${what}.lead`)}</p>
<form class="door card" method="post" action="${action}?lang=${locale}" autocomplete="off">
<input type="hidden" name="session" value="${session}">
${code}
<button class="button" type="submit">${t(`links:${what}.open`)}</button>
</form>`,
  );
}

/** What is open now: the person's own data as a page and as a file, each behind a button. */
export function readyPage({ site, operator, action, session }: Door): Html {
  const { t, locale } = site;
  return linkPage(
    { ...site, path: null },
    "own-data",
    operator,
    html`<p class="lead" role="status">${t("links:own-data.ready", { minutes: LOOK_AGAIN_MINUTES })}</p>
<form class="door card" method="post" action="${action}?lang=${locale}">
<input type="hidden" name="session" value="${session}">
<button class="button" type="submit" name="as" value="page">${t("links:own-data.page")}</button>
<button class="button" type="submit" name="as" value="file">${t("links:own-data.file")}</button>
</form>
<p class="muted">${t("links:own-data.hint")}</p>`,
  );
}

/** The record of a chat, as the website's download tells it; it prints. */
export function transcriptPage({ site, operator }: Door, lines: readonly RecordLine[]): Html {
  const { t } = site;
  const names = { desk: t("turn:desk"), customer: t("turn:you") };
  const items = lines.map(
    ({
      at,
      by,
      words,
      feedback,
    }) => html`<li class="line"><p class="muted small">${japanSecond(at)} +09:00 ${names[by]}</p>
<p class="words">${words}</p>${feedback !== null && html`<p class="words">${markOf(feedback)}</p>`}</li>`,
  );
  return linkPage(
    { ...site, path: null },
    "transcript",
    operator,
    html`<p class="muted sample">${t("links:transcript.hint", { minutes: LOOK_AGAIN_MINUTES })}</p>
${lines.length > 0 ? html`<ol class="record">${items}</ol>` : html`<p>${t("links:transcript.empty")}</p>`}`,
  );
}

/** Kindly: that it does not open, why, and how to get a new one. */
export function shutPage({ site, what, operator }: Door, why: "used" | "unknown" | "locked"): Html {
  const { t } = site;
  const words = why === "locked" ? t("links:own-data.locked") : t(`links:${why}`);
  const again = why !== "locked" && html`<p>${t(`links:${what}.again`)}</p>`;
  return linkPage(site, what, operator, html`<p class="lead" role="status">${words}</p>${again}`);
}

function linkPage(site: Site, what: What, operator: Operator | null, body: Html): Html {
  const { t, locale } = site;
  const title = t(`links:${what}.title`);
  const name = operator?.name[locale] ?? t("pages:product");
  return layout(site, {
    title: operator ? `${title} - ${name}` : title,
    ...(operator ? { operator } : {}),
    head: html`<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">`,
    body: html`<div class="wide link"><h1>${title}</h1>
${body}
</div>`,
  });
}
