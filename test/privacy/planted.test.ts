import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it, onTestFinished } from "vitest";
import { FORMS } from "../../dialogs/index.ts";
import { runRequests } from "../../src/commands/requests/run.ts";
import { createFormReading } from "../../src/dialog/reading.ts";
import { wordingsOf } from "../../src/dialog/wordings.ts";
import { createLog } from "../../src/http/log.ts";
import { loadTexts } from "../../src/reply/texts.ts";
import { newCode, newReceipt } from "../../src/requests/receipt.ts";
import { hold } from "../../src/storage/holds.ts";
import { openDatabase } from "../../src/storage/opened.ts";
import { createOwnData } from "../../src/storage/own-data.ts";
import { Seal, SealBroken } from "../../src/storage/seal.ts";
import { SEALED, sealedValues } from "../../src/storage/sealed.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { storesOn } from "../../src/storage/store.ts";
import { folderWitness, type Outside } from "../../src/storage/witness.ts";
import { ownDataLink } from "../../src/turn/links.ts";
import { purge } from "../../src/turn/retention.ts";
import { byCode, byNumber, file } from "../contracts/register.contract.ts";
import { takeStep } from "../support/deciding.ts";
import { bytesIn } from "../support/files.ts";
import { theContent } from "../support/lessons.ts";
import { LONG, random, SEED } from "../support/long.ts";
import { plantHandoff, readBackHandoff } from "../support/plant-handoff.ts";
import { plantOnLine, readBackOnLine } from "../support/plant-line.ts";
import { plantInTeams, readBackInTeams } from "../support/plant-teams.ts";
import { hitsIn, PLANTED } from "../support/planted.ts";
import { cause, DAY_MS, entry, type Records, T0, tell } from "../support/records.ts";
import { ROOT } from "../support/repository.ts";
import { tempFolder } from "../support/temp.ts";
import { transcriptLink } from "../support/transcript-link.ts";

/** All of them, or some by the seed. */
const SOME = 8;
const chosen = (): readonly string[] => {
  if (LONG) return PLANTED;
  const next = random();
  const drawn = new Set<string>();
  while (drawn.size < SOME) drawn.add(PLANTED[Math.floor(next() * PLANTED.length)] ?? "");
  return [...drawn];
};
const TURN = { by: "one", leaseMs: 1_000 };

/** A desk's data whose log is kept. */
async function records(lines: string[]): Promise<Records> {
  const [folder, key] = [tempFolder(), randomBytes(32)];
  const path = join(folder, "madoguchi.db");
  const outside: Outside = {
    witness: folderWitness(folder),
    log: createLog("debug", (line) => lines.push(line)),
    audience: { customers: true, desks: new Set(["jcom"]) },
  };
  const store = await storesOn(openSqlite(path, { watchMs: 10 }), new Seal(key), outside);
  const opened = await openDatabase(openSqlite(path), new Seal(key), outside);
  const close = async () => {
    await store.close();
    await opened.ours.close();
  };
  return { ...opened, ...outside, folder, path, key, store, close };
}

interface Person {
  value: string;
  n: number;
  chat: string;
  receipt: string;
  code: string;
  draft: string;
  paper: string;
}

