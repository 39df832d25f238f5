import { useId, useState } from "preact/hooks";
import { dateKeyOf, dateOf } from "../../page/clock.ts";
import { useRoom } from "../room.ts";
import { useAct } from "./act.ts";

/** A day, or the two ends of a period, from the calendar; sent as words, as if it had been typed. */
export function Days({ period }: { period: boolean }) {
  const { t, locale } = useRoom();
  const act = useAct();
  const id = useId();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const ready = from !== "" && (!period || to !== "");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!ready) return;
    const [first, last] = [from, to].map((day) => (day === "" ? "" : dateOf(day, locale)));
    const words = period ? t("form.period", { from: first ?? "", to: last ?? "" }) : (first ?? "");
    act(event.currentTarget as HTMLElement, words);
  };
  const field = (name: string, label: string, value: string, set: (day: string) => void) => (
    <label for={`${id}-${name}`}>
      {label}
      <input
        type="date"
        id={`${id}-${name}`}
        value={value}
        min={MIN}
        max={dateKeyOf(Date.now())}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </label>
  );
  return (
    <form class="days" onSubmit={submit}>
      {period ? field("from", t("form.from"), from, setFrom) : field("day", t("form.day"), from, setFrom)}
      {period && field("to", t("form.to"), to, setTo)}
      <button type="submit" class="strong" aria-disabled={!ready}>
        {t(period ? "form.send-period" : "form.send-day")}
      </button>
      {period && (
        <button type="button" class="choice" onClick={(event) => act(event.currentTarget, t("form.ever"))}>
          {t("form.ever")}
        </button>
      )}
    </form>
  );
}

/** Nothing that is asked for lies before it. */
const MIN = "1900-01-01";
