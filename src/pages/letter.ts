import { createHash } from "node:crypto";
import { Html, html } from "../http/html.ts";
import { LOCALES, type Locale, type Localized } from "../reply/locale.ts";
import { contactText } from "../reply/pieces/contact.ts";
import { dayText } from "../reply/pieces/day.ts";
import type { Speaker } from "../reply/speaker.ts";
import type { Texts } from "../reply/texts.ts";
import { DECISIONS, type Opened } from "../requests/docket.ts";
import { showReceipt } from "../requests/receipt.ts";
import type { RequestType } from "../requests/request-type.ts";
import { lastChange } from "../requests/state.ts";

/** What a letter may say: nothing that was written for the file is in here. */
export interface Letter {
  decision: "answered" | "partly-answered" | "refused" | "no-such-data";
  type: RequestType;
  receipt: string;
  receivedAt: number;
  /** When it was decided, milliseconds since 1970. */
  decidedAt: number;
  /** Whose data it is about; absent when nobody was named. */
  name?: string;
  /** The customer's own language comes first. */
  locale: Locale;
  /** The ground of the law, in words. */
  ground?: Localized;
  text?: Localized;
}

/**
 * What the letter on a request says: from the decision's own event, whose words for the customer they are. `grounds`:
 * the law's, in words. Undefined while nothing is decided.
 */
export function letterOf(
  { type, receipt, receivedAt, locale, answers, events }: Opened,
  grounds: Readonly<Record<string, Localized>>,
): Letter | undefined {
  const event = events[lastChange(events)];
  const decision = DECISIONS.find((each) => each === event?.kind);
  if (!event || !decision) return undefined;
  const name = answers.name ?? answers["post-name"];
  const words = "ground" in event ? grounds[event.ground] : undefined;
  return {
    decision,
    type,
    receipt,
    receivedAt,
    decidedAt: event.at,
    locale,
    ...(typeof name === "string" ? { name } : {}),
    ...(words ? { ground: words } : {}),
    ...("text" in event && event.text ? { text: event.text } : {}),
  };
}

const CSS = `
@page { size: A4; margin: 22mm 20mm; }
body { margin: 0 auto; max-width: 170mm; padding: 1rem; color: #000; background: #fff;
  font: 11pt/1.75 "BIZ UDPGothic", "Hiragino Sans", "Noto Sans JP", "Yu Gothic", sans-serif; }
section + section { break-before: page; border-top: 1px solid #767676; padding-top: 1rem; }
header { display: flex; justify-content: space-between; gap: 2rem; }
h1 { font-size: 15pt; text-align: center; margin: 1.5em 0; }
h2 { font-size: 11.5pt; margin: 1.5em 0 0.3em; break-after: avoid; }
p { margin: 0.5em 0; white-space: pre-line; overflow-wrap: anywhere; }
.sender { text-align: right; }
@media print { body { padding: 0; max-width: none; } section + section { border: 0; padding: 0; } }
`;

/** The decision on a request as a page that prints on A4, in both languages from the same facts. It needs nothing else. */
export function letter(it: Letter, speaker: Speaker, texts: Texts): string {
  const order: Locale[] = [it.locale, ...LOCALES.filter((locale) => locale !== it.locale)];
  const hash = createHash("sha256").update(CSS).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="${it.locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${texts[it.locale]("letter:title")} ${showReceipt(it.receipt)}</title>
<style>${new Html(CSS)}</style>
</head>
<body>
${order.map((locale) => inOne(it, speaker, texts, locale))}
</body>
</html>
`;
  return page.text;
}

function inOne(it: Letter, speaker: Speaker, texts: Texts, locale: Locale): Html {
  const t = texts[locale];
  const { name, ground, text } = it;
  const title = t(`requests:${it.type}`);
  return html`<section lang="${locale}">
<header>
<p>${name === undefined ? t("letter:to-nobody") : t("letter:to", { name })}</p>
<p class="sender">${t("letter:date", { date: dayText(it.decidedAt, locale) })}
${t("letter:receipt", { receipt: showReceipt(it.receipt) })}
${t("letter:sender", { company: speaker.company[locale] })}</p>
</header>
<h1>${t("letter:title")}</h1>
<p>${t("letter:intro", { date: dayText(it.receivedAt, locale), title })}</p>
<p><strong>${t(`letter:decision.${it.decision}`)}</strong></p>
${ground && html`<h2>${t("letter:ground")}</h2><p>${ground[locale]}</p>`}
${text && html`<h2>${t("letter:reason")}</h2><p>${text[locale]}</p>`}
<h2>${t("letter:complaint")}</h2>
<p>${t("letter:complaint-desk")}
${contactText({ t, locale, speaker }, "letter")}</p>
<p>${t("letter:complaint-outside")}</p>
</section>
`;
}
