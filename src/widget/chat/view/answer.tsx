import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type { Locale } from "../../../reply/locale.ts";
import type { Part } from "../talk/line.ts";
import { wordsOf } from "../words.ts";
import { Citations } from "./citations.tsx";
import { MoreIcon } from "./icons.tsx";
import { Prose } from "./prose.tsx";
import { useRoom } from "./room.ts";

/** The direct answer; the whole clause when it is asked for; what the law adds; where it stands. */
export function Answer({ part, locale }: { part: Part; locale: Locale | undefined }) {
  const { desk, t: own } = useRoom();
  // Around an answer we speak its own language, whatever the rest of the chat speaks by now.
  const t = locale ? wordsOf(desk.words[locale]) : own;
  const text = (role: string) => part.sections.find((s) => s.role === role)?.text;
  const [plain, short, full, law, source, note] = ["plain", "short", "full", "law", "source", "note"].map(
    text,
  );
  return (
    <section class="answer">
      {plain !== undefined && <Prose text={plain} />}
      {short !== undefined && (
        <div class="short">
          <Prose text={short} />
        </div>
      )}
      {full !== undefined && full !== short && (
        <Unfold open={t("full")} close={t("full-close")}>
          <Prose text={full} />
        </Unfold>
      )}
      {law !== undefined && (
        <div class="law">
          <h2>{t("law")}</h2>
          <Prose text={law} />
        </div>
      )}
      {part.citations.length > 0 && (
        <Citations citations={part.citations} source={source} t={t} locale={locale} />
      )}
      {note !== undefined && <Prose text={note} />}
    </section>
  );
}

interface UnfoldProps {
  /** The words of its button. */
  open: string;
  close: string;
  children: ComponentChildren;
}

/** What is shown when it is asked for. */
export function Unfold({ open, close, children }: UnfoldProps) {
  const [shown, setShown] = useState(false);
  const id = useId();
  return (
    <div class="full">
      <button
        type="button"
        class="unfold"
        aria-expanded={shown}
        aria-controls={id}
        onClick={() => setShown(!shown)}
      >
        <MoreIcon />
        {shown ? close : open}
      </button>
      <div id={id} class="clause" hidden={!shown}>
        {children}
      </div>
    </div>
  );
}
