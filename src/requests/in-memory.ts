import {
  type Change,
  type Draft,
  type Found,
  type Lookup,
  type NewRequest,
  type Register,
  RegisterConflict,
  type RequestView,
} from "./register.ts";
import { filed, isOpen, move, type Standing } from "./state.ts";
import { isLocked } from "./tries.ts";

type At = Parameters<Register["look"]>[0];
type Filed = NewRequest & { at: Omit<At, "arrival">; standing: Standing };
type Saved = { operator: string; code: string; until: number; draft: Draft; takenBy?: number };

/** A register that forgets everything with its process: for the terminal and for tests. */
export interface InMemoryRegister extends Register {
  /** All of a turn's changes, or none. @throws {RegisterConflict} */
  apply(at: Omit<At, "arrival">, changes: readonly Change[], now: number): void;
}

export function createInMemoryRegister(): InMemoryRegister {
  let requests: readonly Filed[] = [];
  let drafts: readonly Saved[] = [];
  const tries = new Map<string, Map<number, number>>();

  function judge<T>(
    subject: string,
    arrival: number,
    now: number,
    find: () => T | undefined,
  ): { found: T | null; locked?: true } {
    const wrong = tries.get(subject) ?? new Map<number, number>();
    const others = [...wrong].filter(([by]) => by !== arrival);
    if (
      isLocked(
        others.map(([, time]) => time),
        now,
      )
    )
      return { found: null, locked: true };
    const found = find();
    if (found !== undefined) return { found };
    if (!wrong.has(arrival)) tries.set(subject, wrong.set(arrival, now));
    return { found: null };
  }

  function look(at: At, lookup: Lookup, now: number): Found {
    switch (lookup.look) {
      case "request": {
        const { receipt, code } = lookup;
        const subject = JSON.stringify(["request", at.operator, receipt]);
        const { found, ...locked } = judge(subject, at.arrival, now, () =>
          requests.find((r) => r.receipt === receipt && r.code === code && r.at.operator === at.operator),
        );
        return { look: "request", request: found && view(found), ...locked };
      }
      case "draft": {
        const subject = JSON.stringify(["draft", at.conversation]);
        const { found, ...locked } = judge(subject, at.arrival, now, () =>
          drafts.find(
            (d) =>
              d.code === lookup.code &&
              d.operator === at.operator &&
              d.until > now &&
              (d.takenBy ?? at.arrival) === at.arrival,
          ),
        );
        if (found) found.takenBy = at.arrival;
        return { look: "draft", draft: found && structuredClone(found.draft), ...locked };
      }
      case "duplicate": {
        const { type, person } = lookup;
        const own = (r: Filed) => r.at.channel === at.channel && r.at.customer === at.customer;
        const open = requests.filter(
          (r) =>
            r.at.operator === at.operator &&
            r.person === person &&
            r.type === type &&
            isOpen(r.standing.state),
        );
        const found = open.findLast(own) ?? open.at(-1);
        return { look: "duplicate", open: found ? { ...view(found), own: own(found) } : null };
      }
    }
  }

  return {
    look: async (at, lookup, now) => look(at, lookup, now),
    apply(at, changes, now) {
      const before = { requests, drafts };
      try {
        for (const change of changes) {
          switch (change.do) {
            case "file": {
              const { request } = change;
              if (requests.some((r) => r.at.conversation === at.conversation && r.form === request.form))
                break;
              if (requests.some((r) => r.receipt === request.receipt))
                throw new RegisterConflict("receipt-taken");
              const standing = filed(request.type, request.receivedAt, request.targetOn);
              requests = [...requests, { ...structuredClone(request), at, standing }];
              break;
            }
            case "withdraw": {
              const found = requests.find(
                (r) => r.receipt === change.receipt && r.at.operator === at.operator,
              );
              if (found?.standing.state === "withdrawn") break;
              const moved = found && move(found.standing, { kind: "withdrawn" }, { by: "customer" }, now);
              if (!moved?.ok) throw new RegisterConflict("not-open");
              requests = requests.map((r) => (r === found ? { ...r, standing: moved.standing } : r));
              break;
            }
            case "save": {
              const { code, until, draft } = change;
              if (drafts.some((d) => d.code === code && d.operator === at.operator))
                throw new RegisterConflict("code-taken");
              drafts = [...drafts, { operator: at.operator, code, until, draft: structuredClone(draft) }];
              break;
            }
            case "unlink":
              break;
            case "take":
              drafts = drafts.filter((d) => d.code !== change.code || d.operator !== at.operator);
              break;
          }
        }
      } catch (error) {
        ({ requests, drafts } = before);
        throw error;
      }
    },
  };
}

function view({ type, receipt, receivedAt, standing: { state, targetOn } }: Filed): RequestView {
  return { type, receipt, state, receivedAt, targetOn };
}
