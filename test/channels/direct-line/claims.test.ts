import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Channel } from "../../../src/channels/channel.ts";
import type { Answer, Exchange, Route } from "../../../src/http/exchange.ts";
import { randomIds } from "../../../src/keys.ts";
import type { Arrival } from "../../../src/turn/store.ts";
import { Chat, call, type Shown } from "../../support/client.ts";
import { measure, random, SEED } from "../../support/long.ts";
import { inParallel, times } from "../../support/many.ts";
import { type Exchanged, openParts, type Parts } from "../../support/parts.ts";
import { elsewhere, userOf } from "../../support/tokens.ts";
import { until } from "../../support/until.ts";

/** What customers claim, over and over; each row also on a desk whose defence is exchanged for none. */
const next = random();
console.info(`seed ${SEED}`);
const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
const PER_CHAT = 50;

const chatsAt = (desk: Parts, sends: number) =>
  inParallel(times(Math.ceil(sends / PER_CHAT)), 20, () => Chat.open(desk.url, elsewhere()));

/** Waits until nothing is left to answer. */
const answered = (desk: Parts) =>
  until(async () => (await desk.store.inbox.counts()).waiting === 0, 120_000, "all answered");

/** Routes of this method on `/activities`, handled in another way. */
function rerouted(
  channel: Channel,
  method: Route["method"],
  around: (exchange: Exchange, handle: Route["handle"]) => Promise<Answer>,
): Channel {
  const routes = channel.routes.map((route) =>
    route.method === method && route.path.endsWith("/activities")
      ? { ...route, handle: (exchange: Exchange) => around(exchange, (e) => route.handle(e)) }
      : route,
  );
  return { ...channel, routes };
}

