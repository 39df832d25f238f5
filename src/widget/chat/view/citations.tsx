import type { Locale } from "../../../reply/locale.ts";
import type { Citation } from "../../../reply/words.ts";
import { dateOf } from "../page/clock.ts";
import { safeLink } from "../page/links.ts";
import type { T } from "../words.ts";
import { BookIcon, OutIcon } from "./icons.tsx";
import { useRoom } from "./room.ts";

export interface CitationsProps {
  citations: readonly Citation[];
  /** The source as the desk words it, read where there is no more to show. */
  source: string | undefined;
  t: T;
  locale: Locale | undefined;
}

/** Where an answer stands: the clause under the source's own heading, with its date, and the way to it. */
export function Citations({ citations, t, locale }: CitationsProps) {
  const { desk, locale: ours } = useRoom();
  const [first, ...others] = citations;
  const language = locale ?? ours;
  if (!first) return null;
  const company = desk.company[language];
  return (
    <aside class="source" aria-label={t("source")}>
      <p class="source-head">
        <BookIcon />
        <span>
          {t("source")} <span class="faint">{t("source-of", { company })}</span>
        </span>
      </p>
      <p class="source-title">
        <To citation={first} language={language} t={t} />
      </p>
      <p class="faint">
        {t("heading")} <span lang={desk.source}>{first.heading}</span>
        <span class="date">
          {first.date ? t("dated", { date: dateOf(first.date, language) }) : t("undated")}
        </span>
      </p>
      {others.length > 0 && (
        <div class="related">
          <p class="faint">{t("related")}</p>
          <ul>
            {others.map((citation) => (
              <li key={citation.clause}>
                <To citation={citation} language={language} t={t} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </aside>
  );
}

function To({ citation: { title, url }, language, t }: { citation: Citation; language: Locale; t: T }) {
  const href = safeLink(url) ?? undefined;
  if (href === undefined) return <>{title}</>;
  return (
    <a href={inLanguage(href, language)} target="_blank" rel="noopener noreferrer">
      {title}
      <OutIcon />
      <span class="unseen">{t("new-window")}</span>
    </a>
  );
}

function inLanguage(href: string, language: Locale): string {
  const url = new URL(href);
  url.searchParams.set("lang", language);
  return url.href;
}
