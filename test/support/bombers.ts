import { Worker } from "node:worker_threads";
import { onTestFinished } from "vitest";

export interface Bombing {
  url: string;
  customers: number;
  /** Plain questions that each asks first. */
  talks: number;
  /** The bombs of each. */
  shares: readonly (readonly string[])[];
  /** Pause of each between two bombs. */
  pauseMs: number;
}

/** Each bomb's wait for its answer (or refusal) in milliseconds, and what the desk answered. */
export interface Bombed {
  taken: number[];
  statuses: number[];
}

/** People in a thread of their own who have talked already; `bomb` lets them begin. They end with the test. */
export async function bombers(bombing: Bombing): Promise<{ bomb(): Promise<Bombed> }> {
  const worker = new Worker(new URL("./bombing.ts", import.meta.url), { workerData: bombing });
  onTestFinished(async () => void (await worker.terminate()));
  const told = <T>() =>
    new Promise<T>((resolve, reject) => worker.once("error", reject).once("message", resolve));
  await told<"talked">();
  return {
    bomb() {
      const bombed = told<Bombed>();
      worker.postMessage("begin");
      return bombed;
    },
  };
}
