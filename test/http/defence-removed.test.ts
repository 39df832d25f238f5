import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import WebSocketClient from "ws";
import { Chat, call } from "../support/client.ts";
import { measure, random } from "../support/long.ts";
import { times } from "../support/many.ts";
import { statusOf } from "../support/raw.ts";
import { type Change, deskWith } from "../support/without.ts";

/** One defence each is taken out of the code that a desk runs: the attack that it is there for then succeeds. */
interface Defence {
  name: string;
  /** Takes it out. */
  without: Change;
  /** What attacker and defence both need to be seen. */
  stage?: readonly Change[];
  /** Whether the attack succeeds: the defence has `ms` milliseconds to show itself. */
  attack(url: string, chat: Chat, ms: number): Promise<boolean>;
}

/** Sends this and then `drip` every second; resolves when the desk answers or cuts off, or with "" after `ms`. */
function answerTo(url: string, first: string | Buffer, drip: string, ms: number): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(first));
    const dripping = setInterval(() => socket.write(drip), 1_000);
    const end = (answer: string) => {
      clearInterval(dripping);
      clearTimeout(patience);
      socket.destroy();
      resolve(answer);
    };
    const patience = setTimeout(end, ms, "");
    socket.on("error", () => {});
    socket.on("data", (data) => end(data.toString("latin1")));
    socket.on("close", () => end("closed"));
  });
}

const DEFENCES: Defence[] = [
  {
    name: "B04: the limit of a body",
    without: ["src/http/body.ts", "readBytes(request, MAX_BODY)", "readBytes(request, 1e12)"],
    async attack(url, chat, ms) {
      const path = new URL(`${chat.path}/activities`).pathname;
      const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${chat.token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
      const body = `10000\r\n${" ".repeat(65_536)}\r\n`.repeat(100);
      const activity = '{"type":"message","text":"x"}';
      const bytes = `${head}${body}${activity.length.toString(16)}\r\n${activity}\r\n0\r\n\r\n`;
      return statusOf(await answerTo(url, bytes, "", ms)) === 200;
    },
  },
  {
    name: "B07: no __proto__",
    without: ["src/http/json.ts", "return names(value) ? undefined : value;", "return value;"],
    async attack(_url, chat) {
      const body = '{"type":"message","text":"x","value":{"a":{"__proto__":{"polluted":1}}}}';
      const { status } = await call(`${chat.path}/activities`, { token: chat.token, body });
      return status === 200;
    },
  },
  {
    name: "B09: the time for headers",
    // How long it is, `without-care.test.ts` holds.
    stage: [["src/http/server.ts", "headersTimeout: 10_000,", "headersTimeout: 1_000,"]],
    without: ["src/http/server.ts", "headersTimeout: 1_000,", "headersTimeout: 0,"],
    attack: async (url, _chat, ms) =>
      (await answerTo(url, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ", "a", ms)) === "",
  },
  {
    name: "B10: the frames of a second",
    without: ["src/http/sockets.ts", "if (frames > MAX_FRAMES_PER_SECOND) ws.terminate();", ""],
    async attack(_url, chat) {
      const socket = new WebSocketClient((await chat.start()).body.streamUrl);
      socket.on("error", () => {});
      await new Promise((resolve) => socket.once("open", resolve));
      // Not more: 64 fragments are too many in any case.
      for (const _ of times(60)) socket.ping();
      await sleep(500);
      const alive = socket.readyState === socket.OPEN;
      socket.terminate();
      return alive;
    },
  },
  {
    name: "B19: the apology",
    without: ["src/turn/lanes.ts", "const MAX_TRIES = 5;", "const MAX_TRIES = Number.POSITIVE_INFINITY;"],
    stage: [
      ["test/support/stand-in-brain.ts", "if (options.fails?.(heard))", 'if (heard === "poison")'],
      ["src/turn/lanes.ts", "[100, 300, 1_000, 2_000]", "[50, 50, 50, 50]"],
      // What is tried for ever is tried in peace.
      ["src/turn/lanes.ts", "BACKOFF_MS[job.tries - 1] ?? 0", "BACKOFF_MS[job.tries - 1] ?? 200"],
    ],
    async attack(_url, chat, ms) {
      await chat.say("poison");
      const apologised = chat.replies(2, ms).then(
        () => true,
        () => false,
      );
      return !(await Promise.race([apologised, sleep(ms, false)]));
    },
  },
];

/** Two of them in the short run, drawn by the seed. */
const next = random();
const DRAWN = DEFENCES.map((defence) => ({ defence, at: next() }))
  .sort((a, b) => a.at - b.at)
  .slice(0, measure(2, DEFENCES.length))
  .map(({ defence }) => defence);

it.each(DRAWN)("$name holds, and without it the attack succeeds", async ({ without, stage = [], attack }) => {
  const [whole, open] = await Promise.all([deskWith(stage), deskWith([...stage, without])]);
  const chats = await Promise.all([Chat.open(whole.url), Chat.open(open.url)]);
  const began = performance.now();
  expect(await attack(whole.url, chats[0], 60_000)).toBe(false);
  // What it took here and now tells how long it is waited for where it is not.
  const tookMs = performance.now() - began;
  expect(await attack(open.url, chats[1], 1_000 + 2 * tookMs)).toBe(true);
});
