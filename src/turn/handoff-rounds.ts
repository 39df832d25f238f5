import { move, type Step } from "../handoff/state.ts";
import type { Clock, Ids } from "../ports.ts";
import { dayText } from "../reply/pieces/day.ts";
import type { Texts } from "../reply/texts.ts";
import { newCode, type Random, showCode } from "../requests/receipt.ts";
import type { OwnDesk } from "./handoff-desk.ts";
import { leaveChoice, messageChoice, noticeIn } from "./handoff-notices.ts";
import type { Case, Decision, Handoffs, Pending } from "./handoffs.ts";
import { targetOn } from "./staff.ts";
import type { Brain } from "./talk.ts";

/** The place is told again when it has changed, but not more often than this. */
const PLACE_MS = 30_000;
/** An open chat is written down this often. */
const SEEN_MS = 30_000;
/** A chat that nobody has open for this long is left. */
const GONE_MS = 5 * 60_000;
/** Where a platform does not tell whether a chat is open: no word for this long. */
const SILENT_MS = 60 * 60_000;

export interface HandoffRoundsOptions {
  brain: Pick<Brain, "desk">;
  texts: Texts;
  handoffs: Handoffs;
  desk: OwnDesk;
  clock: Clock;
  ids: Ids;
  random: Random;
  /** Whether the customer has the chat open in this process; undefined where a channel cannot tell. */
  isThere: (channel: string) => ((conversation: string) => boolean) | undefined;
}

/**
 * What the clock does about customers who wait: the place in the queue when it changes, a call-back when nobody comes,
 * the end when the customer is gone. Any process may do it: each step looks again within its transaction.
 */
export function createHandoffRounds(options: HandoffRoundsOptions): () => Promise<void> {
  const { brain, texts, handoffs, desk, clock, ids, random, isThere } = options;

  // Whoever was away while no process ran comes back first.
  const beganAt = clock.now();
  const goneAfter = (channel: string) => (isThere(channel) ? GONE_MS : SILENT_MS);

  /** What is due for one that waits or is with an agent; null: nothing. Asked before and within the transaction. */
  function due(pending: Pending, now: number): "lapse" | "defer" | "place" | null {
    const { state, channel, seenAt, requestedAt, place, told, operator } = pending;
    if (now - Math.max(seenAt, beganAt) >= goneAfter(channel)) return "lapse";
    if (state !== "requested") return null;
    const waitMs = (brain.desk?.(operator).waitMinutes ?? 10) * 60_000;
    if (now - requestedAt >= waitMs) return "defer";
    return place !== null && told?.place !== place && now - (told?.at ?? requestedAt) >= PLACE_MS
      ? "place"
      : null;
  }

  function decided(found: Case, what: "lapse" | "defer", now: number): Decision | null {
    const { handoff, locale } = found;
    const step: Step = { do: what };
    const moved = move(handoff, step, now);
    if (!moved.ok) return null;
    const { standing } = moved;
    if (what === "lapse") {
      const key = handoff.state === "assigned" ? "gone" : "gone-waiting";
      return { standing, say: { id: ids.next(), message: noticeIn(texts, locale, key, "ended") } };
    }
    const facts = brain.desk?.(handoff.operator);
    if (!facts) return null;
    const callback = {
      number: showCode(newCode(random)),
      targetOn: targetOn(facts, now),
      contact: null,
      text: "",
    };
    const day = dayText(callback.targetOn, locale);
    const late = noticeIn(texts, locale, "late", "closed", { number: callback.number, day }, [
      messageChoice(texts, locale),
    ]);
    const message = { ...late, text: `${late.text}\n${texts[locale]("handoff:late-reach")}` };
    return { standing, callback, say: { id: ids.next(), message } };
  }

  function placed({ handoff, locale, told }: Case, now: number): Decision | null {
    const { place } = handoff;
    if (place === null || told?.place === place || now - (told?.at ?? 0) < PLACE_MS) return null;
    const key = place === 1 ? "place-next" : told && told.place < place ? "place-more" : "place";
    const choices = [leaveChoice(texts, locale)];
    const message = noticeIn(texts, locale, key, "requested", { ahead: place - 1 }, choices);
    return { told: { place, at: now }, say: { id: ids.next(), message } };
  }

  return async () => {
    const all = await handoffs.pending();
    if (all.length === 0) return;
    const now = clock.now();
    const there = all.filter(
      ({ channel, conversation, seenAt }) => now - seenAt >= SEEN_MS && isThere(channel)?.(conversation),
    );
    await handoffs.seen(
      there.map(({ conversation }) => conversation),
      now,
    );
    for (const pending of all) {
      const what = due(there.includes(pending) ? { ...pending, seenAt: now } : pending, now);
      if (what === "place") await desk.step(pending.id, (found) => placed(found, clock.now()));
      else if (what)
        await desk.step(pending.id, (found) =>
          // Another process may know that the customer is there, or an agent may have come.
          found.handoff.state === pending.state && found.seenAt <= pending.seenAt
            ? decided(found, what, clock.now())
            : null,
        );
    }
  };
}
