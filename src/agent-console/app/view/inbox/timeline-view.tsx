import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ShownLine, ShownNote } from "../../../inbox/shown.ts";
import { timeInJapan, timeline } from "../../inbox/timeline.ts";
import { useAround } from "../context.ts";

/** So many entries are drawn at first, and so many more each time: thousands of them would make each change slow. */
const STEP = 100;
/** Whoever reads within so many pixels of the end stays at the end. */
const AT_END_PX = 80;

/** The talk: who said what and when, day by day, with the notes of the staff between. */
export function TimelineView({
  lines,
  notes,
  revealed,
  earlier,
  onEarlier,
  onReveal,
  onSeen,
}: {
  lines: readonly ShownLine[];
  notes: readonly ShownNote[];
  /** Whole texts by slot. */
  revealed: ReadonlyMap<string, string>;
  /** Undefined: the reader may not. */
  onReveal: ((line: ShownLine) => void) | undefined;
  /** There is more at the server. */
  earlier: boolean;
  onEarlier: () => Promise<void>;
  /** The end of the talk is on the screen. */
  onSeen: () => void;
}) {
  const { t, language } = useAround();
  const box = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState(STEP);
  const [below, setBelow] = useState(false);
  const atEnd = useRef(true);
  /** Height of the box when it was looked at last. */
  const height = useRef(0);
  const fromEnd = useRef<number | undefined>(undefined);

  useEffect(() => {
    const whole = () => setDrawn(Number.POSITIVE_INFINITY);
    addEventListener("beforeprint", whole);
    return () => removeEventListener("beforeprint", whole);
  }, []);
  const shown = useMemo(
    () => timeline(lines.slice(-drawn), notes, !earlier && lines.length <= drawn),
    [lines, notes, earlier, drawn],
  );
  /** The same drawing until a line, a note or the language changes: what is typed beside it must not wait for it. */
  const drawing = useMemo(
    () =>
      shown.map((entry) =>
        entry.kind === "day" ? (
          <p class="day" key={entry.day}>
            {longDay(entry.day, language)}
          </p>
        ) : entry.kind === "note" ? (
          <NoteEntry key={`note-${entry.note.at}-${entry.note.name}`} note={entry.note} />
        ) : (
          <LineEntry
            key={entry.line.id}
            line={entry.line}
            whole={revealed.get(lineSlot(entry.line))}
            onReveal={onReveal}
          />
        ),
      ),
    [shown, revealed, language],
  );
  useLayoutEffect(() => {
    const list = box.current;
    if (!list) return;
    if (fromEnd.current !== undefined) {
      list.scrollTop = list.scrollHeight - fromEnd.current;
      fromEnd.current = undefined;
    } else if (atEnd.current) {
      list.scrollTop = list.scrollHeight;
      onSeen();
    } else setBelow(true);
  }, [shown]);

  // What is below it grows and shrinks: whoever reads the end goes on reading the end.
  useEffect(() => {
    const list = box.current;
    if (!list) return;
    const watcher = new ResizeObserver(() => {
      height.current = list.clientHeight;
      if (atEnd.current) list.scrollTop = list.scrollHeight;
    });
    watcher.observe(list);
    return () => watcher.disconnect();
  }, []);

  async function more(): Promise<void> {
    const list = box.current;
    const before = list ? list.scrollHeight - list.scrollTop : undefined;
    if (lines.length <= drawn && earlier) await onEarlier();
    fromEnd.current = before;
    setDrawn(drawn + STEP);
    list?.focus({ preventScroll: true });
  }
  function toEnd(): void {
    const list = box.current;
    if (list) list.scrollTop = list.scrollHeight;
  }

  return (
    <div
      class="timeline"
      ref={box}
      id="timeline"
      role="log"
      aria-live="off"
      aria-label={t("chat.timeline")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: list }) => {
        // The box was made smaller: nobody has scrolled.
        if (atEnd.current && list.clientHeight !== height.current) {
          height.current = list.clientHeight;
          list.scrollTop = list.scrollHeight;
          return;
        }
        const end = list.scrollHeight - list.scrollTop - list.clientHeight < AT_END_PX;
        if (end && !atEnd.current) onSeen();
        atEnd.current = end;
        if (end) setBelow(false);
      }}
    >
      {(earlier || lines.length > drawn) && (
        <button type="button" class="earlier" id="earlier" onClick={() => void more()}>
          {t("chat.earlier")} <kbd>o</kbd>
        </button>
      )}
      {drawing}
      {below && (
        <button type="button" class="newer main-button" onClick={toEnd}>
          {t("chat.newer")}
        </button>
      )}
    </div>
  );
}

/** What a line is called where it is revealed. */
export const lineSlot = ({ seq }: ShownLine): string => `line:${seq}`;

function LineEntry({
  line,
  whole,
  onReveal,
}: {
  line: ShownLine;
  whole: string | undefined;
  onReveal: ((line: ShownLine) => void) | undefined;
}) {
  const { t } = useAround();
  const { by, name, text, at, citations, masked } = line;
  return (
    <div class={`entry ${by}`}>
      <p class="by">
        <span class="mark-of">{t(`chat.by.${by}`)}</span>
        {name !== "" && (
          <b>
            <bdi>{name}</bdi>
          </b>
        )}
        <time dateTime={new Date(at).toISOString()}>{timeInJapan(at)}</time>
      </p>
      <p class={whole === undefined ? "text" : "text revealed"} dir="auto">
        {whole ?? text}
      </p>
      {masked && whole === undefined && onReveal && (
        <button type="button" class="plain faint" onClick={() => onReveal(line)}>
          {t("chat.reveal-line")}
        </button>
      )}
      {citations.map(({ clause, title, url }) => (
        <p class="cited" key={clause}>
          <Cited title={title} url={url} />
        </p>
      ))}
    </div>
  );
}

function NoteEntry({ note }: { note: ShownNote }) {
  const { t } = useAround();
  return (
    <div class="entry note">
      <p class="by">
        <span class="mark-of">{t("chat.note-mark")}</span>
        <b>
          <bdi>{note.name}</bdi>
        </b>
        <time dateTime={new Date(note.at).toISOString()}>{timeInJapan(note.at)}</time>
      </p>
      <p class="text" dir="auto">
        {note.text}
      </p>
    </div>
  );
}

/** A clause as a link, where its address is one of the web; else its title alone. */
export function Cited({ title, url }: { title: string; url: string }) {
  const { t } = useAround();
  return /^https?:\/\//.test(url) ? (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {t("chat.cited", { title })}
    </a>
  ) : (
    <span>{t("chat.cited", { title })}</span>
  );
}

const longDay = (day: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
