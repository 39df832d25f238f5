import { useState } from "preact/hooks";
import type { ShownColleague } from "../../../inbox/shown.ts";
import { useAround } from "../context.ts";

/** What is looked for, as the server takes it: only what was told. */
export type Sought = Readonly<Record<string, string>>;

/** Ten letters, with or without their strokes. */
const RECEIPT = /^[0-9a-z]{3}-?[0-9a-z]{3}-?[0-9a-z]{4}$/i;
const STATES = ["requested", "assigned", "ended", "abandoned"] as const;

/** Finds chats by whole words or a receipt number, and by what they are. */
export function Search({
  sought,
  colleagues,
  onSearch,
}: {
  sought: Sought | undefined;
  colleagues: readonly ShownColleague[];
  onSearch: (what: Sought | undefined) => void;
}) {
  const { t, shell, language } = useAround();
  const [text, setText] = useState("");
  const [state, setState] = useState("");
  const [topic, setTopic] = useState("");
  const [agent, setAgent] = useState("");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const people = [...new Map(colleagues.map((one) => [one.id, one])).values()];

  function send(): void {
    const words = text.trim().normalize("NFKC");
    const told = {
      ...(RECEIPT.test(words) ? { receipt: words } : words && { words }),
      ...(state && { state }),
      ...(topic && { topic }),
      ...(agent && { agent }),
      ...(from && { from }),
      ...(to && { to }),
    };
    onSearch(Object.keys(told).length === 0 ? undefined : told);
  }
  function clear(): void {
    for (const set of [setText, setState, setTopic, setAgent, setFrom, setTo]) set("");
    onSearch(undefined);
  }

  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="search-line">
        <input
          id="search"
          type="search"
          aria-label={t("search.label")}
          placeholder={t("search.placeholder")}
          maxLength={200}
          autoComplete="off"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <button type="submit">{t("search.submit")}</button>
      </div>
      <details>
        <summary>{t("search.more")}</summary>
        <div class="narrow-by">
          <label>
            <span>{t("list.state")}</span>
            <select value={state} onChange={({ currentTarget: { value } }) => setState(value)}>
              <option value="">{t("inbox.any")}</option>
              {STATES.map((one) => (
                <option key={one} value={one}>
                  {t(`chat.state.${one}`)}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>{t("beside.topic")}</span>
            <select value={topic} onChange={({ currentTarget: { value } }) => setTopic(value)}>
              <option value="">{t("inbox.any")}</option>
              {shell.topics.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title[language]}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>{t("search.agent")}</span>
            <select value={agent} onChange={({ currentTarget: { value } }) => setAgent(value)}>
              <option value="">{t("inbox.any")}</option>
              {people.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>{t("search.from")}</span>
            <input type="date" value={from} onInput={({ currentTarget: { value } }) => setFrom(value)} />
          </label>
          <label>
            <span>{t("search.to")}</span>
            <input type="date" value={to} onInput={({ currentTarget: { value } }) => setTo(value)} />
          </label>
        </div>
      </details>
      {sought && (
        <button type="button" class="plain" onClick={clear}>
          ← {t("search.clear")}
        </button>
      )}
    </form>
  );
}
