import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

/** The thread of a bystander: reads a chat for ever, a little slower than its limit, and tells how long it waited. */
const PAUSE_MS = 110;
const { url, token } = workerData as { url: string; token: string };
const waits: number[] = [];
parentPort?.on("message", () => parentPort?.postMessage(waits.splice(0)));
for (;;) {
  const began = performance.now();
  const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  await response.text();
  if (!response.ok) throw new Error(`answered ${response.status}`);
  waits.push(performance.now() - began);
  await sleep(PAUSE_MS);
}
