import type { ShownChat } from "../../inbox/shown.ts";

/** The views of the inbox; the first four are live. */
export const VIEWS = ["unassigned", "mine", "all", "callbacks", "closed"] as const;
export type View = (typeof VIEWS)[number];

/** What the lists are narrowed to; empty: any. */
export interface Narrowing {
  operator: string;
  language: "" | "ja" | "en";
  /** Minutes that a customer has waited at least. */
  waited: number;
}

export const isOver = ({ state }: ShownChat): boolean => state === "ended" || state === "abandoned";

/** Waits in the chat, for anybody. */
export const isWaiting = ({ state, way }: ShownChat): boolean => state === "requested" && way === "chat";

/** Whether the customer has said something that whoever has the chat has not read. */
export const isUnread = (chat: ShownChat): boolean =>
  chat.state === "assigned" && chat.customerSeq > chat.readSeq;

export function belongs(chat: ShownChat, view: View, account: string): boolean {
  if (view === "closed") return isOver(chat);
  if (isOver(chat)) return false;
  switch (view) {
    case "unassigned":
      return isWaiting(chat);
    case "mine":
      return chat.state === "assigned" && chat.agent?.id === account;
    case "all":
      return true;
    case "callbacks":
      return chat.way === "callback";
  }
}

export function fits(chat: ShownChat, { operator, language, waited }: Narrowing, now: number): boolean {
  if (operator !== "" && chat.operator !== operator) return false;
  if (language !== "" && chat.language !== language) return false;
  return waitedMs(chat, now) >= waited * 60_000;
}

/** How long the customer has waited, or did until somebody came. */
export const waitedMs = ({ requestedAt, assignedAt, doneAt }: ShownChat, now: number): number =>
  Math.max(0, (assignedAt ?? doneAt ?? now) - requestedAt);

/** Whoever has waited longest stands first; of what is over, the last one. */
export const inOrder = (chats: readonly ShownChat[], view: View): ShownChat[] =>
  chats.toSorted((a, b) =>
    view === "closed"
      ? (b.doneAt ?? 0) - (a.doneAt ?? 0)
      : a.requestedAt - b.requestedAt || (a.id < b.id ? -1 : 1),
  );

/** How many want this agent: those that wait for anybody, and one's own with something unread. */
export function wanting(
  chats: Iterable<ShownChat>,
  account: string,
): { waiting: ShownChat[]; unread: ShownChat[] } {
  const all = [...chats];
  return {
    waiting: all.filter(isWaiting),
    unread: all.filter((chat) => belongs(chat, "mine", account) && isUnread(chat)),
  };
}
