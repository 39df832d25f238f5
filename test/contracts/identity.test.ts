import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it } from "vitest";
import { newDigits, readDigits } from "../../src/requests/identity.ts";
import { RegisterConflict } from "../../src/requests/register.ts";
import { DATABASE_FILE } from "../../src/storage/backup.ts";
import type { Stores } from "../../src/storage/store.ts";
import { seeded } from "../support/brain.ts";
import { measure, SEED } from "../support/long.ts";
import { times } from "../support/many.ts";
import {
  change,
  commit,
  filing,
  HOLDER,
  heard,
  openStore,
  type Place,
  place,
  T0,
  turn,
} from "../support/posting.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const CODE = "482913";
let there: Place;
let store: Stores;
beforeEach(async () => {
  there = place();
  store = await openStore(there);
});

const DAYS = measure(4, 30);
let arrivals = 1_000_000;
const at = (conversation = "c1", arrival = ++arrivals) => ({
  operator: "jcom",
  conversation,
  customer: conversation,
  channel: "web",
  arrival,
});
async function tryIt(
  code: string,
  { chat = "c1", now = T0, receipt = "R1", on = store, arrival = ++arrivals } = {},
) {
  const found = await on.register.look(at(chat, arrival), { look: "try-code", receipt, code }, now);
  return found.look === "try-code" ? found.use : undefined;
}
async function room(now = T0, receipt = "R1") {
  const found = await store.register.look(at(), { look: "mail-code", receipt }, now);
  return found.look === "mail-code" ? found.may : undefined;
}
const mailed = (code = CODE, now = T0, receipt = "R1", chat = "c1") =>
  change(store, chat, [{ do: "mail-code", receipt, code }], now);
const wish = (receipt = "R1") => filing(receipt, { type: "opt-out-marketing", mail: HOLDER });
/** A whole turn that gives a code. */
async function give(code: string, { receipt = "R1", chat = "c1", now = T0 } = {}) {
  const job = await turn(store, chat, now);
  const use = await tryIt(code, { chat, now, receipt, arrival: job.inboxId });
  await commit(store, job, use ? [{ do: "confirm", receipt }] : [], now);
  return use;
}
const stands = async (receipt = "R1") => {
  const shown = await store.docket.show("jcom", receipt);
  return { state: shown?.state, events: shown?.events.map(({ kind, by }) => `${kind} ${by}`) };
};
function sql(query: string): Record<string, unknown>[] {
  const db = new DatabaseSync(join(there.folder, DATABASE_FILE));
  const found = db.prepare(query).all();
  db.close();
  return found.map((row) => ({ ...row }));
}

