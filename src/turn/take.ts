import { LOCALES, localeOf } from "../reply/locale.ts";
import type { Texts } from "../reply/texts.ts";
import type { Random } from "../requests/receipt.ts";
import type { Found, Lookup, Register } from "../requests/register.ts";
import { filled, withAssisted } from "./fill-in.ts";
import { asideIn, back, gate } from "./gate.ts";
import { tooLong } from "./notices.ts";
import type { StaffOf } from "./staff.ts";
import type { Conversation, Job } from "./store.ts";
import type { Brain, Outcome, Talk } from "./talk.ts";

/** Longest text that a turn reads, in UTF-16 units. */
export const MAX_TEXT = 2_000;
/** Lookups that one turn may ask for; more is a bug. */
const MOST_LOOKUPS = 4;

export interface TakeOptions {
  brain: Brain;
  texts: Texts;
  register: Register;
  random: Random;
  staff?: StaffOf;
  /** Who can be asked in which language a new chat shall open, by channel. */
  languages: ReadonlyMap<string, (conversation: Conversation) => Promise<string | undefined>>;
}

/**
 * One turn: what is said and what is remembered; nothing is written. An opening comes once, before anything else.
 * Run again for the same job it decides the same, but for numbers and codes.
 */
export async function take(
  options: TakeOptions,
  job: Omit<Job, "activity" | "tries" | "talkVersion">,
): Promise<Outcome> {
  const { brain, texts, register, random } = options;
  const { conversation, incoming } = job;
  const { operator } = conversation;
  const opened: Outcome = job.talk
    ? { talk: job.talk, messages: [] }
    : await brain.open(operator, { ...incoming, ...(await languageOf(options, job)) });
  if (job.kind === "open") return job.talk && incoming.again ? reopened(options, job, job.talk) : opened;
  const { talk } = opened;
  const at = {
    operator,
    conversation: conversation.id,
    customer: conversation.customer,
    channel: conversation.channel,
  };
  const moment = { now: job.receivedAt, random };
  if (job.kind === "return") return back(options, job, talk, "ended", moment);
  const look = (lookup: Lookup) => register.look({ ...at, arrival: job.inboxId }, lookup, job.receivedAt);
  if (job.kind === "fill") return filled(options, job, talk, moment, look);
  const assisted = job.handoff?.state === "assigned";
  if (assisted) {
    const meant = await asideIn(brain, talk, incoming);
    if (meant?.do !== "form") return gate(options, job, talk, moment, meant);
  }
  if ((incoming.text?.length ?? 0) > MAX_TEXT)
    return { talk, messages: [...opened.messages, tooLong(texts, talk.locale, MAX_TEXT)] };
  const staff = await options.staff?.(job, job.receivedAt);
  const known = { ...moment, ...(staff ? { staff } : {}) };
  const answered = await lookedUp(
    (found) => brain.respond(operator, talk, incoming, { ...known, found }),
    look,
  );
  if (assisted) return withAssisted(answered, talk.assisted);
  return { ...answered, messages: [...opened.messages, ...answered.messages] };
}

/** Back again: greeted shortly, unless a person has the chat, for whom the bot is silent. */
async function reopened(
  { brain }: TakeOptions,
  job: Pick<Job, "conversation" | "handoff">,
  talk: Talk,
): Promise<Outcome> {
  const silent = job.handoff?.state === "assigned";
  return (
    (silent ? undefined : await brain.reopened?.(job.conversation.operator, talk)) ?? { talk, messages: [] }
  );
}

/** The arrival's own language, else the one that the platform knows of its customer. */
async function languageOf(
  { languages }: TakeOptions,
  { conversation, incoming }: Pick<Job, "conversation" | "incoming">,
): Promise<{ locale?: string }> {
  if (incoming.locale !== undefined) return {};
  const locale = await languages.get(conversation.channel)?.(conversation);
  return locale === undefined ? {} : { locale };
}

/** Decides, looks up what the decision wants to know, and decides again. */
export async function lookedUp(
  decide: (found: readonly Found[]) => Outcome | Promise<Outcome>,
  look: (lookup: Lookup) => Promise<Found>,
): Promise<Outcome> {
  const found: Found[] = [];
  for (let n = 0; n <= MOST_LOOKUPS; n += 1) {
    const outcome = await decide(found);
    if (!outcome.lookup) return outcome;
    found.push(await look(outcome.lookup));
  }
  throw new Error("a turn looks things up without end");
}

/** What is remembered of a conversation whose turn was given up. */
export function talkAfterFailure(job: Pick<Job, "incoming" | "talk">): Talk {
  return job.talk ?? { locale: localeOf(job.incoming.locale) ?? LOCALES[0] };
}
