import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ShownCanned, ShownClause, ShownCost, ShownRefusal, ShownSaid } from "../../../inbox/shown.ts";
import type { Outcome } from "../../api.ts";
import type { Draft, Drafts } from "../../inbox/drafts.ts";
import { filtered } from "../../inbox/filtered.ts";
import { useAround } from "../context.ts";
import { CannedMenu } from "./canned.tsx";
import { chatWords } from "./chat-words.ts";
import { Cost, useCost } from "./cost.tsx";
import { Suggestions } from "./suggestions.tsx";

/** What a reply stands on: enough to say it, and to show what it is. */
export type Attached = Pick<ShownClause, "clause" | "mark" | "title" | "text">;

const LONGEST = 2_000;
/** A ready reply is looked for by a slash at the beginning of a line, and what follows it. */
const SLASH = /(?:^|\n)[/／]([^\n]*)$/;

/** The reply to the customer. Enter sends, unless an input method is composing; Shift+Enter is a new line. */
export function Composer({
  chat,
  path,
  me,
  customerLanguage,
  drafts,
  canned,
  suggestions,
  cost: first,
  lastSeq,
  onSaid,
  onRefused,
}: {
  chat: string;
  path: string;
  me: string;
  customerLanguage: "ja" | "en";
  drafts: Drafts<Attached>;
  canned: readonly ShownCanned[];
  suggestions: readonly ShownClause[];
  /** What a reply counted when the chat was opened; null: nothing. */
  cost: ShownCost | null;
  lastSeq: number;
  onSaid: (said: ShownSaid) => void;
  /** Somebody else has it by now, or it is over: what is shown is looked at again. */
  onRefused: (outcome: Outcome<unknown>) => void;
}) {
  const { t, api } = useAround();
  const id = useId();
  const [draft, setDraft] = useState<Draft<Attached>>(() => drafts.reply(chat));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [changed, setChanged] = useState<ShownClause>();
  const [menu, setMenu] = useState<string>();
  const [at, setAt] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const typedAt = useRef(0);
  const cost = useCost(path, first, lastSeq);
  // Said it would be, and never arrive: the draft waits for the customer's next words, or the next month.
  const full = cost?.going === "full";

  const change = (to: Partial<Pick<Draft<Attached>, "text" | "cited">>) =>
    setDraft(drafts.keepReply(chat, to));
  const found =
    menu === undefined
      ? []
      : filtered(
          canned,
          menu,
          ({ title }) => `${title.ja} ${title.en}`,
          ({ text }) => text[customerLanguage],
        ).slice(0, 8);
  useEffect(() => setAt(0), [menu]);

  function typed(text: string): void {
    change({ text });
    setProblem(undefined);
    setMenu(SLASH.exec(text)?.[1]);
    // Dots that the customer sees for a moment: told anew while one goes on.
    if (text.trim() === "" || Date.now() - typedAt.current < 3_000) return;
    typedAt.current = Date.now();
    void api.post(`${path}/typing`, {});
  }

  function insert(text: string, cited: Attached | null): void {
    const begun = draft.text.replace(SLASH, "").trimEnd();
    change({ text: begun === "" ? text : `${begun}\n${text}`, ...(cited ? { cited } : {}) });
    setMenu(undefined);
    setProblem(undefined);
    setChanged(undefined);
    field.current?.focus();
  }
  function choose(reply: ShownCanned): void {
    const { clause } = reply;
    const text = reply.text[customerLanguage];
    insert(text, clause && { ...clause, title: clause.title[customerLanguage], text });
  }

  /** The clause's words of today in the place of those that were inserted; the agent's own stay. */
  function renew(now: ShownClause): void {
    const old = draft.cited?.text ?? "";
    const kept = old !== "" && draft.text.includes(old);
    const text = kept ? draft.text.replace(old, () => now.text) : `${draft.text.trimEnd()}\n${now.text}`;
    change({ text, cited: now });
    setProblem(undefined);
    setChanged(undefined);
    field.current?.focus();
  }

  async function send(): Promise<void> {
    const { text, cited, key } = draft;
    if (busy || full || text.trim() === "") return;
    setBusy(true);
    const cites = cited && { clause: cited.clause, mark: cited.mark };
    const done = await api.post<ShownSaid>(`${path}/say`, { key, text, ...(cites ? { cites } : {}) });
    setBusy(false);
    if (done.kind === "ok") {
      const left = drafts.said(chat, draft);
      setDraft(left);
      if (document.activeElement === field.current) setMenu(SLASH.exec(left.text)?.[1]);
      setProblem(undefined);
      setChanged(undefined);
      typedAt.current = 0;
      onSaid(done.value);
    } else {
      setProblem(chatWords(t, done));
      const told = done.kind === "issue" ? (done.told as ShownRefusal) : undefined;
      setChanged(told?.clause);
      if (told && ["held", "unheld", "over"].includes(told.issue)) onRefused(done);
    }
    // Whoever writes a private note by now must not find their words in here.
    const at = document.activeElement;
    if (!at || at === document.body || field.current?.form?.contains(at)) field.current?.focus();
  }

  function pressed(event: KeyboardEvent): void {
    // 229: some browsers end a composition before the key that ended it.
    if (event.isComposing || event.keyCode === 229) return;
    const number = /^Digit([1-3])$/.exec(event.code)?.[1];
    if (event.altKey && number) {
      const one = suggestions[Number(number) - 1];
      event.preventDefault();
      if (one) insert(one.text, one);
      return;
    }
    if (menu !== undefined && found.length > 0 && moves(event.key)) {
      event.preventDefault();
      setAt((at + moves(event.key) + found.length) % found.length);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (menu !== undefined) setMenu(undefined);
      else document.getElementById("timeline")?.focus();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      const one = found[at];
      // A slash that finds nothing is no message: Escape first says that it is meant as one.
      if (menu === undefined) void send();
      else if (one) choose(one);
    }
  }

  const isOpen = menu !== undefined;
  return (
    <form
      class="composer"
      aria-label={t("chat.reply")}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {isOpen && (
        <CannedMenu id={`${id}-menu`} replies={found} language={customerLanguage} at={at} onChoose={choose} />
      )}
      {!isOpen && draft.text === "" && (
        <Suggestions suggestions={suggestions} onInsert={(one) => insert(one.text, one)} />
      )}
      <div class="to">
        <label for="reply">{t("chat.reply-as", { name: me })}</label>
        <span class="faint">{t("chat.slash-hint")}</span>
      </div>
      {draft.cited && (
        <p class="attached">
          <span>{t("chat.cites", { title: draft.cited.title })}</span>
          <button type="button" class="plain" onClick={() => change({ cited: null })}>
            {t("chat.cites-not")}
          </button>
        </p>
      )}
      <textarea
        ref={field}
        id="reply"
        rows={3}
        lang={customerLanguage}
        maxLength={LONGEST}
        value={draft.text}
        aria-describedby={cost ? `${id}-cost ${id}-how` : `${id}-how`}
        aria-autocomplete="list"
        {...(isOpen && found.length > 0
          ? { "aria-controls": `${id}-menu`, "aria-activedescendant": `${id}-menu-${at}` }
          : {})}
        onInput={({ currentTarget }) => typed(currentTarget.value)}
        onKeyDown={pressed}
        onBlur={() => setMenu(undefined)}
      />
      <div role="alert">
        {problem !== undefined && (
          <div class="problem">
            <p>{problem}</p>
            {changed && (
              <p class="row">
                <button type="button" onClick={() => renew(changed)}>
                  {t("chat.take-new-clause")}
                </button>
              </p>
            )}
          </div>
        )}
      </div>
      {cost && <Cost id={`${id}-cost`} cost={cost} />}
      <div class="send">
        <span class="faint" id={`${id}-how`}>
          {t("chat.how-to-send")}
        </span>
        <button type="submit" class="main-button" disabled={busy || full || draft.text.trim() === ""}>
          {t("chat.send")} <kbd>Enter</kbd>
        </button>
      </div>
    </form>
  );
}

const moves = (key: string): number => (key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0);
