import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

export interface Answered {
  status: number;
  body: string;
}

/** A POST over a kept connection. */
export function post(url: string, json: unknown, headers: Record<string, string> = {}): Promise<Answered> {
  const body = JSON.stringify(json);
  const all = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), ...headers };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent, headers: all }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on("error", reject).end(body);
  });
}

/** One customer: says something and resolves when the answer has come. */
export type Customer = (text: string) => Promise<void>;

/** The parts at which latencies are kept, for the plot. */
export const QUANTILES = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1] as const;

export interface Figures {
  turns: number;
  /** Milliseconds at each of `QUANTILES`. */
  quantiles: number[];
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
}

/** Every customer says `turns` things, one after the other, all customers at once. Times in milliseconds. */
export async function measure(customers: readonly Customer[], turns: number): Promise<Figures> {
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(
    customers.map(async (say, i) => {
      for (let n = 0; n < turns; n += 1) {
        const asked = performance.now();
        await say(`question ${i}/${n}`);
        times.push(performance.now() - asked);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  times.sort((a, b) => a - b);
  const at = (part: number) =>
    Math.round((times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0) * 10) / 10;
  return {
    turns: times.length,
    quantiles: QUANTILES.map(at),
    perSecond: Math.round(times.length / seconds),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
}
