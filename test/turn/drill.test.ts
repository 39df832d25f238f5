import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Exchange } from "../../src/http/exchange.ts";
import type { Sender } from "../../src/turn/delivery.ts";
import { StoreUnavailable } from "../../src/turn/store.ts";
import { Chat, call, type Shown } from "../support/client.ts";
import { LONG, measure, random, SEED } from "../support/long.ts";
import { inParallel, times } from "../support/many.ts";
import { naiveServer } from "../support/naive-server.ts";
import { openParts } from "../support/parts.ts";
import { standInBrain } from "../support/stand-in-brain.ts";
import { elsewhere } from "../support/tokens.ts";
import { until } from "../support/until.ts";

const FAULTS = measure(20, 2_000);

/** Throws now and then, at any place that it is put around, in the ways in which such places fail. */
class Drill {
  readonly counts = new Map<string, number>();
  on = true;
  readonly #next: () => number;

  constructor(next: () => number) {
    this.#next = next;
  }

  get faults(): number {
    return [...this.counts.values()].reduce((a, b) => a + b, 0);
  }

  maybe(place: string, rate = 0.1): void {
    if (!this.on || this.#next() > rate) return;
    this.counts.set(place, (this.counts.get(place) ?? 0) + 1);
    const errors = [
      () => new StoreUnavailable("failing"),
      () => new TypeError("drill"),
      () => "no error at all",
    ];
    throw errors[Math.floor(this.#next() * errors.length)]?.();
  }

  /** Every method fails before its work or after it: a failure afterwards leaves the work done. */
  around<T extends object>(name: string, port: T): T {
    const failing = Object.entries(port).map(([method, work]) => [
      method,
      typeof work !== "function"
        ? work
        : async (...args: unknown[]) => {
            this.maybe(`${name}.${method} before`, 0.05);
            const value: unknown = await (work as (...a: unknown[]) => unknown).apply(port, args);
            this.maybe(`${name}.${method} after`, 0.05);
            return value;
          },
    ]);
    return { ...port, ...(Object.fromEntries(failing) as T) };
  }
}

async function answeredIn<T>(ms: number, asked: Promise<T>): Promise<T | "hung"> {
  return Promise.race([asked, sleep(ms, "hung" as const, { ref: false })]);
}

it(
  `B19: ${FAULTS} faults in every handler, store, turn and send: nobody hangs, nothing that was taken is lost`,
  async () => {
    console.info(`seed ${SEED}`);
    const drill = new Drill(random());
    drill.on = false;
    const pushed: string[] = [];
    const sender: Sender = async ({ activity }) => {
      drill.maybe("send");
      if (activity.content.kind === "message") pushed.push(activity.content.message.text);
      return "sent";
    };
    const plain = standInBrain();
    const desk = await openParts({
      brain: {
        ...plain,
        open(...args) {
          drill.maybe("brain.open");
          return plain.open(...args);
        },
        respond(operator, talk, incoming, moment) {
          drill.maybe("brain.respond");
          if (incoming.text === "poison") throw new Error("drill");
          return plain.respond(operator, talk, incoming, moment);
        },
      },
      senders: new Map([["pushing", sender]]),
      stores: (stores) => ({
        ...stores,
        conversations: drill.around("conversations", stores.conversations),
        inbox: drill.around("inbox", stores.inbox),
        outbox: drill.around("outbox", stores.outbox),
        transcript: drill.around("transcript", stores.transcript),
        feedbacks: drill.around("feedbacks", stores.feedbacks),
        sessions: drill.around("sessions", stores.sessions),
      }),
      channel: (channel) => ({
        ...channel,
        routes: channel.routes.map((route) => ({
          ...route,
          async handle(exchange: Exchange) {
            drill.maybe(`${route.method} ${route.path}`);
            return route.handle(exchange);
          },
        })),
      }),
    });
    const chats = await inParallel(times(measure(10, 40)), 10, () => Chat.open(desk.url, elsewhere()));
    for (const chat of chats) await chat.replies(1);
    const statuses = new Map<number | string, number>();
    const note = async (asked: Promise<{ status: number }>) => {
      const reply = await answeredIn(10_000, asked);
      const status = reply === "hung" ? reply : reply.status;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      return status;
    };
    const poisoned = (await (chats[0] as Chat).say("poison")).body.id;
    drill.on = true;
    const taken = chats.map(() => [] as string[]);
    const sockets: WebSocket[] = [];
    for (let n = 0; drill.faults < FAULTS; n += 1)
      await Promise.all(
        chats.map(async (chat, i) => {
          const text = `m${n}`;
          if ((await note(chat.say(text, text))) === 200) taken[i]?.push(text);
          await note(chat.read(""));
          await note(
            chat.post({ type: "event", name: "feedback", value: { rating: "up", activityId: "x" } }),
          );
          await note(call(`${chat.path}/transcript`, { token: chat.token }));
          await note(call(`${desk.url}/v3/directline/tokens/refresh`, { method: "POST", token: chat.token }));
          const started = await answeredIn(10_000, chat.start());
          if (started !== "hung" && started.status === 200)
            sockets.push(new WebSocket(started.body.streamUrl));
          await sleep(measure(300, 1_200));
        }),
      );
    drill.on = false;
    expect(statuses.has("hung")).toBe(false);
    for (const status of statuses.keys()) expect([200, 400, 429, 500, 503]).toContain(status);
    await until(async () => (await desk.store.inbox.counts()).waiting === 0, 30_000, "the inbox to be empty");
    let [apologies, answers] = [0, 0];
    for (const [i, chat] of chats.entries()) {
      const all: Shown[] = await chat.all();
      const mine = all.filter((a) => a.from.role === "user");
      expect(mine.map((a) => a.text)).toEqual(expect.arrayContaining(taken[i] ?? []));
      for (const { id, text } of mine) {
        const replies = all.filter((a) => a.replyToId === id);
        expect([text, replies.length]).toEqual([text, 1]);
        if (replies[0]?.text?.includes("申し訳ありません")) apologies += 1;
        else answers += 1;
      }
      expect((await chat.say("control")).status).not.toBe(500);
    }
    for (const socket of sockets) socket.close();
    const told = (await (chats[0] as Chat).all()).find((a) => a.replyToId === poisoned);
    expect(told?.text).toContain("申し訳ありません");
    console.info(
      `B19: ${drill.faults} faults at ${drill.counts.size} places, statuses ${JSON.stringify([...statuses])}, ${answers} answers, ${apologies} apologies`,
    );
  },
  LONG ? 400_000 : 120_000,
);

it("B19: what is sent to a platform goes out once the faults are over, and a handler that hangs is found out", async () => {
  const sent: string[] = [];
  let refusals = 1;
  const sender: Sender = async ({ activity }) => {
    if (refusals-- > 0) throw new Error("drill");
    if (activity.content.kind === "message") sent.push(activity.content.message.text);
    return "sent";
  };
  const desk = await openParts({ senders: new Map([["direct-line", sender]]) });
  const chat = await Chat.open(desk.url);
  await chat.say("one");
  await until(() => sent.length === 2, 20_000, "sent");
  expect(sent).toEqual(["greeting jcom", "#1 one"]);
  const naive = await naiveServer(() => Promise.reject(new Error("drill")));
  const asked = fetch(naive, { method: "POST", body: "{}" }).catch(() => undefined);
  expect(await answeredIn(1_000, asked)).toBe("hung");
});
