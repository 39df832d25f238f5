import { describe, expect, it } from "vitest";
import {
  type Change,
  type NewRequest,
  type Register,
  RegisterConflict,
} from "../../src/requests/register.ts";

export type At = Parameters<Register["look"]>[0];

/** One register under test. */
export interface Subject {
  register: Register;
  /** All that a turn changes, as its commit does it. Rejects with `RegisterConflict`. */
  apply(at: At, changes: readonly Change[], now: number): Promise<void>;
}

export const T0 = 1_800_000_000_000;
export const DAY_MS = 86_400_000;
const SAME_MS = 1;

let arrivals = 0;
/** An arrival of a conversation: another one at each call. */
export function at(conversation = "c1", changes: Partial<At> = {}): At {
  arrivals += 1;
  const customer = `dl_${conversation}`;
  return { operator: "jcom", conversation, customer, channel: "web", arrival: arrivals, ...changes };
}

function request(receipt: string, changes: Partial<NewRequest> = {}): NewRequest {
  return {
    type: "disclosure",
    receipt,
    code: `code of ${receipt}`,
    receivedAt: T0,
    targetOn: "2027-01-29",
    locale: "ja",
    answers: { name: "山田太郎", scope: ["all"] },
    consent: "2027-01",
    form: 1,
    ...changes,
  };
}

export const file = (receipt: string, changes: Partial<NewRequest> = {}): Change => ({
  do: "file",
  request: request(receipt, changes),
});

export const byNumber = (receipt: string, code = `code of ${receipt}`) =>
  ({ look: "request", receipt, code }) as const;
export const byCode = (code: string) => ({ look: "draft", code }) as const;
export const sameAs = (person: string) => ({ look: "duplicate", type: "disclosure", person }) as const;

const seen = {
  type: "disclosure",
  receipt: "R1",
  state: "received",
  receivedAt: T0,
  targetOn: "2027-01-29",
};
const draft = {
  form: "deletion",
  answers: { name: "山田太郎", when: [1, null] },
  asking: "address",
} as const;
const save = (code: string, until = T0 + 7 * DAY_MS): Change => ({ do: "save", code, until, draft });

