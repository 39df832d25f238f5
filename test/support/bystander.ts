import { Worker } from "node:worker_threads";
import { onTestFinished } from "vitest";
import type { Chat } from "./client.ts";
import { quantile } from "./many.ts";

/** Somebody who goes on reading their chat while others misbehave. */
export interface Bystander {
  /** The 95th percentile of the waits since it was last asked for, in milliseconds. */
  p95(): Promise<number>;
}

/** Reads in a thread of its own: what misbehaving costs those who misbehave is not the desk's. Ends with the test. */
export function bystander(chat: Chat): Bystander {
  const workerData = { url: `${chat.path}/activities?watermark=`, token: chat.token };
  const worker = new Worker(new URL("./reading-on.ts", import.meta.url), { workerData });
  onTestFinished(async () => void (await worker.terminate()));
  return {
    p95: () =>
      new Promise((resolve, reject) => {
        worker.once("error", reject).once("message", (waits: number[]) => resolve(quantile(waits, 0.95)));
        worker.postMessage("waits");
      }),
  };
}
