import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { productionEnv } from "../support/desk.ts";
import { Listener } from "../support/listener.ts";
import { LONG, measure, random, SEED } from "../support/long.ts";
import { inParallel, quantile, times } from "../support/many.ts";
import { serve } from "../support/process.ts";
import { tempFolder } from "../support/temp.ts";
import { elsewhere } from "../support/tokens.ts";
import { patience } from "../support/took.ts";
import { until } from "../support/until.ts";

const [CHATS, RESTARTS] = [measure(50, 2_000), measure(1, 20)];

it(
  `R13: ${RESTARTS} restarts under ${CHATS} chats with open streams: nothing lost, nothing twice, order kept, all back within 10 s`,
  async () => {
    console.info(`seed ${SEED}`);
    const next = random();
    const env = {
      ...(await productionEnv(tempFolder())),
      LOG_LEVEL: "warn",
      TRUSTED_PROXIES: "127.0.0.1",
    };
    let desk = await serve(env);
    const chats = await inParallel(times(CHATS), 50, () => Listener.open(desk.url, elsewhere()));
    const online = () => chats.every((chat) => chat.isOnline);
    await until(online, 60_000, "every stream");
    const texts = times(RESTARTS).map((n) => `m${n + 1}`);
    for (const text of texts) {
      const saying = Promise.all(chats.map((chat) => chat.say(text)));
      await sleep(next() * measure(100, 1_500));
      expect(await desk.end("SIGTERM")).toBe(0);
      desk = await serve(env);
      await saying;
      await until(online, 60_000, "every stream again");
    }
    const whole = 1 + 2 * texts.length;
    await until(() => chats.every(({ heard }) => heard.length >= whole), 60_000, "every answer");
    await sleep(500);
    for (const chat of chats) chat.end();
    const by = (chat: Listener, role: string) =>
      chat.heard.filter((a) => a.from.role === role).map((a) => a.text);
    for (const chat of chats) {
      expect(by(chat, "user")).toEqual(texts);
      expect(by(chat, "bot")).toEqual(["greeting jcom", ...texts.map((text, n) => `#${n + 1} ${text}`)]);
    }
    const gaps = chats.flatMap((chat) => chat.gaps);
    expect(gaps.length).toBe(CHATS * RESTARTS);
    const [p50, p99] = [quantile(gaps, 0.5), quantile(gaps, 0.99)].map(Math.round);
    console.info(`${gaps.length} times without a stream: p50 ${p50} ms, p99 ${p99} ms`);
    expect(p99).toBeLessThanOrEqual(LONG ? 10_000 : patience(10_000, p99 ?? 0));
    await desk.end("SIGTERM");
  },
  LONG ? 1_800_000 : 120_000,
);
