import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/**
 * Somebody's website on an address of its own, such as 127.0.0.2: one page, asked for at each visit where it is a function. Gives
 * its origin.
 */
export async function parent(
  html: string | (() => string),
  {
    host = "127.0.0.1",
    headers = () => ({}),
  }: { host?: string; headers?: () => Record<string, string> } = {},
): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...headers() });
    response.end(typeof html === "string" ? html : html());
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => void server.close());
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}
