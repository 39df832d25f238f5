import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Route } from "./exchange.ts";

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What is counted, for Prometheus. Labels are names from our own code: never an id, never a person. */
export function createMetrics() {
  const registers = [new Registry()];
  collectDefaultMetrics({ register: registers[0] as Registry });
  return {
    requests: new Histogram({
      name: "madoguchi_http_request_seconds",
      help: "Requests by route and status",
      labelNames: ["method", "route", "status"],
      buckets: SECONDS,
      registers,
    }),
    turns: new Counter({
      name: "madoguchi_turns_total",
      help: "Turns that were committed; state dead means given up",
      labelNames: ["operator", "channel", "state"],
      registers,
    }),
    turnSeconds: new Histogram({
      name: "madoguchi_turn_seconds",
      help: "From the begin of a turn to its commit",
      labelNames: ["channel"],
      buckets: SECONDS,
      registers,
    }),
    limited: new Counter({
      name: "madoguchi_rate_limited_total",
      help: "Requests refused with 429",
      labelNames: ["route"],
      registers,
    }),
    sockets: new Gauge({ name: "madoguchi_sockets", help: "Open WebSockets", registers }),
    letters: new Gauge({
      name: "madoguchi_letters",
      help: "Messages in the inbox or outbox, and notices by mail, that wait or were given up",
      labelNames: ["box", "state"],
      registers,
    }),
    pushes: new Gauge({
      name: "madoguchi_pushes",
      help: "Messages pushed in this calendar month in Japan, where a platform charges for them",
      labelNames: ["channel", "operator"],
      registers,
    }),
    pushLimit: new Gauge({
      name: "madoguchi_push_limit",
      help: "Messages that may be pushed in a month; what is beyond is given up (madoguchi_letters, dead)",
      labelNames: ["channel", "operator"],
      registers,
    }),
    readMarks: new Counter({
      name: "madoguchi_read_marks_total",
      help: "Customers' messages that were to be shown as read: marked, refused by the platform, or failed at every try",
      labelNames: ["channel", "operator", "state"],
      registers,
    }),
    handoffs: new Gauge({
      name: "madoguchi_handoffs",
      help: "Customers who wait for a person in the chat (waiting) or are with one (assigned)",
      labelNames: ["operator", "state"],
      registers,
    }),
    longestWait: new Gauge({
      name: "madoguchi_handoff_longest_wait_seconds",
      help: "How long the first of those who wait for a person has waited; 0: nobody waits",
      labelNames: ["operator"],
      registers,
    }),
    alarms: new Counter({
      name: "madoguchi_console_alarms_total",
      help: "Alarms of the console: an account reached the limit of reading (reading), or reads while the desk is closed (after-hours), a sign-in was refused (sign-in, operator *)",
      labelNames: ["kind", "operator"],
      registers,
    }),
    text: () => (registers[0] as Registry).metrics(),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;

/** `collect` brings the gauges up to date before they are read. */
export function metricsRoute(metrics: Metrics, collect: () => Promise<void>): Route {
  return {
    method: "GET",
    path: "/metrics",
    body: "none",
    async handle() {
      await collect();
      const headers = { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" };
      return { status: 200, body: await metrics.text(), headers };
    },
  };
}
