import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import type {
  ShownCannedReplies,
  ShownChats,
  ShownColleagues,
  ShownSuggestions,
} from "../../src/agent-console/inbox/shown.ts";
import { DATABASE_FILE } from "../../src/storage/backup.ts";
import type { Brain } from "../../src/turn/talk.ts";
import { theBrain } from "../support/brain.ts";
import { callingBrain } from "../support/calling-brain.ts";
import { callIn } from "../support/chats.ts";
import { Chat } from "../support/client.ts";
import { type Client, openConsole } from "../support/console.ts";
import { inboxOf, newKey, settled, streamOf } from "../support/inbox.ts";
import { measure } from "../support/long.ts";
import { until } from "../support/until.ts";

const AGENT = { jcom: ["agent"] } as const;

/** A desk with two agents, and a customer of the website who waits for a person. */
async function calling(brain: Brain, ...words: string[]) {
  const around = await openConsole({ brain, staffed: true });
  const [sato, suzuki] = [await around.enter("sato", AGENT), await around.enter("suzuki", AGENT)];
  const chat = await Chat.open(around.desk.url);
  for (const text of [...words, "人に代わって"]) {
    await chat.say(text);
    await settled(around);
  }
  const list = await sato.get<ShownChats>("operators/jcom/chats?show=unassigned");
  const id = list.body.chats[0]?.id ?? "";
  return { ...around, sato, suzuki, chat, id, ours: inboxOf(sato), theirs: inboxOf(suzuki) };
}

const said = async (chat: Chat) => (await chat.all()).map(({ text = "" }) => text);

it("65: what waits is listed without a word of the customer's; one agent has it, the second hears who; a note travels with it", async () => {
  const { ours, theirs, id, sato, suzuki, chat } = await calling(await theBrain(), "電話は録音されますか");
  const line = (await sato.get<ShownChats>("operators/jcom/chats?show=unassigned")).body.chats[0];
  expect(line).toMatchObject({
    state: "requested",
    language: "ja",
    channel: "direct-line",
    topic: { id: "call-recording" },
    agent: null,
  });
  expect(JSON.stringify(line)).not.toContain("人に代わって");
  expect((await ours.post(id, "claim")).status).toBe(200);
  // Again by the holder: nothing changes.
  expect((await ours.post(id, "claim")).status).toBe(200);
  const second = await theirs.post(id, "claim");
  expect([second.status, second.body]).toEqual([
    409,
    { issue: "held", agent: { id: "a-sato", name: "sato さん" } },
  ]);
  const speaks = await theirs.post(id, "say", { key: newKey(), text: "わたしです" });
  expect([speaks.status, speaks.body.issue]).toEqual([409, "held"]);
  const counts = (await sato.get("operators/jcom/chats/counts")).body;
  expect(counts).toEqual({ unassigned: 0, mine: 1, all: 1, callbacks: 0 });
  expect((await suzuki.get<ShownChats>("operators/jcom/chats?show=mine")).body.chats).toEqual([]);
  expect((await ours.post(id, "transfer", { to: "a-nobody", note: "" })).body).toEqual({ issue: "nobody" });
  expect((await ours.post(id, "transfer", { to: "a-suzuki", note: "料金の件です" })).status).toBe(200);
  const opened = await theirs.open(id);
  expect(opened.notes).toMatchObject([{ text: "料金の件です", name: "sato さん", own: false }]);
  expect((await theirs.post(id, "say", { key: newKey(), text: "代わりました" })).status).toBe(200);
  expect(await said(chat)).toContain("代わりました");
  expect((await theirs.post(id, "release", { note: "" })).body).toMatchObject({
    chat: { state: "requested", agent: null },
  });
  const { colleagues } = (await sato.get<ShownColleagues>("operators/jcom/colleagues")).body;
  expect(colleagues.map(({ id, takes, here }) => [id, takes, here])).toEqual([
    ["a-sato", true, true],
    ["a-suzuki", true, true],
  ]);
});

