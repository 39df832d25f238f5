import { describe, expect, it } from "vitest";
import WebSocketClient from "ws";
import { Chat, call } from "../../support/client.ts";
import { SECRET } from "../../support/desk.ts";
import { LONG, measure } from "../../support/long.ts";
import { inParallel, quantile, times } from "../../support/many.ts";
import { openParts, type Parts } from "../../support/parts.ts";
import { tempFolder } from "../../support/temp.ts";
import { elsewhere, trusting } from "../../support/tokens.ts";

/**
 * Each row is checked twice by the same checker: on the desk as it is, which must pass, and on one whose
 * defence was taken away by an exchanged part, which must not: a checker that finds nothing proves nothing.
 */
const chatsAt = (desk: Parts, count: number) =>
  inParallel(times(count), 20, () => Chat.open(desk.url, elsewhere()));

const VERBS: ((path: string, token: string) => Promise<{ status: number; body: unknown }>)[] = [
  (path, token) => call(path, { token }),
  (path, token) => call(`${path}/activities`, { token }),
  (path, token) => call(`${path}/activities`, { token, json: { type: "message", text: "intruder" } }),
  (path, token) => call(`${path}/transcript?format=json`, { token }),
  (path, token) => call(`${path}/upload`, { method: "POST", token }),
  (path, token) => call(path, { method: "DELETE", token }),
];

/** Every chat's token on every other chat: how often it was let in, what it heard, and whose token it was given. */
async function intrusions(desk: Parts, chats: readonly Chat[]) {
  const found = { tried: 0, entered: 0, leaked: 0, answers: new Set<string>() };
  const pairs = chats.flatMap((mine) =>
    chats.filter((c) => c !== mine).map((theirs) => [mine, theirs] as const),
  );
  await inParallel(pairs, 20, async ([mine, theirs]) => {
    for (const verb of VERBS) {
      const { status, body } = await verb(theirs.path, mine.token);
      const text = JSON.stringify(body);
      found.tried += 1;
      // An upload is refused for everyone, by another answer than a stranger's.
      if (status < 400 || status === 415) found.entered += 1;
      if (/eyJ[\w-]+\./.test(text) || text.includes(SECRET)) found.leaked += 1;
      found.answers.add(`${status} ${text}`);
    }
  });
  for (const verb of VERBS) {
    const { status, body } = await verb(
      `${desk.url}/v3/directline/conversations/no-such`,
      chats[0]?.token ?? "",
    );
    found.answers.add(`${status} ${JSON.stringify(body)}`);
  }
  return found;
}

describe("A04, A06: a token on another one's chat", () => {
  it(
    `opens nothing, tells nothing, and brings nobody's token out: all pairs of ${measure(8, 100)} chats`,
    async () => {
      const desk = await openParts();
      const chats = await chatsAt(desk, measure(8, 100));
      const { tried, entered, leaked, answers } = await intrusions(desk, chats);
      console.info(`A04: ${entered}/${tried} let in; A06: ${leaked}/${tried} tokens or secrets told`);
      expect([entered, leaked]).toEqual([0, 0]);
      expect([...answers]).toEqual([
        '403 {"error":{"code":"BadToken","message":"The token is not valid here."}}',
      ]);
      const own = await inParallel(chats, 20, async (chat) => {
        const texts = (await chat.all()).map((a) => a.text);
        return texts.join() === "greeting jcom" && (await chat.say("control")).status === 200;
      });
      expect(own.every(Boolean)).toBe(true);
    },
    LONG ? 400_000 : 120_000,
  );

  it("takes as long for a chat that exists as for one that does not", async () => {
    const desk = await openParts();
    const [mine, theirs] = (await chatsAt(desk, 2)) as [Chat, Chat];
    const none = `${desk.url}/v3/directline/conversations/${"x".repeat(theirs.id.length)}`;
    const taken: [number[], number[]] = [[], []];
    for (let n = 0; n < measure(60, 2_000); n += 1)
      for (const [i, path] of [theirs.path, none].entries()) {
        const began = performance.now();
        await call(`${path}/activities`, { token: mine.token });
        taken[i]?.push(performance.now() - began);
      }
    const [there, nowhere] = taken.map((t) => quantile(t, 0.5)) as [number, number];
    console.info(`A04 timing: |dt| median ${Math.abs(there - nowhere).toFixed(3)} ms`);
    expect(Math.abs(there - nowhere)).toBeLessThan(2);
  }, 120_000);

  it("is let in when the chat in the address is believed, and the checker says so", async () => {
    const desk = await openParts({ channel: (channel) => trusting(channel, () => ({})) });
    const { entered, leaked } = await intrusions(desk, await chatsAt(desk, 2));
    expect(entered).toBeGreaterThan(0);
    expect(leaked).toBeGreaterThan(0);
  });
});