/** What every register must promise to the turn. */
export function registerContract(name: string, subject: () => Subject): void {
  const look = (...args: Parameters<Register["look"]>) => subject().register.look(...args);
  const apply = (...args: Parameters<Subject["apply"]>) => subject().apply(...args);
  const rejected = (reason: RegisterConflict["reason"]) => ({
    reason,
    message: `register conflict: ${reason}`,
  });

  describe(`register: ${name}`, () => {
    it("shows what was filed to whoever has number and code, in any chat of the same operator", async () => {
      await apply(at(), [file("R1")], T0);
      for (const who of [at(), at("c2"), at("c3", { channel: "line" })])
        expect(await look(who, byNumber("R1"), T0)).toEqual({ look: "request", request: seen });
      const elsewhere = at("c4", { operator: "sakura-internet" });
      expect(await look(elsewhere, byNumber("R1"), T0)).toEqual({ look: "request", request: null });
    });

    it("files a form once, whatever receipt it comes with, and the next form of the chat as another request", async () => {
      await apply(at(), [file("R1")], T0);
      await apply(at(), [file("R1")], T0);
      await apply(at(), [file("R2", { answers: { name: "other" } })], T0);
      expect(await look(at("c2"), byNumber("R1"), T0)).toEqual({ look: "request", request: seen });
      expect(await look(at("c2"), byNumber("R2"), T0)).toEqual({ look: "request", request: null });
      await apply(at(), [file("R3", { form: 2 })], T0);
      await apply(at("c2"), [file("R4")], T0);
      for (const receipt of ["R3", "R4"])
        expect(await look(at(), byNumber(receipt), T0)).toMatchObject({ request: { receipt } });
    });

    it("two chats that race with one receipt: one files, the other is told to run again, and has changed nothing", async () => {
      const both = await Promise.allSettled(
        ["c1", "c2"].map((chat) => apply(at(chat), [save(`of ${chat}`), file("R1", { code: chat })], T0)),
      );
      const lost = both.filter((each) => each.status === "rejected");
      expect(lost).toHaveLength(1);
      expect(lost[0]?.reason).toBeInstanceOf(RegisterConflict);
      expect(lost[0]?.reason).toMatchObject(rejected("receipt-taken"));
      const [winner, loser] = both[0]?.status === "fulfilled" ? ["c1", "c2"] : ["c2", "c1"];
      expect(await look(at("x"), byNumber("R1", loser), T0)).toMatchObject({ request: null });
      expect(await look(at("x"), byNumber("R1", winner), T0)).toEqual({ look: "request", request: seen });
      expect(await look(at("x"), byCode(`of ${loser}`), T0)).toEqual({ look: "draft", draft: null });
      expect(await look(at("x"), byCode(`of ${winner}`), T0)).toEqual({ look: "draft", draft });
    });

    it("withdraws an open request of this operator, and twice is once", async () => {
      await apply(at(), [file("R1", { person: "taro" })], T0);
      await expect(
        apply(at("c2", { operator: "sakura-internet" }), [{ do: "withdraw", receipt: "R1" }], T0),
      ).rejects.toMatchObject(rejected("not-open"));
      for (const _ of [1, 2]) {
        await apply(at("c3"), [{ do: "withdraw", receipt: "R1" }], T0 + 1);
        const withdrawn = { ...seen, state: "withdrawn" };
        expect(await look(at(), byNumber("R1"), T0)).toEqual({ look: "request", request: withdrawn });
      }
      expect(await look(at(), sameAs("taro"), T0)).toEqual({ look: "duplicate", open: null });
      await expect(apply(at("c4"), [{ do: "withdraw", receipt: "R9" }], T0)).rejects.toMatchObject(
        rejected("not-open"),
      );
    });

    it("points out an open request of the same kind by the same person at the same operator, their own first", async () => {
      const person = "taro";
      await apply(at("c1"), [file("R1", { person }), file("R2", { form: 2, person, type: "deletion" })], T0);
      await apply(at("c2"), [file("R3", { person }), file("R4", { form: 2 })], T0);
      const open = async (who: At, whom = person) => look(who, sameAs(whom), T0);
      expect(await open(at("c1"))).toEqual({ look: "duplicate", open: { ...seen, own: true } });
      expect(await open(at("c2"))).toMatchObject({ open: { receipt: "R3", own: true } });
      expect(await open(at("c3"))).toMatchObject({ open: { receipt: "R3", own: false } });
      expect(await open(at("c1", { channel: "line" }))).toMatchObject({
        open: { receipt: "R3", own: false },
      });
      expect(await open(at("c1"), "hanako")).toEqual({ look: "duplicate", open: null });
      expect(await open(at("c1", { operator: "sakura-internet" }))).toEqual({
        look: "duplicate",
        open: null,
      });
    });

    it("A21: five wrong tries lock a number for a day, over all chats, for the right code too", async () => {
      await apply(at(), [file("R1"), file("R2", { form: 2 })], T0);
      for (let n = 0; n < 5; n += 1)
        expect(await look(at(`c${n}`), byNumber("R1", "wrong"), T0 + n)).toEqual({
          look: "request",
          request: null,
        });
      const locked = { look: "request", request: null, locked: true };
      for (const code of ["wrong", "code of R1"])
        for (const now of [T0 + 5, T0 + DAY_MS, T0 + 4 + DAY_MS - SAME_MS])
          expect(await look(at("c9"), byNumber("R1", code), now)).toEqual(locked);
      expect(await look(at("c9"), byNumber("R2"), T0 + 5)).toMatchObject({ request: { receipt: "R2" } });
      const free = T0 + 4 + DAY_MS;
      expect(await look(at("c9"), byNumber("R1"), free)).toEqual({ look: "request", request: seen });
      expect(await look(at("c9"), byNumber("R1", "wrong"), free)).toEqual({ look: "request", request: null });
      expect(await look(at("c9"), byNumber("R1"), free)).toEqual({ look: "request", request: seen });
    });

    it("A21: never are more than five wrong tries judged within 24 hours, however they are spread", async () => {
      await apply(at(), [file("R1")], T0);
      const judged: number[] = [];
      for (let hour = 0; hour < 240; hour += 1) {
        const now = T0 + hour * 3_600_000;
        const found = await look(at(), byNumber("R1", "wrong"), now);
        if (found.look === "request" && !found.locked) judged.push(hour);
      }
      for (const from of judged)
        expect(judged.filter((h) => h >= from && h < from + 24).length).toBeLessThan(6);
      expect(judged.length).toBeGreaterThan(40);
      // Four a day never lock.
      await apply(at("c2"), [file("R2")], T0);
      for (let hour = 0; hour < 240; hour += 6)
        expect(await look(at(), byNumber("R2", "wrong"), T0 + hour * 3_600_000)).toEqual({
          look: "request",
          request: null,
        });
    });

    it("a wrong code, an unknown number and another operator's number look the same at each of ten tries", async () => {
      await apply(at(), [file("R1")], T0);
      await apply(at("s", { operator: "sakura-internet" }), [file("R2")], T0);
      const told = async (lookup: ReturnType<typeof byNumber>) => {
        const all: string[] = [];
        for (let n = 0; n < 10; n += 1) all.push(JSON.stringify(await look(at("c5"), lookup, T0 + n)));
        return all;
      };
      const wrong = await told(byNumber("R1", "wrong"));
      expect(new Set(wrong).size).toBe(2);
      expect(await told(byNumber("R9", "wrong"))).toEqual(wrong);
      expect(await told(byNumber("R2"))).toEqual(wrong);
      const owner = at("s", { operator: "sakura-internet" });
      expect(await look(owner, byNumber("R2"), T0 + 10)).toMatchObject({ request: { receipt: "R2" } });
    });

    it("a turn that is run again counts nothing twice, and hears the same", async () => {
      await apply(at(), [file("R1")], T0);
      for (let n = 0; n < 5; n += 1) {
        const who = at();
        for (const later of [0, 100, 200])
          expect(await look(who, byNumber("R1", "wrong"), T0 + later)).toEqual({
            look: "request",
            request: null,
          });
      }
      const late = at();
      for (const _ of [1, 2])
        expect(await look(late, byNumber("R1"), T0)).toEqual({
          look: "request",
          request: null,
          locked: true,
        });
      // Nor does it last longer.
      expect(await look(at(), byNumber("R1"), T0 + DAY_MS)).toEqual({ look: "request", request: seen });
    });

    it("A21: of 100 wrong tries at once five are judged", async () => {
      await apply(at(), [file("R1")], T0);
      const tries = Array.from({ length: 100 }, (_, n) =>
        look(at(`c${n}`), byNumber("R1", `wrong ${n}`), T0),
      );
      const judged = (await Promise.all(tries)).filter((found) => !("locked" in found));
      expect(judged).toHaveLength(5);
    });

    it("A21: of 100 that ask for a draft at once one gets it, again and again, until it is taken up", async () => {
      await apply(at(), [save("D1")], T0);
      const all = Array.from({ length: 100 }, (_, n) => at(`c${n}`));
      const asked = () => Promise.all(all.map(async (who) => look(who, byCode("D1"), T0)));
      const given = await asked();
      const winners = all.filter(
        (_, n) => JSON.stringify(given[n]) === JSON.stringify({ look: "draft", draft }),
      );
      expect(winners).toHaveLength(1);
      expect(given.filter((found) => found.look === "draft" && found.draft === null)).toHaveLength(99);
      expect(await asked()).toEqual(given);
      const [winner] = winners;
      if (!winner) throw new Error("no winner");
      // The same chat's next message is another arrival.
      expect(await look(at(winner.conversation), byCode("D1"), T0)).toEqual({ look: "draft", draft: null });
      await apply(winner, [{ do: "take", code: "D1" }], T0);
      expect(await look(winner, byCode("D1"), T0)).toEqual({ look: "draft", draft: null });
    });

    it("a draft is its operator's, lapses at its time, and its code is free for another one only when it is gone", async () => {
      await apply(at(), [save("D1", T0 + 100), save("D2", T0 + 100)], T0);
      const elsewhere = at("c2", { operator: "sakura-internet" });
      expect(await look(elsewhere, byCode("D1"), T0)).toEqual({ look: "draft", draft: null });
      await expect(apply(at("c3"), [save("D1")], T0)).rejects.toMatchObject(rejected("code-taken"));
      await apply(elsewhere, [{ do: "take", code: "D1" }, save("D1")], T0);
      expect(await look(at(), byCode("D1"), T0 + 99)).toEqual({ look: "draft", draft });
      expect(await look(at(), byCode("D2"), T0 + 100)).toEqual({ look: "draft", draft: null });
    });

    it("A21: five wrong codes of drafts lock this chat for a day, no other one, and no number", async () => {
      await apply(at(), [save("D1"), file("R1")], T0);
      for (let n = 0; n < 5; n += 1)
        expect(await look(at("c2"), byCode(`wrong ${n}`), T0)).toEqual({ look: "draft", draft: null });
      const locked = { look: "draft", draft: null, locked: true };
      expect(await look(at("c2"), byCode("D1"), T0 + DAY_MS - SAME_MS)).toEqual(locked);
      expect(await look(at("c2"), byNumber("R1"), T0)).toEqual({ look: "request", request: seen });
      expect(await look(at("c2"), byCode("D1"), T0 + DAY_MS)).toEqual({ look: "draft", draft });
    });
  });
}
