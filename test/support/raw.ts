import { connect, type Socket } from "node:net";

/** Sends bytes as they are and gives back all that comes until the peer closes, or `ms` have passed. */
export function raw(url: string, bytes: string | Uint8Array, ms = 3_000): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let answer = "";
    const socket: Socket = connect(Number(port), hostname, () => socket.write(bytes));
    const end = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
    socket.on("close", end);
    socket.on("error", end);
    setTimeout(end, ms);
  });
}

/** The status of an HTTP answer; 0 when there is none. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}

/** A raw POST with this body. */
export function rawPost(
  url: string,
  path: string,
  headers: Record<string, string>,
  body: string | Uint8Array,
): Promise<string> {
  const bytes = Buffer.from(body);
  const all = {
    Host: new URL(url).host,
    "Content-Type": "application/json",
    "Content-Length": String(bytes.length),
    Connection: "close",
    ...headers,
  };
  const head = Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
  return raw(url, Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${head}\r\n`), bytes]));
}