/** How often chats whose tokens have ended are still let in, over all verbs and the refresh. */
async function acceptedAfter(chats: readonly Chat[]): Promise<{ tried: number; accepted: number }> {
  const results = await inParallel(chats, 20, async (chat) => {
    const statuses: number[] = [];
    for (const verb of VERBS.slice(0, 4)) statuses.push((await verb(chat.path, chat.token)).status);
    const refresh = `${chat.base}/v3/directline/tokens/refresh`;
    statuses.push((await call(refresh, { method: "POST", token: chat.token })).status);
    return statuses;
  });
  const statuses = results.flat();
  return { tried: statuses.length, accepted: statuses.filter((s) => s < 400).length };
}

describe("A05: a token after its end", () => {
  const COUNT = measure(8, 100);
  const report = (how: string, { tried, accepted }: { tried: number; accepted: number }) => {
    console.info(`A05 ${how}: ${accepted}/${tried} accepted`);
    return accepted;
  };

  it("one second after its expiry", async () => {
    let ahead = 0;
    const clock = { now: () => Date.now() + ahead };
    const began = Date.now();
    for (const [defended, channelClock] of [
      [true, clock],
      [false, { now: () => began }],
    ] as const) {
      ahead = 0;
      const desk = await openParts({ clock, channelClock });
      const chats = await chatsAt(desk, defended ? COUNT : 2);
      expect((await acceptedAfter(chats.slice(0, 1))).accepted).toBe(5);
      ahead = 1_801_000;
      const accepted = report(
        `expiry, clock ${defended ? "asked" : "not asked"}`,
        await acceptedAfter(chats),
      );
      expect(accepted > 0).toBe(!defended);
    }
  });

  it("after its chat was deleted", async () => {
    for (const defended of [true, false]) {
      const desk = await openParts({
        stores: (stores) =>
          defended
            ? stores
            : { ...stores, conversations: { ...stores.conversations, erase: async () => "erased" as const } },
      });
      const chats = await chatsAt(desk, defended ? COUNT : 2);
      for (const chat of chats)
        expect((await call(chat.path, { method: "DELETE", token: chat.token })).status).toBe(204);
      const accepted = report(`deletion ${defended ? "" : "left undone"}`, await acceptedAfter(chats));
      expect(accepted > 0).toBe(!defended);
    }
  });

  it("after the secret that asked for it was changed", async () => {
    for (const defended of [true, false]) {
      const dataDir = tempFolder();
      const first = await openParts({ dataDir });
      const chats = await chatsAt(first, defended ? COUNT : 2);
      await first.stop();
      const secrets = new Map([["jcom", "another-secret-of-jcom-0123456789"]]);
      const second = await openParts({
        dataDir,
        settings: { secrets },
        channel: (channel) => (defended ? channel : trusting(channel, () => ({ secret: null }))),
      });
      const moved = chats.map((c) => new Chat(second.url, { conversationId: c.id, token: c.token }));
      const accepted = report(
        `rotation, secret ${defended ? "looked at" : "not looked at"}`,
        await acceptedAfter(moved),
      );
      expect(accepted > 0).toBe(!defended);
    }
  });
});

describe("A24: a stream that another origin asks for", () => {
  const HOSTILE: Record<string, string>[] = [
    { Origin: "https://evil.example" },
    { Origin: "null" },
    { Origin: "https://www.jcom.example.evil" },
    { Origin: "https://www.jcom.example:444" },
    { Origin: "http://www.jcom.example" },
    { Cookie: "session=1" },
  ];
  const opens = (url: string, headers: Record<string, string>) =>
    new Promise<boolean>((resolve) => {
      const socket = new WebSocketClient(url, { headers });
      socket.on("open", () => {
        socket.terminate();
        resolve(true);
      });
      socket.on("unexpected-response", (_, response) => {
        response.resume();
        resolve(false);
      });
      socket.on("error", () => resolve(false));
    });

  it(`is opened never in ${measure(30, 1_000)} tries, unless origins are not looked at; our own pages' always`, async () => {
    for (const defended of [true, false]) {
      const desk = await openParts(defended ? {} : { settings: { allows: () => true } });
      const tries = times(defended ? measure(30, 1_000) : 6);
      const chats = await chatsAt(desk, Math.ceil(tries.length / 50));
      const opened = await inParallel(tries, 5, async (n) => {
        const { streamUrl } = (await (chats[n % chats.length] as Chat).start()).body;
        return opens(streamUrl, HOSTILE[n % HOSTILE.length] ?? {});
      });
      const count = opened.filter(Boolean).length;
      console.info(
        `A24: ${count}/${tries.length} hostile upgrades${defended ? "" : " with every origin allowed"}`,
      );
      expect(count > 0).toBe(!defended);
      const { streamUrl } = (await (chats[0] as Chat).start()).body;
      expect(await opens(streamUrl, { Origin: "https://www.jcom.example" })).toBe(true);
    }
  }, 120_000);
});
