import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ShownChange, ShownChat, ShownChats } from "../../../inbox/shown.ts";
import type { Heard } from "../../hearing.ts";
import type { Alerts } from "../../inbox/alerts.ts";
import { belongs, fits, inOrder, type Narrowing, VIEWS, type View } from "../../inbox/chats.ts";
import type { Drafts } from "../../inbox/drafts.ts";
import type { LiveInbox } from "../../inbox/live.ts";
import type { Me } from "../../me.ts";
import { go, INBOX } from "../../place.ts";
import { useAround, useKeys } from "../context.ts";
import { Problem } from "../field.tsx";
import { ChatList } from "./chat-list.tsx";
import { ChatView } from "./chat-view.tsx";
import { chatWords } from "./chat-words.ts";
import type { Attached } from "./composer.tsx";
import { ListFoot } from "./list-foot.tsx";
import { NarrowBy } from "./narrow-by.tsx";
import { Search, type Sought } from "./search.tsx";
import { useNow } from "./ticking.ts";
import { Views } from "./views.tsx";

/** What outlives a look at another place: the frame holds it. */
export interface InboxAround {
  me: Me;
  live: LiveInbox;
  heard: Heard<ShownChange>;
  drafts: Drafts<Attached>;
}

/** Where one works all day: the list, the chat, and what there is to know beside it. */
export function InboxView({
  around,
  operator,
  open,
  alerts,
  onAlerts,
}: {
  around: InboxAround;
  operator: string | undefined;
  /** Id of the hand-off that is open. */
  open: string | undefined;
  alerts: Alerts;
  onAlerts: (to: Alerts) => void;
}) {
  const { me, live, drafts } = around;
  const { t, api, language } = useAround();
  const now = useNow(5_000);
  const [view, setView] = useState<View>("unassigned");
  const [narrowing, setNarrowing] = useState<Narrowing>({ operator: "", language: "", waited: 0 });
  const [sought, setSought] = useState<Sought>();
  const [found, setFound] = useState<readonly ShownChat[]>([]);
  const [problem, setProblem] = useState<string>();
  const [at, setAt] = useState<string | undefined>(open);
  const [beside, setBeside] = useState(false);
  const list = useRef<HTMLUListElement>(null);

  const all = sought ? found.map((chat) => live.find(chat.id) ?? chat) : [...live.all()];
  const chats = sought
    ? all
    : inOrder(
        all.filter((chat) => belongs(chat, view, me.account) && fits(chat, narrowing, now)),
        view,
      );
  const names = useMemo(() => new Map(me.desks.map(({ id, name }) => [id, name[language]])), [me, language]);

  useEffect(() => {
    if (view === "closed") void live.more("closed", "");
  }, [view]);
  // The chat that one has just taken is among one's own.
  const opened = open === undefined ? undefined : live.find(open);
  const ours = opened !== undefined && belongs(opened, "mine", me.account);
  useEffect(() => {
    if (ours && view === "unassigned") setView("mine");
  }, [ours]);
  // Whoever has passed their last chat on looks for the next.
  const own = [...live.all()].filter((chat) => belongs(chat, "mine", me.account)).length;
  const had = useRef(own);
  useEffect(() => {
    if (own === 0 && had.current > 0 && view === "mine") setView("unassigned");
    had.current = own;
  }, [own]);

  async function search(what: Sought | undefined): Promise<void> {
    setSought(what);
    setProblem(undefined);
    if (!what) return setFound([]);
    const pages = await Promise.all(
      me.desks
        .filter(({ id }) => narrowing.operator === "" || narrowing.operator === id)
        .map(({ id }) =>
          api.get<ShownChats>(`operators/${id}/chats/search?${new URLSearchParams({ ...what })}`),
        ),
    );
    setProblem(pages.map((page) => chatWords(t, page)).find((words) => words !== undefined));
    setFound(pages.flatMap((page) => (page.kind === "ok" ? page.value.chats : [])));
  }

  const openOne = (chat: ShownChat) => go({ at: "inbox", operator: chat.operator, handoff: chat.id });
  function step(by: number): void {
    const now = chats.findIndex(({ id }) => id === at);
    const next = chats[Math.max(0, Math.min(chats.length - 1, now + by))];
    if (!next) return;
    setAt(next.id);
    document.getElementById(`chat-${next.id}`)?.focus();
  }
  function turnView(by: number): void {
    setSought(undefined);
    setView(VIEWS[(VIEWS.indexOf(view) + by + VIEWS.length) % VIEWS.length] ?? "unassigned");
  }
  /** The next one that waits, whoever has waited longest first. */
  function openNext(): void {
    const [first] = inOrder(
      [...live.all()].filter((chat) => belongs(chat, "unassigned", me.account)),
      "unassigned",
    );
    if (first) openOne(first);
  }
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    "[": () => turnView(-1),
    "]": () => turnView(1),
    w: openNext,
    "/": () => document.getElementById("search")?.focus(),
  });

  const wide = ["inbox", open && "with-chat", beside && "with-beside"].filter(Boolean).join(" ");
  const empty = sought ? "inbox.found-none" : view === "unassigned" ? "inbox.empty" : "inbox.none";
  return (
    <div class={wide}>
      <h1 class="unseen">{t("inbox.heading")}</h1>
      <section class="chats" aria-label={t("inbox.label")}>
        <header class="pane-head">
          <p class="pane-title" aria-hidden="true">
            {t("inbox.heading")}
          </p>
          <button type="button" class="plain" onClick={openNext}>
            {t("inbox.next")} <kbd>w</kbd>
          </button>
        </header>
        <Views
          view={sought ? "found" : view}
          count={(one) => live.count(one)}
          onView={(one) => {
            setSought(undefined);
            setView(one);
          }}
        />
        <Search
          sought={sought}
          colleagues={me.desks.flatMap(({ id }) => live.colleagues(id))}
          onSearch={(what) => void search(what)}
        />
        {!sought && <NarrowBy desks={me.desks} narrowing={narrowing} onNarrow={setNarrowing} />}
        <Problem text={problem ?? (live.problem && chatWords(t, live.problem))} />
        <nav
          class="chat-list"
          aria-label={t("inbox.list")}
          onKeyDown={(event) => {
            const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
            if (by === 0) return;
            event.preventDefault();
            step(by);
          }}
        >
          {chats.length > 0 && (
            <ChatList
              list={list}
              chats={chats}
              open={open}
              at={at}
              account={me.account}
              manyDesks={me.desks.length > 1}
              now={now}
              hasDraft={(id) => drafts.hasReply(id)}
              deskName={(id) => names.get(id) ?? id}
              onAt={setAt}
            />
          )}
          {chats.length === 0 && live.ready && (
            <div class="empty">
              <p class="empty-title">{t(empty)}</p>
              {empty === "inbox.empty" && <p>{t("inbox.text")}</p>}
            </div>
          )}
          {!sought && live.hasMore(view, narrowing.operator) && (
            <button type="button" class="plain" onClick={() => void live.more(view, narrowing.operator)}>
              {t("list.more")}
            </button>
          )}
        </nav>
        <ListFoot
          colleagues={me.desks.flatMap(({ id }) => live.colleagues(id))}
          own={me.account}
          alerts={alerts}
          onAlerts={onAlerts}
          onLook={() => void live.loadColleagues()}
        />
      </section>
      {open !== undefined && operator !== undefined && names.has(operator) ? (
        <ChatView
          key={`${operator}/${open}`}
          around={around}
          operator={operator}
          id={open}
          beside={beside}
          onBeside={setBeside}
          onClose={() => {
            go(INBOX);
            setTimeout(() => document.getElementById(`chat-${open}`)?.focus());
          }}
        />
      ) : (
        <section class="chat nothing" aria-label={t("chat.label")}>
          <div class="empty">
            <p class="empty-title">{t("chat.none")}</p>
            <p>{t("chat.none-text")}</p>
          </div>
        </section>
      )}
    </div>
  );
}
