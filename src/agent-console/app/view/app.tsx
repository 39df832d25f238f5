import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Shell } from "../../shell.ts";
import type { Api } from "../api.ts";
import type { Whoever } from "../me.ts";
import { go, INBOX, type Place, placeOf } from "../place.ts";
import { firstLanguage, keepLanguage, type Language, wordsOf } from "../words.ts";
import { Around } from "./context.ts";
import { Enrolment } from "./enrolment.tsx";
import { Frame } from "./frame.tsx";
import { Front } from "./front.tsx";
import { Nobody } from "./nobody.tsx";
import { SignIn } from "./sign-in.tsx";

const MOMENT_MS = 5_000;

/** All of the console: who is here decides what there is to see. */
export function App({ shell, api }: { shell: Shell; api: Api }) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const [place, setPlace] = useState<Place>(() => placeOf(location.hash));
  const [whoever, setWhoever] = useState<Whoever>();
  const [notice, setNotice] = useState<string>();
  const [said, setSaid] = useState("");
  const t = useMemo(() => wordsOf(shell.words[language]), [shell, language]);

  const look = useCallback(async () => {
    const found = await api.get<Whoever>("me");
    if (found.kind !== "ok") return setNotice("problem.offline");
    if (found.value.signedIn) api.holdToken(found.value.csrf);
    setNotice(undefined);
    setWhoever(found.value);
  }, [api]);
  const leave = useCallback(
    (why?: string) => {
      api.holdToken("");
      setNotice(why);
      setWhoever({ signedIn: false, accounts: true });
    },
    [api],
  );

  useEffect(() => {
    const moved = () => setPlace(placeOf(location.hash));
    // A page that the browser had put away shows what it showed: who is here is asked again.
    const back = (event: PageTransitionEvent) => {
      if (event.persisted) location.reload();
    };
    addEventListener("hashchange", moved);
    // It may have moved between the first drawing and now.
    moved();
    addEventListener("pageshow", back);
    return () => {
      removeEventListener("hashchange", moved);
      removeEventListener("pageshow", back);
    };
  }, []);
  useEffect(() => {
    api.onOver = () => leave("problem.session");
    if (shell.served) void look();
  }, [api, look, leave]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const isIn = whoever?.signedIn === true;
  useEffect(() => {
    // Whoever is signed in has counts in it.
    if (!isIn) document.title = t("title");
  }, [language, isIn]);
  useEffect(() => {
    if (said === "") return;
    const timer = setTimeout(() => setSaid(""), MOMENT_MS);
    return () => clearTimeout(timer);
  }, [said]);

  function turnLanguage(): void {
    const other = language === "ja" ? "en" : "ja";
    keepLanguage(other);
    setLanguage(other);
  }

  function view() {
    if (!shell.served)
      return (
        <Front heading={t("place")} onLanguage={turnLanguage}>
          <p class="problem">{t("problem.insecure")}</p>
        </Front>
      );
    if (place.at === "invitation")
      return (
        <Enrolment
          token={place.token}
          onLanguage={turnLanguage}
          onDone={() => {
            go(INBOX);
            void look();
          }}
        />
      );
    if (!whoever)
      return (
        <Front heading={notice === undefined ? t("wait") : t("place")} onLanguage={turnLanguage}>
          {notice !== undefined && <p class="problem">{t(notice)}</p>}
        </Front>
      );
    if (!whoever.signedIn)
      return whoever.accounts ? (
        <SignIn notice={notice && t(notice)} onIn={look} onLanguage={turnLanguage} />
      ) : (
        <Nobody onAgain={() => void look()} onLanguage={turnLanguage} />
      );
    return <Frame me={whoever} place={place} onLanguage={turnLanguage} onLeave={leave} />;
  }

  return (
    <Around.Provider value={{ t, language, shell, api, say: setSaid }}>
      {view()}
      <div class="said" role="status">
        {said !== "" && <p>{said}</p>}
      </div>
    </Around.Provider>
  );
}
