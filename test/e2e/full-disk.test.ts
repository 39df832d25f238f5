import { execFileSync, spawn } from "node:child_process";
import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { StoreUnavailable } from "../../src/turn/store.ts";
import { Chat, call, type Shown } from "../support/client.ts";
import { productionEnv } from "../support/desk.ts";
import { LONG, measure, random, SEED } from "../support/long.ts";
import { openParts } from "../support/parts.ts";
import { ready, start } from "../support/process.ts";
import { talkers } from "../support/talkers.ts";
import { tempFolder } from "../support/temp.ts";
import { patience } from "../support/took.ts";
import { until } from "../support/until.ts";

/** A disk of its own needs the right to mount one, in a namespace that ends with the process. */
const mounts = (() => {
  try {
    execFileSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** A small disk; `path` is where this process sees it, through the process that has mounted it. */
async function disk(megabytes: number): Promise<{ enter: string[]; inside: string; path: string }> {
  const inside = tempFolder();
  const script = `mount -t tmpfs -o size=${megabytes}m none "$0" && echo mounted && exec sleep 1000`;
  const holder = spawn("unshare", ["-rm", "sh", "-c", script, inside], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void holder.kill("SIGKILL"));
  await new Promise((resolve) => holder.stdout.once("data", resolve));
  const target = String(holder.pid);
  const enter = ["nsenter", "--preserve-credentials", "-U", "-m", "-t", target];
  return { enter, inside, path: `/proc/${target}/root${inside}` };
}

/** Takes what is left of the disk but for so many pages. */
function fill(path: string, pages: number): void {
  const ballast = join(path, "ballast");
  const page = Buffer.alloc(4_096);
  const file = openSync(ballast, "w");
  let size = 0;
  try {
    for (;;) size += writeSync(file, page);
  } catch {}
  ftruncateSync(file, Math.max(0, size - pages * page.length));
  closeSync(file);
}

it.skipIf(!mounts)(
  `R05: a disk of 16 MB${mounts ? "" : ' (skipped: this system does not permit "unshare -rm mount")'} fills up under load, ${measure(1, 10)} times: 503 in time, reading goes on, it passes by itself`,
  async () => {
    console.info(`seed ${SEED}`);
    const next = random();
    const { enter, inside, path } = await disk(16);
    const env = { ...(await productionEnv(inside)), LOG_LEVEL: "warn" };
    const desk = start("test/support/serve.ts", env, [], enter);
    await ready(desk);
    const [reader, spare] = [await Chat.open(desk.url), await Chat.open(desk.url)];
    const crowd = await talkers(desk.url, 8);
    const back: number[] = [];
    for (let round = 0; round < measure(1, 10); round += 1) {
      await sleep(100 + next() * 200);
      fill(path, Math.floor(next() * 8));
      let n = 0;
      await until(
        async () => {
          const began = performance.now();
          const { status, headers } = await reader.say(`full ${"あ".repeat(1_500)}`, `full-${round}-${n++}`);
          const took = performance.now() - began;
          expect(took).toBeLessThan(patience(1_500, took));
          if (status === 503) expect(headers.get("retry-after")).toBe("2");
          else if (status === 429) await sleep(500);
          else expect(status).toBe(200);
          return status === 503;
        },
        20_000,
        "full",
      );
      expect((await reader.read("")).status).toBe(200);
      expect((await call(`${desk.url}/healthz`)).status).toBe(200);
      // After a checkpoint the log's own room is used again: then the desk is not degraded, it writes.
      let again = 0;
      const seen: number[] = [];
      const toldOrWrites = async () => {
        const ready = (await call(`${desk.url}/readyz`)).status;
        const { status } = await spare.say("room in the log", `log-${round}-${again++}`);
        seen.push(ready, status);
        await sleep(200);
        return ready === 503 || status === 200;
      };
      await until(toldOrWrites, 5_000, "degraded").catch((error: Error) => {
        throw new Error(`${error.message}: ${seen.join()}`);
      });
      rmSync(join(path, "ballast"));
      const began = performance.now();
      await until(
        async () => (await reader.say("back", `back-${round}`)).status === 200,
        5_000,
        "room again",
      );
      back.push(performance.now() - began);
    }
    const total = await crowd.stop();
    expect(await crowd.complaints()).toEqual([]);
    expect(await desk.end("SIGTERM")).toBe(0);
    const db = new DatabaseSync(join(path, "madoguchi.db"));
    expect(db.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
    db.close();
    console.info(
      `R05: full ${back.length} times, ${total} acknowledged messages, none lost; writing again after ${Math.round(Math.max(...back))} ms at most`,
    );
  },
  LONG ? 200_000 : 120_000,
);

/** Says something until the desk refuses, or 60 times; what was acknowledged and is not there. */
async function lost(url: string): Promise<{ refused: boolean; lost: string[] }> {
  const chat = await Chat.open(url);
  const acknowledged: string[] = [];
  let refused = false;
  for (let n = 0; n < 50 && !refused; n += 1) {
    const text = `${n} ${"あ".repeat(1_800)}`;
    const { status } = await chat.say(text);
    if (status === 200) acknowledged.push(text);
    refused = status === 503;
  }
  const kept = new Set((await chat.all()).map((a: Shown) => a.text));
  return { refused, lost: acknowledged.filter((text) => !kept.has(text)) };
}

/** Where nothing can be mounted, and for a desk with an exchanged part: the database's own limit of pages. */
it("R05: over HTTP at the limit of pages nothing acknowledged is lost; when the refusal is swallowed, it is", async () => {
  const sqlite = { maxPages: 140 };
  const desk = await openParts({ sqlite });
  expect(await lost(desk.url)).toEqual({ refused: true, lost: [] });
  const careless = await openParts({
    sqlite,
    stores: (stores) => ({
      ...stores,
      inbox: {
        ...stores.inbox,
        receive: (arrival, ...rest) =>
          stores.inbox.receive(arrival, ...rest).catch((error: unknown) => {
            if (error instanceof StoreUnavailable)
              return { kind: "recorded", conversation: arrival.conversation, activity: null, job: null };
            throw error;
          }),
      },
    }),
  });
  expect((await lost(careless.url)).lost.length).toBeGreaterThan(0);
});
