import type { Answer, Exchange, Route } from "../../http/exchange.ts";
import { problem } from "../../http/problem.ts";
import { LOCALES, type Locale } from "../../reply/locale.ts";
import type { Texts } from "../../reply/texts.ts";
import type { Activity } from "../../turn/activity.ts";
import type { Conversation, Feedback } from "../../turn/store.ts";
import { access } from "./access.ts";
import type { Desk } from "./desk.ts";
import { present } from "./present.ts";

const PAGE = 500;

/** A customer's own transcript: for people as text, for programs with `?format=json`. */
export function downloadRoute(desk: Desk): Route {
  return {
    method: "GET",
    path: "/v3/directline/conversations/:conversationId/transcript",
    body: "none",
    origins: (origin) => desk.settings.allows(origin, undefined),
    handle: (exchange) => download(desk, exchange),
  };
}

async function download(desk: Desk, exchange: Exchange): Promise<Answer> {
  const entered = await access(desk, exchange, desk.limits.reads);
  if (entered.kind === "refused") return entered.answer;
  const { conversation } = entered;
  if (!(await desk.store.conversations.find(conversation.id))) return problem("NotFound");
  const activities = await all(desk, conversation);
  const feedback = await desk.store.feedbacks.all(conversation);
  if (exchange.query.get("format") === "json") {
    const { id: conversationId, operator, customer: user } = conversation;
    const shown = activities.map((activity) => present(desk.texts, conversation, activity));
    const body = { conversationId, operator, user, activities: shown, feedback };
    return {
      status: 200,
      body,
      headers: { "Content-Disposition": 'attachment; filename="transcript.json"' },
    };
  }
  const headers = {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Disposition": 'attachment; filename="transcript.txt"',
  };
  return { status: 200, body: page(desk.texts, activities, feedback), headers };
}

async function all(desk: Desk, conversation: Conversation): Promise<Activity[]> {
  const activities: Activity[] = [];
  for (;;) {
    const more = await desk.store.transcript.after(conversation, activities.at(-1)?.seq ?? 0, PAGE);
    activities.push(...more);
    if (more.length < PAGE) return activities;
  }
}

/** The transcript as text, in the language that was spoken last. Times are those of Japan. */
function page(texts: Texts, activities: readonly Activity[], feedback: readonly Feedback[]): string {
  const locale = localeOfAll(activities);
  const t = texts[locale];
  const [desk, you] = [t("turn:desk"), t("turn:you")];
  const marks = new Map(feedback.map(({ activityId, rating, reason }) => [activityId, mark(rating, reason)]));
  const lines = activities.map((activity) => {
    const { content, id, at } = activity;
    const words =
      content.kind === "message"
        ? content.message.text
        : (content.incoming.text ?? content.incoming.command ?? "");
    return `[${japanTime(at)}] ${content.kind === "message" ? (content.agent ?? desk) : you}\n${words}\n${marks.get(id) ?? ""}`;
  });
  const body = lines.length > 0 ? lines.join("\n") : t("turn:transcript-empty");
  return `${t("turn:transcript", { desk })}\n\n${body}\n`;
}

function localeOfAll(activities: readonly Activity[]): Locale {
  const last = activities.findLast((activity) => activity.content.kind === "message");
  return last?.content.kind === "message" ? last.content.message.locale : LOCALES[0];
}

function mark(rating: Feedback["rating"], reason: string | null): string {
  return `${rating === "up" ? "👍" : "👎"}${reason ? ` ${reason}` : ""}\n`;
}

function japanTime(at: number): string {
  return `${new Date(at + 9 * 3_600_000).toISOString().slice(0, 19).replace("T", " ")} +09:00`;
}
