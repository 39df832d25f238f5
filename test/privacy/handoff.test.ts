import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { isOver, move } from "../../src/handoff/state.ts";
import { createOwnData } from "../../src/storage/own-data.ts";
import { rotate } from "../../src/storage/rotation.ts";
import { bytesIn } from "../support/files.ts";
import { agent } from "../support/handoffs.ts";
import { PlainSeal } from "../support/plain-seal.ts";
import { cause, DAY_MS, entry, openRecords, type Records, T0, tell } from "../support/records.ts";

const PLANTED = ["090-1111-2222", "planted-about", "planted-note", "planted-resolution"];

/** A hand-off that an agent has ended, with a private note, and a call-back that stands open. */
async function plant({ store }: Records, conversation = "c1"): Promise<void> {
  const about = { trigger: "asked", topic: null, clauses: [] } as const;
  const request = { do: "request", ...about, place: 1 } as const;
  await tell(store, { conversation, words: "a person", desk: { id: `${conversation}-chat`, step: request } });
  const by = agent("Hanako", { id: "account-1" });
  for (const [n, step] of (
    [
      { do: "claim", by },
      { do: "end", by },
    ] as const
  ).entries())
    await store.handoffs.change(
      `${conversation}-chat`,
      T0 + n,
      () => false,
      ({ handoff }) => {
        const moved = move(handoff, step, T0 + n);
        if (!moved.ok) throw new Error(moved.issue);
        const note = { audience: "staff", at: T0, by: by.id, name: by.name, text: "planted-note" } as const;
        const over = isOver(moved.standing.state) ? { resolution: "planted-resolution" } : { note };
        return { standing: moved.standing, ...over };
      },
    );
  const callback = {
    number: "AAAA-BBBB",
    targetOn: "2027-01-18",
    contact: PLANTED[0] ?? "",
    text: "planted-about",
  };
  await tell(store, {
    conversation,
    words: "later",
    desk: { id: `${conversation}-later`, step: { do: "callback", ...about, callback } },
  });
}

it("own data: what was told for a call-back is given, the staff's private notes are not; erased with the chat, no byte stays", async () => {
  const records = await openRecords({ seal: () => new PlainSeal() });
  await plant(records);
  await plant(records, "other");
  const ownData = createOwnData(records, records.witness);
  const scope = await ownData.find("jcom", { by: "conversation", conversation: "c1" });
  if (!scope || scope === "several") throw new Error("not found");
  const given: unknown[] = [];
  for await (const record of (await ownData.export(scope, cause()))()) given.push(record);
  const text = JSON.stringify(given);
  expect(text).toContain("090-1111-2222");
  expect(text).toContain("planted-about");
  expect(text).not.toContain("planted-note");
  await ownData.erase(scope, cause());
  expect(await records.store.handoffs.find("c1-chat", T0)).toBeUndefined();
  expect(await records.store.handoffs.find("other-chat", T0)).toBeDefined();
  for (const word of PLANTED) expect(bytesIn(records.folder).includes(Buffer.from(word)), word).toBe(true);
  expect(await records.store.conversations.erase("other", T0)).toBe("erased");
  for (const word of PLANTED) expect(bytesIn(records.folder).includes(Buffer.from(word)), word).toBe(false);
  expect(await records.audit.verify()).toMatchObject({ ok: true });
});

it("nothing of a hand-off stands readable in the files, and a change of the data key reaches it", async () => {
  const records = await openRecords();
  await plant(records);
  for (const word of [...PLANTED, "Hanako"])
    expect(bytesIn(records.folder).includes(Buffer.from(word)), word).toBe(false);
  const next = randomBytes(32);
  const pace = { settled: () => sleep(40), pause: () => Promise.resolve() };
  await rotate(records, next, { ...entry(), operator: "" }, pace);
  await records.close();
  const fresh = await openRecords({ folder: records.folder, key: next });
  expect(await fresh.store.handoffs.notes("c1-chat")).toMatchObject([{ text: "planted-note" }]);
  expect(await fresh.store.handoffs.find("c1-later", T0)).toMatchObject({
    callback: { contact: "090-1111-2222", text: "planted-about" },
  });
});

it("a hand-off goes seven days after it is over; a call-back that stands open stays, and so does the chat", async () => {
  const records = await openRecords();
  const { store } = records;
  await plant(records);
  const purge = (days: number) => store.conversations.purge("jcom", T0 - DAY_MS, T0 + days * DAY_MS);
  await purge(6);
  expect(await store.handoffs.find("c1-chat", T0)).toBeDefined();
  await purge(8);
  expect(await store.handoffs.find("c1-chat", T0)).toBeUndefined();
  expect(await store.handoffs.notes("c1-chat")).toEqual([]);
  expect(await store.handoffs.find("c1-later", T0)).toBeDefined();
  expect(await store.conversations.find("c1")).toBeDefined();
});