/** Plants one value wherever the desk keeps what a person, or the staff about them, has said. */
async function plant(at: Records, value: string, n: number, addresses: string[]): Promise<Person> {
  const { store } = at;
  const [chat, receipt, code, draft] = [
    `c${n}`,
    newReceipt(randomBytes),
    newCode(randomBytes),
    newCode(randomBytes),
  ];
  const person = { value, n, chat, receipt, code, draft, paper: `<p>${value}</p>` };
  const save = {
    do: "save" as const,
    code: draft,
    until: T0 + 7 * DAY_MS,
    draft: { form: "deletion" as const, answers: { name: value }, asking: "address" },
  };
  const answers = { name: value, detail: value };
  const customer = `dl_${value}`;
  const mail = { to: value, use: "reply" as const };
  const changes = [file(receipt, { code, answers, person: value, consent: value, mail }), save];
  await tell(store, { conversation: chat, customer, words: value, changes });
  const conversation = await store.conversations.find(chat);
  if (!conversation) throw new Error("no chat");
  const [line] = await store.transcript.after(conversation, 0, 1);
  await store.feedbacks.put(conversation, { activityId: line?.id ?? "", rating: "down", reason: value }, T0);
  await store.sessions.begin(chat, `resume ${value}`, T0 + DAY_MS);
  await store.sessions.useTicket(`ticket ${value}`, T0 + 60_000);
  // Waiting to be handled, under a platform's id that says too much.
  const waiting = { conversation: chat, channel: "web", eventId: `event of ${value}`, digest: value };
  const activity = { id: `w${n}`, platform: { text: value } };
  await store.inbox.receive(
    { ...waiting, kind: "message", incoming: { text: value, command: value }, activity },
    T0,
    TURN,
  );
  // A code that was mailed.
  const { rows, ours } = at;
  await ours.writer.write(async (tx) => {
    const byReceipt = tx.selectFrom("request").select("id").where("receipt", "=", rows.receiptKey(receipt));
    const { id: request_id } = await byReceipt.executeTakeFirstOrThrow();
    const hashed = { conversation: rows.chatKey(chat), code: rows.identityCode(receipt, chat, value) };
    const fresh = { until: T0 + DAY_MS, tries: 0, used_by: null, confirmed_at: null };
    await tx
      .insertInto("identity_code")
      .values({ request_id, ...hashed, ...fresh })
      .execute();
  });
  // Wrong tries with what is no number and no code.
  const asking = { operator: "jcom", conversation: chat, customer, channel: "web", arrival: 1_000 + n };
  await store.register.look(asking, byNumber(value, value), T0);
  await store.register.look(asking, byCode(value), T0);

  // Before it changes: then its holder is to be told.
  await plantOnLine(at, value, n, receipt);

  const by = { by: "officer", name: "hana" } as const;
  const told = { operator: "jcom", subject: receipt, reason: value };
  const step = (version: number, to: Parameters<typeof store.docket.move>[1]) =>
    takeStep(
      store.docket,
      { operator: "jcom", receipt, version },
      to,
      by,
      T0,
      entry({ ...told, what: "move" }),
    );
  await step(1, { kind: "identity-check", reason: value });
  await step(2, { kind: "in-progress", reason: value });
  const text = { ja: value, en: value };
  expect(await step(3, { kind: "answered", reason: value, text })).toMatchObject({ kind: "moved" });
  await store.docket.addNote(
    { operator: "jcom", receipt },
    { audience: "staff", at: T0, by: "hana", text: value },
  );
  const paper = { audience: "customer" as const, at: T0, by: "hana", html: person.paper };
  await store.docket.addPaper({ operator: "jcom", receipt }, paper);

  const maker = {
    links: store.links,
    random: randomBytes,
    clock: { now: () => T0 },
    publicUrl: "https://desk.example.jp",
  };
  const audit = { ...entry({ what: "link", reason: value }), subject: receipt };
  for (const address of [
    await transcriptLink(maker, { id: chat }, "ja"),
    await ownDataLink(maker, { operator: "jcom", receipt }, "en", audit),
  ])
    addresses.push(address ?? "");

  await plantAtConsole(at, value, n);
  await plantInTeams(at, value, n);
  await plantHandoff(at, value, n);

  // A chat that is deleted, and kept for a held request.
  const held = newReceipt(randomBytes);
  const byMail = { do: "mail-code" as const, receipt: held, code: "482913" };
  const second = { conversation: `h${n}`, customer: `dl_h${n}`, words: value };
  await tell(store, {
    ...second,
    changes: [file(held, { person: `of ${n}`, answers: { name: value }, mail }), byMail],
  });
  await hold(at, held, true, entry({ reason: value }));
  expect(await store.conversations.erase(`h${n}`, T0)).toBe("held");
  return person;
}

/** An account of that name, a decision that waits in those words, and a wish to read on for that reason. */
async function plantAtConsole(at: Records, value: string, n: number): Promise<void> {
  const { accounts, sessions, tries, reading } = at.store.console;
  const account = { id: `a${n}`, login: `${value} ${n}`, name: value, grants: { jcom: ["agent"] as const } };
  const audit = entry({ what: "account", subject: account.id, reason: value });
  await accounts.add(
    account,
    { token: `invitation ${value}`, totp: "GEZDGNBVGY3TQOJQ", until: T0 + 1 },
    T0,
    audit,
  );
  await accounts.enrol(`invitation ${value}`, `password ${value}`, 1, [`recovery ${value}`], T0);
  await accounts.rememberDevice(account.login, `device ${value}`, T0 + DAY_MS, T0);
  await sessions.begin(account.id, `secret ${value}`, T0);
  expect(await sessions.find(`secret ${value}`, T0)).toMatchObject({ login: account.login, name: value });
  await tries.take([{ kind: "account", key: value }], T0);
  const receipt = newReceipt(randomBytes);
  await tell(at.store, {
    conversation: `p${n}`,
    customer: `dl_p${n}`,
    words: "x",
    changes: [file(receipt, { person: `another of ${n}` })],
  });
  const step = { kind: "refused", ground: "37-1", reason: value, text: { ja: value, en: value } } as const;
  await at.store.docket.move(
    { operator: "jcom", receipt, version: 1 },
    { kind: "identity-check" },
    { by: "officer", name: "hana" },
    T0,
    entry({ what: "move", subject: receipt }),
  );
  const by = { account: account.id, name: value };
  const about = { operator: "jcom", receipt, version: 2 };
  expect(
    await at.store.docket.prepare(about, step, by, T0, entry({ what: "prepare", subject: receipt })),
  ).toMatchObject({
    kind: "moved",
  });
  expect((await at.store.docket.show("jcom", receipt))?.prepared).toMatchObject({
    by: { name: value },
    step,
  });
  const wish = { id: `w${n}`, account: account.id, name: value, askedAt: T0, reason: value };
  await reading.ask("jcom", wish, entry({ what: "approve", reason: value }));
  expect(await reading.wishes("jcom")).toContainEqual(wish);
}

