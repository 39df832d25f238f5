import { useEffect, useRef, useState } from "preact/hooks";
import type {
  ShownCanned,
  ShownCannedReplies,
  ShownClause,
  ShownLine,
  ShownStep,
  ShownSuggestions,
} from "../../../inbox/shown.ts";
import type { Outcome } from "../../api.ts";
import { isOver, isWaiting, waitedMs } from "../../inbox/chats.ts";
import { OpenChat } from "../../inbox/open-chat.ts";
import { mayTake, mayWork } from "../../me.ts";
import { useAround, useKeys } from "../context.ts";
import { Problem } from "../field.tsx";
import { AskPermit } from "../register/ask-permit.tsx";
import type { Hidden } from "../reveal-form.tsx";
import { Beside } from "./beside.tsx";
import { chatWords } from "./chat-words.ts";
import { Composer } from "./composer.tsx";
import type { InboxAround } from "./inbox.tsx";
import { NoteBox } from "./note-box.tsx";
import { type Leaving, PassOn } from "./pass-on.tsx";
import { Reveal } from "./reveal.tsx";
import { useNow } from "./ticking.ts";
import { lineSlot, TimelineView } from "./timeline-view.tsx";
import { WaitChip } from "./wait-chip.tsx";

/** One chat: the talk and what one does in it, and beside it what there is to know. */
export function ChatView({
  around: { me, live, heard, drafts },
  operator,
  id,
  beside,
  onBeside,
  onClose,
}: {
  around: InboxAround;
  operator: string;
  id: string;
  beside: boolean;
  onBeside: (shown: boolean) => void;
  onClose: () => void;
}) {
  const { t, api, language, say } = useAround();
  const now = useNow(5_000);
  const [, redraw] = useState(0);
  const [open, setOpen] = useState<OpenChat>();
  const [problem, setProblem] = useState<string>();
  const [limited, setLimited] = useState(false);
  const [leaving, setLeaving] = useState<Leaving>();
  const [revealing, setRevealing] = useState<readonly Hidden[]>();
  const [revealed, setRevealed] = useState<ReadonlyMap<string, string>>(new Map());
  const [suggestions, setSuggestions] = useState<readonly ShownClause[]>([]);
  const [canned, setCanned] = useState<readonly ShownCanned[]>([]);
  const [written, setWritten] = useState(0);
  const title = useRef<HTMLHeadingElement>(null);
  const readUpTo = useRef(0);
  const path = `operators/${operator}/chats/${id}`;
  const desk = me.desks.find((one) => one.id === operator);

  useEffect(() => {
    const chat = new OpenChat({ api, heard, operator, id, language, onChange: () => redraw((n) => n + 1) });
    chat.start();
    setOpen(chat);
    return () => chat.stop();
  }, [id, operator, language]);
  const takes = desk !== undefined && mayTake(desk);
  useEffect(() => {
    if (!takes) return;
    void api.get<ShownCannedReplies>(`operators/${operator}/canned`).then((found) => {
      if (found.kind === "ok") setCanned(found.value.canned);
    });
  }, [operator]);

  const opened = open?.opened;
  const known = live.find(id);
  // The list may be ahead of what was opened, or behind it.
  const chat = known && opened && known.version > opened.chat.version ? known : (opened?.chat ?? known);
  const mine = chat?.state === "assigned" && chat.agent?.id === me.account;
  const there = opened !== undefined;
  useEffect(() => title.current?.focus(), [there]);

  // The question that was answered for the customer has taken the focus with it.
  const { n, asking } = opened?.form ?? {};
  useEffect(() => {
    if (!there || document.activeElement !== document.body) return;
    const next = document.querySelector<HTMLElement>("#fill-in-box[open] :is(input, select)");
    (next ?? document.getElementById("timeline"))?.focus({ preventScroll: true });
  }, [n, asking?.slot]);

  const lastWords = open?.lines.findLast(({ by }) => by === "customer")?.seq ?? 0;
  useEffect(() => {
    if (!mine || lastWords === 0) return setSuggestions([]);
    let stale = false;
    void api.get<ShownSuggestions>(`${path}/suggestions`).then((found) => {
      if (!stale && found.kind === "ok") setSuggestions(found.value.suggestions);
    });
    return () => {
      stale = true;
    };
  }, [path, mine, lastWords]);

  /** What is on the screen of whoever has the chat is read. */
  function seen(): void {
    const seq = open?.lastSeq ?? 0;
    if (!mine || document.hidden || seq <= Math.max(readUpTo.current, chat?.readSeq ?? 0)) return;
    readUpTo.current = seq;
    void api.post(`${path}/read`, { seq });
  }
  useEffect(() => {
    addEventListener("visibilitychange", seen);
    return () => removeEventListener("visibilitychange", seen);
  });
  useEffect(seen, [mine, open?.lastSeq]);

  function told(step: ShownStep, words: string): void {
    live.put(step.chat);
    say(words);
    void open?.load();
  }
  async function claim(): Promise<void> {
    const done = await api.post<ShownStep>(`${path}/claim`, {});
    setLimited(done.kind === "approval");
    setProblem(chatWords(t, done));
    if (done.kind === "ok") {
      told(done.value, t("chat.claimed"));
      setTimeout(() => document.getElementById("reply")?.focus());
    } else refused(done);
  }
  /** Somebody was faster: what stands there now is shown, and what was being written stays. */
  function refused(done: Outcome<unknown>): void {
    setProblem(chatWords(t, done));
    void open?.load();
  }
  function toReply(): void {
    if (mine) document.getElementById("reply")?.focus();
    else if (chat && canClaim) void claim();
  }
  function toBeside(find: string): void {
    onBeside(true);
    // At once where it is shown already: the next stroke belongs there. Else once it is.
    const focus = () => document.querySelector<HTMLElement>(find)?.focus();
    focus();
    setTimeout(focus);
  }
  function fillIn(): void {
    const box = document.querySelector<HTMLDetailsElement>("#fill-in-box");
    if (!box) return;
    box.open = true;
    toBeside("#fill-in-box :is(input, select)");
  }
  function insert(clause: ShownClause): void {
    const draft = drafts.reply(id);
    const text = draft.text.trim() === "" ? clause.text : `${draft.text.trimEnd()}\n${clause.text}`;
    drafts.keepReply(id, { text, cited: clause });
    setWritten(written + 1);
    setTimeout(() => document.getElementById("reply")?.focus());
  }

  const over = chat !== undefined && isOver(chat);
  const canClaim = chat !== undefined && takes && chat.state === "requested";
  const canMove =
    chat !== undefined && takes && chat.state === "assigned" && (mine || mayTakeFrom(desk?.roles));
  useKeys({
    c: () => (canClaim ? void claim() : undefined),
    r: toReply,
    n: () => toBeside("#note"),
    t: () => (canMove ? transfer() : undefined),
    u: () => (canMove ? setLeaving("release") : undefined),
    e: () => (canMove ? setLeaving("end") : undefined),
    o: () => document.getElementById("earlier")?.click(),
    i: () => onBeside(!beside),
    v: () => document.getElementById("reveal")?.click(),
    f: fillIn,
    "1": () => insertAt(0),
    "2": () => insertAt(1),
    "3": () => insertAt(2),
    Escape: leave,
  });
  function transfer(): void {
    void live.loadColleagues();
    setLeaving("transfer");
  }
  /** Out of a field first, then out of the chat. */
  function leave(): void {
    const inside = document.activeElement?.closest(".beside, .composer");
    if (inside) document.getElementById("timeline")?.focus();
    else onClose();
  }
  function insertAt(i: number): void {
    const one = suggestions[i];
    if (mine && one) insert(one);
  }

  const hidden: Hidden[] = [
    ...(opened?.form?.rows ?? []).filter(({ slot, masked }) => masked && !revealed.has(slot)),
    ...(opened?.callback?.contact ? [{ slot: "callback-contact", label: t("beside.callback-contact") }] : []),
  ];
  const mayReveal = desk !== undefined && mayWork(desk);
  const draftLost = chat && !mine && drafts.hasReply(id);
  return (
    <>
      <section class="chat" aria-label={t("chat.label")}>
        <header class="pane-head">
          <div>
            <button type="button" class="plain back" onClick={onClose}>
              ← {t("request.back")}
            </button>
            <h2 ref={title} tabIndex={-1}>
              {chat ? (chat.topic?.title[language] ?? t("inbox.no-topic")) : t("wait")}
            </h2>
            {chat && (
              <p class="facts-line">
                {isWaiting(chat) && <WaitChip ms={waitedMs(chat, now)} />}
                <span class={chat.state === "assigned" ? "holder" : undefined}>
                  {mine
                    ? t("chat.with-you")
                    : chat.state === "assigned"
                      ? t("chat.with", { name: chat.agent?.name ?? "" })
                      : t(`chat.state.${chat.state}`)}
                </span>
                <span>{desk?.name[language]}</span>
                <span>{t(`channel.${chat.channel}`)}</span>
                <span>{t(`list.${chat.language}`)}</span>
              </p>
            )}
          </div>
          <p class="row">
            {canMove && (
              <>
                <button type="button" onClick={transfer}>
                  {t("chat.transfer")} <kbd>t</kbd>
                </button>
                <button type="button" onClick={() => setLeaving("release")}>
                  {t("chat.release")} <kbd>u</kbd>
                </button>
                <button type="button" onClick={() => setLeaving("end")}>
                  {t(chat.way === "callback" ? "chat.done" : "chat.end")} <kbd>e</kbd>
                </button>
              </>
            )}
            <button
              type="button"
              class="show-beside"
              aria-expanded={beside}
              aria-controls="beside"
              onClick={() => onBeside(!beside)}
            >
              {t("beside.show")} <kbd>i</kbd>
            </button>
          </p>
        </header>
        {open?.gone ? (
          <div class="empty">
            <p class="empty-title">{t("chat.gone")}</p>
            <p>{t("chat.gone-text")}</p>
          </div>
        ) : opened && open ? (
          <TimelineView
            key={id}
            lines={open.lines}
            notes={opened.notes}
            revealed={revealed}
            earlier={opened.earlier}
            onEarlier={() => open.earlier()}
            onReveal={mayReveal ? (line) => setRevealing([lineHidden(line)]) : undefined}
            onSeen={seen}
          />
        ) : (
          <div class="timeline">
            <Problem text={open?.problem && chatWords(t, open.problem)} />
            {open?.problem?.kind === "approval" && desk && <AskPermit desk={desk} />}
          </div>
        )}
        <div>
          <p class="typing" role="status">
            {open?.isTyping ? t("chat.typing") : ""}
          </p>
          <div class="take-problem">
            <Problem text={problem} />
            {limited && desk && <AskPermit desk={desk} />}
          </div>
          {opened && !open?.gone && mine && (
            <Composer
              key={`${id} ${written}`}
              chat={id}
              path={path}
              me={me.name}
              customerLanguage={chat.language}
              drafts={drafts}
              canned={canned}
              suggestions={suggestions}
              cost={opened.cost}
              lastSeq={open?.lastSeq ?? 0}
              onSaid={({ line }) => {
                open?.add([line]);
                setProblem(undefined);
              }}
              onRefused={refused}
            />
          )}
          {opened && !open?.gone && !mine && (
            <div class="take">
              {canClaim && (
                <button type="button" class="main-button" onClick={() => void claim()}>
                  {t(chat?.way === "callback" ? "chat.claim-callback" : "chat.claim")} <kbd>c</kbd>
                </button>
              )}
              <p>
                {over
                  ? t("chat.over")
                  : canClaim
                    ? t("chat.claim-text")
                    : chat?.state === "assigned"
                      ? t("chat.held-text", { name: chat.agent?.name ?? "" })
                      : t("chat.only-read")}
              </p>
              {draftLost && (
                <details open>
                  <summary>{t("chat.draft-kept")}</summary>
                  <p class="words">{drafts.reply(id).text}</p>
                </details>
              )}
            </div>
          )}
        </div>
      </section>
      {opened && !open?.gone && (
        <Beside
          opened={opened}
          path={path}
          revealed={revealed}
          mine={mine}
          onReveal={mayReveal ? () => setRevealing(hidden) : undefined}
          onHide={() => setRevealed(new Map())}
          onInsert={insert}
          onChanged={() => void open?.load()}
          onClose={() => onBeside(false)}
        >
          {mayReveal && (
            <NoteBox
              key={id}
              chat={id}
              path={path}
              drafts={drafts}
              onKept={(step) => {
                live.put(step.chat);
                void open?.load();
              }}
            />
          )}
        </Beside>
      )}
      {leaving && (
        <PassOn
          way={leaving}
          path={path}
          colleagues={live.colleagues(operator).filter((one) => one.takes && one.id !== me.account)}
          onDone={(step) => told(step, t(`chat.${leaving}-done`))}
          onClose={() => setLeaving(undefined)}
        />
      )}
      {revealing && (
        <Reveal
          path={path}
          hidden={revealing}
          onRevealed={(rows) =>
            setRevealed(new Map([...revealed, ...rows.map(({ slot, text }) => [slot, text] as const)]))
          }
          onClose={() => setRevealing(undefined)}
        />
      )}
    </>
  );

  function lineHidden(line: ShownLine): Hidden {
    return { slot: lineSlot(line), label: line.text };
  }
}

const mayTakeFrom = (roles: readonly string[] = []): boolean => roles.includes("supervisor");
