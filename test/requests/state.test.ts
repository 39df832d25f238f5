import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GROUNDS } from "../../src/requests/grounds.ts";
import { REQUEST_TYPES } from "../../src/requests/request-type.ts";
import {
  type Actor,
  EventsBroken,
  filed,
  isOpen,
  move,
  OPEN_STATES,
  REQUEST_STATES,
  type RequestEvent,
  type RequestState,
  replay,
  type Standing,
  type Step,
  TRANSITIONS,
} from "../../src/requests/state.ts";
import { theContent } from "../support/lessons.ts";

const T0 = Date.parse("2026-11-16T10:00:00+09:00");
const DAY_MS = 86_400_000;
const first = filed("disclosure", T0, "2026-12-01");
const officer: Actor = { by: "officer", name: "Sato" };
const text = { ja: "見せられません", en: "It cannot be shown" };

/** How it stands after steps, each a minute after the other. */
function after(steps: readonly [Step, Actor?][], from: Standing = first): Standing {
  return steps.reduce((standing, [step, actor = officer], i) => {
    const moved = move(standing, step, actor, T0 + (i + 1) * 60_000);
    if (!moved.ok) throw new Error(`${step.kind}: ${moved.issue}`);
    return moved.standing;
  }, from);
}
const checked = () =>
  after([[{ kind: "identity-check" }], [{ kind: "in-progress", reason: "licence seen" }]]);
const issueOf = (standing: Standing, step: Step, actor: Actor = officer, now = T0 + DAY_MS) => {
  const moved = move(standing, step, actor, now);
  return moved.ok ? "done" : moved.issue;
};

