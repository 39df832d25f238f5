import { createHash } from "node:crypto";
import { html } from "../http/html.ts";
import type { Locale } from "../reply/locale.ts";
import type { Texts } from "../reply/texts.ts";
import type { OwnCallback, OwnNotice, OwnRecord } from "../requests/own-data.ts";
import { showReceipt } from "../requests/receipt.ts";

type Text = Texts[Locale];

export interface OwnDataHead {
  operator: string;
  company: string;
  madeAt: number;
  locale: Locale;
  /** Requests and chats that were left out, since they could be another person's as well. */
  shared?: number;
}

/** A person's own data for a program: one JSON object, written piece by piece. `readMe`: what is in it, and what is not. */
export async function* ownDataJson(
  texts: Texts,
  { operator, madeAt, locale, shared = 0 }: OwnDataHead,
  records: AsyncIterable<OwnRecord>,
): AsyncGenerator<string> {
  yield `{"operator":${JSON.stringify(operator)},"madeAt":${JSON.stringify(new Date(madeAt).toISOString())},"readMe":${JSON.stringify(readMe(texts[locale]))},"leftOut":${shared},"records":[`;
  let between = "\n";
  for await (const record of records) {
    yield between + JSON.stringify(record);
    between = ",\n";
  }
  yield "\n]}\n";
}

const readMe = (t: Text): string[] => [t("own-data:lead"), t("own-data:not-given")];

/** Paper, and a screen as wide as it; nothing is loaded and nothing runs. */
const STYLE = `body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 sans-serif}
h2{margin:2rem 0 .5rem;border-top:1px solid}dt{font-weight:bold}dd{margin:0 0 .5rem;white-space:pre-wrap}
p{white-space:pre-wrap;margin:.25rem 0}small{display:block;margin-top:1rem}@page{size:A4;margin:20mm}`;

/** What such a page may do: nothing but look as it does. */
export const OWN_DATA_POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
/** In the page itself, where it is kept as a file: a page cannot say who may frame it. */
const META_POLICY = OWN_DATA_POLICY.replace("; frame-ancestors 'none'", "");

/** The same for the person: a page that stands by itself and prints on A4. Every word of theirs is escaped. */
export async function* ownDataPage(
  texts: Texts,
  { locale, company, madeAt, shared = 0 }: OwnDataHead,
  records: AsyncIterable<OwnRecord>,
): AsyncGenerator<string> {
  const t = texts[locale];
  const title = t("own-data:title");
  yield html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${META_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>`.text;
  yield STYLE;
  yield html`</style></head><body><h1>${title}</h1>
<p>${t("own-data:made", { company, date: japanTime(madeAt) })}</p>${readMe(t).map((text) => html`<p>${text}</p>`)}
`.text;
  let any = false;
  for await (const record of records) {
    any = true;
    yield section(t, record);
  }
  if (!any) yield html`<p>${t("own-data:none")}</p>`.text;
  if (shared > 0) yield html`<p>${t("own-data:shared", { count: shared })}</p>`.text;
  yield "</body></html>\n";
}

function section(t: Text, record: OwnRecord): string {
  switch (record.kind) {
    case "request": {
      const { receipt, type, receivedAt, targetOn, answers, events } = record;
      const rows = [
        [t("own-data:receipt"), showReceipt(receipt)],
        [t("own-data:received"), japanTime(receivedAt)],
        [t("own-data:target"), targetOn],
        ...Object.entries(answers).map(([slot, value]) => [
          known(t, `dialogs:slots.${slot}.label`, slot),
          [value]
            .flat()
            .map((one) => known(t, `dialogs:slots.${slot}.values.${written(one)}`, written(one)))
            .join("\n"),
        ]),
        [
          t("own-data:events"),
          events
            .map(({ at, kind }) => `${japanTime(at)} ${known(t, `dialogs:status.${kind}`, kind)}`)
            .join("\n"),
        ],
        noticeRow(t, record.notices),
      ];
      return html`<h2>${t("own-data:requests")}: ${t(`requests:${type}`)}</h2><dl>${list(rows)}</dl>
`.text;
    }
    case "chat": {
      const { channel, id, activeAt, remembered } = record;
      const more = remembered === null ? "" : written(remembered);
      const rows = [
        [japanTime(activeAt), id],
        [t("own-data:remembered"), more],
      ];
      return html`<h2>${t("own-data:chat", { channel })}</h2><dl>${list(rows)}</dl>
`.text;
    }
    case "line":
      return html`<small>${japanTime(record.at)} ${t(record.by === "customer" ? "own-data:you" : "own-data:desk")}</small><p>${record.text}</p>
`.text;
    case "feedback":
      return html`<small>${japanTime(record.at)} ${t("own-data:feedback")}</small><p>${written(record.feedback)}</p>
`.text;
    case "handoff": {
      const { at, assignedAt, doneAt, state, agent, callback, rating } = record;
      const time = (name: string, when?: number | null) =>
        when ? `${japanTime(when)} ${t(`own-data:handoff.${name}`)}` : "";
      const rows = [
        [t("own-data:handoff.how"), t(`own-data:handoff.state.${state}`)],
        [
          t("own-data:handoff.when"),
          [time("assigned", assignedAt), time("done", doneAt)].filter(Boolean).join("\n"),
        ],
        [t("own-data:handoff.agent"), agent ?? ""],
        [t("own-data:handoff.callback"), callback ? callbackText(t, callback) : ""],
        [t("own-data:handoff.rating"), rating ? t(`own-data:handoff.rated.${rating}`) : ""],
      ];
      return html`<small>${japanTime(at)} ${t("own-data:handoff.title")}</small><dl>${list(rows)}</dl>
`.text;
    }
    case "reference":
      return html`<small>${t("own-data:reference")}</small><p>${written(record.address)}</p>
`.text;
    case "linked": {
      const { ending, told } = record;
      const state = known(t, `dialogs:status.${told}`, told);
      return html`<small>${t("own-data:linked", { ending })}</small><p>${state}</p>
`.text;
    }
    case "draft": {
      const { until, draft, notices } = record;
      const rows = [noticeRow(t, notices)];
      return html`<small>${t("own-data:draft", { until: japanTime(until) })}</small><p>${written(draft)}</p><dl>${list(rows)}</dl>
`.text;
    }
  }
}

/** Which mails went out, by kind and time. Chats that were put aside before notices were told have none. */
const noticeRow = (t: Text, notices: readonly OwnNotice[] = []) => [
  t("own-data:notices"),
  notices
    .map(({ at, kind, state }) => {
      const words = {
        kind: known(t, `staff:notice.kind.${kind}`, kind),
        state: t(`own-data:notice.${state}`),
      };
      return t("own-data:notice.line", { time: japanTime(at), ...words });
    })
    .join("\n"),
];

const callbackText = (t: Text, { number, targetOn, contact, text }: OwnCallback): string =>
  [number, t("own-data:handoff.by", { day: targetOn }), contact, text].filter(Boolean).join("\n");

const list = (rows: readonly (readonly string[])[]) =>
  rows
    .filter(([, value]) => value)
    .map(([label = "", value = ""]) => html`<dt>${label}</dt><dd>${value}</dd>`);

const written = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value, null, 1);

/** A question's words; the name itself where a later version has dropped the question, or its words need a value. */
function known(t: Text, key: string, otherwise: string): string {
  try {
    const text = t(key);
    return text.includes("{{") ? otherwise : text;
  } catch {
    return otherwise;
  }
}

const japanTime = (at: number) => new Date(at + 9 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