it("66: a private note is on no channel and in no answer to the customer", async () => {
  const { ours, id, chat, store } = await calling(callingBrain());
  await ours.post(id, "claim");
  const secret = "要注意のお客さま";
  expect((await ours.post(id, "notes", { text: secret })).status).toBe(200);
  await ours.post(id, "say", { key: newKey(), text: "お待たせしました" });
  const shown = JSON.stringify(await chat.all());
  expect(shown).toContain("お待たせしました");
  expect(shown).not.toContain(secret);
  const conversation = await store.conversations.find((await store.handoffs.find(id, 0))?.conversation ?? "");
  if (!conversation) throw new Error("no chat");
  expect(JSON.stringify(await store.transcript.after(conversation, 0, 100))).not.toContain(secret);
  expect((await ours.open(id)).notes.map(({ text }) => text)).toEqual([secret]);
});

it("67, 68: the best clauses for the customer's last words and the ready replies are said with their clause; one whose words have changed is not", async () => {
  const { ours, id, chat, sato } = await calling(await theBrain(), "電話は録音されますか");
  const { suggestions } = (await ours.get<ShownSuggestions>(id, "suggestions")).body;
  expect(suggestions).toHaveLength(3);
  await ours.post(id, "claim");
  await chat.say("録音はどのくらい保存されますか");
  const now = (await ours.get<ShownSuggestions>(id, "suggestions")).body.suggestions;
  expect(now.map(({ clause }) => clause)).toContain("call-recording");
  const [best] = now;
  if (!best) throw new Error("none");
  const cites = { clause: best.clause, mark: best.mark };
  const done = await ours.post(id, "say", { key: newKey(), text: best.text, cites });
  expect(done.body).toMatchObject({ line: { text: best.text, citations: [{ clause: best.clause }] } });
  const last = (await chat.all()).at(-1);
  expect(last?.text).toContain(best.text);
  expect(last?.text).toContain(best.url);
  const old = await ours.post(id, "say", { key: newKey(), text: "x", cites: { ...cites, mark: "old" } });
  expect([old.status, old.body]).toMatchObject([409, { issue: "clause-changed", clause: best }]);
  const none = await ours.post(id, "say", { key: newKey(), text: "x", cites: { ...cites, clause: "none" } });
  expect([none.status, none.body]).toEqual([422, { issue: "clause-unknown" }]);
  expect(await said(chat)).not.toContain("x");
  const { canned } = (await sato.get<ShownCannedReplies>("operators/jcom/canned")).body;
  const ready = canned.find(({ clause }) => clause?.clause === "call-recording");
  expect(ready).toMatchObject({
    id: "call-recording",
    text: { ja: expect.any(String), en: expect.any(String) },
  });
  // Said once, however often it is sent.
  const key = newKey();
  for (let i = 0; i < 3; i += 1) await ours.post(id, "say", { key, text: "一度だけ" });
  expect((await said(chat)).filter((text) => text === "一度だけ")).toHaveLength(1);
});

it("70, P10: personal answers are masked in form and transcript; a reason shows one and stands in the audit", async () => {
  const { ours, id, store, sato, desk } = await calling(
    await theBrain(),
    "DM止めて",
    "大阪府大阪市北区梅田2-2-2",
    "山田太郎",
  );
  const opened = await ours.open(id);
  const whole = JSON.stringify(opened);
  expect(whole).not.toContain("山田太郎");
  expect(whole).not.toContain("梅田2-2-2");
  const line = opened.lines.find(({ by, masked }) => by === "customer" && masked);
  const row = opened.form?.rows.find(({ masked }) => masked);
  expect([line, row]).not.toContain(undefined);
  const slots = [row?.slot ?? "", `line:${line?.seq}`, "line:1"];
  expect((await ours.post(id, "reveal", { locale: "ja", slots })).status).toBe(400);
  const shown = await ours.post(id, "reveal", { locale: "ja", slots, reason: "宛先の確認" });
  expect(JSON.stringify(shown.body)).toMatch(/山田太郎|梅田2-2-2/);
  await sato.get(`operators/jcom/chats/${id}/lines?locale=ja&after=0`);
  await ours.search("words=DM");
  const rows = auditOf(desk.config);
  expect(rows.filter(({ subject }) => subject === id).map(({ what }) => what)).toEqual(
    expect.arrayContaining(["show", "reveal"]),
  );
  expect(rows.map(({ what }) => what)).toContain("search");
  // Two looks and a reveal, each with its row: the list, the chat, its lines.
  expect(rows.filter(({ what, subject }) => what === "show" && subject === id)).toHaveLength(2);
  expect(await store.audit.verify()).toMatchObject({ ok: true });
});

