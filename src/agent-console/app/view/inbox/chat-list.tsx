import type { Ref } from "preact";
import type { ShownChat } from "../../../inbox/shown.ts";
import { isUnread, isWaiting, waitedMs } from "../../inbox/chats.ts";
import { hashOf } from "../../place.ts";
import { useAround } from "../context.ts";
import { WaitChip } from "./wait-chip.tsx";

/** The chats as links, one of which is in the tab order: j, k and the arrows move among them. */
export function ChatList({
  chats,
  open,
  at,
  account,
  manyDesks,
  now,
  hasDraft,
  deskName,
  onAt,
  list,
}: {
  chats: readonly ShownChat[];
  open: string | undefined;
  at: string | undefined;
  account: string;
  manyDesks: boolean;
  now: number;
  hasDraft: (id: string) => boolean;
  deskName: (operator: string) => string;
  onAt: (id: string) => void;
  list: Ref<HTMLUListElement>;
}) {
  const { t, language } = useAround();
  const stop = chats.some(({ id }) => id === at) ? at : chats[0]?.id;
  return (
    <ul class="chat-items" ref={list}>
      {chats.map((chat) => (
        <li key={chat.id}>
          <a
            id={`chat-${chat.id}`}
            href={hashOf({ at: "inbox", operator: chat.operator, handoff: chat.id })}
            aria-current={chat.id === open ? "true" : undefined}
            tabIndex={chat.id === stop ? 0 : -1}
            onFocus={() => onAt(chat.id)}
          >
            <span class="title">{chat.topic?.title[language] ?? t("inbox.no-topic")}</span>
            <span>
              {isUnread(chat) && chat.agent?.id === account && (
                <span class="unread">{t("inbox.unread")}</span>
              )}
              {isWaiting(chat) && <WaitChip ms={waitedMs(chat, now)} />}
              {chat.way === "callback" && chat.state === "requested" && (
                <span class="chip">{t("inbox.callback-by", { day: shortDay(chat.targetOn) })}</span>
              )}
            </span>
            <span class="rest">
              {chat.state === "assigned" && (
                <span class="holder">
                  {chat.agent?.id === account ? t("inbox.you") : <bdi>{chat.agent?.name}</bdi>}
                </span>
              )}
              {chat.state === "ended" && (
                <span>
                  {t("inbox.ended")}
                  {chat.agent && (
                    <>
                      {" "}
                      <bdi>{chat.agent.name}</bdi>
                    </>
                  )}
                </span>
              )}
              {chat.state === "abandoned" && <span>{t("inbox.abandoned")}</span>}
              {chat.rating && <span>{t(`inbox.rated-${chat.rating}`)}</span>}
              {chat.trigger !== "asked" && (
                <span class={`trigger-${chat.trigger}`}>{t(`inbox.trigger.${chat.trigger}`)}</span>
              )}
              {manyDesks && <span>{deskName(chat.operator)}</span>}
              <span>{t(`channel.${chat.channel}`)}</span>
              <span>{t(`list.${chat.language}`)}</span>
              {hasDraft(chat.id) && <b>{t("inbox.draft")}</b>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

const shortDay = (day: string | null): string => (day ?? "").slice(5).replace("-", "/");
