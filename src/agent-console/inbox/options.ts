import type { Form } from "../../dialog/form/form.ts";
import type { AtDesk, HandoffDesk } from "../../handoff/desk.ts";
import type { Texts } from "../../reply/texts.ts";
import type { RequestType } from "../../requests/request-type.ts";
import type { Brain } from "../../turn/talk.ts";
import type { Accounts } from "../accounts.ts";
import type { RegisterOptions } from "../register/routes.ts";
import type { Role } from "../role.ts";
import type { AtOperator } from "../route.ts";
import type { Sessions } from "../sessions.ts";
import type { Streams } from "../streams.ts";
import type { WatchedReading } from "../watched.ts";
import type { Chats } from "./chats.ts";
import type { Clauses } from "./clauses.ts";
import type { Titles } from "./show.ts";

/** Pushes of this month on a channel at an operator; undefined: nobody counts them there. */
export type Pushes = (
  channel: string,
  operator: string,
) => Promise<{ count: number; limit: number | undefined } | undefined>;

/** What the inbox stands on. */
export interface InboxOptions {
  desk: HandoffDesk;
  chats: Chats;
  clauses: Clauses;
  accounts: Accounts;
  sessions: Sessions;
  streams: Streams;
  reading: WatchedReading;
  register: RegisterOptions;
  topics: Titles;
  texts: Texts;
  forms: Readonly<Record<RequestType, Form>>;
  mask: (text: string) => string;
  pushes: Pushes;
  /** Which clauses answer a customer's words, best first. */
  clausesFor: NonNullable<Brain["clausesFor"]>;
}

/** Who talks to customers. */
export const AT_DESK: readonly Role[] = ["agent", "supervisor"];

export const CHATS = "/console/api/operators/:operator/chats";
export const CHAT = "/console/api/operators/:operator/chats/:handoff";

/** The id that the path names. */
export const idOf = ({ exchange }: AtOperator): string => exchange.params.handoff ?? "";

/** The caller as the desk knows agents: at this operator alone. */
export function atDesk({ session, operator, exchange }: AtOperator): AtDesk {
  const roles = session.grants[operator] ?? [];
  return {
    id: session.account,
    name: session.name,
    role: roles.join("+"),
    operators: [operator],
    from: exchange.address,
    ...(roles.includes("supervisor") ? { supervisor: true as const } : {}),
  };
}