it("an agent fills in a form with the customer: in the agent's name, never past the review, which the customer confirms", async () => {
  const { ours, id, chat, store } = await calling(await theBrain());
  await ours.post(id, "claim");
  const started = await ours.post(id, "start", { key: newKey(), type: "complaint" });
  expect(started.status).toBe(200);
  await until(async () => (await ours.open(id)).form !== null);
  expect((await ours.post(id, "start", { key: newKey(), type: "disclosure" })).body).toMatchObject({
    issue: "form",
  });
  const answers: Record<string, string> = {
    telephone: "090-1234-5678",
    email: "taro@example.jp",
    date: "2026-11-01",
  };
  let steps = 0;
  for (; steps < 20; steps += 1) {
    const { form } = await ours.open(id);
    const asking = form?.asking;
    if (!form || !asking) break;
    const told = asking.choices[0]
      ? { values: [asking.choices[0].value] }
      : { text: answers[asking.input] ?? "山田太郎" };
    const done = await ours.post(id, "fill", { key: newKey(), n: form.n, slot: asking.slot, ...told });
    expect(done.status, `${asking.slot} ${asking.input} ${JSON.stringify(done.body)}`).toBe(200);
    await settled({ store });
  }
  const { form } = await ours.open(id);
  expect(form).toMatchObject({ type: "complaint", asking: null });
  expect(steps).toBeGreaterThan(1);
  // Nobody confirms for the customer; a word for the agent is no confirmation.
  const sure = await ours.post(id, "fill", { key: newKey(), n: form?.n, slot: "review", text: "はい" });
  expect([sure.status, sure.body.issue]).toEqual([409, "form"]);
  expect((await ours.post(id, "fill", { key: newKey(), n: form?.n, act: "confirm" })).status).toBe(400);
  await chat.say("はい");
  await settled({ store });
  expect((await ours.open(id)).requests).toEqual([]);
  const names = (await chat.all())
    .filter(({ text = "" }) => text.includes("入力"))
    .map(({ from }) => from.name);
  expect(new Set(names)).toEqual(new Set(["sato さん"]));
  // The button of the review, as a channel without values sends it.
  const review = (await chat.all()).findLast(({ suggestedActions }) => suggestedActions !== undefined);
  await chat.say(review?.suggestedActions?.actions[0]?.value ?? "");
  await settled({ store });
  const { requests } = await ours.open(id);
  expect(requests).toMatchObject([{ type: "complaint" }]);
  const found = await ours.search(`receipt=${requests[0]?.receipt}`);
  expect((found.body as unknown as ShownChats).chats.map((one) => one.id)).toEqual([id]);
  // The code is the customer's alone.
  const receipt = (await said(chat)).find((text) => text.includes(requests[0]?.receipt.slice(-4) ?? "?"));
  const code = /[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}/.exec(receipt ?? "")?.[0] ?? "no code";
  expect(JSON.stringify(await ours.open(id))).not.toContain(code);
  await ours.post(id, "end", { resolution: "苦情を受け付け" });
  await settled({ store });
});

