import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { AtDesk } from "../../src/handoff/desk.ts";
import type { Part } from "../../src/reply/words.ts";
import type { Activity } from "../../src/turn/activity.ts";
import { theBrain } from "../support/brain.ts";
import { agent, conversationOf, engineWithAgents, key, textOf } from "../support/handoffs.ts";
import { filesBelow, ROOT } from "../support/repository.ts";
import { tempFolder } from "../support/temp.ts";
import { type Event, parseTalk } from "./talk.ts";

const brain = await theBrain();
const files = filesBelow("test/handoff/talks", ".txt");
/** The clock's round comes every second. */
const ROUND_MS = 1_300;

function nameOf(part: Part): string {
  switch (part.kind) {
    case "answer":
      return `answer ${part.clauses[0]}`;
    case "handoff":
      return part.agent === undefined ? `handoff ${part.status}` : "agent";
    case "ask":
      return `ask ${part.slot}`;
    case "request":
      return `request ${part.request}`;
    default:
      return part.kind;
  }
}

function said(activities: readonly Activity[]): { names: string; text: string } {
  const parts = activities.flatMap(({ content }) =>
    content.kind === "message" ? (content.message.words.parts ?? [content.message.words]) : [],
  );
  return { names: parts.map(nameOf).join(", ") || "silence", text: activities.map(textOf).join("\n") };
}

async function problemsOf(file: string): Promise<string[]> {
  const { operator, locale, begins, events } = parseTalk(file, readFileSync(join(ROOT, file), "utf8"));
  const clock = { at: begins, now: () => clock.at };
  const path = join(tempFolder(), "desk.db");
  const engine = await engineWithAgents({ path, key: randomBytes(32), brain, clock });
  const { store, turn, desk } = engine;
  await engine.begin("c1", "web", operator);
  const open = { conversation: "c1", channel: "web", eventId: "open", digest: "", kind: "open" as const };
  await turn.receive({ ...open, incoming: { locale }, activity: null });
  await engine.settled();
  const conversation = conversationOf("c1", operator);
  let by: AtDesk = agent("?", { operators: [operator] });
  let seen = (await store.transcript.lastSeqs(["c1"])).get("c1") ?? 0;

  async function happens({ by: who, words }: Event): Promise<void> {
    clock.at += 1_000;
    if (who === "clock") {
      clock.at += Number.parseInt(words, 10) * (words.endsWith("s") ? 1_000 : 60_000);
      await sleep(ROUND_MS);
      return;
    }
    if (who !== "agent") {
      await engine.say("c1", who === "button" ? { command: words } : words);
      return;
    }
    const [verb = "", ...rest] = words.split(" ");
    const text = rest.join(" ");
    if (verb.startsWith("claim")) by = agent(text, { operators: [operator] });
    const { handoffs } = await desk.list(by, { states: ["requested", "assigned"] }, 10);
    const id = handoffs[0]?.id ?? "";
    if (verb === "claim") await desk.claim(by, id);
    if (verb === "claim-last") await desk.claim(by, handoffs.at(-1)?.id ?? "");
    if (verb === "say") await desk.say(by, id, key(), text);
    if (verb === "note") await desk.note(by, id, text);
    if (verb === "release") await desk.release(by, id, text);
    if (verb === "transfer") {
      const to = agent(text, { operators: [operator] });
      await desk.transfer(by, id, to, "note");
      by = to;
    }
    if (verb === "end") await desk.end(by, id, text);
  }

  const problems: string[] = [];
  for (const event of events) {
    await happens(event);
    await engine.settled();
    const fresh = (await store.transcript.after(conversation, seen, 100)).filter((a) => a.by !== "customer");
    seen = (await store.transcript.lastSeqs(["c1"])).get("c1") ?? seen;
    const { names, text } = said(fresh);
    const at = `${file}:${event.at}: ${event.words}`;
    if (event.wanted !== names) problems.push(`${at}: wanted ${event.wanted}, said ${names}: ${text}`);
    for (const one of event.says)
      if (!text.includes(one)) problems.push(`${at}: does not say ${one}: ${text}`);
    for (const one of event.not) if (text.includes(one)) problems.push(`${at}: says ${one}`);
  }
  await engine.stop();
  return problems;
}

describe("a talk with a person goes as promised:", () => {
  it.each(files.map((f) => [basename(f, ".txt").replaceAll("-", " "), f]))(
    "%s",
    async (_, file) => {
      expect(await problemsOf(file)).toEqual([]);
    },
    120_000,
  );
});
