import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { freePort, openDesk, productionEnv } from "../../support/desk.ts";
import { deliver, type Event, LinePlatform, userOf, visible, webhook } from "../../support/line-platform.ts";
import { LONG, measure, random, SEED } from "../../support/long.ts";
import { inParallel, quantile, times } from "../../support/many.ts";
import { type DeskProcess, serve } from "../../support/process.ts";
import { standInBrain } from "../../support/stand-in-brain.ts";
import { tempFolder } from "../../support/temp.ts";
import { until } from "../../support/until.ts";

async function platform(): Promise<LinePlatform> {
  const line = await LinePlatform.open();
  line.random = random();
  onTestFinished(async () => {
    expect(line.problems).toEqual([]);
    await line.close();
  });
  return line;
}

const shuffled = <T>(items: readonly T[], next: () => number): T[] =>
  items
    .map((item) => ({ item, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

/** How often each text has reached its customer, by the number that stands in it; counted as they come. */
function counting(line: LinePlatform): Map<string, number> {
  const counts = new Map<string, number>();
  line.onReached = ({ messages }) => {
    for (const [, id = ""] of visible(messages).matchAll(/#\d+ id-(\d+)/g))
      counts.set(id, (counts.get(id) ?? 0) + 1);
  };
  return counts;
}

const missing = (counts: Map<string, number>, ids: number) =>
  times(ids).filter((id) => !counts.has(String(id)));
const doubled = (counts: Map<string, number>) => [...counts].filter(([, n]) => n > 1).map(([id]) => id);

const IDS = measure(40, 5_000);
const KILLS = measure(1, 12);

it(`A02, 43: ${IDS} ids that come five times each, to two processes that are killed, are answered once each`, async () => {
  console.info(`seed ${SEED}`);
  const next = random();
  const line = await platform();
  const counts = counting(line);
  // They are all made before the first is delivered.
  line.tokenMs = Number.POSITIVE_INFINITY;
  const dataDir = tempFolder();
  const ahead = join(tempFolder(), "clock");
  writeFileSync(ahead, "0");
  const envs = await Promise.all(
    [1, 2].map(async () => ({
      ...(await productionEnv(dataDir)),
      ...line.env(),
      CLOCK_FILE: ahead,
      PORT: String(await freePort()),
      LOG_LEVEL: "warn",
    })),
  );
  const desks: DeskProcess[] = [];
  for (const env of envs) desks.push(await serve(env));
  const users = Math.ceil(IDS / 5);
  const events = times(IDS).map((id): Event => line.text(userOf(1 + (id % users)), `id-${id}`));
  const copies = times(5).flatMap((n) =>
    events.map((event) => ({ ...event, deliveryContext: { isRedelivery: n > 0 } })),
  );
  // A body of one to four events, some of them with one that came before.
  const bodies: string[] = [];
  for (let queue = shuffled(copies, next); queue.length > 0; ) {
    const take = 1 + Math.floor(next() * 4);
    bodies.push(webhook(queue.slice(0, take)));
    queue = queue.slice(take);
  }
  let sent = 0;
  const posting = inParallel(bodies, 16, async (body) => {
    // As the platform does: until it is acknowledged.
    for (let n = 0; ; n += 1) {
      const desk = desks[(sent + n) % 2];
      const answer = await deliver(desk?.url ?? "", body).catch(() => undefined);
      if (answer?.status === 200) break;
      await sleep(50);
    }
    sent += 1;
  });
  const killing = (async () => {
    for (let n = 1; n <= KILLS; n += 1) {
      await until(() => sent >= (bodies.length * n) / (KILLS + 1), 300_000);
      const which = n % 2;
      await desks[which]?.end("SIGKILL");
      desks[which] = await serve(envs[which] ?? {});
    }
  })();
  await Promise.all([posting, killing]);
  if (!LONG) {
    // What the dead process was sending is its own for twenty seconds more: once the living ones have nothing left to
    // send, they are gone by in a moment.
    for (let reached = -1; reached < counts.size; await sleep(1_000)) reached = counts.size;
    writeFileSync(ahead, "20000");
  }
  await until(() => counts.size === IDS, measure(60_000, 180_000), "all are answered");
  await sleep(measure(300, 3_000));
  expect(counts.size).toBe(IDS);
  expect(doubled(counts)).toEqual([]);
  const pushes = line.reached.filter(({ how }) => how === "push").length;
  console.info(
    `A02: ${IDS} ids in ${bodies.length} deliveries, ${KILLS} kills: ${line.reached.length} calls, ${pushes} pushes`,
  );
  for (const desk of desks) await desk.end("SIGTERM");
});

const SAID = measure(40, 3_000);

it(
  `D05: of ${SAID} messages none is lost or doubled while calls are cut, refused, slow, endless or answered by 500`,
  async () => {
    console.info(`seed ${SEED}`);
    const line = await platform();
    const counts = counting(line);
    line.faults = {
      resetBefore: 0.12,
      resetAfter: 0.12,
      failBefore: 0.04,
      failAfter: 0.04,
      limited: 0.04,
      endless: 0.04,
      slowMs: 30,
    };
    const desk = await openDesk({
      dataDir: tempFolder(),
      env: { ...line.env(), LOG_LEVEL: "error" },
      brain: standInBrain({ operators: ["jcom"] }),
    });
    const acks: number[] = [];
    const users = Math.ceil(SAID / 3);
    await inParallel(times(SAID), 4, async (id) => {
      const event = line.text(userOf(1 + (id % users)), `id-${id}`);
      // Some were sent long ago, and can only be pushed.
      if (id % 4 === 0) line.age(event);
      const { status, ms } = await deliver(desk.url, webhook([event]));
      expect(status).toBe(200);
      acks.push(ms);
    });
    await until(() => counts.size === SAID, measure(30_000, 240_000), "all have arrived");
    await sleep(measure(1_000, 5_000));
    const first = (n: number) => line.of(userOf(n)).map((message) => String(message.text));
    expect(counts.size).toBe(SAID);
    expect(doubled(counts)).toEqual([]);
    // In order for each customer.
    for (const n of times(Math.min(users, 200)))
      expect(first(n + 1)).toEqual([...first(n + 1)].sort((a, b) => numberOf(a) - numberOf(b)));
    const calls = [...line.calls].filter(([path]) => path.includes("message")).reduce((a, [, n]) => a + n, 0);
    console.info(
      `D05: ${SAID} messages in ${calls} calls, acknowledged p99.9 ${quantile(acks, 0.999).toFixed(0)} ms`,
    );
    await desk.stop();
  },
  measure(120_000, 400_000),
);

const numberOf = (text: string) => Number(/^#(\d+)/.exec(text)?.[1] ?? 0);

it("D05: a platform that is gone is asked eight times and then in pauses; what waited comes when it is back", async () => {
  const line = await platform();
  const counts = counting(line);
  line.faults = { resetBefore: 1 };
  const desk = await openDesk({
    dataDir: tempFolder(),
    env: { ...line.env(), LOG_LEVEL: "warn" },
    brain: standInBrain({ operators: ["jcom"] }),
  });
  const ids = 30;
  for (const id of times(ids)) await deliver(desk.url, webhook([line.text(userOf(id + 1), `id-${id}`)]));
  await until(() => desk.lines.some((text) => text.includes("line.circuit-open")));
  const calls = () =>
    (line.calls.get("/v2/bot/message/reply") ?? 0) + (line.calls.get("/v2/bot/message/push") ?? 0);
  const asked = calls();
  await sleep(700);
  // Those that were under way when it opened, at most all at once, and one probe.
  expect(calls() - asked).toBeLessThanOrEqual(2);
  line.faults = {};
  await until(() => counts.size === ids, 20_000, "all have arrived");
  expect(doubled(counts)).toEqual([]);
  await desk.stop();
});

it.runIf(LONG)(
  "L06, D05: 300 events a second for ten minutes, replies 200 ms slow: acknowledged within 500 ms (p99.9)",
  async () => {
    const seconds = Number(process.env.MADOGUCHI_L06_SECONDS ?? 600);
    const line = await platform();
    const counts = counting(line);
    line.faults = { slowMs: 200 };
    const env = { ...(await productionEnv(tempFolder())), ...line.env(), LOG_LEVEL: "error" };
    const desk = await serve(env);
    const acks: number[] = [];
    const failed: number[] = [];
    const posts: Promise<void>[] = [];
    const began = performance.now();
    let id = 0;
    while (performance.now() - began < seconds * 1_000) {
      const due = Math.floor(((performance.now() - began) / 1_000) * 300);
      for (; id < due; id += 1) {
        const body = webhook([line.text(userOf(1 + (id % 3_000)), `id-${id}`)]);
        posts.push(
          deliver(desk.url, body).then(
            ({ status, ms }) => void (status === 200 ? acks.push(ms) : failed.push(status)),
            () => void failed.push(0),
          ),
        );
      }
      await sleep(5);
    }
    await Promise.all(posts);
    await until(() => counts.size >= id, 120_000, "all have arrived");
    const at = (part: number) => quantile(acks, part).toFixed(0);
    console.info(
      `L06: ${id} events, p50 ${at(0.5)}, p99 ${at(0.99)}, p99.9 ${at(0.999)}, max ${at(1)} ms; ${counts.size} answered, ${doubled(counts).length} doubled`,
    );
    expect(failed).toEqual([]);
    expect(missing(counts, id)).toEqual([]);
    expect(doubled(counts)).toEqual([]);
    expect(quantile(acks, 0.999)).toBeLessThanOrEqual(500);
    await desk.end("SIGTERM");
  },
  1_200_000,
);
