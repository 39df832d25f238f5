import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { move } from "../../src/handoff/state.ts";
import { newReceipt } from "../../src/requests/receipt.ts";
import { DATABASE_FILE } from "../../src/storage/backup.ts";
import { call } from "../support/client.ts";
import { type Client, type ConsoleDesk, openConsole } from "../support/console.ts";
import { fileAll, request } from "../support/filing.ts";
import { measure } from "../support/long.ts";
import { tell } from "../support/records.ts";

const SUPERVISOR = { jcom: ["supervisor"] } as const;
const at = (receipt: string) => `operators/jcom/requests/${receipt}`;
const show = (client: Client, receipt: string) => client.get<Shown>(`${at(receipt)}?locale=ja`);
const text = { ja: "ご契約中のため、消去できません。", en: "Your contract is running." };

interface Shown {
  state: string;
  version: number;
  answers: { slot: string; text: string; masked: boolean }[];
  moves: { to: string; decision: boolean }[];
  prepared: { at: number; own: boolean } | null;
  papers: unknown[];
  events: { kind: string; by: string; second: string | null }[];
}

async function filed(around: ConsoleDesk, count = 1): Promise<string[]> {
  const receipts = Array.from({ length: count }, () => newReceipt(randomBytes));
  for (let i = 0; i < count; i += 100)
    await fileAll(
      around.store,
      "jcom",
      receipts.slice(i, i + 100).map((receipt) => request(receipt, { type: "deletion" })),
    );
  return receipts;
}

const auditOf = ({ desk }: ConsoleDesk, where = "1 = 1") => {
  const db = new DatabaseSync(join(desk.config.dataDir, DATABASE_FILE), { readOnly: true });
  const rows = db
    .prepare(`select actor, role, operator, what, subject from audit where ${where} order by seq`)
    .all();
  db.close();
  return rows;
};

it("70, 71: the list shows no person, a request is masked, and a field is revealed with a reason", async () => {
  const around = await openConsole();
  const [receipt = ""] = await filed(around);
  const client = await around.enter("sato", { jcom: ["agent"] });
  const list = await client.get<{ requests: object[] }>("operators/jcom/requests?locale=en");
  expect(list.body.requests).toMatchObject([
    { receipt, title: "Deletion of your personal data", targetOn: "2026-12-01", daysLeft: 10, due: null },
  ]);
  const seen = await show(client, receipt);
  const whole = ["山田太郎", "taro@example.jp"];
  for (const word of whole) expect(JSON.stringify([list.body, seen.body])).not.toContain(word);
  expect(seen.body.answers.filter(({ masked }) => masked).map(({ slot }) => slot)).toEqual(["name", "email"]);
  const told = { locale: "ja", slots: ["email"] };
  expect((await client.post(`${at(receipt)}/reveal`, told)).status).toBe(400);
  expect((await client.post(`${at(receipt)}/reveal`, { ...told, reason: "  " })).status).toBe(400);
  const revealed = await client.post(`${at(receipt)}/reveal`, { ...told, reason: "to answer by e-mail" });
  expect(revealed.body).toMatchObject({ answers: [{ slot: "email", text: "taro@example.jp" }] });
  expect(JSON.stringify(revealed.body)).not.toContain("山田");
  expect(
    auditOf(around, "what in ('list', 'show', 'reveal')").map(({ what, role }) => `${what} ${role}`),
  ).toEqual(["list agent", "show agent", "reveal agent"]);
});

it("73: what can happen next is what the table of states has; a step needs its reason and its version", async () => {
  const around = await openConsole();
  const [receipt = ""] = await filed(around);
  const client = await around.enter("sato", { jcom: ["agent"] });
  const first = (await show(client, receipt)).body;
  expect(first.moves.map(({ to }) => to)).toEqual(["identity-check", "withdrawn"]);
  const move = (told: object) => client.post(`${at(receipt)}/move`, told);
  expect((await move({ version: 1, to: "expired", reason: "r" })).body).toEqual({ issue: "no-way" });
  expect((await move({ version: 1, to: "in-progress", reason: "r" })).body).toEqual({
    issue: "identity-first",
  });
  expect((await move({ version: 1, to: "identity-check" })).status).toBe(200);
  expect((await move({ version: 1, to: "identity-check" })).body).toEqual({ issue: "changed" });
  expect((await move({ version: 2, to: "in-progress" })).body).toEqual({ issue: "no-reason" });
  // A decision is no step that one person takes.
  expect((await move({ version: 2, to: "refused", reason: "r" })).status).toBe(400);
  expect((await move({ version: 2, to: "in-progress", reason: "licence seen" })).status).toBe(200);
  expect((await show(client, receipt)).body.state).toBe("in-progress");
});

