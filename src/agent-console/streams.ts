import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Answer, Exchange, Upgrade, Wire } from "../http/exchange.ts";
import { problem, tooMany } from "../http/problem.ts";
import type { Clock } from "../ports.ts";
import { type Gate, sessionOf } from "./mount.ts";
import type { Session, Sessions } from "./sessions.ts";

/** How often is looked whether the sessions of open streams still are, in milliseconds. */
const LOOK_MS = 400;
const TICKET_MS = 60_000;
/** Tabs of one session. */
const MOST_STREAMS = 8;
/** Told to a stream whose session is over (RFC 6455: 4000 to 4999 are ours). */
const SESSION_OVER = 4401;

/** The open streams of the console: a session's streams end within a second of it, in whatever process it was ended. */
export class Streams {
  readonly #wires = new Map<string, { session: Session; wires: Set<Wire> }>();
  readonly #sessions: Sessions;
  readonly #clock: Clock;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(sessions: Sessions, clock: Clock) {
    this.#sessions = sessions;
    this.#clock = clock;
  }

  isFull(session: string): boolean {
    return (this.#wires.get(session)?.wires.size ?? 0) >= MOST_STREAMS;
  }

  attach(session: Session, wire: Wire): void {
    const held = this.#wires.get(session.id) ?? { session, wires: new Set() };
    this.#wires.set(session.id, held);
    held.wires.add(wire);
    wire.onClose(() => {
      held.wires.delete(wire);
      if (held.wires.size === 0) this.#wires.delete(session.id);
    });
    this.#timer ??= setInterval(() => void this.look(), LOOK_MS).unref();
    // It may have ended while the stream was opened.
    void this.look();
  }

  /** How many sessions listen. */
  get size(): number {
    return this.#wires.size;
  }

  /** Ids of the accounts that listen in this process. */
  accounts(): ReadonlySet<string> {
    return new Set([...this.#wires.values()].map(({ session }) => session.account));
  }

  /** Sends a value as JSON to every stream whose session may see it. */
  send(value: object, sees: (session: Session) => boolean): void {
    const text = JSON.stringify(value);
    for (const { session, wires } of this.#wires.values())
      if (sees(session)) for (const wire of wires) wire.send(text);
  }

  /** Ends the streams of sessions that are no more. */
  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      // A stream that is opened meanwhile was not asked about.
      const asked = [...this.#wires.keys()];
      const alive = await this.#sessions.alive(asked, this.#clock.now());
      for (const id of asked)
        if (!alive.has(id))
          for (const wire of this.#wires.get(id)?.wires ?? []) wire.close(SESSION_OVER, "session over");
    } catch {
      // A database that cannot be read now is asked again soon.
    } finally {
      this.#looking = false;
    }
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** A ticket for one stream of a session, within a minute: an address gets into logs, the cookie must not. */
export function newTicket(key: Uint8Array, session: string, now: number): string {
  const said = `${session}.${now + TICKET_MS}.${randomBytes(12).toString("base64url")}`;
  return `${said}.${signature(key, said)}`;
}

const signature = (key: Uint8Array, said: string): string =>
  createHmac("sha256", key).update("console stream\0").update(said).digest("base64url");

function readTicket(
  key: Uint8Array,
  ticket: string,
  now: number,
): { session: string; until: number } | undefined {
  const [session = "", until = "", nonce = "", signed = "", ...more] = ticket.split(".");
  const [given, wanted] = [Buffer.from(signed), Buffer.from(signature(key, `${session}.${until}.${nonce}`))];
  const good = more.length === 0 && given.length === wanted.length && timingSafeEqual(given, wanted);
  return good && Number(until) > now ? { session, until: Number(until) } : undefined;
}

export interface StreamOptions extends Pick<Gate, "cookies" | "sessions" | "clock" | "origin" | "tokenKey"> {
  streams: Streams;
  /** True for the one call that is first. */
  useTicket: (ticket: string, until: number) => Promise<boolean>;
}

/** Opens a stream: from our own page, with the session's cookie and a ticket of the same session. */
export function streamUpgrade(options: StreamOptions): Upgrade {
  return { path: "/console/stream", open: (exchange) => open(options, exchange) };
}

async function open(options: StreamOptions, exchange: Exchange): Promise<Answer | ((wire: Wire) => void)> {
  const { streams, clock, origin, tokenKey, useTicket } = options;
  if (exchange.header("origin") !== origin) return problem("OriginRefused");
  const found = await sessionOf(exchange, options);
  if (!found) return problem("SignInFirst");
  const text = exchange.query.get("t") ?? "";
  const ticket = readTicket(tokenKey, text, clock.now());
  if (ticket?.session !== found.session.id) return problem("BadToken");
  if (streams.isFull(ticket.session)) return tooMany(5_000);
  if (!(await useTicket(`console ${text}`, ticket.until + TICKET_MS))) return problem("BadToken");
  return (wire) => streams.attach(found.session, wire);
}
