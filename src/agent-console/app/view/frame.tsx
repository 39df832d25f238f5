import { useEffect, useMemo, useState } from "preact/hooks";
import type { ShownChange } from "../../inbox/shown.ts";
import { Heard } from "../hearing.ts";
import { whenAway } from "../idle.ts";
import { alertsKept, keepAlerts } from "../inbox/alerts.ts";
import { Drafts } from "../inbox/drafts.ts";
import { type Me, mayOversee } from "../me.ts";
import { go, hashOf, INBOX, type Place } from "../place.ts";
import { listen } from "../stream.ts";
import { AccountView } from "./account.tsx";
import { useAround, useKeys } from "./context.ts";
import type { Attached } from "./inbox/composer.tsx";
import { newKey } from "./inbox/fill-in.tsx";
import { InboxView } from "./inbox/inbox.tsx";
import { useLiveInbox } from "./inbox/live-inbox.ts";
import { KeysHelp } from "./keys-help.tsx";
import { LanguageButton } from "./language-button.tsx";
import { RatingsView } from "./ratings/ratings.tsx";
import { RegisterView } from "./register/register.tsx";

/** The console of somebody who is signed in: menu at the side, and one place. */
export function Frame({
  me,
  place,
  onLanguage,
  onLeave,
}: {
  me: Me;
  place: Place;
  onLanguage: () => void;
  onLeave: (why?: string) => void;
}) {
  const { t, api, language } = useAround();
  const [help, setHelp] = useState(false);
  const asked = place.at === "requests" || place.at === "ratings" ? place.operator : undefined;
  const [chosen, setChosen] = useState(me.desks[0]?.id);
  const desk = me.desks.find(({ id }) => id === (asked ?? chosen)) ?? me.desks[0];
  const oversees = desk !== undefined && mayOversee(desk);
  const [alerts, setAlerts] = useState(alertsKept);
  const [away, setAway] = useState(false);
  const heard = useMemo(() => new Heard<ShownChange>(), [me.session]);
  const drafts = useMemo(() => new Drafts<Attached>(newKey), [me.session]);
  const { live, wanted } = useLiveInbox(me, heard, alerts);

  async function signOut(why?: string): Promise<void> {
    await api.post("sign-out", {});
    // Nothing of what was open is left in the address or behind the Back button.
    history.replaceState(null, "", "/console");
    onLeave(why);
  }
  useEffect(
    () =>
      listen(api, {
        hear: (said) => heard.tell(said as ShownChange),
        line(open) {
          setAway(!open);
          if (open) heard.tell({ kind: "back" });
        },
        over: () => onLeave("problem.session"),
      }),
    [me.session],
  );
  useEffect(() => whenAway(() => void signOut("problem.session")), []);
  useKeys({
    "?": () => setHelp(true),
    "g i": () => go(INBOX),
    "g r": () => go({ at: "requests", operator: desk?.id, receipt: undefined }),
    "g f": () => (oversees ? go({ at: "ratings", operator: desk?.id }) : undefined),
    "g a": () => go({ at: "account" }),
  });

  const places: [Place, string][] = [
    [INBOX, "inbox"],
    [{ at: "requests", operator: desk?.id, receipt: undefined }, "requests"],
    ...(oversees ? [[{ at: "ratings", operator: desk.id }, "ratings"] as [Place, string]] : []),
    [{ at: "account" }, "account"],
  ];
  return (
    <div class="frame">
      <button type="button" class="skip" onClick={() => document.getElementById("main")?.focus()}>
        {t("skip")}
      </button>
      <aside class="side">
        <p class="mark">
          {t("product")} <span>{t("place")}</span>
        </p>
        {me.desks.length > 1 ? (
          <label class="desk">
            <span>{t("nav.operator")}</span>
            <select
              value={desk?.id}
              onChange={({ currentTarget: { value } }) => {
                setChosen(value);
                if (place.at === "requests") go({ at: "requests", operator: value, receipt: undefined });
                if (place.at === "ratings") go({ at: "ratings", operator: value });
              }}
            >
              {me.desks.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name[language]}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <p class="desk">{desk?.name[language]}</p>
        )}
        <nav aria-label={t("nav.label")}>
          {places.map(([to, key]) => (
            <a key={key} href={hashOf(to)} aria-current={to.at === place.at ? "page" : undefined}>
              {t(`nav.${key}`)}
              {key === "inbox" && wanted > 0 && (
                <span class="unread">
                  {wanted}
                  <span class="unseen"> {t("nav.wanted")}</span>
                </span>
              )}
            </a>
          ))}
        </nav>
        <div class="side-foot">
          <p class="who">
            <bdi>{me.name}</bdi>
            <span>{desk?.roles.map((role) => t(`role.${role}`)).join(language === "ja" ? "・" : ", ")}</span>
          </p>
          <button type="button" class="plain" onClick={() => setHelp(true)}>
            {t("nav.help")} <kbd>?</kbd>
          </button>
          <LanguageButton onLanguage={onLanguage} />
          <button type="button" class="plain" onClick={() => void signOut()}>
            {t("nav.sign-out")}
          </button>
        </div>
      </aside>
      <main id="main" tabIndex={-1}>
        <div role="status">{away && <p class="notice away">{t("problem.line")}</p>}</div>
        {place.at === "account" ? (
          <AccountView me={me} onChanged={onLeave} />
        ) : place.at === "requests" && desk ? (
          <RegisterView key={desk.id} desk={desk} receipt={place.receipt} />
        ) : place.at === "ratings" && oversees ? (
          <RatingsView key={desk.id} desk={desk} />
        ) : (
          <InboxView
            around={{ me, live, heard, drafts }}
            operator={place.at === "inbox" ? place.operator : undefined}
            open={place.at === "inbox" ? place.handoff : undefined}
            alerts={alerts}
            onAlerts={(to) => {
              keepAlerts(to);
              setAlerts(to);
            }}
          />
        )}
      </main>
      {help && <KeysHelp onClose={() => setHelp(false)} />}
    </div>
  );
}