/** What can go wrong around a value says nothing of it. */
async function errorsAbout(at: Records, { value, chat, receipt }: Person): Promise<string[]> {
  const wrong: unknown[] = [];
  const note = (error: unknown) => void wrong.push(error);
  const { store, ours, rows } = at;
  await store.sessions.begin(chat, value, 0).catch(note);
  const conversation = { id: chat, channel: "web", operator: "jcom", customer: value };
  await store.conversations.create(conversation, T0).catch(note);
  await ours.writer
    .write(async (tx) => {
      await tx
        .updateTable("request")
        .set({ body: new Uint8Array(64) })
        .where("receipt", "=", rows.receiptKey(receipt))
        .execute();
      rows.seal.open({ column: "request", operator: value, row: value }, new Uint8Array(64));
    })
    .catch(note);
  expect(wrong).toHaveLength(3);
  return wrong.map((error) => (error instanceof Error ? `${error.message} ${error.stack}` : String(error)));
}

/** The rightful reader of each place, who gets the value back exactly. */
async function readBack(at: Records, { value, n, chat, receipt, code, draft, paper }: Person): Promise<void> {
  const { store } = at;
  await readBackOnLine(at, value, n);
  await readBackInTeams(at, value, n);
  await readBackHandoff(at, value, n);
  const conversation = await store.conversations.find(chat);
  if (!conversation) throw new Error("no chat");
  expect(conversation.customer).toBe(`dl_${value}`);
  const [line, reply] = await store.transcript.after(conversation, 0, 2);
  expect(line?.content).toMatchObject({ incoming: { text: value } });
  expect(reply?.content).toMatchObject({ message: { text: value } });
  expect(await store.feedbacks.all(conversation)).toMatchObject([{ reason: value }]);
  const asking = { operator: "jcom", conversation: "other", customer: "x", channel: "web", arrival: 9 };
  expect(await store.register.look(asking, byNumber(receipt, code), T0)).toMatchObject({
    request: { receipt },
  });
  expect(await store.register.look(asking, byCode(draft), T0)).toMatchObject({
    draft: { answers: { name: value } },
  });
  const shown = await store.docket.show("jcom", receipt);
  expect(shown).toMatchObject({
    answers: { name: value, detail: value },
    consent: value,
    notes: [{ text: value }],
  });
  expect(shown?.papers[0]?.html).toBe(paper);
  expect(shown?.events.slice(1)).toMatchObject([
    { reason: value },
    { reason: value },
    { reason: value, text: { ja: value, en: value } },
  ]);
  const waiting = await store.notices.claimDue(T0, 1_000, 0);
  const mailed = waiting.filter(({ notice }) => notice.for === "customer" && notice.to === value);
  expect(mailed.map(({ notice }) => notice.kind).sort()).toEqual(["code", "decided", "receipt", "receipt"]);
  const ownData = createOwnData(at, at.witness);
  const scope = await ownData.find("jcom", { by: "receipt", receipt });
  if (!scope || scope === "several") throw new Error("not found");
  const kinds: string[] = [];
  for await (const record of (await ownData.export(scope, cause({ reason: value })))()) {
    expect(JSON.stringify(record)).toContain(JSON.stringify(value).slice(1, -1));
    kinds.push(record.kind);
  }
  expect(kinds).toEqual(["request", "chat", "line", "line", "line", "feedback", "draft"]);
}

