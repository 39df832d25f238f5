import { expect, it } from "vitest";
import { ownDataJson, ownDataPage } from "../../src/pages/own-data.ts";
import { loadTexts } from "../../src/reply/texts.ts";
import type { OwnRecord, OwnScope } from "../../src/requests/own-data.ts";
import { hold } from "../../src/storage/holds.ts";
import { createOwnData } from "../../src/storage/own-data.ts";
import { file } from "../contracts/register.contract.ts";
import { bytesIn } from "../support/files.ts";
import { measure } from "../support/long.ts";
import { times } from "../support/many.ts";
import { PlainSeal } from "../support/plain-seal.ts";
import { addLines, cause, DAY_MS, entry, openRecords, type Records, T0, tell } from "../support/records.ts";

const MINE = measure(20, 200);
const OTHERS = measure(200, 10_000);
const HEAD = { operator: "jcom", company: "J:COM", madeAt: T0, locale: "ja" as const };

/** Things of one person over several chats, two requests and a draft; another operator knows the same person. */
async function plant(records: Records): Promise<void> {
  const { store } = records;
  const mine = { answers: { name: "山田太郎", detail: "mine-request" }, person: "taro" };
  const draft = { form: "deletion" as const, answers: { name: "mine-draft" }, asking: "address" };
  const save = { do: "save" as const, code: "D1", until: T0 + 7 * DAY_MS, draft };
  const first = [file("R1", mine), file("R2", { ...mine, form: 2 }), save];
  await tell(store, { conversation: "mine-1", words: "<b>mine-0</b> & so on", changes: first });
  // The same customer in a later chat, who names nobody; and the same person on another device.
  const again = { conversation: "mine-2", customer: "dl_mine-1" };
  await tell(store, {
    ...again,
    words: "mine-1",
    changes: [file("R3", { answers: { email: "mine-mail" } })],
  });
  await tell(store, { conversation: "mine-3", words: "mine-2", changes: [file("R4", mine)] });
  for (let n = 3; n < MINE; n += 1) await tell(store, { conversation: "mine-1", words: `mine-${n}` });
  const elsewhere = { conversation: "theirs-x", operator: "sakura-internet" };
  await tell(store, { ...elsewhere, words: "theirs-x", changes: [file("R5", mine)] });
  await Promise.all(
    times(OTHERS).map((n) =>
      tell(store, {
        conversation: `theirs-${n}`,
        words: `theirs-${n}`,
        changes: n % 10 === 0 ? [file(`S${n}`, { person: `p${n}`, answers: { name: `theirs-${n}` } })] : [],
      }),
    ),
  );
}

async function all(
  records: Records,
  scope: OwnScope,
): Promise<{ json: OwnRecord[]; text: string; page: string }> {
  const read = await createOwnData(records, records.witness).export(scope, cause());
  const texts = await loadTexts("locales");
  let [text, page] = ["", ""];
  for await (const part of ownDataJson(texts, HEAD, read())) text += part;
  for await (const part of ownDataPage(texts, HEAD, read())) page += part;
  return { json: JSON.parse(text).records, text, page };
}

const found = async (records: Records, receipt: string): Promise<OwnScope> => {
  const scope = await createOwnData(records, records.witness).find("jcom", { by: "receipt", receipt });
  if (scope === undefined || scope === "several") throw new Error("not found");
  return scope;
};

