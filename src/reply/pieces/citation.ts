import type { Locale } from "../locale.ts";
import type { SpokenClause } from "../speaker.ts";
import type { Citation } from "../words.ts";
import type { Voice } from "./piece.ts";

const FORMATS: Readonly<Record<Locale, Intl.DateTimeFormat>> = {
  ja: new Intl.DateTimeFormat("ja-JP", { dateStyle: "long", timeZone: "UTC" }),
  en: new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }),
};

const longDate = (iso: string, locale: Locale) => FORMATS[locale].format(new Date(`${iso}T00:00:00Z`));

type Citing = Omit<Voice, "source">;

/** The clause as programs cite it. */
export function citationOf(
  { speaker, locale, publicUrl }: Pick<Citing, "speaker" | "locale" | "publicUrl">,
  clause: SpokenClause,
): Citation {
  return {
    clause: clause.id,
    operator: speaker.id,
    title: clause.text[locale].title,
    heading: clause.heading,
    date: speaker.source.revised ?? speaker.source.enacted ?? null,
    url: `${publicUrl}/policy/${speaker.id}#${clause.id}`,
  };
}

function policyDate({ t, locale, speaker }: Citing): string {
  const { enacted, revised } = speaker.source;
  if (enacted && revised) {
    return t("reply:date.revised", {
      revised: longDate(revised, locale),
      enacted: longDate(enacted, locale),
    });
  }
  const only = revised ?? enacted;
  return only ? t("reply:date.enacted", { enacted: longDate(only, locale) }) : t("reply:date.none");
}

/** The line under an answer that says where it stands, with the policy's date or that it bears none. */
export function sourceText(voice: Citing, clause: SpokenClause): string {
  const { t, locale, speaker } = voice;
  const source = t("reply:source", {
    company: speaker.company[locale],
    document: speaker.source.title[locale],
    heading: clause.heading,
    date: policyDate(voice),
    url: citationOf(voice, clause).url,
  });
  const { prevailing } = speaker.source;
  return prevailing && prevailing !== locale ? `${source}\n${t("reply:prevails")}` : source;
}
