import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { productionEnv } from "../support/desk.ts";
import { Listener } from "../support/listener.ts";
import { LONG, measure, random, SEED } from "../support/long.ts";
import { inParallel, quantile, times } from "../support/many.ts";
import { type DeskProcess, ready, start } from "../support/process.ts";
import { tempFolder } from "../support/temp.ts";
import { elsewhere } from "../support/tokens.ts";
import { until } from "../support/until.ts";

const [CHATS, RESTARTS] = [measure(5, 200), measure(1, 20)];

it(
  `R13: ${RESTARTS} restarts, every second by kill -9, under ${CHATS} chats that a person has: nothing lost, nothing twice, order kept, the bot silent`,
  async () => {
    console.info(`seed ${SEED}`);
    const next = random();
    const env = {
      ...(await productionEnv(tempFolder())),
      LOG_LEVEL: "warn",
      TRUSTED_PROXIES: "127.0.0.1",
    };
    const serve = async () => {
      const desk = start("test/support/serve-desk.ts", env) as DeskProcess;
      await ready(desk);
      return desk;
    };
    let desk = await serve();
    const chats = await inParallel(times(CHATS), 20, () => Listener.open(desk.url, elsewhere()));
    const online = () => chats.every((chat) => chat.isOnline);
    await until(online, 60_000, "every stream");
    const said = (chat: Listener, part: string) => chat.heard.filter((a) => a.text?.includes(part)).length;
    const everyOne = (part: string) => () => chats.every((chat) => said(chat, part) > 0);
    await inParallel(chats, 20, (chat) => chat.say("人"));
    await until(everyOne("対応いたします"), 60_000, "a person in every chat");
    const words = times(RESTARTS).map((n) => `m${n + 1}.`);
    for (const [n, word] of words.entries()) {
      const saying = Promise.all(chats.map((chat) => chat.say(word)));
      await sleep(next() * measure(300, 1_500));
      const code = await desk.end(n % 2 === measure(0, 1) ? "SIGKILL" : "SIGTERM");
      if (code !== null) expect(code).toBe(0);
      desk = await serve();
      await saying;
      await until(online, 60_000, "every stream again");
    }
    await until(everyOne(`re: ${words.at(-1)}`), 120_000, "every answer");
    await inParallel(chats, 20, (chat) => chat.say("bye"));
    await until(everyOne("ここからは自動応答"), 60_000, "the bot again in every chat");
    await inParallel(chats, 20, (chat) => chat.say("thanks"));
    await until(everyOne("#2 thanks"), 60_000, "the bot's answer");
    await sleep(500);
    for (const chat of chats) chat.end();
    const mine = ["人", ...words, "bye", "thanks"];
    const theirs = [...words, "bye"].map((word) => `re: ${word}`);
    for (const chat of chats) {
      expect(new Set(chat.heard.map(({ id }) => id)).size).toBe(chat.heard.length);
      expect(chat.heard.filter((a) => a.from.role === "user").map((a) => a.text)).toEqual(mine);
      const bot = chat.heard.filter((a) => a.from.role === "bot");
      expect(bot.filter((a) => a.from.name === "Sato").map((a) => a.text)).toEqual(theirs);
      const rest = bot.filter((a) => a.from.name !== "Sato").map((a) => (a.text ?? "").slice(0, 12));
      expect(rest).toEqual(
        ["greeting jcom", "#1 人", "Satoが対応いたします。", "担当者との会話が終わりました", "#2 thanks"].map(
          (text) => text.slice(0, 12),
        ),
      );
    }
    const gaps = chats.flatMap((chat) => chat.gaps);
    const [p50, p99] = [quantile(gaps, 0.5), quantile(gaps, 0.99)].map(Math.round);
    console.info(`${gaps.length} times without a stream: p50 ${p50} ms, p99 ${p99} ms`);
    await desk.end("SIGTERM");
  },
  LONG ? 1_800_000 : 90_000,
);
