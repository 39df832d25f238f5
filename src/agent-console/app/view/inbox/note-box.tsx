import { useId, useState } from "preact/hooks";
import type { ShownStep } from "../../../inbox/shown.ts";
import type { Drafts } from "../../inbox/drafts.ts";
import { useAround } from "../context.ts";
import { chatWords } from "./chat-words.ts";
import type { Attached } from "./composer.tsx";

const LONGEST = 2_000;

/**
 * Words of the staff for the staff: in a place, a colour and with a key of their own, so that nobody sends one to a
 * customer by mistake. Enter is a new line; Ctrl+Enter keeps the note.
 */
export function NoteBox({
  chat,
  path,
  drafts,
  onKept,
}: {
  chat: string;
  path: string;
  drafts: Drafts<Attached>;
  onKept: (step: ShownStep) => void;
}) {
  const { t, api, say } = useAround();
  const id = useId();
  const [text, setText] = useState(() => drafts.note(chat));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  function typed(to: string): void {
    drafts.keepNote(chat, to);
    setText(to);
  }
  async function keep(): Promise<void> {
    if (busy || text.trim() === "") return;
    setBusy(true);
    const done = await api.post<ShownStep>(`${path}/notes`, { text });
    setBusy(false);
    setProblem(chatWords(t, done));
    if (done.kind !== "ok") return;
    typed("");
    say(t("chat.note-kept"));
    onKept(done.value);
  }

  return (
    <section class="note-box">
      <form
        aria-label={t("chat.note-heading")}
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <h3>
          <label for="note">{t("chat.note-heading")}</label> <kbd>n</kbd>
        </h3>
        <p class="hint" id={`${id}-hint`}>
          {t("chat.note-hint")}
        </p>
        <textarea
          id="note"
          rows={2}
          maxLength={LONGEST}
          value={text}
          aria-describedby={`${id}-hint`}
          onInput={({ currentTarget }) => typed(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.isComposing || event.keyCode === 229) return;
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              void keep();
            }
            if (event.key === "Escape") {
              event.stopPropagation();
              document.getElementById("timeline")?.focus();
            }
          }}
        />
        <div role="alert">{problem !== undefined && <p class="problem">{problem}</p>}</div>
        <p class="row">
          <button type="submit" disabled={busy || text.trim() === ""}>
            {t("chat.note-submit")} <kbd>Ctrl</kbd> <kbd>Enter</kbd>
          </button>
        </p>
      </form>
    </section>
  );
}
