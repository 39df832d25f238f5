import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { isOver, move } from "../../src/handoff/state.ts";
import { ownDataJson, ownDataPage } from "../../src/pages/own-data.ts";
import { loadTexts } from "../../src/reply/texts.ts";
import type { OwnRecord } from "../../src/requests/own-data.ts";
import { createOwnData } from "../../src/storage/own-data.ts";
import { rotate } from "../../src/storage/rotation.ts";
import type { Tables } from "../../src/storage/tables.ts";
import { file } from "../contracts/register.contract.ts";
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

it("own data: which mails went out and when, how the hand-offs ended and were rated, names on platforms; none of it stays", async () => {
  const audience = { customers: true, desks: new Set(["jcom"]) };
  const records = await openRecords({ seal: () => new PlainSeal(), audience });
  const { store, ours } = records;
  const mail = { to: "planted@example.jp", use: "reply" } as const;
  for (const who of ["c1", "other"]) {
    await plant(records, who);
    const save = { form: "deletion", answers: {}, asking: "name", mail } as const;
    const changes = [
      file(`R-${who}`, { mail, person: who }),
      { do: "save" as const, code: `D-${who}`, until: T0 + 7 * DAY_MS, draft: save },
    ];
    await tell(store, { conversation: who, words: "file", changes });
    await tell(store, {
      conversation: who,
      words: "thanks",
      desk: { id: `${who}-r`, step: { do: "rate", rating: "up" } },
    });
    const chat = await store.conversations.find(who);
    if (!chat) throw new Error("no chat");
    const address = { serviceUrl: "https://smba.example", user: `planted-${who}` } as never;
    await store.references.keep(chat, address);
    await store.references.taken(chat, "a1", 0, `planted-id-${who}`);
    const { id } = await ours.reader
      .selectFrom("request")
      .select("id")
      .where("receipt", "=", records.rows.receiptKey(`R-${who}`))
      .executeTakeFirstOrThrow();
    const link = { conversation_id: who, request_id: id, told: "received" } as const;
    await ours.writer.write((tx) => tx.insertInto("line_link").values(link).execute());
  }
  for (const posting of await store.notices.claimDue(T0 + 5, 10, 1))
    await store.notices.sent(posting, T0 + 7);
  const ownData = createOwnData(records, records.witness);
  const scope = await ownData.find("jcom", { by: "receipt", receipt: "R-c1" });
  if (!scope || scope === "several") throw new Error("not found");
  const read = await ownData.export(scope, cause());
  const given: OwnRecord[] = [];
  for await (const record of read()) given.push(record);
  const of = <K extends OwnRecord["kind"]>(kind: K) =>
    given.filter((one): one is Extract<OwnRecord, { kind: K }> => one.kind === kind);
  expect(of("request").map(({ notices }) => notices)).toEqual([
    [{ kind: "receipt", at: T0 + 7, state: "sent" }],
  ]);
  expect(of("draft")).toMatchObject([{ notices: [{ kind: "draft", state: "waiting" }] }]);
  expect(of("handoff")).toMatchObject([
    {
      way: "chat",
      state: "ended",
      trigger: "asked",
      agent: "Hanako",
      at: T0,
      assignedAt: T0,
      doneAt: T0 + 1,
      rating: "up",
    },
    { way: "callback", state: "requested", doneAt: null, callback: { contact: "090-1111-2222" } },
  ]);
  expect(of("reference")).toMatchObject([{ platform: "teams", address: { user: "planted-c1" } }]);
  expect(of("linked")).toEqual([{ kind: "linked", chat: "c1", ending: "R-c1".slice(-4), told: "received" }]);
  const texts = await loadTexts("locales");
  for (const [locale, says] of [
    ["ja", [/受付の控え（送信済み）/, /担当者が対応を終えました/, /役に立った/, /内部のメモ/]],
    ["en", [/receipt \(sent\)/, /ended by our staff/, /helpful/, /private notes/]],
  ] as const) {
    const head = { operator: "jcom", company: "J:COM", madeAt: T0, locale };
    let [json, page] = ["", ""];
    for await (const part of ownDataJson(texts, head, read())) json += part;
    for await (const part of ownDataPage(texts, head, read())) page += part;
    for (const words of says) expect(page).toMatch(words);
    expect(JSON.parse(json).readMe.join(" ")).toMatch(says[3]);
    for (const paper of [json, page])
      for (const word of ["planted-note", "planted-resolution", "planted-other", "R-other", "[object"])
        expect(paper).not.toContain(word);
  }

  await ownData.erase(scope, cause());
  const rows = (table: keyof Tables) =>
    ours.reader
      .selectFrom(table)
      .select((e) => e.fn.countAll<number>().as("n"))
      .executeTakeFirst();
  for (const [table, left] of [
    ["notice", 3],
    ["handoff", 2],
    ["handoff_note", 1],
    ["teams_reference", 1],
    ["teams_message", 1],
    ["line_link", 1],
    ["feedback", 0],
  ] as const)
    expect([table, (await rows(table))?.n]).toEqual([table, left]);
  expect(bytesIn(records.folder).includes(Buffer.from("planted-c1"))).toBe(false);
  expect(bytesIn(records.folder).includes(Buffer.from("planted-other"))).toBe(true);
});

it("the daily purge takes the leftovers of a console that nobody uses, and the address of a mail that nobody sends any more", async () => {
  const audience = { customers: true, desks: new Set<string>() };
  const records = await openRecords({ seal: () => new PlainSeal(), audience });
  const { store, ours } = records;
  const mail = { to: "planted@example.jp", use: "reply" } as const;
  await tell(store, { conversation: "c1", words: "x", changes: [file("R1", { mail })] });
  const HOUR_MS = 3_600_000;
  await ours.writer.write(async (tx) => {
    const session = { account: "a", begun_at: T0, seen_at: T0 };
    await tx
      .insertInto("console_session")
      .values({ secret: "s", id: "s", ...session })
      .execute();
    await tx.insertInto("sign_in_try").values({ subject: "t", failures: 1, last_at: T0, until: 0 }).execute();
    await tx
      .insertInto("account_device")
      .values({ login: "l", device: "d", until: T0 + HOUR_MS })
      .execute();
    const permit = { operator: "jcom", account: "a", asked_at: T0, body: Buffer.from("{}") };
    await tx
      .insertInto("read_permit")
      .values([
        { id: "approved", ...permit, by: "b", until: T0 + HOUR_MS },
        { id: "open", ...permit, by: null, until: 0 },
      ])
      .execute();
  });
  const left = async () => {
    const tables = ["console_session", "sign_in_try", "account_device", "read_permit"] as const;
    const counts = tables.map((table) =>
      ours.reader
        .selectFrom(table)
        .select((e) => e.fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow(),
    );
    return (await Promise.all(counts)).map(({ n }) => n);
  };
  const bodies = async () =>
    (await ours.reader.selectFrom("notice").select("body").execute()).filter(({ body }) => body !== null);
  await store.conversations.purge("jcom", 0, T0 + 60_000);
  expect([await left(), (await bodies()).length]).toEqual([[1, 1, 1, 2], 1]);
  await store.conversations.purge("jcom", 0, T0 + 4 * DAY_MS);
  expect([await left(), (await bodies()).length]).toEqual([[0, 0, 0, 1], 0]);
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
