import { expect, it } from "vitest";
import type { Session, Sessions } from "../../src/agent-console/sessions.ts";
import { Streams } from "../../src/agent-console/streams.ts";
import type { Wire } from "../../src/http/exchange.ts";

const sessionOf = (id: string): Session => ({
  id,
  account: id,
  login: id,
  name: id,
  grants: {},
  begunAt: 0,
  seenAt: 0,
});

it("a stream that is opened while the sessions are looked at stays open; one whose session is over does not", async () => {
  const waiting: (() => void)[] = [];
  const living = new Set(["first", "second"]);
  const sessions = {
    async alive(ids: readonly string[]) {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return new Set(ids.filter((id) => living.has(id)));
    },
  } as unknown as Sessions;
  const streams = new Streams(sessions, { now: () => 0 });
  const closed: string[] = [];
  const wire = (id: string): Wire => ({
    send: () => true,
    close: () => closed.push(id),
    onClose: () => {},
  });
  streams.attach(sessionOf("first"), wire("first"));
  // The look that the first one began is under way.
  streams.attach(sessionOf("second"), wire("second"));
  waiting.shift()?.();
  await new Promise(setImmediate);
  expect(closed).toEqual([]);
  living.delete("second");
  const looked = streams.look();
  waiting.shift()?.();
  await looked;
  streams.stop();
  expect(closed).toEqual(["second"]);
});
