import { CODE_MS, CODE_TRIES, type MaySend, roomFor } from "./identity.ts";
import {
  type Change,
  type Draft,
  type Found,
  type Lookup,
  type MailAddress,
  type NewRequest,
  type Register,
  RegisterConflict,
  type RequestView,
} from "./register.ts";
import { filed, isOpen, move, type Standing, type Step } from "./state.ts";
import { isLocked } from "./tries.ts";

type At = Parameters<Register["look"]>[0];
type Filed = NewRequest & { at: Omit<At, "arrival">; standing: Standing };
type Mailed = { conversation: string; code: string; until: number; tries: number; by?: number; done?: true };
type Saved = { operator: string; code: string; until: number; draft: Draft; takenBy?: number };

/** A register that forgets everything with its process: for the terminal and for tests. */
export interface InMemoryRegister extends Register {
  /** All of a turn's changes, or none. @throws {RegisterConflict} */
  apply(at: Omit<At, "arrival">, changes: readonly Change[], now: number): void;
}

export function createInMemoryRegister(): InMemoryRegister {
  let requests: readonly Filed[] = [];
  let drafts: readonly Saved[] = [];
  let codes: ReadonlyMap<string, Mailed> = new Map();
  let sends: readonly { receipt: string; at: number }[] = [];
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

  const filedAs = (operator: string, receipt: string) =>
    requests.find((r) => r.receipt === receipt && r.at.operator === operator);
  const confirmable = ({ mail, receipt, standing }: Filed): MailAddress["use"] | undefined =>
    isOpen(standing.state) && !codes.get(receipt)?.done ? mail?.use : undefined;

  function maySend(operator: string, receipt: string, now: number): MaySend {
    const request = filedAs(operator, receipt);
    const code = codes.get(receipt);
    if (code?.done) return { may: "done" };
    if (!request || !confirmable(request)) return { may: "no" };
    if (code && code.tries >= CODE_TRIES) return { may: "enough" };
    return roomFor(
      sends.filter((sent) => sent.receipt === receipt).map(({ at }) => at),
      now,
    );
  }

  function tryCode(at: At, receipt: string, digits: string, now: number): MailAddress["use"] | null {
    const [request, code] = [filedAs(at.operator, receipt), codes.get(receipt)];
    if (!request || !code || code.done || code.conversation !== at.conversation || code.until <= now)
      return null;
    if (code.tries >= CODE_TRIES || (code.by ?? at.arrival) !== at.arrival) return null;
    const right = code.code === digits;
    const changed = right ? { by: at.arrival } : { tries: code.tries + 1 };
    codes = new Map([...codes, [receipt, { ...code, ...changed }]]);
    return right ? (confirmable(request) ?? null) : null;
  }

  function look(at: At, lookup: Lookup, now: number): Found {
    switch (lookup.look) {
      case "request": {
        const { receipt, code } = lookup;
        const subject = JSON.stringify(["request", at.operator, receipt]);
        const { found, ...locked } = judge(subject, at.arrival, now, () =>
          requests.find((r) => r.receipt === receipt && r.code === code && r.at.operator === at.operator),
        );
        const use = found && confirmable(found);
        return {
          look: "request",
          request: found && { ...view(found), ...(use ? { confirms: use } : {}) },
          ...locked,
        };
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
      case "mail-code":
        return { look: "mail-code", ...maySend(at.operator, lookup.receipt, now) };
      case "try-code":
        return { look: "try-code", use: tryCode(at, lookup.receipt, lookup.code, now) };
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

  function step(request: Filed, step: Step, now: number): void {
    const moved = move(request.standing, step, { by: "customer" }, now);
    if (!moved.ok) throw new RegisterConflict("not-open");
    requests = requests.map((r) => (r === request ? { ...r, standing: moved.standing } : r));
  }

  return {
    look: async (at, lookup, now) => look(at, lookup, now),
    apply(at, changes, now) {
      const before = { requests, drafts, codes, sends };
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
              if (!found) throw new RegisterConflict("not-open");
              step(found, { kind: "withdrawn" }, now);
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
            case "mail-code": {
              const { receipt, code } = change;
              if (maySend(at.operator, receipt, now).may !== "send")
                throw new RegisterConflict("code-not-sent");
              const { tries = 0 } = codes.get(receipt) ?? {};
              const { conversation } = at;
              codes = new Map([...codes, [receipt, { conversation, code, until: now + CODE_MS, tries }]]);
              sends = [...sends, { receipt, at: now }];
              const sent = filedAs(at.operator, receipt);
              if (sent?.mail?.use === "holder" && sent.standing.state === "received")
                step(sent, { kind: "identity-check" }, now);
              break;
            }
            case "confirm": {
              const [sent, code] = [filedAs(at.operator, change.receipt), codes.get(change.receipt)];
              if (!sent || !code || code.by === undefined || code.done)
                throw new RegisterConflict("code-gone");
              codes = new Map([...codes, [change.receipt, { ...code, done: true as const }]]);
              const proves = sent.mail?.use === "holder" && sent.standing.state === "identity-check";
              step(sent, { kind: proves ? "in-progress" : "address-confirmed" }, now);
              break;
            }
          }
        }
      } catch (error) {
        ({ requests, drafts, codes, sends } = before);
        throw error;
      }
    },
  };
}

function view({ type, receipt, receivedAt, standing: { state, targetOn } }: Filed): RequestView {
  return { type, receipt, state, receivedAt, targetOn };
}
