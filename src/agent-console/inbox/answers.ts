import type { Filled, Said, Stepped } from "../../handoff/desk.ts";
import type { Answer } from "../../http/exchange.ts";
import { problem } from "../../http/problem.ts";
import type { AtOperator } from "../route.ts";
import type { ChatLine } from "./chats.ts";
import { type InboxOptions, idOf } from "./options.ts";
import { shownChat } from "./show.ts";
import type { ShownRefusal, ShownStep } from "./shown.ts";

/** What a step of an agent is answered with: the chat as it stands now, or why it stays as it was. */
export async function stepped(
  { chats, topics }: Pick<InboxOptions, "chats" | "topics">,
  done: Stepped | Filled,
): Promise<Answer> {
  if (done.kind !== "done") return refused(done);
  const [line] = await chats.lines([done.handoff.id]);
  const body: ShownStep = { chat: shownChat(topics, line ?? { ...done.handoff, activeAt: 0 }) };
  return line ? { status: 200, body } : problem("NotFound");
}

export function refused(done: Exclude<Said | Filled, { kind: "done" | "said" }>): Answer {
  if (done.kind === "unknown") return problem("NotFound");
  const { issue, agent } = done;
  const wrong = issue === "empty" || issue === "too-long" || issue === "answer";
  const body: ShownRefusal = { issue, agent: agent && { id: agent.id, name: agent.name } };
  return { status: wrong ? 422 : 409, body };
}

/** The chat that the path names; undefined when it is none of the operator's. */
export async function chatOf(
  { chats }: Pick<InboxOptions, "chats">,
  call: AtOperator,
): Promise<ChatLine | undefined> {
  const [chat] = await chats.lines([idOf(call)]);
  return chat?.operator === call.operator ? chat : undefined;
}
