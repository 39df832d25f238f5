import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { AtDesk } from "../../src/handoff/desk.ts";
import { agent, conversationOf, type Engine, engineWithAgents, key, textOf } from "../support/handoffs.ts";
import { measure, random, SEED } from "../support/long.ts";
import { inParallel, times } from "../support/many.ts";
import { tempFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

let path: string;
let dataKey: Uint8Array;
const open = (changes = {}) => engineWithAgents({ path, key: dataKey, ...changes });
beforeEach(() => {
  path = join(tempFolder(), "desk.db");
  dataKey = randomBytes(32);
});

const [sato, tanaka, boss] = [
  agent("Sato"),
  agent("Tanaka"),
  agent("Boss", { supervisor: true, role: "supervisor" }),
];
const stranger = agent("Stranger", { operators: ["sakura-internet"] });

/** A customer who has called a person; gives the id of the hand-off. */
async function called(engine: Engine, chat: string): Promise<string> {
  await engine.begin(chat);
  await engine.say(chat, "人をお願いします");
  await engine.settled();
  const { handoffs } = await engine.desk.list(sato, { states: ["requested"] }, 200);
  const found = handoffs.find(({ conversation }) => conversation === chat);
  if (!found) throw new Error("nobody was called");
  return found.id;
}

describe("the desk", () => {
  it("lists what waits, in order, with places; claims, says, notes, passes on, ends; each with its row of the audit", async () => {
    const engine = await open();
    const { desk, store } = engine;
    const ids = [await called(engine, "c1"), await called(engine, "c2"), await called(engine, "c3")];
    const { handoffs } = await desk.list(sato, {}, 10);
    expect(handoffs.map(({ id }) => id)).toEqual(ids);
    expect(handoffs.map(({ place }) => place)).toEqual([1, 2, 3]);
    const first = await desk.list(sato, {}, 2);
    expect((await desk.list(sato, {}, 2, first.next)).handoffs.map(({ id }) => id)).toEqual(ids.slice(2));
    const [id = "", other = ""] = ids;

    expect(await desk.claim(sato, id)).toMatchObject({ kind: "done", handoff: { state: "assigned" } });
    const held = { kind: "refused", issue: "held", agent: { id: sato.id, name: "Sato" } };
    expect(await desk.claim(tanaka, id)).toEqual(held);
    expect(await desk.claim(sato, id)).toMatchObject({ kind: "done" });
    expect((await desk.list(sato, { agent: null }, 10)).handoffs.map(({ place }) => place)).toEqual([1, 2]);
    expect((await desk.list(sato, { agent: sato.id }, 10)).handoffs).toHaveLength(1);

    const once = key();
    const said = await desk.say(sato, id, once, "hello");
    expect(said).toMatchObject({ kind: "said", line: { by: "agent", name: "Sato", text: "hello" } });
    // A second try under the same key is the same word.
    expect(await desk.say(sato, id, once, "hello")).toEqual(said);
    expect(await desk.say(tanaka, id, key(), "me too")).toEqual(held);
    expect(await desk.say(sato, other, key(), "not yet")).toMatchObject({ issue: "unheld" });
    expect(await desk.say(sato, id, key(), "  ")).toMatchObject({ issue: "empty" });
    expect(await desk.say(sato, id, key(), "x".repeat(2_001))).toMatchObject({ issue: "too-long" });

    await desk.note(tanaka, id, "a private word");
    expect(await desk.transfer(tanaka, id, boss, "mine")).toEqual(held);
    expect(await desk.transfer(sato, id, tanaka, "please go on")).toMatchObject({
      handoff: { agent: { id: tanaka.id } },
    });
    expect(await desk.end(sato, id, "not mine")).toMatchObject({ issue: "held", agent: { name: "Tanaka" } });
    expect(await desk.release(boss, id, "")).toMatchObject({ handoff: { state: "requested", place: 1 } });
    await desk.claim(tanaka, id);
    const opened = await desk.get(tanaka, id);
    expect(opened?.notes.map(({ text, name }) => `${name}: ${text}`)).toEqual([
      "Tanaka: a private word",
      "Sato: please go on",
    ]);
    expect(opened?.lines.filter(({ by }) => by === "agent").map(({ text }) => text)).toEqual(["hello"]);
    expect(opened?.handoff).toMatchObject({
      trigger: "asked",
      channel: "web",
      operator: "jcom",
      locale: "ja",
    });
    await desk.read(tanaka, id, 3);
    expect(await store.handoffs.find(id, 0)).toMatchObject({ readSeq: 3 });

    expect(await desk.end(tanaka, id, "done")).toMatchObject({
      handoff: { state: "ended", resolution: "done" },
    });
    expect(await desk.claim(sato, id)).toMatchObject({ issue: "over" });
    expect(await desk.say(tanaka, id, key(), "late")).toMatchObject({ issue: "over" });
    expect(await desk.say(sato, id, once, "hello")).toEqual(said);
    expect(await store.audit.verify()).toMatchObject({ ok: true });
    // claim, say, note, transfer, release, claim, show, end
    expect(await store.audit.verify()).toMatchObject({ head: { seq: 8 } });
  });

  it("does not exist for agents of other operators", async () => {
    const engine = await open();
    const { desk } = engine;
    const id = await called(engine, "c1");
    expect((await desk.list(stranger, {}, 10)).handoffs).toEqual([]);
    expect((await desk.list(stranger, { operators: ["jcom"] }, 10)).handoffs).toEqual([]);
    expect(await desk.get(stranger, id)).toBeUndefined();
    expect(await desk.lines(stranger, id, 0)).toBeUndefined();
    const tries = [
      () => desk.claim(stranger, id),
      () => desk.release(stranger, id, ""),
      () => desk.transfer(stranger, id, stranger, ""),
      () => desk.note(stranger, id, "x"),
      () => desk.say(stranger, id, key(), "x"),
      () => desk.end(stranger, id, ""),
    ];
    for (const one of tries) expect(await one()).toEqual({ kind: "unknown" });
    expect(await desk.claim(sato, "none-such")).toEqual({ kind: "unknown" });
    // The control: whose it is can.
    expect(await desk.claim(sato, id)).toMatchObject({ kind: "done" });
  });

  it("a private note is on no channel: not in the transcript, nor in the outbox of one that pushes", async () => {
    const sent: string[] = [];
    const sender = async ({ activity }: { activity: Parameters<typeof textOf>[0] }) => {
      sent.push(JSON.stringify(activity));
      return "sent" as const;
    };
    const engine = await open({ senders: new Map([["web", sender]]) });
    const id = await called(engine, "c1");
    await engine.desk.claim(sato, id);
    await engine.desk.note(sato, id, "planted-note");
    await engine.desk.transfer(sato, id, tanaka, "planted-note too");
    await engine.desk.say(tanaka, id, key(), "planted-word");
    await engine.desk.end(tanaka, id, "planted-note at the end");
    await engine.settled();
    await until(() => sent.some((one) => one.includes("ここからは自動応答")), 5_000, "the last message");
    const all = JSON.stringify(await engine.all("c1"));
    for (const text of [all, sent.join()]) {
      expect(text).not.toContain("planted-note");
      expect(text).toContain("planted-word");
    }
    // In the order in which it was said.
    const order = (await engine.all("c1")).filter(({ by }) => by !== "customer").map(({ id: one }) => one);
    expect(sent.map((one) => (JSON.parse(one) as { id: string }).id)).toEqual(order);
  });

  it("two processes: what one does the other sees, and is told that something changed", async () => {
    const [one, two] = [await open(), await open()];
    let elsewhere = 0;
    two.desk.onChange(({ kind }) => {
      if (kind === "elsewhere") elsewhere += 1;
    });
    const changes: string[] = [];
    one.desk.onChange((change) => changes.push(change.kind));
    const id = await called(one, "c1");
    // Either process may have run the turn.
    expect(changes.some((kind) => kind === "handoff" || kind === "elsewhere")).toBe(true);
    await until(() => elsewhere > 0, 5_000, "a change elsewhere");
    expect(await two.desk.claim(tanaka, id)).toMatchObject({ kind: "done" });
    // The first process obeys at once, whatever it has in memory.
    await one.say("c1", "are you there?");
    await one.settled();
    expect((await one.all("c1")).at(-1)?.by).toBe("customer");
    await one.desk.release(tanaka, id, "");
    await two.say("c1", "and now?");
    await two.settled();
    expect((await two.all("c1")).at(-1)?.by).toBe("bot");
  });

  const RACES = measure(15, 1_000);
  it(
    `A25: ${RACES} claims by five agents in two processes at once: one owner each, the others hear who`,
    async () => {
      const engines = [await open(), await open()];
      const agents = times(5).map((n) => agent(`agent-${n}`));
      const ids: string[] = [];
      for (const n of times(RACES)) {
        await engines[0]?.begin(`c${n}`);
        await engines[0]?.say(`c${n}`, "人");
      }
      await engines[0]?.settled();
      for (let after = null as Awaited<ReturnType<Engine["desk"]["list"]>>["next"]; ; ) {
        const page = await engines[0]?.desk.list(sato, {}, 200, after);
        ids.push(...(page?.handoffs.map(({ id }) => id) ?? []));
        after = page?.next ?? null;
        if (!after) break;
      }
      expect(ids.length).toBe(RACES);
      await inParallel(ids, 10, async (id) => {
        const ends = await Promise.all(agents.map((by, n) => (engines[n % 2] as Engine).desk.claim(by, id)));
        const won = agents.filter((_, n) => ends[n]?.kind === "done");
        expect(won.length).toBe(1);
        for (const end of ends)
          if (end.kind !== "done")
            expect(end).toEqual({
              kind: "refused",
              issue: "held",
              agent: { id: won[0]?.id, name: won[0]?.name },
            });
        const found = await engines[0]?.store.handoffs.find(id, 0);
        expect(found?.agent?.id).toBe(won[0]?.id);
        // The customer hears of one person, once.
        const joined = (await engines[0]?.all(found?.conversation ?? ""))?.filter((a) =>
          textOf(a).includes("対応いたします"),
        );
        expect(joined?.map(textOf).join()).toContain(won[0]?.name);
        expect(joined?.length).toBe(1);
      });
    },
    measure(120_000, 300_000),
  );

  const RUNS = measure(10, 1_000);
  it(
    `58: ${RUNS} seeded runs over two processes: between accept and end the bot says nothing but notices; nothing is lost, doubled or out of order`,
    async () => {
      console.info(`seed ${SEED}`);
      const engines = [await open(), await open()];
      const run = async (n: number) => {
        const next = random(SEED + n);
        const chat = `c${n}`;
        const any = () => engines[next() < 0.5 ? 0 : 1] as Engine;
        const id = await called(engines[0] as Engine, chat);
        let words = 0;
        const said: string[] = ["人をお願いします"];
        const by: AtDesk = next() < 0.5 ? sato : tanaka;
        const speak = async () => {
          words += 1;
          said.push(`w${words}`);
          await any().say(chat, `w${words}`, `${chat}/${words}`);
        };
        const replies: string[] = [];
        for (const _ of times(1 + Math.floor(next() * 3))) await speak();
        // The claim and the words race.
        await Promise.all([any().desk.claim(by, id), speak()]);
        for (const m of times(2 + Math.floor(next() * 6)))
          if (next() < 0.5) await speak();
          else {
            replies.push(`r${m}`);
            await any().desk.say(by, id, key(), `r${m}`);
          }
        await Promise.all([any().desk.end(by, id, ""), next() < 0.5 ? speak() : undefined]);
        await engines[0]?.settled();
        const all = (await engines[0]?.all(chat)) ?? [];
        const from = all.findIndex((a) => textOf(a).includes("対応いたします"));
        const until_ = all.findIndex((a) => textOf(a).includes("自動応答がお答えします"));
        expect(from).toBeGreaterThan(0);
        expect(until_).toBeGreaterThan(from);
        // What was still on its way when the agent ended was said to the person, too.
        const between = all.slice(from + 1, until_);
        expect(between.filter((a) => a.by === "bot").map(textOf)).toEqual([]);
        expect(all.filter((a) => a.by === "customer").map(textOf)).toEqual(said);
        expect(all.filter((a) => a.by === "agent").map(textOf)).toEqual(replies);
        expect(all.map(({ seq }) => seq)).toEqual(all.map((_, i) => i + 1));
        expect(all.filter((a) => textOf(a).includes("自動応答がお答えします")).length).toBe(1);
      };
      await inParallel(times(RUNS), 5, run);
    },
    measure(120_000, 600_000),
  );

  it("the clock: a place that changes is told once, nobody in time becomes a call-back, and the customer who is gone is not waited for", async () => {
    const clock = { at: Date.now(), now: () => clock.at };
    const [one, two] = [await open({ clock }), await open({ clock })];
    const [first, second] = [await called(one, "c1"), await called(one, "c2")];
    const notices = async (chat: string, part: string) =>
      (await one.all(chat)).filter((a) => a.by === "bot" && textOf(a).includes(part)).length;
    await one.desk.claim(sato, first);
    clock.at += 10_000;
    await new Promise((r) => setTimeout(r, 1_300));
    expect(await notices("c2", "お待たせ")).toBe(0);
    clock.at += 25_000;
    await until(async () => (await notices("c2", "次にご案内します")) === 1, 5_000, "the place");
    clock.at += 60_000;
    await new Promise((r) => setTimeout(r, 1_300));
    expect(await notices("c2", "お待たせ")).toBe(1);
    clock.at += 9 * 60_000;
    await until(async () => (await notices("c2", "受付番号")) === 1, 5_000, "the call-back");
    const late = await two.store.handoffs.find(second, clock.at);
    expect(late).toMatchObject({ way: "callback", state: "requested", callback: { contact: null } });
    // The bot goes on, and an agent can take it up later without silencing it.
    expect(await two.desk.claim(tanaka, second)).toMatchObject({ kind: "done" });
    await one.say("c2", "still here");
    await one.settled();
    expect((await one.all("c2")).at(-1)?.by).toBe("bot");
    // No word for an hour where nobody can tell whether the chat is open.
    clock.at += 61 * 60_000;
    await until(async () => (await notices("c1", "しばらくお返事がなかった")) === 1, 5_000, "the end");
    expect(await one.store.handoffs.find(first, clock.at)).toMatchObject({ state: "abandoned" });
    await new Promise((r) => setTimeout(r, 1_300));
    expect(await notices("c1", "しばらく")).toBe(1);
  }, 120_000);

  it("P06: a deleted chat takes its hand-off with it, and whoever has it open hears so", async () => {
    const engine = await open();
    const id = await called(engine, "c1");
    await engine.desk.claim(sato, id);
    await engine.store.conversations.erase("c1", Date.now());
    expect(await engine.desk.get(sato, id)).toBeUndefined();
    expect(await engine.desk.say(sato, id, key(), "hello?")).toEqual({ kind: "unknown" });
    expect((await engine.desk.list(sato, {}, 10)).handoffs).toEqual([]);
    expect(await engine.store.conversations.find(conversationOf("c1").id)).toBeUndefined();
  });

  it("57: Bot Framework's events are told inside, with the transcript; a call that nobody hears makes none", async () => {
    const engine = await open();
    const heard: { name?: string; value?: unknown; attachments?: { content?: unknown }[] }[] = [];
    const stop = engine.turn.handoffEvents.on((event) => void heard.push(event as (typeof heard)[number]));
    const id = await called(engine, "c1");
    await until(() => heard.length === 1, 10_000, "handoff.initiate");
    await engine.desk.claim(sato, id);
    await engine.desk.end(sato, id, "");
    await until(() => heard.length === 3, 5_000, "handoff.status");
    expect(heard.map(({ name }) => name)).toEqual(["handoff.initiate", "handoff.status", "handoff.status"]);
    expect(heard[0]?.value).toMatchObject({
      handoff: id,
      operator: "jcom",
      channel: "web",
      trigger: "asked",
    });
    expect(JSON.stringify(heard[0]?.attachments)).toContain("人をお願いします");
    expect(heard.slice(1).map(({ value }) => (value as { state: string }).state)).toEqual([
      "accepted",
      "completed",
    ]);
    stop();
    await called(engine, "c2");
    expect(heard.length).toBe(3);
    // None of it is in the chat.
    expect(JSON.stringify(await engine.all("c1"))).not.toContain("handoff.");
  }, 120_000);
});
