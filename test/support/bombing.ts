import { constants, setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import type { Bombing } from "./bombers.ts";
import { Chat, type Shown } from "./client.ts";
import { inParallel, times } from "./many.ts";
import { elsewhere } from "./tokens.ts";

/**
 * The thread of people who send bombs of text: first they talk as others do, then, when they are told to, they bomb.
 * Their machines are not the desk's: what it costs to send and to listen must not be taken from it, so where threads have
 * a priority of their own (Linux) this one has the lowest.
 */
const { url, customers: count, talks, shares, pauseMs } = workerData as Bombing;
if (process.platform === "linux") setPriority(0, constants.priority.PRIORITY_LOW);

const customers = await inParallel(times(count), 10, () => Chat.open(url, elsewhere()));
const heard = await inParallel(customers, 10, listen);
await inParallel(customers, 10, async (customer, i) => {
  for (const n of times(talks)) {
    const { body } = await customer.say(`通話の録音は${n + 1}年間、保存されますか`);
    await heard[i]?.(body.id);
  }
});
/** What is sent, made beforehand: what it takes to write a megabyte is no wait for the desk. */
const bodies = new Map(
  shares.flat().map((text) => [text, Buffer.from(JSON.stringify({ type: "message", text }))]),
);
async function bomb(): Promise<void> {
  const taken: number[] = [];
  const statuses: number[] = [];
  await inParallel(customers, count, async (customer, i) => {
    for (const hard of shares[i] ?? []) {
      const began = performance.now();
      const { status, body } = await send(customer, bodies.get(hard));
      if (status === 200) await heard[i]?.(body.id ?? "");
      taken.push(performance.now() - began);
      statuses.push(status);
      // As people do: a second between two messages, or the limits of a token would answer.
      await sleep(pauseMs);
    }
  });
  parentPort?.postMessage({ taken, statuses });
}
parentPort?.once("message", () => void bomb());
parentPort?.postMessage("talked");

async function send(
  { path, token }: Chat,
  body: Buffer<ArrayBuffer> | undefined,
): Promise<{ status: number; body: { id?: string } }> {
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
  const response = await fetch(`${path}/activities`, { method: "POST", headers, body: body ?? null });
  return { status: response.status, body: (await response.json()) as { id?: string } };
}

/** Listens to the chat's stream. Gives what resolves when a message of that id was answered. */
async function listen(chat: Chat): Promise<(id: string) => Promise<void>> {
  const answered = new Set<string>();
  let told = () => {};
  const ws = new WebSocket((await chat.start()).body.streamUrl);
  ws.addEventListener("message", ({ data }) => {
    if (typeof data !== "string" || data === "") return;
    const { activities } = JSON.parse(data) as { activities: Shown[] };
    for (const { replyToId } of activities) if (replyToId) answered.add(replyToId);
    told();
  });
  await new Promise((resolve) => ws.addEventListener("open", resolve));
  return async (id) => {
    while (!answered.has(id))
      await new Promise<void>((resolve) => {
        told = resolve;
      });
  };
}
