import { describe, expect, it, onTestFinished } from "vitest";
import type { Stores } from "../../src/storage/store.ts";
import type { Arrival, Claim, Conversation, Job } from "../../src/turn/store.ts";

/** One database under test: every call of `open` is another process on the same data. */
export interface Subject {
  open(): Promise<Stores>;
}

const claim: Claim = { by: "one", leaseMs: 1_000 };
const other: Claim = { by: "two", leaseMs: 1_000 };
const conversation: Conversation = {
  id: "c1",
  channel: "direct-line",
  operator: "jcom",
  customer: "dl_taro",
};
const T0 = 1_800_000_000_000;

function arrival(n: number, changes: Partial<Arrival> = {}): Arrival {
  return {
    conversation: conversation.id,
    channel: conversation.channel,
    eventId: `e${n}`,
    digest: `d${n}`,
    kind: "message",
    incoming: { text: `text ${n}` },
    activity: { id: `a${n}`, platform: { type: "message" } },
    ...changes,
  };
}

function reply(id: string) {
  const message = {
    locale: "ja" as const,
    text: `reply ${id}`,
    choices: [],
    words: { kind: "notice" as const },
  };
  return { state: "done" as const, talk: { locale: "ja" as const, misses: 1 }, messages: [{ id, message }] };
}

