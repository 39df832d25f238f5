import { createRequire } from "node:module";
import type { DirectLine as Client, DirectLineOptions } from "botframework-directlinejs";
import type { Shown } from "./client.ts";

/**
 * Microsoft's own client, unchanged. It was made for browsers: Node gives it WebSocket, a package gives
 * it XMLHttpRequest. `random` 0 makes it wait the shortest time (3 s) before it reconnects.
 */
const require = createRequire(import.meta.url);
Object.assign(globalThis, { XMLHttpRequest: require("xmlhttprequest-ssl") });
const { DirectLine, ConnectionStatus } =
  require("botframework-directlinejs") as typeof import("botframework-directlinejs");

export { ConnectionStatus };

export interface Heard {
  client: Client;
  /** Every activity that the client was given, repeats included. */
  activities: Shown[];
  /** Every state of the connection, in order. */
  states: number[];
  said(): string[];
  post(text: string, id?: string): Promise<string>;
  end(): void;
}

export function connect(
  options: Pick<DirectLineOptions, "domain" | "token" | "webSocket"> & Record<string, unknown>,
): Heard {
  const services = { random: () => 0 };
  const client = new DirectLine({
    timeout: 3_000,
    pollingInterval: 200,
    ...options,
    ...services,
  } as DirectLineOptions);
  const activities: Shown[] = [];
  const states: number[] = [];
  const status = client.connectionStatus$.subscribe((state) => states.push(state));
  const stream = client.activity$.subscribe(
    (activity) => activities.push(activity as unknown as Shown),
    () => {},
  );
  return {
    client,
    activities,
    states,
    said: () =>
      activities.filter((a) => a.type === "message" && a.from.role === "bot").map((a) => a.text ?? ""),
    post: (text, id) =>
      new Promise((resolve, reject) => {
        const activity = {
          type: "message" as const,
          text,
          from: { id: "ignored" },
          ...(id ? { channelData: { clientActivityID: id } } : {}),
        };
        client.postActivity(activity as Parameters<Client["postActivity"]>[0]).subscribe(resolve, reject);
      }),
    end() {
      stream.unsubscribe();
      status.unsubscribe();
      client.end();
    },
  };
}