it(`P07, 83: of ${MINE} things planted all are given, of ${OTHERS} chats of others none; then all are erased and nothing else`, async () => {
  const records = await openRecords({ seal: () => new PlainSeal() });
  await plant(records);
  const scope = await found(records, "R1");
  expect(scope.shared).toBe(0);
  const { json, text, page } = await all(records, scope);
  for (const n of times(MINE)) {
    expect(
      json.some((r) => r.kind === "line" && r.by === "customer" && new RegExp(`mine-${n}\\b`).test(r.text)),
    ).toBe(true);
    expect(page).toMatch(new RegExp(`mine-${n}\\b`));
  }
  for (const word of ["mine-request", "mine-mail", "mine-draft", "山田太郎"])
    for (const paper of [text, page]) expect(paper).toContain(word);
  for (const paper of [text, page]) expect(paper).not.toContain("theirs");
  expect(page).toContain("&lt;b&gt;mine-0&lt;/b&gt; &amp; so on");
  expect(page).not.toMatch(/<b>|<script|\{\{/);
  expect(
    json
      .filter((r) => r.kind === "request")
      .map((r) => r.receipt)
      .sort(),
  ).toEqual(["R1", "R2", "R3", "R4"]);
  // Whoever asks by another of their requests, or by their chat, gets the same.
  const key = { by: "conversation", conversation: "mine-3" } as const;
  const byChat = await createOwnData(records, records.witness).find("jcom", key);
  for (const same of [await found(records, "R4"), byChat])
    expect(same && same !== "several" && new Set(same.chats)).toEqual(new Set(scope.chats));
  expect(await createOwnData(records, records.witness).find("sakura-internet", key)).toBeUndefined();

  await hold(records, "R2", true, entry({ reason: "a suit" }));
  const held = await found(records, "R1");
  const ownData = createOwnData(records, records.witness);
  const kept = { requests: 1, chats: 1 };
  expect(await ownData.erase(held, cause())).toEqual({ requests: 3, chats: 2, held: kept });
  const again = await found(records, "R2");
  expect(await ownData.erase(again, cause())).toEqual({ requests: 0, chats: 0, held: kept });
  expect(bytesIn(records.folder).includes(Buffer.from("mine-mail"))).toBe(false);
  // The chat that the held request came from is gone for everybody, and still theirs to be told.
  const told = (await all(records, again)).json;
  expect(told.filter((r) => r.kind === "line" && r.by === "customer")).toHaveLength(MINE - 2);
  expect(told.filter((r) => r.kind === "draft")).toHaveLength(1);
  const left = await records.ours.reader.selectFrom("conversation").select("id").execute();
  expect(left).toHaveLength(OTHERS + 1);
  expect(left.filter(({ id }) => id.startsWith("mine"))).toEqual([]);
  await hold(records, "R2", false, entry({ reason: "it has ended" }));
  const bytes = bytesIn(records.folder);
  for (const word of ["mine-0", `mine-${MINE - 1}`, "mine-mail", "mine-draft"])
    expect(bytes.includes(Buffer.from(word))).toBe(false);
  expect(await ownData.erase(await found(records, "R2"), cause())).toMatchObject({ requests: 1 });
  expect(bytesIn(records.folder).includes(Buffer.from("mine-request"))).toBe(true); // sakura-internet's own
  expect(await records.audit.verify()).toMatchObject({ ok: true });
}, 600_000);

it("83: a chat from which two people have filed is given to neither, and is named as left", async () => {
  const records = await openRecords();
  const changes = [file("R1", { person: "taro" }), file("R2", { person: "hanako", form: 2 })];
  await tell(records.store, { conversation: "family", words: "both", changes });
  await tell(records.store, {
    conversation: "own",
    words: "taro alone",
    changes: [file("R3", { person: "taro" })],
  });
  const nameless = { conversation: "family", words: "who?", changes: [file("R4", { form: 3 })] };
  await tell(records.store, nameless);
  const scope = await found(records, "R1");
  expect([scope.requests.length, scope.chats, scope.shared]).toEqual([2, ["own"], 2]);
  const { text } = await all(records, scope);
  expect(text).not.toMatch(/both|R2|R4/);
  const ownData = createOwnData(records, records.witness);
  expect(await ownData.find("jcom", { by: "conversation", conversation: "family" })).toBe("several");
});

const LINES = measure(2_000, 100_000);

it(`P07: ${LINES} things are read page by page`, async () => {
  const records = await openRecords();
  await tell(records.store, {
    conversation: "c1",
    words: "first",
    changes: [file("R1", { person: "taro" })],
  });
  await addLines(records, "c1", LINES);
  const scope = await found(records, "R1");
  const read = await createOwnData(records, records.witness).export(scope, cause());
  const texts = await loadTexts("locales");
  globalThis.gc?.();
  const [began, before] = [performance.now(), process.memoryUsage().rss];
  let [lines, most, letters] = [0, 0, 0];
  for await (const part of ownDataPage(texts, HEAD, read())) {
    lines += 1;
    letters += part.length;
    if (lines % 1_000 === 0) most = Math.max(most, process.memoryUsage().rss - before);
  }
  const ms = performance.now() - began;
  console.info(
    `P07: ${lines} pieces, ${letters} letters, ${Math.round(ms)} ms, RSS +${Math.round(most / 1_048_576)} MB`,
  );
  expect(lines).toBeGreaterThan(LINES);
  expect(ms).toBeLessThan(60_000);
  expect(most).toBeLessThan(100 * 1_048_576);
}, 600_000);
