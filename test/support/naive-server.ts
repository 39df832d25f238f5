import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { WebSocketServer } from "ws";

/**
 * A server as it is written without care, for the checks of hostile requests to be tried on: it takes
 * bodies of any size, waits for ever, reads any frame, and hangs when a
 * handler throws. Ends with the test.
 */
export async function naiveServer(
  handle: (body: unknown) => Promise<unknown> = async () => ({}),
): Promise<string> {
  const options = { headersTimeout: 0, requestTimeout: 0, maxHeaderSize: 1_048_576 };
  const server = createServer(options, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const done = (answer: unknown) => response.end(JSON.stringify(answer));
      handle(text.startsWith("{") ? JSON.parse(text) : {}).then(done, () => {});
    });
  }).listen(0, "127.0.0.1");
  const unlimited = {
    maxPayload: 0,
    maxFragments: 0,
    maxBufferedChunks: 0,
    skipUTF8Validation: true,
    autoPong: false,
  };
  const sockets = new WebSocketServer({ server, ...unlimited });
  sockets.on("connection", (socket) => socket.on("error", () => {}));
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