describe("a code by e-mail", () => {
  it("is the whole check of a wish of whoever holds the address, on the record", async () => {
    await change(store, "c1", [wish()]);
    await mailed();
    expect(await stands()).toMatchObject({ state: "identity-check" });
    expect(await give("482914")).toBeNull();
    expect(await give(CODE)).toBe("holder");
    expect(await stands()).toEqual({
      state: "in-progress",
      events: ["received customer", "identity-check customer", "in-progress customer"],
    });
    expect(sql("select what, role from audit")).toEqual([{ what: "confirm", role: "customer" }]);
    expect(await store.audit.verify()).toMatchObject({ ok: true, head: { seq: 1 } });
    expect(sql("select code from identity_code")).toEqual([{ code: null }]);
  });

  it("A22, T5: confirms the address of a right's request and moves it nowhere: the papers are not skipped", async () => {
    for (const [i, type] of (["disclosure", "deletion", "correction"] as const).entries()) {
      const receipt = `R${i}`;
      const mail = { to: `${i}@example.jp`, use: "reply" } as const;
      await change(store, receipt, [filing(receipt, { type, mail })]);
      await mailed(CODE, T0, receipt, receipt);
      expect(await give(CODE, { receipt, chat: receipt })).toBe("reply");
      expect(await stands(receipt)).toEqual({
        state: "received",
        events: ["received customer", "address-confirmed customer"],
      });
    }
    // Even where a form were wrong about it: the table of states lets no customer take a right past its check.
    await change(store, "x", [filing("X1", { mail: { ...HOLDER, to: "other@example.jp" } })]);
    await mailed(CODE, T0, "X1", "x");
    await expect(give(CODE, { receipt: "X1", chat: "x" })).rejects.toBeInstanceOf(RegisterConflict);
    expect(await stands("X1")).toMatchObject({ state: "identity-check" });
  });

  it("A21: of 100 right ones at once, over two processes, exactly one is right; none is right again", async () => {
    for (const round of times(measure(1, 20))) {
      const [receipt, chat] = [`Q${round}`, `q${round}`];
      await change(store, chat, [filing(receipt, { mail: { to: `${round}@example.jp`, use: "reply" } })]);
      await mailed(CODE, T0, receipt, chat);
      const second = await openStore(there);
      const job = await turn(store, chat);
      // Each try is a message of its own: whichever wins, its turn is one that there is.
      for (const _ of times(99)) await heard(store, chat);
      const tried = await Promise.all(
        times(100).map(async (n) => {
          const arrival = job.inboxId + n;
          return {
            arrival,
            use: await tryIt(CODE, { receipt, chat, arrival, on: n % 2 === 0 ? store : second }),
          };
        }),
      );
      const right = tried.filter(({ use }) => use !== null);
      expect(right).toHaveLength(1);
      const [winner] = right;
      // Its turn runs again after a crash: the same arrival is told the same.
      expect(await tryIt(CODE, { receipt, chat, arrival: winner?.arrival ?? 0 })).toBe("reply");
      const confirm = { do: "confirm", receipt } as const;
      const loser = tried.find(({ use }) => use === null)?.arrival ?? 0;
      await expect(commit(store, { ...job, inboxId: loser }, [confirm])).rejects.toBeInstanceOf(
        RegisterConflict,
      );
      await commit(store, { ...job, inboxId: winner?.arrival ?? 0 }, [confirm]);
      expect(await tryIt(CODE, { receipt, chat, arrival: winner?.arrival ?? 0 })).toBeNull();
      expect((await stands(receipt)).events?.filter((e) => e.startsWith("address"))).toHaveLength(1);
      expect(await room(T0 + DAY_MS, receipt)).toBe("done");
    }
  });

  it("A21: lives ten minutes, in the conversation and for the request that asked; a newer one takes its place", async () => {
    await change(store, "c1", [wish(), filing("R2", { form: 2 })]);
    await mailed();
    expect(await tryIt(CODE, { chat: "c2" })).toBeNull();
    expect(await tryIt(CODE, { receipt: "R2" })).toBeNull();
    expect(await tryIt(CODE, { receipt: "R9" })).toBeNull();
    expect(await tryIt(CODE, { now: T0 + 10 * MINUTE_MS })).toBeNull();
    // Neither of these was a try at this code.
    expect(sql("select tries from identity_code")).toEqual([{ tries: 0 }]);
    await mailed("111222", T0 + MINUTE_MS);
    expect(await give(CODE, { now: T0 + MINUTE_MS })).toBeNull();
    expect(await give("111222", { now: T0 + 10 * MINUTE_MS })).toBe("holder");
  });

  it("A21: five wrong tries end it for this request: of every code there is no more than five in a million are tried", async () => {
    await change(store, "c1", [wish()]);
    let sends = 0;
    let compared = 0;
    for (let day = 0; day < DAYS; day += 1)
      for (const minute of times(8)) {
        const now = T0 + day * DAY_MS + minute * MINUTE_MS;
        if ((await room(now)) === "send") {
          await mailed(CODE, now);
          sends += 1;
        }
        for (const n of times(3)) {
          const before = Number(sql("select coalesce(sum(tries), 0) as n from identity_code")[0]?.n);
          expect(await tryIt(String(n).padStart(6, "0"), { now })).toBeNull();
          compared += Number(sql("select sum(tries) as n from identity_code")[0]?.n) - before;
        }
      }
    expect(compared).toBe(5);
    expect(sends).toBe(2);
    expect(await tryIt(CODE, { now: T0 + DAYS * DAY_MS })).toBeNull();
    expect(await room(T0 + 100 * DAY_MS)).toBe("enough");
    await expect(mailed(CODE, T0 + 100 * DAY_MS)).rejects.toBeInstanceOf(RegisterConflict);
  });

  it("A21: 100 wrong ones at once count as five, and a turn that runs again counts once", async () => {
    await change(store, "c1", [wish()]);
    await mailed();
    const job = await turn(store, "c1");
    for (let n = 0; n < 3; n += 1) await tryIt("000000", { arrival: job.inboxId });
    expect(sql("select tries from identity_code")).toEqual([{ tries: 1 }]);
    await Promise.all(times(100).map((n) => tryIt(String(n).padStart(6, "0"))));
    expect(sql("select tries, code from identity_code")).toEqual([{ tries: 5, code: null }]);
  });

  it("A21: five wrong tries a day at one address, over all requests that name it, in any of its spellings", async () => {
    const [requests, codes] = [6, 20];
    for (const n of times(requests)) {
      const to = n % 2 ? HOLDER.to : HOLDER.to.toUpperCase();
      await change(store, `c${n}`, [filing(`R${n}`, { mail: { to, use: "reply" } })]);
    }
    await change(store, "other", [filing("X1", { mail: { to: "other@example.jp", use: "reply" } })]);
    const compared = () => Number(sql("select coalesce(sum(tries), 0) as n from identity_code")[0]?.n);
    for (let day = 0; day < 2; day += 1) {
      const before = compared();
      for (const n of times(requests)) {
        const now = T0 + day * DAY_MS * 1.5 + n * MINUTE_MS;
        const [receipt, chat] = [`R${n}`, `c${n}`];
        if ((await room(now, receipt)) !== "send") continue;
        await mailed(CODE, now, receipt, chat);
        for (const guess of times(codes).slice(n, n + 2))
          expect(await tryIt(String(guess).padStart(6, "0"), { chat, receipt, now })).toBeNull();
        // The right one is no more right than another once the tries are used up.
        if (compared() - before === 5) expect(await tryIt(CODE, { chat, receipt, now })).toBeNull();
      }
      expect(compared() - before).toBe(5);
    }
    // Another address is not touched by it.
    await mailed(CODE, T0, "X1", "other");
    expect(await tryIt(CODE, { chat: "other", receipt: "X1" })).toBe("reply");
  });

  it("24: is mailed again after a minute, five times a day, by request and by address whoever told it", async () => {
    await change(store, "c1", [
      wish(),
      filing("R2", { form: 2, mail: { to: "TARO@example.jp", use: "reply" } }),
    ]);
    for (const n of times(5)) {
      const now = T0 + n * MINUTE_MS;
      expect(await room(now)).toBe("send");
      await mailed(CODE, now);
      expect([await room(now + MINUTE_MS - 1), await room(now + MINUTE_MS - 1, "R2")]).toEqual(
        n < 4 ? ["wait", "wait"] : ["enough", "enough"],
      );
    }
    await expect(mailed(CODE, T0 + 10 * MINUTE_MS)).rejects.toBeInstanceOf(RegisterConflict);
    expect(await room(T0 + DAY_MS + 1)).toBe("send");
    expect(await room(T0 + DAY_MS, "R-unknown")).toBe("no");
  });

  it("is offered only while there is an open request with an address that none has confirmed", async () => {
    const view = async (receipt: string) => {
      const found = await store.register.look(
        at(),
        { look: "request", receipt, code: `code of ${receipt}` },
        T0,
      );
      return found.look === "request" ? found.request?.confirms : undefined;
    };
    await change(store, "c1", [
      wish(),
      filing("R2", { form: 2 }),
      filing("R3", { form: 3, mail: { to: "x@y.example", use: "reply" } }),
    ]);
    expect([await view("R1"), await view("R2"), await view("R3")]).toEqual(["holder", "reply", "reply"]);
    await mailed();
    await give(CODE);
    await change(store, "c1", [{ do: "withdraw", receipt: "R2" }]);
    expect([await view("R1"), await view("R2"), await view("R3")]).toEqual([undefined, undefined, "reply"]);
  });

  it("leaves the files when its time has passed, and stands in them as a hash alone", async () => {
    await change(store, "c1", [wish()]);
    await mailed();
    expect(sql("select code from identity_code")[0]?.code).toMatch(/^[\w-]{22}$/);
    await store.conversations.purge("jcom", 0, T0 + 11 * MINUTE_MS);
    expect(sql("select code from identity_code")).toEqual([{ code: null }]);
  });
});