/** What every database must promise to the turn. */
export function storeContract(name: string, subject: () => Subject): void {
  async function opened(): Promise<Stores> {
    const store = await subject().open();
    onTestFinished(() => store.close());
    return store;
  }

  async function begun(store: Stores): Promise<Stores> {
    await store.conversations.create(conversation, T0);
    return store;
  }

  async function jobOf(store: Stores, n: number, now = T0): Promise<Job> {
    const received = await store.inbox.receive(arrival(n), now, claim);
    if (received.kind !== "recorded" || !received.job) throw new Error("no job");
    return received.job;
  }

  describe(`store: ${name}`, () => {
    it("gives back what it was given, in order, to every process", async () => {
      const s = await begun(await opened());
      const job = await jobOf(s, 1);
      await s.inbox.commit(job, reply("r1"), T0, claim, false);
      const second = await opened();
      const found = await second.conversations.find("c1");
      expect(found).toEqual(conversation);
      const activities = await second.transcript.after(conversation, 0, 10);
      expect(activities.map((a) => [a.seq, a.id, a.by, a.replyTo])).toEqual([
        [1, "a1", "customer", null],
        [2, "r1", "bot", "a1"],
      ]);
      expect(activities[0]?.content).toMatchObject({ kind: "incoming", incoming: { text: "text 1" } });
      expect((activities[1]?.at ?? 0) > (activities[0]?.at ?? 0)).toBe(true);
      expect(await second.transcript.after(conversation, 1, 10)).toHaveLength(1);
      expect((await second.transcript.find(conversation, "r1"))?.seq).toBe(2);
    });

    it("records an event once, tells a second delivery apart from a conflict, and knows no other chat", async () => {
      const s = await begun(await opened());
      await s.inbox.receive(arrival(1), T0, claim);
      expect(await s.inbox.receive(arrival(1), T0, claim)).toEqual({ kind: "known", activityId: "a1" });
      expect(await s.inbox.receive(arrival(1, { digest: "x" }), T0, claim)).toEqual({ kind: "conflict" });
      expect(await s.inbox.receive(arrival(2, { conversation: "none" }), T0, claim)).toEqual({
        kind: "gone",
      });
      expect(await s.transcript.after(conversation, 0, 10)).toHaveLength(1);
    });

    it("R17: what was put off by a clock that was set back since is not waited for", async () => {
      const [DAY, t] = [86_400_000, T0];
      const s = await begun(await opened());
      const job = await jobOf(s, 1);
      // Behind the first, a day ahead; then the clock is right again.
      expect(await s.inbox.receive(arrival(2), t + DAY, claim)).toMatchObject({ job: null });
      const done = await s.inbox.commit(job, reply("r1"), t, claim, true);
      expect(done).toMatchObject({ kind: "committed", next: { activity: { id: "a2" } } });
      if (done.kind !== "committed" || !done.next) throw new Error("no turn");
      await s.inbox.defer(done.next, t + DAY, claim);
      const [again] = await s.inbox.claimDue(t, 10, other);
      expect(again?.activity?.id).toBe("a2");
      expect(await s.outbox.claimDue(t + DAY, 10, 60_000)).toHaveLength(1);
      expect(await s.outbox.claimDue(t, 10, 60_000)).toHaveLength(1);
      // What is put off now, is.
      expect(await s.outbox.claimDue(t, 10, 60_000)).toEqual([]);
    });

    it("lets one holder at a time run a conversation, and hands on in order of arrival", async () => {
      const [s, t] = [await begun(await opened()), await opened()];
      const job = await jobOf(s, 1);
      const late = await t.inbox.receive(arrival(2), T0, other);
      expect(late).toMatchObject({ kind: "recorded", job: null });
      expect(await t.inbox.claimDue(T0 + 10, 10, other)).toEqual([]);
      const done = await s.inbox.commit(job, reply("r1"), T0, claim, false);
      expect(done).toMatchObject({
        kind: "committed",
        next: { incoming: { text: "text 2" }, talkVersion: 1 },
      });
    });

    it("lets another process take over after the lease, and refuses the first one's late commit", async () => {
      const [s, t] = [await begun(await opened()), await opened()];
      const job = await jobOf(s, 1);
      const [taken] = await t.inbox.claimDue(T0 + 1_001, 10, other);
      expect(taken).toMatchObject({ incoming: { text: "text 1" }, tries: 2 });
      expect(await s.inbox.commit(job, reply("r1"), T0 + 1_002, claim, false)).toEqual({ kind: "lost" });
      const done = await t.inbox.commit(taken as Job, reply("r2"), T0 + 1_003, other, false);
      expect(done).toMatchObject({ kind: "committed", next: null });
      expect((await s.transcript.after(conversation, 1, 10)).map((a) => a.id)).toEqual(["r2"]);
    });

    it("holds later arrivals back while the first one waits for another try", async () => {
      const s = await begun(await opened());
      const job = await jobOf(s, 1);
      await s.inbox.defer(job, T0 + 500, claim);
      expect(await s.inbox.receive(arrival(2), T0 + 1, claim)).toMatchObject({ job: null });
      expect(await s.inbox.claimDue(T0 + 499, 10, claim)).toEqual([]);
      const [again] = await s.inbox.claimDue(T0 + 500, 10, claim);
      expect(again).toMatchObject({ incoming: { text: "text 1" }, tries: 2 });
    });

    it("keeps dead letters visible and counts what waits", async () => {
      const s = await begun(await opened());
      const job = await jobOf(s, 1);
      expect(await s.inbox.counts()).toEqual({ waiting: 1, dead: 0 });
      await s.inbox.commit(job, { ...reply("r1"), state: "dead" }, T0, claim, false);
      expect(await s.inbox.counts()).toEqual({ waiting: 0, dead: 1 });
    });

    it("keeps the outbox in order per conversation until the platform has taken it", async () => {
      const s = await begun(await opened());
      const job = await jobOf(s, 1);
      const two = { ...reply("r1"), messages: [...reply("r1").messages, ...reply("r2").messages] };
      await s.inbox.commit(job, two, T0, claim, true);
      const [first, ...none] = await s.outbox.claimDue(T0, 10, 100);
      expect(none).toEqual([]);
      expect(first).toMatchObject({ activity: { id: "r1" }, retryKey: "r1", tries: 1, conversation });
      expect(await s.outbox.claimDue(T0 + 50, 10, 100)).toEqual([]);
      if (!first) throw new Error("nothing due");
      await s.outbox.failed(first, T0 + 200);
      const [again] = await s.outbox.claimDue(T0 + 200, 10, 100);
      expect(again).toMatchObject({ retryKey: "r1", tries: 2 });
      await s.outbox.sent(first);
      const [second] = await s.outbox.claimDue(T0 + 200, 10, 100);
      expect(second).toMatchObject({ retryKey: "r2" });
      if (second) await s.outbox.failed(second, null);
      expect(await s.outbox.counts()).toEqual({ waiting: 0, dead: 1 });
    });

    it("takes feedback again and again as one", async () => {
      const s = await begun(await opened());
      await s.feedbacks.put(conversation, { activityId: "r1", rating: "up", reason: null }, T0);
      await s.feedbacks.put(conversation, { activityId: "r1", rating: "down", reason: "unclear" }, T0 + 1);
      expect(await s.feedbacks.all(conversation)).toEqual([
        { activityId: "r1", rating: "down", reason: "unclear" },
      ]);
    });

    it("gives the last read mark up to a line, once, to one process; a chat that is erased leaves none", async () => {
      const [s, t] = [await begun(await opened()), await opened()];
      for (const n of [1, 2, 3, 4])
        await s.inbox.receive(arrival(n, n === 2 ? {} : { readMark: `mark ${n}` }), T0, claim);
      // A second delivery keeps nothing anew.
      await s.inbox.receive(arrival(1, { readMark: "mark 1" }), T0, claim);
      const elsewhere = { ...conversation, id: "c2" };
      await s.conversations.create(elsewhere, T0);
      await s.inbox.receive(arrival(5, { conversation: "c2", readMark: "mark 5" }), T0, claim);
      const taken = await Promise.all([s, t].map((one) => one.readMarks.take(conversation, 2)));
      expect(taken.toSorted()).toEqual(["mark 1", undefined]);
      expect(await t.readMarks.take(conversation, 3)).toBe("mark 3");
      expect(await s.readMarks.take(conversation, 3)).toBeUndefined();
      expect(await s.conversations.erase("c1", T0 + 5)).toBe("erased");
      await begun(s);
      expect(await s.readMarks.take(conversation, 9)).toBeUndefined();
      expect(await s.readMarks.take(elsewhere, 9)).toBe("mark 5");
    });

    it("exchanges a resume once, for its own operator and while it lives", async () => {
      const s = await begun(await opened());
      await s.sessions.begin("c1", "r-one", T0 + 100);
      expect(await s.sessions.resume("sakura", "r-one", "x", T0 + 200, T0)).toBeUndefined();
      expect(await s.sessions.resume("jcom", "r-one", "x", T0 + 200, T0 + 100)).toBeUndefined();
      const resumed = await s.sessions.resume("jcom", "r-one", "r-two", T0 + 200, T0);
      expect(resumed).toEqual({ conversation: "c1", customer: "dl_taro", generation: 1 });
      expect(await s.sessions.resume("jcom", "r-one", "x", T0 + 200, T0)).toBeUndefined();
      expect(await s.sessions.generation("c1")).toBe(1);
      expect(await s.sessions.generation("none")).toBeUndefined();
      expect([await s.sessions.useTicket("t", T0), await s.sessions.useTicket("t", T0)]).toEqual([
        true,
        false,
      ]);
    });

    it("erases a chat with all that hangs on it, keeps a proof, and is done the second time", async () => {
      const s = await begun(await opened());
      const job = await jobOf(s, 1);
      await s.sessions.begin("c1", "r-one", T0 + 1_000);
      await s.inbox.commit(job, reply("r1"), T0, claim, true);
      expect([await s.conversations.erase("c1", T0 + 5), await s.conversations.erase("c1", T0 + 6)]).toEqual([
        "erased",
        false,
      ]);
      expect(await s.conversations.find("c1")).toBeUndefined();
      expect(await s.transcript.after(conversation, 0, 10)).toEqual([]);
      expect(await s.outbox.claimDue(T0 + 10, 10, 100)).toEqual([]);
      expect(await s.sessions.resume("jcom", "r-one", "x", T0 + 200, T0)).toBeUndefined();
      expect(await s.conversations.proofs()).toEqual([
        { at: T0 + 5, cause: "customer", operator: "jcom", conversations: 1, activities: 2, requests: 0 },
      ]);
      expect(await s.inbox.receive(arrival(9), T0, claim)).toEqual({ kind: "gone" });
    });

    it("purges what was silent for too long, and nothing else", async () => {
      const s = await begun(await opened());
      await s.conversations.create({ ...conversation, id: "c2" }, T0 + 100);
      await s.conversations.create({ ...conversation, id: "c3", operator: "other" }, T0);
      const proof = await s.conversations.purge("jcom", T0 + 50, T0 + 200);
      expect(proof).toMatchObject({ conversations: 1, activities: 0 });
      const left = await Promise.all(["c1", "c2", "c3"].map((id) => s.conversations.find(id)));
      expect(left.map((c) => c?.id)).toEqual([undefined, "c2", "c3"]);
    });

    it("writes all that arrives at once, and tells other processes", async () => {
      const [s, t] = [await begun(await opened()), await opened()];
      const told = new Promise<void>((resolve) => onTestFinished(t.onForeignChange(resolve)));
      const received = await Promise.all(
        Array.from({ length: 200 }, (_, n) => s.inbox.receive(arrival(n), T0, claim)),
      );
      expect(received.filter((r) => r.kind === "recorded" && r.job)).toHaveLength(1);
      const activities = await s.transcript.after(conversation, 0, 1_000);
      expect(activities.map((a) => a.seq)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
      await told;
    });
  });
}
