import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it, onTestFinished } from "vitest";
import { Chat, call } from "../support/client.ts";
import { openDesk } from "../support/desk.ts";
import { tempFolder } from "../support/temp.ts";
import { patience } from "../support/took.ts";
import { until } from "../support/until.ts";

it("R07: while the database is locked, writing hears 503 in time, reading and health go on, and it passes by itself", async () => {
  const folder = tempFolder();
  const desk = await openDesk({ dataDir: folder });
  onTestFinished(() => desk.stop());
  const chat = await Chat.open(desk.url);
  await chat.say("before");
  await chat.replies(2);
  const holder = new DatabaseSync(join(folder, "madoguchi.db"));
  onTestFinished(() => holder.close());
  holder.exec("begin exclusive");
  const began = performance.now();
  const refused = chat.say("during", "during");
  const reads = [];
  for (let n = 0; n < 5; n += 1) {
    const asked = performance.now();
    reads.push((await chat.read("")).body.activities.length);
    expect((await call(`${desk.url}/healthz`)).status).toBe(200);
    const took = performance.now() - asked;
    expect(took).toBeLessThan(patience(500, took));
  }
  expect(reads).toEqual([3, 3, 3, 3, 3]);
  const { status, headers, body } = await refused;
  expect([status, headers.get("retry-after"), body]).toEqual([
    503,
    "2",
    { error: { code: "Unavailable", message: expect.any(String) } },
  ]);
  const waited = performance.now() - began;
  expect(waited).toBeLessThan(patience(6_000, waited));
  expect((await call(`${desk.url}/readyz`)).body).toEqual({ status: "degraded" });
  holder.exec("rollback");
  await until(async () => (await call(`${desk.url}/readyz`)).status === 200, 5_000, "ready again");
  expect((await chat.say("during", "during")).status).toBe(200);
  expect(await chat.replies(3)).toEqual(["greeting jcom", "#1 before", "#2 during"]);
});
