import type { Api } from "./api.ts";

/** The close code of a session that is over (`streams.ts`). */
const SESSION_OVER = 4401;
const LONGEST_WAIT_MS = 10_000;

export interface StreamEars {
  hear: (said: unknown) => void;
  /** Whether it is there now; after it was away, something may have been missed. */
  line: (open: boolean) => void;
  over: () => void;
}

/** Keeps one stream open while somebody is signed in. Returns the way to end it. */
export function listen(api: Api, { hear, line, over }: StreamEars): () => void {
  let ended = false;
  let socket: WebSocket | undefined;
  let tries = 0;

  async function open(): Promise<void> {
    const ticket = await api.post<{ ticket: string }>("stream-ticket", {});
    if (ended) return;
    if (ticket.kind !== "ok") return later();
    const address = new URL("/console/stream", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    address.searchParams.set("t", ticket.value.ticket);
    socket = new WebSocket(address);
    socket.onopen = () => {
      tries = 0;
      line(true);
    };
    socket.onmessage = ({ data }) => {
      // An empty frame is the server's heartbeat.
      if (typeof data === "string" && data !== "") hear(JSON.parse(data));
    };
    socket.onclose = ({ code }) => {
      if (ended) return;
      if (code === SESSION_OVER) return over();
      later();
    };
  }

  function later(): void {
    tries += 1;
    if (!ended) line(false);
    if (!ended) setTimeout(() => void (ended || open()), Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries));
  }

  void open();
  return () => {
    ended = true;
    socket?.close();
  };
}
