import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { DownIcon, PersonIcon, UpIcon } from "./icons.tsx";
import { useRoom } from "./room.ts";

const REASONS = ["other-question", "unclear", "incomplete", "wrong"] as const;

/** 👍 or 👎 with a reason; after 👎 it leads on, to a person if one likes. */
export function Feedback({ line, rating }: { line: string; rating: "up" | "down" | undefined }) {
  const { chat, t, askForPerson } = useRoom();
  const [asking, setAsking] = useState(false);
  const [explained, setExplained] = useState(false);
  /** Given on this page: a rating of long ago is shown, not thanked for again. */
  const [given, setGiven] = useState<"up" | "down">();
  const [reason, setReason] = useState("");
  const more = useRef<HTMLTextAreaElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const below = root.current?.querySelector<HTMLElement>(".why, .sorry");
    below?.scrollIntoView({ block: "nearest" });
    // Its button has gone with the form: the keyboard goes on here.
    if (explained) below?.focus({ preventScroll: true });
  }, [asking, explained]);
  const rate = (thumb: "up" | "down") => {
    setGiven(thumb);
    setAsking(thumb === "down");
    setExplained(false);
    void chat.rate(line, thumb);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const words = [reason && t(`feedback.reasons.${reason}`), more.current?.value.trim()].filter((w) => w);
    void chat.rate(line, "down", words.join(": "));
    setAsking(false);
    setExplained(true);
  };
  return (
    <div class="feedback" ref={root}>
      <div class="thumbs" role="group" aria-label={t("feedback.ask")}>
        <button
          type="button"
          class="plain small"
          aria-pressed={rating === "up"}
          aria-label={t("feedback.up")}
          onClick={() => rate("up")}
        >
          <UpIcon />
        </button>
        <button
          type="button"
          class="plain small"
          aria-pressed={rating === "down"}
          aria-label={t("feedback.down")}
          onClick={() => rate("down")}
        >
          <DownIcon />
        </button>
        <span role="status" class="faint">
          {given === "up" && rating === "up" && t("feedback.thanks")}
        </span>
      </div>
      {asking && rating === "down" && (
        <form class="why" onSubmit={submit}>
          <fieldset>
            <legend>{t("feedback.why")}</legend>
            {REASONS.map((r) => (
              <label key={r}>
                <input type="radio" name={id} checked={reason === r} onChange={() => setReason(r)} />
                {t(`feedback.reasons.${r}`)}
              </label>
            ))}
          </fieldset>
          <label class="more" for={`${id}-more`}>
            {t("feedback.more")}
          </label>
          <textarea id={`${id}-more`} ref={more} rows={2} maxLength={500} />
          <button type="submit" class="strong">
            {t("feedback.submit")}
          </button>
        </form>
      )}
      {explained && rating === "down" && (
        <div class="sorry" tabIndex={-1}>
          <p role="status">{t("feedback.sorry")}</p>
          <button type="button" class="choice" onClick={askForPerson}>
            <PersonIcon />
            {t("person")}
          </button>
        </div>
      )}
    </div>
  );
}