describe("A08: who a customer claims to be", () => {
  const claims = (n: number, other: string) => ({
    type: "message",
    text: `#${n}`,
    from: pick([
      { id: other, role: "user" },
      { id: "madoguchi", role: "bot" },
      { id: "agent-1", role: "agent" },
      {},
    ]),
    recipient: { id: pick([other, "madoguchi"]) },
    conversation: { id: pick(["other", ""]) },
    channelId: pick(["emulator", "line", "msteams"]),
    channelData: pick([
      { userVerified: true },
      { madoguchi: { kind: "receipt" } },
      { identityHash: "" },
      null,
    ]),
    entities: [{ type: "verified" }],
  });

  async function lies(desk: Parts, sends: number): Promise<{ sent: number; believed: number }> {
    const chats = await chatsAt(desk, sends);
    const others = chats.map((chat) => userOf(chat.token));
    const found = await inParallel(chats, 10, async (chat) => {
      for (const n of times(PER_CHAT)) expect((await chat.post(claims(n, pick(others)))).status).toBe(200);
      const mine = (await chat.all()).filter((a) => /^#\d+$/.test(a.text ?? ""));
      const user = userOf(chat.token);
      const honest = (a: Shown) =>
        a.from.id === user &&
        a.from.role === "user" &&
        a.channelId === "directline" &&
        !/userVerified|receipt|identityHash|emulator|"verified"/.test(JSON.stringify(a));
      return { sent: mine.length, believed: mine.filter((a) => !honest(a)).length };
    });
    const sum = (key: "sent" | "believed") => found.reduce((total, f) => total + f[key], 0);
    return { sent: sum("sent"), believed: sum("believed") };
  }

  it("is believed in none of so many sends; on a desk that shows what was claimed, in all", async () => {
    const sends = measure(50, 10_000);
    const { sent, believed } = await lies(await openParts(), sends);
    console.info(`A08: ${believed}/${sent} claims believed`);
    expect([sent, believed]).toEqual([sends, 0]);

    const claimed = new Map<string, object>();
    const echoing = (channel: Channel) => {
      const posting = rerouted(channel, "POST", async (exchange, handle) => {
        const answer = await handle(exchange);
        claimed.set((answer.body as { id: string }).id, exchange.body as object);
        return answer;
      });
      return rerouted(posting, "GET", async (exchange, handle) => {
        const answer = await handle(exchange);
        const body = answer.body as { activities: Shown[] };
        const activities = body.activities.map((a) => ({ ...a, ...claimed.get(a.id) }));
        return { ...answer, body: { ...body, activities } };
      });
    };
    const undefended = await lies(await openParts({ channel: echoing }), PER_CHAT);
    expect(undefended.believed).toBeGreaterThan(0);
  }, 300_000);
});

describe("B02: text of every shape", () => {
  const PIECES = [
    "\ud800",
    "\udc00",
    "\udc00\ud800",
    "\0",
    "\uffff",
    "\u0001\u0085",
    "\u202e",
    "\u2066",
    "\u200b\u200d",
    "\u{e0041}\u{e007f}",
    "\ufe0f",
    "\ufeff",
    "\u0301".repeat(200),
    "Z\u0321\u0300\u0489",
    "𠮷",
    "葛\u{e0100}",
    "髙﨑㈱",
    "ｶﾅﾞ",
    "😀👨‍👩‍👧",
    "{{x}} $t(y)",
    "<b>",
    "\r\n",
    "録音は?",
    "a",
  ];
  const shape = () =>
    times(1 + Math.floor(next() * 6))
      .map(() => pick(PIECES))
      .join("");

  async function misshapen(desk: Parts, sends: number) {
    const chats = await chatsAt(desk, sends);
    const found = await inParallel(chats, 10, async (chat) => {
      const said = times(PER_CHAT).map(shape);
      const statuses: number[] = [];
      for (const text of said) statuses.push((await chat.say(text)).status);
      const mine = (await chat.all()).filter((a) => a.from.role === "user").map((a) => a.text ?? "");
      const wrong = mine.filter((text, n) => !text.isWellFormed() || text !== said[n]?.toWellFormed());
      return { refused: statuses.filter((s) => s !== 200).length, wrong: wrong.length, kept: mine.length };
    });
    await answered(desk);
    const sum = (key: "refused" | "wrong" | "kept") => found.reduce((total, f) => total + f[key], 0);
    const { dead } = await desk.store.inbox.counts();
    return { refused: sum("refused"), wrong: sum("wrong"), kept: sum("kept"), dead };
  }

  it("is taken, kept well-formed and answered; without the mending, ill-formed text is kept", async () => {
    const sends = measure(50, 5_000);
    const found = await misshapen(await openParts(), sends);
    console.info(`B02: ${JSON.stringify(found)} of ${sends}`);
    expect(found).toEqual({ refused: 0, wrong: 0, kept: sends, dead: 0 });

    let raw: string | undefined;
    const undefended = await openParts({
      channel: (channel) =>
        rerouted(channel, "POST", async (exchange, handle) => {
          raw = (exchange.body as { text?: string }).text;
          return handle(exchange);
        }),
      stores: (stores) => ({
        ...stores,
        inbox: {
          ...stores.inbox,
          receive: (arrival, ...rest) => stores.inbox.receive(asTyped(arrival), ...rest),
        },
      }),
    });
    const asTyped = (arrival: Arrival): Arrival =>
      raw === undefined || !arrival.activity
        ? arrival
        : {
            ...arrival,
            activity: { ...arrival.activity, platform: { ...arrival.activity.platform, text: raw } },
          };
    const chat = await Chat.open(undefended.url);
    await chat.say("\ud800");
    const mine = (await chat.all()).find((a) => a.from.role === "user");
    expect(mine?.text?.isWellFormed()).toBe(false);
  }, 300_000);
});

describe("R10: a message that is sent again because its answer did not come", () => {
  /** With those that are sent again, fewer than a token may post at once. */
  const SENDS = 40;

  /** Sends each once or more: of three, one is given up on its way and sent again. */
  async function doubles(desk: Parts, sends: number) {
    const chats = await chatsAt(desk, (sends / SENDS) * PER_CHAT);
    const found = await inParallel(chats, 10, async (chat) => {
      let conflicts = 0;
      for (const n of times(SENDS)) {
        const json = { type: "message", text: `m${n}`, channelData: { clientActivityID: `id-${n}` } };
        if (next() < 0.3) {
          const given = new AbortController();
          const lost = fetch(`${chat.path}/activities`, {
            method: "POST",
            headers: { Authorization: `Bearer ${chat.token}`, "Content-Type": "application/json" },
            body: JSON.stringify(json),
            signal: given.signal,
          }).catch(() => undefined);
          await sleep(next() * 4);
          given.abort();
          await lost;
        }
        expect(await unlimited(() => chat.post(json))).toBe(200);
        if (n % 20 === 0 && (await unlimited(() => chat.say("another", `id-${n}`))) === 409) conflicts += 1;
      }
      const mine = (await chat.all()).filter((a) => a.from.role === "user").map((a) => a.text);
      const wanted = times(SENDS).map((n) => `m${n}`);
      return { kept: mine.length, wrong: mine.join() === wanted.join() ? 0 : 1, conflicts };
    });
    const sum = (key: "kept" | "wrong" | "conflicts") => found.reduce((total, f) => total + f[key], 0);
    return { chats: chats.length, kept: sum("kept"), wrong: sum("wrong"), conflicts: sum("conflicts") };
  }

  /** What is answered once the limits allow it. */
  async function unlimited(ask: () => Promise<{ status: number }>): Promise<number> {
    for (;;) {
      const { status } = await ask();
      if (status !== 429) return status;
      await sleep(300);
    }
  }

  it("is kept once, in its place; without the event's id, twice", async () => {
    const { chats, kept, wrong, conflicts } = await doubles(await openParts(), measure(40, 10_000));
    console.info(`R10: ${kept} kept of ${chats * SENDS} in ${chats} chats, ${wrong} chats wrong`);
    expect([kept, wrong, conflicts]).toEqual([chats * SENDS, 0, chats * 2]);

    const forgetful: Exchanged["stores"] = (stores) => ({
      ...stores,
      inbox: {
        ...stores.inbox,
        receive: (arrival, ...rest) =>
          stores.inbox.receive({ ...arrival, eventId: randomIds.next() }, ...rest),
      },
    });
    const undefended = await openParts({ stores: forgetful });
    const chat = await Chat.open(undefended.url);
    for (const _ of [1, 2]) await chat.say("once", "same");
    await answered(undefended);
    expect((await chat.all()).filter((a) => a.text === "once")).toHaveLength(2);
  }, 300_000);
});

describe("R16: replay from a watermark", () => {
  it(`is exact at ${measure(40, 10_000)} positions, by address and by stream`, async () => {
    const desk = await openParts();
    const positions = measure(40, 10_000);
    const chats = await chatsAt(desk, positions / 2);
    const wrong = await inParallel(chats, 10, async (chat) => {
      const { streamUrl } = (await chat.start()).body;
      for (const n of times(PER_CHAT)) await chat.say(`m${n}`);
      await answered(desk);
      const all = await chat.all();
      expect(all).toHaveLength(2 * PER_CHAT + 1);
      let missed = 0;
      for (const after of times(2 * PER_CHAT)) {
        const { body } = await chat.read(String(after));
        const wanted = all.slice(after).map((a) => a.id);
        if (body.activities.map((a) => a.id).join() !== wanted.join()) missed += 1;
      }
      const after = Math.floor(next() * all.length);
      const streamed: string[] = [];
      const ws = new WebSocket(streamUrl.replace(/watermark=\d+/, `watermark=${after}`));
      ws.addEventListener("message", (event) => {
        if (event.data !== "")
          streamed.push(
            ...(JSON.parse(String(event.data)) as { activities: Shown[] }).activities.map((a) => a.id),
          );
      });
      await until(() => streamed.length >= all.length - after, 5_000, "stream");
      ws.close();
      return (
        missed +
        (streamed.join() ===
        all
          .slice(after)
          .map((a) => a.id)
          .join()
          ? 0
          : 1)
      );
    });
    console.info(`R16: ${wrong.reduce((a, b) => a + b, 0)}/${chats.length * 2 * PER_CHAT} positions wrong`);
    expect(wrong.every((n) => n === 0)).toBe(true);
  }, 300_000);
});

describe("B16: one address that asks for a chat again and again", () => {
  it("hears 429 with Retry-After, costs little, and takes nothing from the others", async () => {
    const desk = await openParts();
    const tries = measure(160, 10_000);
    const before = process.memoryUsage().rss;
    const flood = elsewhere();
    const generate = (headers: Record<string, string>) =>
      call(`${desk.url}/widget/jcom/token`, { json: {}, headers: { ...headers, Origin: desk.url } });
    const began = performance.now();
    const answers = await inParallel(times(tries), 20, () => generate(flood));
    const minutes = (performance.now() - began) / 60_000;
    const taken = answers.filter((a) => a.status === 200).length;
    const refused = answers.filter((a) => a.status === 429);
    console.info(
      `B16: ${taken} taken, ${refused.length} refused of ${tries}, RSS ${Math.round((process.memoryUsage().rss - before) / 1_048_576)} MB more with the sender's`,
    );
    expect(taken + refused.length).toBe(tries);
    expect(taken).toBeLessThanOrEqual(101 + Math.ceil(minutes * 100));
    for (const { headers } of refused) expect(Number(headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect((await generate(elsewhere())).status).toBe(200);
  }, 120_000);
});