const inProgress = async (client: Client, receipt: string) => {
  await client.post(`${at(receipt)}/move`, { version: 1, to: "identity-check" });
  await client.post(`${at(receipt)}/move`, { version: 2, to: "in-progress", reason: "licence seen" });
};
const refusal = { to: "refused", ground: "35-2-unfounded", text, reason: "contract" };

it("A22: a decision is prepared by one and released by another, once, and the letter says it", async () => {
  const around = await openConsole();
  const [receipt = ""] = await filed(around);
  const one = await around.enter("one", SUPERVISOR);
  const two = await around.enter("two", { jcom: ["privacy-officer"] });
  const agent = await around.enter("agent", { jcom: ["agent"] });
  // Not before the check of identity: neither prepared nor released.
  expect((await one.post(`${at(receipt)}/decision`, { version: 1, ...refusal })).body).toEqual({
    issue: "no-way",
  });
  await inProgress(one, receipt);
  expect(
    (await one.post(`${at(receipt)}/decision`, { version: 3, to: "refused", reason: "r" })).body,
  ).toEqual({
    issue: "no-ground",
  });
  expect((await one.post(`${at(receipt)}/decision`, { version: 3, ...refusal })).status).toBe(200);
  const { prepared, state } = (await show(one, receipt)).body;
  expect([state, prepared?.own]).toEqual(["in-progress", true]);
  const release = (client: Client, at: number | undefined) =>
    client.post(`operators/jcom/requests/${receipt}/release`, { at });
  expect((await release(one, prepared?.at)).body).toEqual({ issue: "own" });
  expect((await release(agent, prepared?.at)).status).toBe(403);
  expect((await release(two, 1)).body).toEqual({ issue: "changed" });
  expect((await one.post(`${at(receipt)}/letter`, {})).body).toEqual({ issue: "undecided" });
  const released = await Promise.all(Array.from({ length: 20 }, () => release(two, prepared?.at)));
  expect(released.filter(({ status }) => status === 200)).toHaveLength(1);
  const done = (await show(two, receipt)).body;
  expect(done).toMatchObject({ state: "refused", prepared: null, moves: [] });
  expect(done.events.at(-1)).toMatchObject({ kind: "refused", second: "two さん" });
  expect((await two.post(`${at(receipt)}/letter`, {})).body).toEqual({ paper: 0 });
  const paper = await two.get<string>(`${at(receipt)}/papers/0`);
  expect(paper.body).toContain(text.ja);
  expect(paper.body).not.toContain("contract</p>");
  expect(paper.headers.get("content-security-policy")).toMatch(
    /default-src 'none'; style-src 'sha256-.*frame-ancestors 'none'/,
  );
  expect((await two.get(`${at(receipt)}/papers/1`)).status).toBe(404);
  expect(auditOf(around, "what in ('prepare', 'release')")).toHaveLength(2);
});

