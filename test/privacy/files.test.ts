import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { randomIds } from "../../src/keys.ts";
import { noLog } from "../../src/ports.ts";
import { loadTexts } from "../../src/reply/texts.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { storesOn } from "../../src/storage/store.ts";
import type { Brain } from "../../src/turn/talk.ts";
import { createTurn } from "../../src/turn/turn.ts";
import { bytesIn } from "../support/files.ts";
import { PlainSeal } from "../support/plain-seal.ts";
import { standInBrain } from "../support/stand-in-brain.ts";
import { tempFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

it("81: with nothing sealed, the number as typed is in no file after the commit and a compaction; the words are", async () => {
  const folder = tempFolder();
  const store = await storesOn(openSqlite(join(folder, "desk.db")), new PlainSeal());
  const clock = { now: () => Date.now() };
  const brain = standInBrain();
  const quiet: Brain = { ...brain, respond: (operator, _, incoming) => brain.open(operator, incoming) };
  const turn = createTurn({
    brain: quiet,
    texts: await loadTexts("locales"),
    store,
    clock,
    random: randomBytes,
    ids: randomIds,
    log: noLog,
    senders: new Map(),
  });
  onTestFinished(async () => {
    await turn.stop();
    await store.close();
  });
  const conversation = { id: "c1", channel: "web", operator: "jcom", customer: "dl_x" };
  await store.conversations.create(conversation, clock.now());
  const words = "planted 090-8765-4321";
  const found = (text: string) => bytesIn(folder).includes(Buffer.from(text));
  const activity = { id: "a1", platform: { text: words } };
  const received = turn.receive({
    conversation: "c1",
    channel: "web",
    eventId: "e1",
    digest: words,
    kind: "message",
    incoming: { text: words },
    activity,
  });
  await received;
  expect(found(words)).toBe(true);
  await until(async () => (await store.transcript.after(conversation, 0, 9)).length === 3);
  await store.compact();
  expect(found("8765-4321")).toBe(false);
  expect(found("planted ***-****-****")).toBe(true);
});
