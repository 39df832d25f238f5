import type { JSX } from "preact";
import type { Talk } from "../talk/state.ts";
import { BotIcon, ClockIcon, HandIcon, PersonIcon, ShieldIcon } from "./icons.tsx";
import { useRoom } from "./room.ts";

/** What a customer should know before the first word. It stands once, at the beginning of the chat. */
export function Notice({ talk }: { talk: Talk }) {
  const { desk, locale, t } = useRoom();
  const [name, company] = [desk.name[locale], desk.company[locale]];
  const row = (Icon: () => JSX.Element, words: string) => (
    <li>
      <Icon />
      <span>{words}</span>
    </li>
  );
  return (
    <section class="notice" aria-labelledby="notice" data-lines={talk.lines.length}>
      <h2 id="notice">{t("notice.heading")}</h2>
      <ul>
        {row(BotIcon, t("notice.bot", { name, company }))}
        {row(ShieldIcon, t("notice.private"))}
        {row(HandIcon, t("notice.optional"))}
        {row(ClockIcon, t("notice.kept", { days: desk.retentionDays }))}
        {row(PersonIcon, t("notice.person"))}
      </ul>
      <p>
        <a href={`/policy/${desk.operator}?lang=${locale}`} target="_blank" rel="noopener noreferrer">
          {t("notice.policy")}
          <span class="unseen">{t("new-window")}</span>
        </a>
      </p>
    </section>
  );
}