const RACES = measure(6, 100);
it(
  `A22: ${RACES} races of release, take-back and another step: what was released is what stood there`,
  async () => {
    const around = await openConsole();
    const receipts = await filed(around, RACES);
    const one = await around.enter("one", SUPERVISOR);
    const two = await around.enter("two", SUPERVISOR);
    for (const receipt of receipts) {
      await inProgress(one, receipt);
      await one.post(`${at(receipt)}/decision`, { version: 3, ...refusal });
      const opened = await around.store.docket.show("jcom", receipt);
      const prepared = { at: opened?.prepared?.at };
      const [released, back, moved] = await Promise.all([
        two.post(`${at(receipt)}/release`, prepared),
        one.post(`${at(receipt)}/decision/take-back`, prepared),
        one.post(`${at(receipt)}/move`, { version: 3, to: "awaiting-person", reason: "papers" }),
      ]);
      const stands = (await around.store.docket.show("jcom", receipt))?.state;
      expect(stands).toBe(
        released.status === 200 ? "refused" : moved.status === 200 ? "awaiting-person" : "in-progress",
      );
      if (back.status === 200) expect(released.status).not.toBe(200);
    }
    // What was prepared lapses with a step, and is not released after it.
    const [extra = ""] = await filed(around);
    await inProgress(one, extra);
    await one.post(`${at(extra)}/decision`, { version: 3, ...refusal });
    const stale = (await around.store.docket.show("jcom", extra))?.prepared?.at;
    await one.post(`${at(extra)}/move`, { version: 3, to: "awaiting-person", reason: "papers" });
    expect((await around.store.docket.show("jcom", extra))?.prepared).toBeNull();
    expect((await two.post(`${at(extra)}/release`, { at: stale })).body).toEqual({ issue: "changed" });
  },
  measure(120_000, 1_500_000),
);

const READS = measure(120, 1_000);
it(
  `P10: ${READS} reads, also of what is not there or not allowed, are ${READS} rows of the audit`,
  async () => {
    const around = await openConsole();
    const receipts = await filed(around, 20);
    const client = await around.enter("sato", { jcom: ["agent"] });
    const before = auditOf(around).length;
    const unknown = newReceipt(randomBytes);
    for (let i = 0; i < READS; i += 1) {
      around.clock.at += 1_000;
      const receipt = receipts[i % receipts.length] ?? "";
      switch (i % 6) {
        case 0:
          expect((await client.get("operators/jcom/requests?locale=ja")).status).toBe(200);
          break;
        case 1:
        case 2:
          expect((await show(client, receipt)).status).toBe(200);
          break;
        case 3:
          expect((await show(client, unknown)).status).toBe(404);
          break;
        case 4: {
          const told = { locale: "ja", slots: ["name"], reason: "a call" };
          expect((await client.post(`${at(receipt)}/reveal`, told)).status).toBe(200);
          break;
        }
        default:
          expect((await client.post(`${at(receipt)}/letter`, {})).status).toBe(409);
      }
    }
    const rows = auditOf(around).slice(before);
    expect(rows).toHaveLength(READS);
    expect(rows.every(({ actor, operator }) => actor === "a-sato" && operator === "jcom")).toBe(true);
    expect((await around.store.audit.verify()).ok).toBe(true);
  },
  measure(120_000, 1_500_000),
);

it("P11: out of the desk's hours it is the eleventh, and the first of an hour is told as an alarm", async () => {
  const around = await openConsole();
  const receipts = await filed(around, 15);
  const client = await around.enter("sato", SUPERVISOR);
  const alarms = (what: string) =>
    around.desk.lines.filter((line) => line.includes(`"console.${what}"`)).length;
  // The control: in hours nobody is told of the first, nor of the eleventh.
  for (const receipt of receipts.slice(0, 12)) expect((await show(client, receipt)).status).toBe(200);
  expect([alarms("after-hours"), alarms("bulk")]).toEqual([0, 0]);
  around.clock.at = Date.parse("2026-11-16T23:00:00+09:00");
  const late = await around.signIn({ ...(await around.hire("suzuki", SUPERVISOR)) });
  const statuses = [];
  for (const receipt of receipts) statuses.push((await show(late, receipt)).status);
  expect(statuses).toEqual([...Array(10).fill(200), ...Array(5).fill(403)]);
  expect([alarms("after-hours"), alarms("bulk")]).toEqual([1, 1]);
  const { body } = await call<string>(`${around.desk.url}/metrics`);
  for (const kind of ["after-hours", "reading"])
    expect(body).toContain(`madoguchi_console_alarms_total{kind="${kind}",operator="jcom"} 1`);
});