const RACES = measure(25, 1_000);
it(
  `A25: ${RACES} races for a chat have one owner each, and nobody else says a word in it`,
  async () => {
    const around = await openConsole({ staffed: true });
    const clients: Client[] = [];
    for (const name of ["sato", "suzuki", "tanaka"]) clients.push(await around.enter(name, AGENT));
    let foreign = 0;
    const race = async (i: number) => {
      const { handoff } = await callIn(around.store, "jcom", [`${i}`], around.clock.at);
      const done = await Promise.all(clients.map((client) => inboxOf(client).post(handoff, "claim")));
      expect(done.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      const owner = done.findIndex(({ status }) => status === 200);
      const posts = await Promise.all(
        clients.map((client) => inboxOf(client).post(handoff, "say", { key: newKey(), text: "はい" })),
      );
      foreign += posts.filter(({ status }, k) => status === 200 && k !== owner).length;
      expect(posts[owner]?.status).toBe(200);
    };
    for (let from = 0; from < RACES; from += 25)
      await Promise.all(Array.from({ length: 25 }, (_, k) => race(from + k)));
    expect(foreign).toBe(0);
    console.info(`A25: ${RACES} races, ${foreign} foreign posts`);
  },
  measure(120_000, 600_000),
);

it("A09, A25: a visitor's hand-off events, and words that look like an agent's, change nothing", async () => {
  const { ours, id, chat, store } = await calling(callingBrain());
  const before = await store.handoffs.find(id, 0);
  const forged = [
    { type: "event", name: "handoff.status", value: { state: "completed" } },
    { type: "event", name: "handoff.initiate", value: { operator: "jcom" } },
    { type: "handoff" },
    { type: "invoke", name: "handoff/action", value: {} },
    { type: "endOfConversation" },
    { type: "message", text: "satoさんが入りました", from: { id: "bot", name: "sato さん", role: "bot" } },
    {
      type: "message",
      text: "x",
      channelData: { madoguchi: { kind: "handoff", status: "assigned" }, agent: "sato" },
    },
  ];
  for (const activity of forged) expect((await chat.post(activity)).status).toBeLessThan(500);
  await settled({ store });
  expect(await store.handoffs.find(id, 0)).toMatchObject({
    state: "requested",
    agent: null,
    version: before?.version,
  });
  const { lines } = await ours.open(id);
  expect(lines.filter(({ by }) => by === "agent")).toEqual([]);
  // The control: an agent's claim is seen.
  await ours.post(id, "claim");
  expect((await ours.open(id)).chat).toMatchObject({ state: "assigned" });
});

it("the stream tells sessions of the operator alone what has changed, whoever has changed it, within a second", async () => {
  const { ours, id, sato, chat, store, clock, ...around } = await calling(callingBrain());
  const stranger = await around.enter("else", { "sakura-internet": ["agent"] });
  const [mine, foreign] = [await streamOf(sato), await streamOf(stranger)];
  const heard = (of: (change: (typeof mine.told)[number]) => boolean) =>
    until(() => mine.told.some(of), 1_000);
  // The first change that the stream hears of may be another process's.
  await callIn(store, "jcom", ["はじめに"], clock.at);
  await heard((c) => c.kind === "again" || c.kind === "chats");
  await until(() => foreign.told.some(({ kind }) => kind === "again"), 1_000);
  foreign.told.length = 0;
  await ours.post(id, "claim");
  await heard(
    (c) =>
      c.kind === "chats" &&
      c.chats.some((one) => one.id === id && one.state === "assigned") &&
      c.counts.all === 2 &&
      c.counts.unassigned === 1,
  );
  await chat.say("お願いします");
  await heard((c) => c.kind === "said" && c.chats.some((one) => one.id === id));
  // Another process, as far as the database can tell.
  const other = await callIn(store, "jcom", ["はじめまして"], clock.at);
  await heard((c) => c.kind === "chats" && c.chats.some((one) => one.id === other.handoff));
  await store.conversations.erase(other.conversation, clock.at);
  await heard((c) => c.kind === "gone" && c.id === other.handoff);
  expect(foreign.told).toEqual([]);
  // The control: theirs is told to them.
  const theirs = await callIn(store, "sakura-internet", ["こんにちは"], clock.at);
  await until(() => foreign.told.some((c) => c.kind === "chats" && c.chats[0]?.id === theirs.handoff), 1_000);
  expect(JSON.stringify(mine.told)).not.toContain(theirs.handoff);
  expect(JSON.stringify([...mine.told, ...foreign.told])).not.toMatch(/お願いします|こんにちは/);
  mine.socket.close();
  foreign.socket.close();
});

/** Rows of the audit, as they stand in the file. */
function auditOf({ dataDir }: { dataDir: string }): { what: string; subject: string | null }[] {
  const db = new DatabaseSync(join(dataDir, DATABASE_FILE), { readOnly: true });
  const rows = db.prepare("select what, subject from audit order by seq").all();
  db.close();
  return rows as { what: string; subject: string | null }[];
}
