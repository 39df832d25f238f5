import { LOCALES, localeOf } from "../reply/locale.ts";
import type { Texts } from "../reply/texts.ts";
import { tooLong } from "./notices.ts";
import type { Job } from "./store.ts";
import type { Brain, Outcome, Talk } from "./talk.ts";

/** Longest text that a turn reads, in UTF-16 units. */
export const MAX_TEXT = 2_000;

/** One turn, pure: what is said and what is remembered. An opening comes once, before anything else. */
export function take(
  brain: Brain,
  texts: Texts,
  job: Pick<Job, "conversation" | "kind" | "incoming" | "talk">,
): Outcome {
  const { operator } = job.conversation;
  const opened: Outcome = job.talk ? { talk: job.talk, messages: [] } : brain.open(operator, job.incoming);
  if (job.kind === "open") return opened;
  const answered = answer(brain, texts, opened.talk, job);
  return { ...answered, messages: [...opened.messages, ...answered.messages] };
}

/** What is remembered of a conversation whose turn was given up. */
export function talkAfterFailure(job: Pick<Job, "incoming" | "talk">): Talk {
  return job.talk ?? { locale: localeOf(job.incoming.locale) ?? LOCALES[0] };
}

function answer(
  brain: Brain,
  texts: Texts,
  talk: Talk,
  job: Pick<Job, "conversation" | "incoming">,
): Outcome {
  const { conversation, incoming } = job;
  if ((incoming.text?.length ?? 0) > MAX_TEXT)
    return { talk, messages: [tooLong(texts, talk.locale, MAX_TEXT)] };
  return brain.respond(conversation.operator, talk, incoming);
}
