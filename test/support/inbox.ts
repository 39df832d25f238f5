import WebSocket from "ws";
import type { ShownChange, ShownOpenChat } from "../../src/agent-console/inbox/shown.ts";
import { randomIds } from "../../src/keys.ts";
import type { Client, ConsoleDesk } from "./console.ts";
import { until } from "./until.ts";

/** A key of one call, new each time. */
export const newKey = () => randomIds.next();

/** An agent's calls about one operator's chats. */
export function inboxOf(client: Client, operator = "jcom") {
  const at = `operators/${operator}/chats`;
  return {
    list: (query: string) => client.get<Record<string, never>>(`${at}?${query}`),
    search: (query: string) => client.get<Record<string, never>>(`${at}/search?${query}`),
    open: async (id: string) => (await client.get<ShownOpenChat>(`${at}/${id}?locale=ja`)).body,
    get: <T = Record<string, unknown>>(id: string, what: string) => client.get<T>(`${at}/${id}/${what}`),
    post: <T = Record<string, unknown>>(id: string, what: string, body: object = {}) =>
      client.post<T>(`${at}/${id}/${what}`, body),
  };
}

/** The stream of a session, with what it has told. */
export async function streamOf(client: Client): Promise<{ told: ShownChange[]; socket: WebSocket }> {
  const { body } = await client.post<{ ticket: string }>("stream-ticket", {});
  const address = `${client.url.replace("http", "ws")}/console/stream?t=${body.ticket}`;
  const socket = new WebSocket(address, { headers: { Origin: client.origin, Cookie: client.cookie } });
  const told: ShownChange[] = [];
  socket.on("message", (data) => {
    const text = String(data);
    if (text !== "") told.push(JSON.parse(text) as ShownChange);
  });
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  return { told, socket };
}

/** Nothing that a customer has said waits for its turn any more. */
export const settled = ({ store }: Pick<ConsoleDesk, "store">) =>
  until(async () => (await store.inbox.counts()).waiting === 0, 10_000, "an empty inbox");
