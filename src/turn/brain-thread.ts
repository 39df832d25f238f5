import { Worker } from "node:worker_threads";
import type { Content } from "../knowledge/content.ts";
import type { Log } from "../ports.ts";
import type { BrainOptions } from "./brain.ts";
import { type Answer, type Ask, type Call, type Given, type Report, seeded } from "./brain-calls.ts";
import { Precedence } from "./precedence.ts";
import type { Brain, Incoming } from "./talk.ts";

/** A brain in a thread of its own: whoever waits for the network is heard while a hard message is understood. */
export interface BrainThread extends Required<Brain> {
  /** What it answers from. */
  readonly content: Content;
  /** Resolves when the thread has ended by itself: nothing is understood any more. */
  readonly broken: Promise<void>;
  /** Ends the thread; what is asked then is refused. */
  stop(): Promise<void>;
}

/** What the thread may be told: no function crosses. */
export type ThreadOptions = Omit<BrainOptions, "content" | "examples" | "progress">;

/** What people write is shorter, in UTF-16 units, and read in a millisecond; what is longer takes several and waits for them. */
const LONG_TEXT = 200;
const isLong = ({ text = "" }: Incoming) => text.length > LONG_TEXT;

/** Calls at the thread at once: one that it works on, one that it need not wait for. */
const AT_ONCE = 2;

/** What whoever asks is told then. */
const gone = () => new Error("the thread of understanding has ended");

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Starts the thread; resolves when its brain is ready. Throws what `createBrain` throws, with its message. */
export async function startBrain(options: ThreadOptions, log: Log): Promise<BrainThread> {
  const worker = new Worker(new URL("./brain-worker.ts", import.meta.url), { workerData: options });
  const waiting = new Map<number, Waiting>();
  const calls = new Precedence<Call>();
  let underway = 0;
  let last = 0;
  let ended = false;
  const { promise: broken, resolve: onBroken } = Promise.withResolvers<void>();
  const { promise: ready, resolve, reject } = Promise.withResolvers<Extract<Report, { kind: "ready" }>>();

  const next = () => {
    while (underway < AT_ONCE) {
      const call = calls.next();
      if (!call) return;
      underway += 1;
      worker.postMessage(call);
    }
  };
  const settle = (id: number): Waiting | undefined => {
    underway -= 1;
    next();
    const found = waiting.get(id);
    waiting.delete(id);
    return found;
  };
  worker.on("message", (report: Report) => {
    switch (report.kind) {
      case "ready":
        return resolve(report);
      case "failed":
        return reject(new Error(report.message));
      case "answer":
        return settle(report.id)?.resolve(report.value);
      case "error":
        return settle(report.id)?.reject(Object.assign(new Error("not understood"), { name: report.name }));
      case "rejection":
        return log.error("process.rejection", { error: report.name });
    }
  });
  worker.on("error", (error: Error) => log.error("process.exception", { error: error.name }));
  worker.on("exit", () => {
    ended = true;
    reject(gone());
    for (const { reject } of waiting.values()) reject(gone());
    waiting.clear();
    onBroken();
  });

  const ask = <K extends Ask>(name: K, ...given: Given<K>): Promise<Answer<K>> => put(false, name, given);
  const put = <K extends Ask>(isSlow: boolean, name: K, given: Given<K>): Promise<Answer<K>> => {
    if (ended) return Promise.reject(gone());
    return new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve: resolve as Waiting["resolve"], reject });
      calls.put({ id: last, ask: name, given } satisfies Call<K> as Call, isSlow);
      next();
    });
  };

  const { operators, contacts, content, desks } = await ready;
  const factsOf = (operator: string) => {
    const found = desks.get(operator);
    if (!found) throw new Error(`operator not served: ${operator}`);
    return found;
  };
  return {
    content,
    operators,
    contacts,
    broken,
    retention: (operator) => factsOf(operator).retention,
    desk: (operator) => factsOf(operator).desk,
    open: (...given) => ask("open", ...given),
    reopened: (...given) => ask("reopened", ...given),
    respond: (operator, talk, incoming, moment) =>
      put(isLong(incoming), "respond", [operator, talk, incoming, seeded(moment)]),
    aside: (...given) => ask("aside", ...given),
    returned: (operator, talk, how, moment) => ask("returned", operator, talk, how, seeded(moment)),
    formSoFar: (operator, talk, moment, whole) => ask("formSoFar", operator, talk, seeded(moment), whole),
    fillIn: (operator, talk, what, moment) => ask("fillIn", operator, talk, what, seeded(moment)),
    clausesFor: (...given) => ask("clausesFor", ...given),
    warm: () => ask("warm"),
    async stop() {
      await worker.terminate();
    },
  };
}
