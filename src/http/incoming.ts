import type { IncomingMessage } from "node:http";
import { clientAddress, type TrustedProxies } from "./address.ts";
import type { Exchange, Json } from "./exchange.ts";

/** A request in our words. `query` is not validated; `params` are decoded. */
export function exchangeOf(
  request: IncomingMessage,
  id: string,
  params: Readonly<Record<string, string>>,
  body: Json | undefined,
  trusted: TrustedProxies,
): Exchange {
  const header = (name: string) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  };
  return {
    id,
    params,
    query: new URLSearchParams(request.url?.split("?")[1] ?? ""),
    address: clientAddress(request.socket.remoteAddress, header("x-forwarded-for"), trusted),
    body,
    header,
  };
}
