import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { daysUntil } from "../../src/agent-console/app/days.ts";
import type { ShownRatings } from "../../src/agent-console/ratings/shown.ts";
import { randomIds } from "../../src/keys.ts";
import { DATABASE_FILE } from "../../src/storage/backup.ts";
import type { Feedback } from "../../src/turn/store.ts";
import { callIn } from "../support/chats.ts";
import { type ConsoleDesk, openConsole } from "../support/console.ts";
import { agent } from "../support/handoffs.ts";

const TENTH = Date.parse("2026-11-10T12:00:00+09:00");
const MIDNIGHT = Date.parse("2026-11-11T00:00:00+09:00");

/** An answer of the bot in a chat of its own, and what its customer thought of it. */
async function rate(
  { store, clock }: ConsoleDesk,
  operator: string,
  clauses: string[],
  at: number,
  rating: Feedback["rating"],
  reason: string | null = null,
): Promise<void> {
  clock.at = at;
  const { conversation } = await callIn(store, operator, ["質問です"], at, {
    words: { kind: "answer", clauses, citations: [], score: 1 },
  });
  const chat = await store.conversations.find(conversation);
  if (!chat) throw new Error("no chat");
  const answer = (await store.transcript.after(chat, 0, 10)).find(({ by }) => by === "bot");
  await store.feedbacks.put(chat, { activityId: answer?.id ?? "", rating, reason }, at);
}

it("what customers thought, by clause, in their words and by agent: of one operator, in these days", async () => {
  const around = await openConsole();
  await rate(around, "jcom", ["call-recording", "purposes"], TENTH, "down", "わかりにくかった: もっと短く");
  await rate(around, "jcom", ["call-recording"], TENTH + 1_000, "up");
  await rate(around, "jcom", ["a-clause-of-old"], TENTH + 2_000, "up", "助かりました");
  await rate(around, "jcom", [], TENTH + 3_000, "up");
  await rate(around, "sakura-internet", ["call-recording"], TENTH + 4_000, "down", "よその声");
  await rate(around, "jcom", ["call-recording"], MIDNIGHT, "down", "翌日の声");
  const boss = await around.enter("boss", { jcom: ["supervisor"] });
  const ratings = async (from: string, to: string, operator = "jcom") =>
    boss.get<ShownRatings>(`operators/${operator}/ratings?from=${from}&to=${to}`);

  const { status, body } = await ratings("2026-11-10", "2026-11-10");
  expect(status).toBe(200);
  expect(body.answers).toMatchObject({ up: 3, down: 1, cut: false });
  expect(body.answers.clauses).toMatchObject([
    { clause: "call-recording", title: { ja: expect.any(String), en: expect.any(String) }, up: 1, down: 1 },
    { clause: null, title: null, up: 1, down: 0 },
    { clause: "a-clause-of-old", title: null, up: 1, down: 0 },
  ]);
  expect(body.answers.reasons.map(({ text }) => text)).toEqual([
    "助かりました",
    "わかりにくかった: もっと短く",
  ]);
  expect(JSON.stringify(body)).not.toMatch(/翌日の声|よその声/);
  // The day ends at midnight in Japan; the next one is the other's.
  expect((await ratings("2026-11-11", "2026-11-11")).body.answers).toMatchObject({ up: 0, down: 1 });
  expect((await ratings("2026-11-10", "2026-11-11")).body.answers).toMatchObject({ up: 3, down: 2 });
  expect((await ratings("2026-11-11", "2026-11-10")).status).toBe(400);
  expect((await ratings("2026-11-10", "2026-11-10", "sakura-internet")).status).toBe(404);
  // Words of customers were shown: the audit knows by whom.
  const db = new DatabaseSync(join(around.desk.config.dataDir, DATABASE_FILE), { readOnly: true });
  const rows = db.prepare("select operator from audit where actor = 'a-boss' and what = 'list'").all();
  db.close();
  expect(rows.map(({ operator }) => operator)).toEqual(["jcom", "jcom", "jcom"]);
});

it("hand-offs by agent: ended, 👍, 👎; an account that is gone has no name", async () => {
  const around = await openConsole({ staffed: true });
  const boss = await around.enter("boss", { jcom: ["supervisor"] });
  await around.hire("sato", { jcom: ["agent"] });
  const { desk } = around.desk.app;
  const { to } = daysUntil(around.clock.at, 1);
  const end = async (id: string) => {
    const by = agent(id, { id, operators: ["jcom"] });
    const { handoff } = await callIn(around.store, "jcom", [randomIds.next()], around.clock.at);
    await desk.claim(by, handoff);
    await desk.end(by, handoff, "済み");
  };
  for (const id of ["a-sato", "a-sato", "a-nobody"]) await end(id);
  const { body } = await boss.get<ShownRatings>(`operators/jcom/ratings?from=${to}&to=${to}`);
  expect(body.handoffs).toMatchObject({ ended: 3, up: 0, down: 0, keptDays: 7 });
  expect(body.handoffs.agents).toEqual([
    { id: "a-sato", name: "sato さん", ended: 2, up: 0, down: 0 },
    { id: "a-nobody", name: "", ended: 1, up: 0, down: 0 },
  ]);
});

it("the last days are Japan's", () => {
  expect(daysUntil(MIDNIGHT - 1, 1)).toEqual({ from: "2026-11-10", to: "2026-11-10" });
  expect(daysUntil(MIDNIGHT, 7)).toEqual({ from: "2026-11-05", to: "2026-11-11" });
});