describe("the states of a request", () => {
  it("closed ones lead nowhere, open ones somewhere, and every one can be reached", () => {
    expect(OPEN_STATES).toEqual(["received", "identity-check", "in-progress", "awaiting-person"]);
    const reached = new Set<RequestState>(["received"]);
    for (const _ of REQUEST_STATES)
      for (const { from, to } of TRANSITIONS) if (reached.has(from)) reached.add(to);
    expect([...reached].sort()).toEqual([...REQUEST_STATES].sort());
    const keys = TRANSITIONS.map(({ from, to, by, of }) => [from, to, by, of].join());
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("A22: a decision on a right is out of reach without the check of identity; a wish needs none", () => {
    const ways = (of: "right" | "wish") =>
      TRANSITIONS.filter((t) => (t.of ?? of) === of && t.from !== "identity-check");
    const reach = (of: "right" | "wish") => {
      const reached = new Set<RequestState>(["received"]);
      for (const _ of REQUEST_STATES)
        for (const { from, to } of ways(of)) if (reached.has(from)) reached.add(to);
      return [...reached].sort();
    };
    expect(reach("right")).toEqual(["identity-check", "received", "withdrawn"]);
    expect(reach("wish")).toContain("answered");
    expect(issueOf(first, { kind: "in-progress" })).toBe("identity-first");
    for (const kind of ["answered", "no-such-data"] as const)
      expect(issueOf(first, { kind, reason: "x" })).toBe("no-way");
    expect(issueOf(filed("complaint", T0, "2026-12-01"), { kind: "in-progress" })).toBe("done");
  });

  it("refuses, in whole or in part, only on a ground of its own law and with words for the customer in both languages", () => {
    for (const kind of ["refused", "partly-answered"] as const) {
      const ground = "33-2-1";
      expect(issueOf(checked(), { kind, ground, text })).toBe("done");
      // @ts-expect-error a refusal without a ground
      expect(issueOf(checked(), { kind, text })).toBe("no-ground");
      // @ts-expect-error a refusal without words
      expect(issueOf(checked(), { kind, ground })).toBe("no-text");
      // @ts-expect-error a ground that no law has
      expect(issueOf(checked(), { kind, ground: "99", text })).toBe("no-ground");
      expect(issueOf(checked(), { kind, ground: "34-2-accurate", text })).toBe("no-ground");
      for (const words of [
        { ...text, en: " " },
        { ...text, ja: "" },
      ])
        expect(issueOf(checked(), { kind, ground, text: words })).toBe("no-text");
    }
    const complaint = after([[{ kind: "in-progress" }]], filed("complaint", T0, "2026-12-01"));
    for (const ground of new Set(Object.values(GROUNDS).flat()))
      expect(issueOf(complaint, { kind: "refused", ground, text })).toBe("no-ground");
  });

  it("wants a reason where the table says so, of the right person, and days that are days to come", () => {
    expect(issueOf(checked(), { kind: "awaiting-person", reason: " " })).toBe("no-reason");
    expect(issueOf(checked(), { kind: "answered", reason: "" })).toBe("no-reason");
    expect(issueOf(checked(), { kind: "withdrawn" })).toBe("no-reason");
    expect(issueOf(checked(), { kind: "withdrawn" }, { by: "customer" })).toBe("done");
    expect(issueOf(checked(), { kind: "answered", reason: "x" }, { by: "customer" })).toBe("not-yours");
    expect(issueOf(first, { kind: "received" })).toBe("no-way");
    for (const until of ["2026-11-16", "2026-02-30", "soon", ""])
      expect(issueOf(first, { kind: "identity-check", until })).toBe("bad-day");
    expect(issueOf(first, { kind: "identity-check", until: "2026-11-17" })).toBe("done");
  });

  it("the clock closes only what has an end, on the day after it", () => {
    const clock: Actor = { by: "clock" };
    const open = after([[{ kind: "identity-check" }]]);
    expect(issueOf(open, { kind: "expired" }, clock, T0 + 1_000 * DAY_MS)).toBe("not-due");
    const ends = after([[{ kind: "identity-check", until: "2026-11-30" }]]);
    const midnight = Date.parse("2026-12-01T00:00:00+09:00");
    expect(issueOf(ends, { kind: "expired" }, clock, midnight - 1)).toBe("not-due");
    expect(issueOf(ends, { kind: "expired" }, clock, midnight)).toBe("done");
    expect(issueOf(first, { kind: "overdue" })).toBe("not-yours");
  });

  it("A22: a customer takes no right past its check; a code by mail is told in the file and moves nothing", () => {
    const customer: Actor = { by: "customer" };
    const check = after([[{ kind: "identity-check" }]]);
    expect(issueOf(check, { kind: "in-progress" }, customer)).toBe("not-yours");
    const wish = after(
      [[{ kind: "identity-check" }, customer]],
      filed("opt-out-marketing", T0, "2026-12-01"),
    );
    expect(issueOf(wish, { kind: "in-progress" }, customer)).toBe("done");
    const told = after([[{ kind: "address-confirmed" }, customer]], check);
    expect(told).toEqual({ ...check, version: check.version + 1 });
    expect(issueOf(check, { kind: "address-confirmed" })).toBe("not-yours");
    const closed = after([[{ kind: "withdrawn" }, customer]]);
    expect(issueOf(closed, { kind: "address-confirmed" }, customer)).toBe("no-way");
  });

  it("keeps what four eyes need with the event", () => {
    const moved = move(checked(), { kind: "answered", reason: "sent" }, { ...officer, second: "Suzuki" }, T0);
    expect(moved).toMatchObject({
      ok: true,
      event: { kind: "answered", by: "officer", name: "Sato", second: "Suzuki", at: T0 },
    });
  });
});

const day = fc.integer({ min: 0, max: 40 }).map((n) => new Date(T0 + n * DAY_MS).toISOString().slice(0, 10));
const words = fc.constantFrom("", " ", "because");
const localized = fc.record({ ja: words, en: words });
const step = fc.oneof(
  fc.record({ kind: fc.constant("identity-check"), until: day }, { requiredKeys: ["kind"] }),
  fc.record({ kind: fc.constantFrom(...REQUEST_STATES), reason: words }, { requiredKeys: ["kind"] }),
  fc.record({
    kind: fc.constantFrom("identity-check", "in-progress", "awaiting-person"),
    reason: fc.constant("x"),
  }),
  fc.record({ kind: fc.constant("awaiting-person"), reason: fc.constant("x"), until: day }),
  fc.record({
    kind: fc.constantFrom("refused", "partly-answered"),
    ground: fc.constantFrom("33-2-1", "34-2-purpose", "35-2-substitute", "no-right", "x"),
    text: localized,
  }),
  fc.record({ kind: fc.constantFrom("due-soon", "overdue", "expired", "address-confirmed") }),
) as fc.Arbitrary<Step>;
const by = fc.constantFrom("customer", "officer", "officer", "clock") as fc.Arbitrary<Actor["by"]>;

it("whatever is tried: events replay to what is stored, what is closed stays closed, and nothing skips the check", () => {
  const walk = fc.array(fc.tuple(step, by, fc.nat(3 * DAY_MS)), { maxLength: 25 });
  let moves = 0;
  fc.assert(
    fc.property(fc.constantFrom(...REQUEST_TYPES), walk, (type, tries) => {
      const begin = filed(type, T0, "2026-12-01");
      const events: RequestEvent[] = [{ kind: "received", by: "customer", at: T0 }];
      let [standing, now] = [begin, T0];
      for (const [tried, who, later] of tries) {
        now += later;
        const moved = move(standing, tried, { by: who }, now);
        if (!moved.ok) continue;
        moves += 1;
        expect(isOpen(standing.state)).toBe(true);
        events.push(moved.event);
        standing = moved.standing;
      }
      expect(replay(begin, JSON.parse(JSON.stringify(events)) as RequestEvent[])).toEqual(standing);
      expect(standing.version).toBe(events.length);
      expect(standing.closedAt === null).toBe(isOpen(standing.state));
      const kinds = events.map(({ kind }) => kind);
      for (const kind of ["due-soon", "overdue"] as const)
        expect(kinds.filter((k) => k === kind).length).toBeLessThan(2);
      if (GROUNDS[type].includes("37-1" as never) && kinds.includes("in-progress"))
        expect(kinds.indexOf("identity-check")).toBeGreaterThan(-1);
    }),
    { numRuns: 2_000 },
  );
  expect(moves).toBeGreaterThan(1_000);
});

it("events that do not follow from each other are found", () => {
  const at = T0;
  const received: RequestEvent = { kind: "received", by: "customer", at };
  for (const events of [
    [],
    [{ kind: "withdrawn", by: "customer", at }],
    [received, received],
    [received, { kind: "answered", reason: "x", by: "officer", at }],
    [received, { kind: "in-progress", reason: "x", by: "officer", at }],
    [received, { kind: "overdue", by: "clock", at }],
  ] as RequestEvent[][])
    expect(() => replay(first, events)).toThrow(EventsBroken);
});

it("every ground has its words", () => {
  const { procedures } = theContent();
  for (const type of REQUEST_TYPES)
    expect(Object.keys(procedures.get(type)?.grounds ?? {}).sort(), type).toEqual([...GROUNDS[type]].sort());
});
