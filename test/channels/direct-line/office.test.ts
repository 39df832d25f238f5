import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { Chat, type Reply } from "../../support/client.ts";
import { LONG, measure, random, SEED } from "../../support/long.ts";
import { inParallel, quantile, times } from "../../support/many.ts";
import { openParts } from "../../support/parts.ts";
import { elsewhere } from "../../support/tokens.ts";

/** 500 people behind one address: each says something every 20 seconds and looks for answers each second. */
const PEOPLE = measure(60, 500);
const NEW = 50;
const SECONDS = measure(2, 65);
const SAY_EVERY_MS = measure(1_000, 20_000);

it(
  `B17: ${PEOPLE} people behind one address, ${NEW} of them beginning within a minute, are never told 429`,
  async () => {
    console.info(`seed ${SEED}`);
    const next = random();
    const desk = await openParts();
    const office = elsewhere();
    const statuses = new Map<number, number>();
    const taken: number[] = [];
    const note = async <T>(asked: Promise<Reply<T>>): Promise<Reply<T>> => {
      const began = performance.now();
      const reply = await asked;
      taken.push(performance.now() - began);
      statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
      return reply;
    };
    // Who is there already came earlier, so that only the new ones' tokens count in this minute.
    const there = await inParallel(times(PEOPLE - NEW), 20, () => Chat.open(desk.url, elsewhere()));
    const end = performance.now() + SECONDS * 1_000;
    async function person(chat: Chat): Promise<number> {
      let said = 0;
      await sleep(next() * SAY_EVERY_MS);
      do {
        const at = performance.now();
        await note(chat.say(`m${said}`));
        said += 1;
        while (performance.now() < Math.min(end, at + SAY_EVERY_MS)) {
          await note(chat.read(""));
          await sleep(1_000);
        }
      } while (performance.now() < end);
      return said;
    }
    const newcomer = async (n: number) => {
      await sleep((n / NEW) * SECONDS * 500);
      return person(await Chat.open(desk.url, office));
    };
    const said = await Promise.all([...there.map(person), ...times(NEW).map(newcomer)]);
    console.info(
      `B17: ${PEOPLE} people, ${said.reduce((a, b) => a + b, 0)} messages, statuses ${JSON.stringify([...statuses])}, p95 ${quantile(taken, 0.95).toFixed(0)} ms`,
    );
    expect([...statuses.keys()]).toEqual([200]);
    expect(Math.min(...said)).toBeGreaterThan(0);
  },
  LONG ? 200_000 : 120_000,
);