/** Two rows of each sealed column have their values swapped in the file: none opens, and with them back all do. */
async function swapAll(at: Records): Promise<number> {
  const { path, rows, ours } = at;
  const db = new DatabaseSync(path);
  db.exec("pragma busy_timeout = 5000");
  onTestFinished(() => db.close());
  for (const column of SEALED) {
    const name = `${column.table}.${column.column}`;
    const [a, b] = db
      .prepare(
        `select rowid as id, ${column.column} as v from ${column.table} where ${column.column} is not null order by rowid desc limit 2`,
      )
      .all();
    if (!a || !b) throw new Error(`nothing planted in ${name}`);
    const put = db.prepare(`update ${column.table} set ${column.column} = ? where rowid = ?`);
    const opens = async () => {
      const found = await sealedValues(ours.reader, column, [Number(a.id), Number(b.id)]);
      return found.map(({ place, value }) => {
        try {
          rows.seal.open(place, value);
          return true;
        } catch (error) {
          expect(error).toBeInstanceOf(SealBroken);
          return false;
        }
      });
    };
    expect([name, ...(await opens())]).toEqual([name, true, true]);
    put.run(b.v as Uint8Array, a.id as number);
    put.run(a.v as Uint8Array, b.id as number);
    expect([name, ...(await opens())]).toEqual([name, false, false]);
    put.run(a.v as Uint8Array, a.id as number);
    put.run(b.v as Uint8Array, b.id as number);
    expect([name, ...(await opens())]).toEqual([name, true, true]);
  }
  return SEALED.length;
}

it("P01, P03: planted in every table, by customers and staff, nothing is found in files, log, errors or addresses; its reader gets it back; nothing opens in another's place", async () => {
  console.info(`seed ${SEED}`);
  const values = chosen();
  const [lines, addresses]: [string[], string[]] = [[], []];
  const at = await records(lines);
  onTestFinished(() => at.close());
  const persons: Person[] = [];
  for (const [n, value] of values.entries()) persons.push(await plant(at, value, n, addresses));
  await purge(
    at.store.conversations,
    ["jcom"],
    () => ({ chatDays: 90, requestYears: 3 }),
    { now: () => T0 },
    at.log,
  );

  // What the staff's commands show is for their eyes; what they leave behind is looked through with the rest.
  const [texts, content] = [await loadTexts(join(ROOT, "locales")), theContent()];
  for (const { value, receipt } of persons) {
    let out = "";
    const write = (text: string) => {
      out += text;
    };
    const desk = {
      docket: at.store.docket,
      audit: at.store.audit,
      content,
      wording: {
        texts,
        forms: FORMS,
        reading: createFormReading(wordingsOf(content.answers, texts)),
        twoWeeks: () => false,
      },
      now: () => T0,
      write,
      create: () => ({ write, close() {} }),
    };
    const who = ["--operator", "jcom", "--as", "officer", "--actor", "hana", "--reason", value];
    for (const args of [
      ["list", "--all"],
      ["show", "--receipt", receipt],
      ["letter", "--receipt", receipt, "--decision", "full", "--out", "x"],
    ]) {
      out = "";
      expect([args[0], await runRequests([...args, ...who], desk)]).toEqual([args[0], 0]);
      // A list names nobody; a letter is for the customer; notes and reasons are the staff's own words.
      if (args[0] === "list") expect(out).not.toContain(value);
      if (args[0] === "letter" && !/[&<>"']/.test(value)) expect(out).toContain(value);
    }
    out = "";
    expect(await runRequests(["export", "--all", "--reveal", ...who], desk)).toBe(0);
    expect(out).toContain(JSON.stringify(value).slice(1, -1));
  }
  for (const person of persons) await readBack(at, person);

  const swapped = await swapAll(at);
  const open = bytesIn(at.folder);
  await at.store.compact();
  const errors = (await Promise.all(persons.map((person) => errorsAbout(at, person)))).flat();
  const places: [string, Buffer][] = [
    ["files", Buffer.concat([open, bytesIn(at.folder)])],
    ["log", Buffer.from(lines.join(""))],
    ["errors", Buffer.from(errors.join("\n"))],
    ["addresses", Buffer.from(addresses.join("\n"))],
  ];
  const hits = hitsIn(places, values);
  console.info(`P01: ${values.length} values, ${swapped} sealed columns, ${hits.length} hits`);
  expect(hits).toEqual([]);
  // The control: what is readable by design is found by the same scan.
  expect(hitsIn(places, ["identity-check"])).toEqual(["files: identity-check"]);
  expect(await at.audit.verify()).toMatchObject({ ok: true });
}, 120_000);

it("P03: no table is without a planted value but those that hold no word of a person", async () => {
  const lines: string[] = [];
  const at = await records(lines);
  onTestFinished(() => at.close());
  await plant(at, PLANTED[0] ?? "", 0, []);
  const db = new DatabaseSync(at.path, { readOnly: true });
  const tables = db
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .all();
  const empty = tables
    .map(({ name }) => String(name))
    .filter((name) => db.prepare(`select 1 from ${name} limit 1`).get() === undefined);
  db.close();
  // `meta` holds the day of the last purge and the like.
  expect(empty.sort()).toEqual(["meta"]);
});