it("P11: the fifty-first record within an hour is refused, told as an alarm, and lifted by a second person alone", async () => {
  const around = await openConsole();
  const receipts = await filed(around, 60);
  const client = await around.enter("sato", SUPERVISOR);
  const other = await around.enter("suzuki", SUPERVISOR);
  const statuses = [];
  for (const receipt of receipts) statuses.push((await show(client, receipt)).status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(50);
  expect(statuses.slice(50)).toEqual(Array.from({ length: 10 }, () => 403));
  // What was read before can be looked at again; letters and revealed fields are no other way in.
  const [first = "", last = ""] = [receipts[0], receipts.at(-1)];
  expect((await show(client, first)).status).toBe(200);
  expect((await client.post(`${at(last)}/letter`, {})).status).toBe(403);
  expect(
    (await client.post(`${at(last)}/reveal`, { locale: "ja", slots: ["name"], reason: "why not" })).status,
  ).toBe(403);
  const alarms = around.desk.lines.filter((line) => line.includes('"console.bulk"'));
  expect(alarms).toHaveLength(1);
  expect(alarms[0]).toContain('"operator":"jcom"');
  expect(auditOf(around, "what = 'alarm'")).toHaveLength(12);
  const { body: metrics } = await call<string>(`${around.desk.url}/metrics`);
  expect(metrics).toContain('madoguchi_console_alarms_total{kind="reading",operator="jcom"} 1');
  // Asked for by one, approved by another.
  expect((await client.post("operators/jcom/permits", { reason: "the yearly review" })).status).toBe(200);
  const { wishes } = (await client.get<{ wishes: { id: string; own: boolean }[] }>("operators/jcom/permits"))
    .body;
  expect(wishes).toMatchObject([{ own: true, reason: "the yearly review" }]);
  const id = wishes[0]?.id;
  expect((await client.post("operators/jcom/permits/approve", { id })).status).toBe(404);
  expect((await show(client, last)).status).toBe(403);
  expect((await other.post("operators/jcom/permits/approve", { id })).status).toBe(200);
  expect((await show(client, last)).status).toBe(200);
  // An hour later the limit is there again, and the readings of before no longer count.
  around.clock.at += 3_600_001;
  await client.look();
  expect((await show(client, receipts[55] ?? "")).status).toBe(401);
});

it("who waits for a person, for how long, and who has one, is in the metrics by operator; sign-ins that were refused, too", async () => {
  const around = await openConsole();
  const metrics = async () => (await call<string>(`${around.desk.url}/metrics`)).body;
  const waits = (operator: string, seconds: number) =>
    `madoguchi_handoff_longest_wait_seconds{operator="${operator}"} ${seconds}`;
  const stands = (state: string, count: number) =>
    `madoguchi_handoffs{operator="jcom",state="${state}"} ${count}`;
  expect(await metrics()).toContain(waits("jcom", 0));
  const step = { do: "request", trigger: "asked", topic: null, clauses: [], place: 1 } as const;
  for (const id of ["h1", "h2", "h3"]) {
    await tell(around.store, { conversation: id, words: "人", desk: { id, step } }, around.clock.at);
    around.clock.at += 30_000;
  }
  for (const words of [
    stands("waiting", 3),
    stands("assigned", 0),
    waits("jcom", 90),
    waits("sakura-internet", 0),
  ])
    expect(await metrics()).toContain(words);
  await around.store.handoffs.change(
    "h1",
    around.clock.at,
    () => false,
    ({ handoff }) => {
      const moved = move(handoff, { do: "claim", by: { id: "a", name: "Sato" } }, around.clock.at);
      return moved.ok ? { standing: moved.standing } : null;
    },
  );
  for (const words of [stands("waiting", 2), stands("assigned", 1), waits("jcom", 60)])
    expect(await metrics()).toContain(words);
  expect(await metrics()).not.toContain('kind="sign-in"');
  const wrong = { login: "nobody", password: "not a password of anybody", code: "000000" };
  expect((await around.client().post("sign-in", wrong)).status).toBeGreaterThanOrEqual(400);
  expect(await metrics()).toContain('madoguchi_console_alarms_total{kind="sign-in",operator="*"} 1');
});
