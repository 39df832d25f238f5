import type { Answer, Exchange, Route } from "../../http/exchange.ts";
import { problem } from "../../http/problem.ts";
import type { Texts } from "../../reply/texts.ts";
import type { Activity } from "../../turn/activity.ts";
import { activitiesOf, japanSecond, linesOf, localeOfAll, markOf } from "../../turn/record.ts";
import type { Feedback } from "../../turn/store.ts";
import { access } from "./access.ts";
import type { Desk } from "./desk.ts";
import { present } from "./present.ts";

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
  const activities = await activitiesOf(desk.store, conversation);
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

/** The transcript as text, in the language that was spoken last. Times are those of Japan. */
function page(texts: Texts, activities: readonly Activity[], feedback: readonly Feedback[]): string {
  const t = texts[localeOfAll(activities)];
  const [desk, you] = [t("turn:desk"), t("turn:you")];
  const lines = linesOf(activities, feedback).map((line) => {
    const mark = line.feedback ? `${markOf(line.feedback)}\n` : "";
    return `[${japanSecond(line.at)} +09:00] ${line.by === "desk" ? desk : you}\n${line.words}\n${mark}`;
  });
  const body = lines.length > 0 ? lines.join("\n") : t("turn:transcript-empty");
  return `${t("turn:transcript", { desk })}\n\n${body}\n`;
}
