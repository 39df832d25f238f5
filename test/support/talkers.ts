import { setTimeout as sleep } from "node:timers/promises";
import { Chat } from "./client.ts";

/** Customers who go on talking whatever happens to the desk, and who know what was acknowledged. */
export interface Talkers {
  /** How many messages were acknowledged so far. */
  acknowledged(): number;
  /** Ends the talking; how many messages were acknowledged. */
  stop(): Promise<number>;
  /** Everything that is wrong with what the desk now tells of their chats: lost, doubled, out of order. */
  complaints(waitMs?: number): Promise<string[]>;
}

export async function talkers(url: string, count: number): Promise<Talkers> {
  const chats = await Promise.all(Array.from({ length: count }, () => Chat.open(url)));
  let running = true;
  let heard = 0;
  const talks = chats.map((chat) =>
    talk(
      chat,
      () => running,
      () => {
        heard += 1;
      },
    ),
  );
  return {
    acknowledged: () => heard,
    async stop() {
      running = false;
      return (await Promise.all(talks)).reduce((sum, said) => sum + said.length, 0);
    },
    async complaints(waitMs = 10_000) {
      const acknowledged = await Promise.all(talks);
      return (
        await Promise.all(chats.map((chat, i) => complaintsOf(chat, acknowledged[i] ?? [], waitMs)))
      ).flat();
    },
  };
}

/** Says m1, m2, ...; what gets no answer is said again under its id. Gives what was acknowledged. */
async function talk(chat: Chat, running: () => boolean, taken: () => void): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let n = 1; running(); n += 1) {
    const text = `m${n}`;
    for (;;) {
      const reply = await chat.say(text, `id-${n}`).catch(() => undefined);
      if (reply?.status === 200) break;
      if (!running()) return acknowledged;
      await sleep(reply?.status === 429 ? 200 : 20);
    }
    acknowledged.push(text);
    taken();
  }
  return acknowledged;
}

async function complaintsOf(chat: Chat, said: readonly string[], waitMs: number): Promise<string[]> {
  const late = await chat.replies(said.length + 1, waitMs).then(
    () => [],
    (error: Error) => [error.message],
  );
  const all = await chat.all();
  const mine = all.filter((a) => a.from.role === "user").map((a) => a.text);
  const answers = all.filter((a) => a.from.role === "bot").map((a) => a.text);
  const expected = ["greeting jcom", ...mine.map((text, n) => `#${n + 1} ${text}`)].slice(0, answers.length);
  // The last one may have been recorded without its acknowledgement.
  const extra = mine.length - said.length;
  return [
    ...late,
    ...(said.every((text, n) => mine[n] === text)
      ? []
      : [`lost or out of order: ${said.length} said, ${mine.length} there`]),
    ...(extra > 1 ? [`${extra} that nobody said`] : []),
    ...(answers.every((text, n) => text === expected[n]) ? [] : ["answered twice or out of order"]),
  ];
}
