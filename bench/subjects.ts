import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";
import { deliver, LinePlatform, userOf, webhook } from "../test/support/line-platform.ts";
import { START_OPTIONS } from "../test/support/start-options.ts";
import { type Customer, post } from "./load.ts";

export interface Subject {
  /** So many customers, each with a conversation of its own. */
  customers(count: number): Promise<Customer[]>;
  /** Resident memory in bytes. */
  rss(): number;
  /** Has the garbage collected, soon after. */
  collect(): void;
  stop(): Promise<void>;
}

const SECRET = "a-secret-for-the-benchmark-0123456789";

export async function freePort(): Promise<number> {
  const server = createSocket().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

export async function run(file: string, ...args: string[]): Promise<ChildProcess> {
  const options = [...START_OPTIONS, "--expose-gc"];
  const child = spawn(process.execPath, [...options, join(import.meta.dirname, file), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const chunk of child.stdout ?? []) if (String(chunk).includes("ready")) return child;
  throw new Error(`${file} ended before it was ready`);
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

/** Milliseconds of processor that a process has used. */
export const cpuOf = (child: ChildProcess) => {
  const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

export const rssOf = (child: ChildProcess) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0) * 1_024;

/** Our desk, asked through Direct Line and heard by WebSocket. */
export async function desk(brain: "echo" | "real"): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-bench-"));
  const port = await freePort();
  const child = await run("desk.ts", String(port), folder, brain);
  const base = `http://127.0.0.1:${port}/v3/directline`;
  const sockets: WebSocket[] = [];
  let address = 0;
  async function customer(): Promise<Customer> {
    // Each comes from an address of its own: one address gets 100 tokens a minute.
    const from = {
      "X-Forwarded-For": `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address++ & 255}`,
    };
    const { body } = await post(`${base}/conversations`, {}, { Authorization: `Bearer ${SECRET}`, ...from });
    const { conversationId, token, streamUrl } = JSON.parse(body) as Record<
      "conversationId" | "token" | "streamUrl",
      string
    >;
    const socket = new WebSocket(streamUrl);
    sockets.push(socket);
    let answered: (() => void) | undefined;
    const greeted = new Promise<void>((resolve) => (answered = resolve));
    socket.on("message", (data) => {
      const text = Buffer.isBuffer(data) ? data.toString("utf8") : "";
      if (text.includes('"role":"bot"')) answered?.();
    });
    await greeted;
    const url = `${base}/conversations/${conversationId}/activities`;
    return async (text) => {
      const heard = new Promise<void>((resolve) => (answered = resolve));
      const { status } = await post(url, { type: "message", text }, { Authorization: `Bearer ${token}` });
      if (status !== 200) throw new Error(`desk: ${status}`);
      await heard;
    };
  }
  return {
    async customers(count) {
      const all: Customer[] = [];
      while (all.length < count)
        all.push(...(await Promise.all(Array.from({ length: Math.min(50, count - all.length) }, customer))));
      return all;
    },
    rss: () => rssOf(child),
    collect: () => void child.kill("SIGUSR2"),
    async stop() {
      for (const socket of sockets) socket.terminate();
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Our desk, asked by a webhook of LINE and heard by a stand-in of its platform, in this process. */
export async function lineDesk(brain: "echo" | "real"): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-bench-"));
  const platform = await LinePlatform.open();
  const waiting = new Map<string, () => void>();
  platform.onReached = ({ to }) => waiting.get(to)?.();
  const port = await freePort();
  const child = await run("desk.ts", String(port), folder, brain, platform.url);
  let users = 0;
  return {
    customers: async (count) =>
      Array.from({ length: count }, () => {
        users += 1;
        const user = userOf(users);
        return async (text: string) => {
          const heard = new Promise<void>((resolve) => waiting.set(user, resolve));
          const body = webhook([platform.text(user, text)]);
          const { status } = await deliver(`http://127.0.0.1:${port}`, body);
          if (status !== 200) throw new Error(`line: ${status}`);
          await heard;
        };
      }),
    rss: () => rssOf(child),
    collect: () => void child.kill("SIGUSR2"),
    async stop() {
      await end(child);
      await platform.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** botbuilder's echo bot, asked at /api/messages and heard by a connector of our own. */
export async function echoBot(): Promise<Subject> {
  const waiting = new Map<string, () => void>();
  const connector = createServer((request, response) => {
    const id = /conversations\/([^/]+)\//.exec(request.url ?? "")?.[1] ?? "";
    request.resume().on("end", () => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end('{"id":"1"}');
      waiting.get(id)?.();
    });
  }).listen(0, "127.0.0.1");
  await once(connector, "listening");
  const serviceUrl = `http://127.0.0.1:${(connector.address() as AddressInfo).port}`;
  const port = await freePort();
  const child = await run("echo-bot.ts", String(port));
  return {
    customers: async (count) =>
      Array.from({ length: count }, (_, i) => async (text: string) => {
        const heard = new Promise<void>((resolve) => waiting.set(`c${i}`, resolve));
        const who = { from: { id: `u${i}` }, recipient: { id: "bot" }, conversation: { id: `c${i}` } };
        const activity = { type: "message", id: `${text}`, channelId: "test", serviceUrl, text, ...who };
        const { status } = await post(`http://127.0.0.1:${port}/api/messages`, activity);
        if (status >= 300) throw new Error(`echo: ${status}`);
        await heard;
      }),
    rss: () => rssOf(child),
    collect: () => void child.kill("SIGUSR2"),
    async stop() {
      await end(child);
      connector.close();
      connector.closeAllConnections();
    },
  };
}
