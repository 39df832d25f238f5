import { expect, it } from "vitest";
import {
  HANDOFF_STATES,
  isOver,
  isSilencing,
  move,
  type Standing,
  type Step,
} from "../../src/handoff/state.ts";
import { agent } from "../support/handoffs.ts";
import { measure, random, SEED } from "../support/long.ts";
import { times } from "../support/many.ts";

const begun: Standing = {
  state: "requested",
  way: "chat",
  agent: null,
  requestedAt: 1,
  assignedAt: null,
  doneAt: null,
};
const [a, b, boss] = [agent("a"), agent("b"), agent("boss", { supervisor: true })];

const STEPS: readonly Step[] = [
  ...[a, b, boss].flatMap((by): Step[] => [
    { do: "claim", by },
    { do: "release", by },
    { do: "end", by },
    { do: "transfer", by, to: a },
    { do: "transfer", by, to: b },
  ]),
  { do: "leave" },
  { do: "lapse" },
  { do: "defer" },
];

it("every walk keeps what a hand-off promises", () => {
  const next = random();
  console.info(`seed ${SEED}`);
  const seen = new Set<string>();
  let refused = 0;
  for (const _ of times(measure(300, 50_000))) {
    let standing = begun;
    for (const at of times(12)) {
      const step = STEPS[Math.floor(next() * STEPS.length)] as Step;
      const moved = move(standing, step, at + 2);
      if (!moved.ok) {
        refused += 1;
        // Whoever is refused hears who has it, and nothing has changed.
        expect(moved.agent).toEqual(standing.agent);
        if (isOver(standing.state)) expect(moved.issue).toBe("over");
        continue;
      }
      const before = standing;
      standing = moved.standing;
      seen.add(`${before.state} ${step.do} ${standing.state}`);
      expect(isOver(before.state)).toBe(false);
      // One holder: only a supervisor takes it out of another's hands.
      if (before.state === "assigned" && "by" in step && step.by !== boss && moved.changed)
        expect(step.by.id).toBe(before.agent?.id);
      expect(standing.state === "assigned").toBe(standing.agent !== null && !isOver(standing.state));
      expect(isOver(standing.state)).toBe(standing.doneAt !== null);
      if (standing.way === "callback") expect(isSilencing(standing)).toBe(false);
      // A call-back is nothing that a customer leaves: it is kept until an agent has ended it.
      if (before.way === "callback") expect(["claim", "release", "transfer", "end"]).toContain(step.do);
      expect(standing.requestedAt).toBe(begun.requestedAt);
      // Plain JSON.
      expect(JSON.parse(JSON.stringify(standing))).toEqual(standing);
    }
  }
  expect(refused).toBeGreaterThan(500);
  expect([...seen].sort()).toEqual(
    [
      "requested claim assigned",
      "requested leave abandoned",
      "requested lapse abandoned",
      "requested defer requested",
      "assigned claim assigned",
      "assigned release requested",
      "assigned transfer assigned",
      "assigned end ended",
      "assigned leave abandoned",
      "assigned lapse abandoned",
    ].sort(),
  );
  expect(new Set([...seen].flatMap((way) => [way.split(" ")[0], way.split(" ")[2]])).size).toBe(
    HANDOFF_STATES.length,
  );
});

it("the second who claims hears who has it; a claim by its holder changes nothing", () => {
  const claimed = move(begun, { do: "claim", by: a }, 5);
  if (!claimed.ok) throw new Error(claimed.issue);
  expect(claimed.standing).toMatchObject({ state: "assigned", agent: { id: a.id }, assignedAt: 5 });
  expect(move(claimed.standing, { do: "claim", by: b }, 6)).toEqual({
    ok: false,
    issue: "held",
    agent: { id: a.id, name: "a" },
  });
  expect(move(claimed.standing, { do: "claim", by: a }, 6)).toMatchObject({ ok: true, changed: false });
});