describe("six digits", () => {
  it("A07: are each as likely as another", () => {
    console.info(`seed ${SEED}`);
    const random = seeded(SEED);
    const count = measure(20_000, 1_000_000);
    const cells = Array.from({ length: 100 }, () => 0);
    for (let n = 0; n < count; n += 1) {
      const digits = newDigits(random);
      if (digits.length !== 6) throw new Error(`${digits.length} digits`);
      const cell = Math.floor(Number(digits) / 10_000);
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    const expected = count / 100;
    const chi2 = cells.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // 99 degrees of freedom: p in 0.0001..0.9999.
    expect(chi2).toBeGreaterThan(52);
    expect(chi2).toBeLessThan(162);
    expect(newDigits(() => Uint8Array.of(0, 0, 0, 7))).toBe("000007");
    // What would make small codes likelier is drawn again.
    const drawn = [Uint8Array.of(255, 255, 255, 255), Uint8Array.of(0, 0, 1, 0)];
    expect(newDigits(() => drawn.shift() ?? new Uint8Array(4))).toBe("000256");
  });

  it("are read as people type them", () => {
    for (const text of [
      "482913",
      "482 913",
      "４８２９１３",
      "482-913",
      "コードは482913です",
      "the code is 482913.",
      "4 8 2 9 1 3",
    ])
      expect(readDigits(text), text).toEqual({ value: "482913" });
    for (const text of ["48291", "4829133", "1234"]) expect(readDigits(text), text).toEqual({});
    for (const text of [
      "",
      "はい",
      "12",
      "090-1234-5678",
      "3日と482913",
      "x".repeat(41),
      "2026年11月16日です",
    ])
      expect(readDigits(text), text).toBeUndefined();
  });
});
