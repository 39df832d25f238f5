import type { Pieces } from "./pieces.ts";

export type { Pieces } from "./pieces.ts";

/** Plain JSON, as it comes out of a checked body. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A request, as a route sees it. */
export interface Exchange {
  /** Id of this request, for the log. */
  readonly id: string;
  /** The route's parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The peer that rate limits count: an IPv4 address or the /64 of an IPv6 address. */
  readonly address: string;
  /** The checked body; undefined when the route takes none, or when it was empty. */
  readonly body: Json | undefined;
  /** The body's bytes as they came, of a route that takes them unread (`raw`). */
  readonly bytes?: Uint8Array;
  /** A header by its lower-case name. */
  header: (name: string) => string | undefined;
}

/** What a route answers. Bytes and text are sent as they are, pieces as they are made, any other object as JSON. */
export interface Answer {
  status: number;
  body?: object | string | Uint8Array | Pieces;
  headers?: Readonly<Record<string, string>>;
  /** A Set-Cookie for each. */
  cookies?: readonly string[];
}

/** Which origins may call a route; `*` in the request's place of an operator means "of any operator". */
type Origins = (origin: string, params: Readonly<Record<string, string>>) => boolean;

export interface Route {
  method: "GET" | "POST" | "DELETE";
  /** `/a/:name/b`; the log and the metrics know it by this. */
  path: string;
  /**
   * `json`: read and checked. `form`: a page's form, as an object of strings. `raw`: bytes as they came, of any type, for
   * whoever must check them before they are read (256 KiB). `none`: not read.
   */
  body: "json" | "form" | "raw" | "none";
  /** Without it, browsers of other origins get nothing. */
  origins?: Origins;
  handle(exchange: Exchange): Answer | Promise<Answer>;
}

/** An open WebSocket. */
export interface Wire {
  /** Sends text; false when the peer reads too slowly and was cut off. */
  send(text: string): boolean;
  close(code: number, reason: string): void;
  onClose(listener: () => void): void;
}

export interface Upgrade {
  /** `/a/:name/b` */
  path: string;
  /** Refuses with an answer, or takes the wire over. */
  open(exchange: Exchange): Promise<Answer | ((wire: Wire) => void)>;
}
