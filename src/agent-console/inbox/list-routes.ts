import { readReceipt } from "../../requests/receipt.ts";
import { ROLES } from "../role.ts";
import { atOperator, type ConsoleRoute } from "../route.ts";
import type { ChatCursor, ChatPage } from "./chats.ts";
import { CHATS, type InboxOptions } from "./options.ts";
import { shownChat } from "./show.ts";
import type { ShownChats, ShownCounts } from "./shown.ts";
import { listed, nothing, searched } from "./told.ts";

/** Chats on a page. */
const PAGE = 50;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What there is, and what is found: nothing that a customer has typed. */
export function listRoutes({ chats, topics }: InboxOptions): ConsoleRoute[] {
  const shown = (page: ChatPage): ShownChats => ({
    chats: page.chats.map((line) => shownChat(topics, line)),
    next: page.next && `${page.next.at}_${page.next.id}`,
  });

  return [
    atOperator({
      method: "GET",
      path: CHATS,
      roles: ROLES,
      trail: "list",
      takes: listed,
      async handle({ operator, session, now }, { show, language, waited, after }) {
        const before = waited === undefined ? undefined : now - waited * MINUTE_MS;
        const filter = { show, account: session.account, language, before };
        return { status: 200, body: shown(await chats.list(operator, filter, PAGE, cursorOf(after))) };
      },
    }),
    atOperator({
      method: "GET",
      path: `${CHATS}/counts`,
      roles: ROLES,
      trail: "nothing",
      takes: nothing,
      async handle({ operator, session }) {
        const mine = await chats.countOf(operator, session.account);
        const body: ShownCounts = { ...(await chats.counts(operator)), mine };
        return { status: 200, body };
      },
    }),
    atOperator({
      method: "GET",
      path: `${CHATS}/search`,
      roles: ROLES,
      trail: "search",
      takes: searched,
      async handle({ operator }, { receipt, from, to, after, ...what }) {
        const read = receipt === undefined ? undefined : readReceipt(receipt);
        if (read && !read.ok) return { status: 200, body: shown({ chats: [], next: null }) };
        const sought = {
          ...what,
          receipt: read?.value,
          from: from === undefined ? undefined : midnight(from),
          until: to === undefined ? undefined : midnight(to) + DAY_MS,
        };
        return { status: 200, body: shown(await chats.search(operator, sought, PAGE, cursorOf(after))) };
      },
    }),
  ];
}

/** `<at>_<id>`, as `next` had it. */
function cursorOf(after: string | undefined): ChatCursor | null {
  if (after === undefined) return null;
  const at = after.indexOf("_");
  return { at: Number(after.slice(0, at)), id: after.slice(at + 1) };
}

const midnight = (day: string): number => Date.parse(`${day}T00:00:00+09:00`);
