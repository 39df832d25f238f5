/**
 * How a hand-off stands. One that is `requested` waits, one that is `assigned` is with an agent; the other two are over:
 * `ended` by the agent, `abandoned` because the customer went back to the bot, or went away.
 */
export const HANDOFF_STATES = ["requested", "assigned", "ended", "abandoned"] as const;
export type HandoffState = (typeof HANDOFF_STATES)[number];

/** In the chat, now; or later, where a number was given: nobody waits then, and the bot goes on answering. */
export type Way = "chat" | "callback";

/** Who works at the desk. `name` is what customers see. */
export interface Agent {
  /** Id of the account. */
  id: string;
  name: string;
  /** May take a hand-off out of another agent's hands. */
  supervisor?: true;
}

export interface Standing {
  state: HandoffState;
  way: Way;
  /** Who has it, or had it last. */
  agent: Pick<Agent, "id" | "name"> | null;
  /** Milliseconds since 1970, as all times. */
  requestedAt: number;
  assignedAt: number | null;
  /** When it ended or was abandoned. */
  doneAt: number | null;
}

/** What can happen to a hand-off. */
export type Step =
  | { do: "claim"; by: Agent }
  /** Back among those that wait, in its old place. */
  | { do: "release"; by: Agent }
  | { do: "transfer"; by: Agent; to: Agent }
  | { do: "end"; by: Agent }
  /** The customer goes back to the bot. */
  | { do: "leave" }
  /** The customer is gone. */
  | { do: "lapse" }
  /** Nobody came in time: it becomes a call-back. */
  | { do: "defer" };

/**
 * Why not. `held`: another agent has it (who, stands in `agent`); `unheld`: nobody has it; `over`: it has ended or was
 * abandoned; `late`: a call-back is not waited for.
 */
export type Issue = "held" | "unheld" | "over" | "late";

export type Moved =
  | { ok: true; standing: Standing; changed: boolean }
  | { ok: false; issue: Issue; agent: Standing["agent"] };

/** Every way from state to state; what is not here cannot happen. */
const TABLE: Readonly<Record<HandoffState, Partial<Record<Step["do"], HandoffState>>>> = {
  requested: { claim: "assigned", leave: "abandoned", lapse: "abandoned", defer: "requested" },
  assigned: {
    claim: "assigned",
    release: "requested",
    transfer: "assigned",
    end: "ended",
    leave: "abandoned",
    lapse: "abandoned",
  },
  ended: {},
  abandoned: {},
};

export const isOver = (state: HandoffState): boolean => state === "ended" || state === "abandoned";

/** Whether a person has the chat: then the bot is silent. A call-back is not in the chat. */
export const isSilencing = ({ state, way }: Pick<Standing, "state" | "way">): boolean =>
  way === "chat" && state === "assigned";

/** One step. Pure; a step that was done already (a claim by whoever has it) changes nothing. */
export function move(standing: Standing, step: Step, now: number): Moved {
  const { state, way, agent } = standing;
  const no = (issue: Issue): Moved => ({ ok: false, issue, agent });
  if (isOver(state)) return no("over");
  const to = TABLE[state][step.do];
  if (to === undefined) return no("by" in step ? "unheld" : "late");
  const changed = (change: Partial<Standing>): Moved => ({
    ok: true,
    standing: { ...standing, state: to, ...change },
    changed: true,
  });
  switch (step.do) {
    case "claim": {
      const { id, name } = step.by;
      if (state === "requested") return changed({ agent: { id, name }, assignedAt: now });
      return agent?.id === id ? { ok: true, standing, changed: false } : no("held");
    }
    case "release":
      return mayTakeFrom(agent, step.by) ? changed({ agent: null, assignedAt: null }) : no("held");
    case "transfer": {
      if (!mayTakeFrom(agent, step.by)) return no("held");
      const { id, name } = step.to;
      return agent?.id === id
        ? { ok: true, standing, changed: false }
        : changed({ agent: { id, name }, assignedAt: now });
    }
    case "end":
      return mayTakeFrom(agent, step.by) ? changed({ doneAt: now }) : no("held");
    case "leave":
    case "lapse":
      return way === "callback" ? no("late") : changed({ doneAt: now });
    case "defer":
      return way === "callback" ? no("late") : changed({ way: "callback" });
  }
}

function mayTakeFrom(holder: Standing["agent"], by: Agent): boolean {
  return holder?.id === by.id || by.supervisor === true;
}
