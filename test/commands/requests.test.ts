import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { FORMS } from "../../dialogs/index.ts";
import { type RequestsDesk, runRequests } from "../../src/commands/requests/run.ts";
import { createFormReading } from "../../src/dialog/reading.ts";
import { wordingsOf } from "../../src/dialog/wordings.ts";
import type { Content } from "../../src/knowledge/content.ts";
import { loadTexts, type Texts } from "../../src/reply/texts.ts";
import type { AuditEntry } from "../../src/requests/audit.ts";
import { cell } from "../../src/requests/csv.ts";
import { newReceipt, showReceipt } from "../../src/requests/receipt.ts";
import { REQUEST_TYPES } from "../../src/requests/request-type.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { createStores, type Stores } from "../../src/storage/store.ts";
import { fileAll, request } from "../support/filing.ts";
import { theContent } from "../support/lessons.ts";
import { start } from "../support/process.ts";
import { bytesOf } from "../support/receipts.ts";
import { ROOT } from "../support/repository.ts";
import { tempFolder } from "../support/temp.ts";

const NOW = Date.parse("2026-11-27T10:00:00+09:00");
const random = bytesOf(7);
const [R1, R2, R3] = [newReceipt(random), newReceipt(random), newReceipt(random)];

let content: Content;
let texts: Texts;
beforeAll(async () => {
  content = theContent();
  texts = await loadTexts(join(ROOT, "locales"));
});

let store: Stores;
let audit: AuditEntry[];
let files: Map<string, string>;
let desk: RequestsDesk;
let out = "";
beforeEach(async () => {
  store = await createStores(openSqlite(join(tempFolder(), "desk.db")), randomBytes(32));
  onTestFinished(() => store.close());
  audit = [];
  files = new Map();
  desk = {
    docket: store.docket,
    audit: {
      verify: () => store.audit.verify(),
      record: async (entry) => {
        audit.push(entry);
        // Nothing is told before it is recorded.
        expect(out).toBe("");
      },
    },
    content,
    wording: {
      texts,
      forms: FORMS,
      reading: createFormReading(wordingsOf(content.answers, texts)),
      twoWeeks: (type) => content.procedures.get(type)?.twoWeeks ?? false,
    },
    now: () => NOW,
    write: (text) => (out += text),
    create(path) {
      if (files.has(path)) return undefined;
      files.set(path, "");
      return { write: (text) => files.set(path, `${files.get(path)}${text}`), close() {} };
    },
  };
});

const WHO = ["--operator", "jcom", "--as", "officer", "--actor", "佐藤", "--reason", "窓口の対応"];
/** Runs a command as an officer of J:COM, unless told otherwise. */
async function run(...args: string[]): Promise<{ code: number; out: string }> {
  out = "";
  const code = await runRequests(args.includes("--operator") ? args : [...args, ...WHO], desk);
  return { code, out };
}
const done = async (...args: string[]) => {
  const result = await run(...args);
  expect(result.out).not.toBe("");
  expect(result).toMatchObject({ code: 0 });
  return result.out;
};
const TEXT = ["--text-ja", "ほかの方の情報が含まれます。", "--text-en", "It holds the data of others."];
const move = (receipt: string, to: string, ...more: string[]) =>
  done("move", "--receipt", receipt, "--to", to, ...more);
/** What was prepared here is released by somebody else, at the console. */
async function release(receipt: string, operator = "jcom", by = { account: "a2", name: "鈴木" }) {
  const preparedAt = (await store.docket.show(operator, receipt))?.prepared?.at ?? 0;
  const entry = { at: NOW, actor: by.account, role: "supervisor", operator, subject: receipt, reason: "" };
  const done = { ...entry, what: "release" as const };
  return store.docket.release({ operator, receipt, preparedAt }, by, NOW, done);
}
async function decide(receipt: string, to: string, ...more: string[]) {
  await move(receipt, "identity-check");
  await move(receipt, "in-progress");
  const said = await move(receipt, to, ...more);
  expect(await release(receipt)).toMatchObject({ kind: "moved" });
  return said;
}

describe("npm run requests", () => {
  it("lists what is open by target day, with days left and flags, in both languages", async () => {
    await fileAll(store, "jcom", [
      request(R1),
      request(R2, { targetOn: "2026-11-26", type: "opt-out-marketing" }),
      request(R3, { targetOn: "2026-12-25" }),
    ]);
    await move(R3, "withdrawn");
    expect((await done("list")).trim().split("\n")).toEqual([
      `${showReceipt(R2)} | 目標日 2026-11-26 | 1営業日超過 | 期限超過 | 広告・ご案内の停止 | 受付`,
      `${showReceipt(R1)} | 目標日 2026-12-01 | 残り2営業日 | まもなく期限 | 2026-12-01から訴えの提起が可能（39条） | ご自身の個人情報の開示 | 受付`,
      "2件",
    ]);
    expect(await done("list", "--all", "--locale", "en")).toMatch(
      /closed on 2026-11-27 .* withdrawn\nRequests: 3\n$/,
    );
    expect(await done("list", "--type", "deletion")).toBe("0件\n");
    expect(await done("list", "--state", "withdrawn", "--due", "2026-12-31")).toMatch(/^.*取り下げ\n1件\n$/);
    expect(audit.map(({ what, actor, operator, subject }) => [what, actor, operator, subject])).toEqual(
      Array(4).fill(["list", "佐藤", "jcom", null]),
    );
  });

  it("P15: shows a request masked, and revealed only to an officer; each is recorded with its reason, masked", async () => {
    const answers = {
      scope: ["all", "other"],
      "scope-other": "契約者番号は 4980-1234",
      name: "山田太郎",
      identifier: "090-1234-5678",
      reply: "post",
      address: "東京都千代田区丸の内1-8-1",
      forgotten: "planted",
      // Of the time before the form asked for a choice, or for a name as one text.
      method: "planted by hand",
      kana: { family: "planted" },
    };
    await fileAll(store, "jcom", [request(R1, { answers })]);
    const secrets = ["山田太郎", "1234", "5678", "丸の内1-8-1", "planted"];
    const masked = await done("show", "--receipt", showReceipt(R1).toLowerCase());
    for (const secret of secrets) expect(masked).not.toContain(secret);
    expect(masked).toContain("すべて");
    const revealed = await done("show", "--receipt", R1, "--reveal");
    for (const secret of secrets) expect(revealed).toContain(secret);
    const auditor = [
      "--operator",
      "jcom",
      "--as",
      "auditor",
      "--actor",
      "a",
      "--reason",
      "電話 090-1234-5678 の件",
    ];
    expect(await run("show", "--receipt", R1, "--reveal", ...auditor)).toEqual({
      code: 1,
      out: "これは officer だけが行えます。\n",
    });
    await done("show", "--receipt", R1, ...auditor);
    expect(audit.map(({ what, role, subject }) => [what, role, subject])).toEqual([
      ["show", "officer", R1],
      ["show", "officer", R1],
      ["show", "auditor", R1],
    ]);
    expect(audit.at(-1)?.reason).toBe("電話 ***-****-**** の件");
  });

  it("lets nothing that a customer wrote steer the terminal", async () => {
    const hostile = "\u001b]0;owned\u0007\u001b[2Jx\u202ey\nforged line";
    await fileAll(store, "jcom", [request(R1, { answers: { name: hostile, "scope-other": hostile } })]);
    const shown = await done("show", "--receipt", R1, "--reveal");
    expect(shown).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(shown).not.toMatch(/^forged/m);
  });

  it("moves a request as the table has it, and says in words why not", async () => {
    await fileAll(store, "jcom", [request(R1)]);
    const refused = async (to: string, ...more: string[]) =>
      (await run("move", "--receipt", R1, "--to", to, ...more)).out;
    expect(await refused("in-progress")).toMatch(/identity-check/);
    expect(await refused("answered")).toMatch(/移れません/);
    expect(await move(R1, "identity-check", "--until", "2026-12-10")).toMatch(/本人確認中.*版 2/);
    await move(R1, "in-progress");
    expect(await refused("refused", ...TEXT)).toMatch(/33-2-1, 33-2-2, 33-2-3, 37-1/);
    expect(await refused("refused", "--ground", "35-2-unfounded", ...TEXT)).toMatch(/33-2-1/);
    expect(await refused("refused", "--ground", "33-2-1", "--text-ja", "理由")).toMatch(/--text-en/);
    expect(await refused("answered", "--version", "2")).toMatch(/先に変更/);
    expect(await refused("answered", "--receipt", R2)).toMatch(/ありません/);
    expect(await move(R1, "refused", "--ground", "33-2-1", ...TEXT)).toMatch(/応じない.*準備/);
    expect(await done("show", "--receipt", R1)).toMatch(/佐藤 が準備（承認待ち）：応じない/);
    // Nobody releases what they have prepared, whether the name that they typed is theirs at the console or their login.
    for (const own of [
      { account: "a1", name: "佐藤" },
      { account: "a1", name: "Sato", login: " 佐藤" },
    ])
      expect(await release(R1, "jcom", own)).toEqual({ kind: "own" });
    expect(await store.docket.show("jcom", R1)).toMatchObject({ state: "in-progress", version: 3 });
    expect(await release(R1)).toMatchObject({ kind: "moved" });
    expect((await store.docket.show("jcom", R1))?.events.at(-1)).toMatchObject({
      kind: "refused",
      by: "officer",
      name: "佐藤",
      second: "鈴木",
      reason: "窓口の対応",
      ground: "33-2-1",
      at: NOW,
    });
  });

  it("tells everything that is wrong at once, and does nothing", async () => {
    const { code, out: said } = await run(
      "export",
      "--operator",
      "x",
      "--as",
      "boss",
      "--due",
      "soon",
      "--type",
      "a,b",
      "--format",
      "xml",
    );
    expect([code, said.trim().split("\n").length]).toEqual([1, 7]);
    for (const args of [
      [],
      ["burn"],
      ["show"],
      ["list", "show"],
      ["list", "--x"],
      ["move", "--receipt", R1, "--to", "received"],
    ])
      expect((await run(...args)).code).toBe(1);
    expect(await run("verify")).toMatchObject({ code: 0, out: expect.stringMatching(/監査記録/) });
    expect(audit).toEqual([]);
  });
});

describe("the letter", () => {
  const write = (decision: string, file = `${decision}.html`) =>
    run("letter", "--receipt", R1, "--decision", decision, "--out", file);

  it.each([
    ["full", "answered", []],
    ["partial", "partly-answered", ["--ground", "33-2-1", ...TEXT]],
    ["refused", "refused", ["--ground", "33-2-3", ...TEXT]],
    ["no-such-data", "no-such-data", []],
  ])(
    "of %s says what the register says, in both languages, and stays with the request",
    async (decision, state, more) => {
      await fileAll(store, "jcom", [request(R1)]);
      expect((await write(decision)).out).toMatch(/先に move で/);
      await decide(R1, state, ...more);
      for (const other of ["full", "partial", "refused", "no-such-data"])
        if (other !== decision) expect((await write(other)).code).toBe(1);
      expect((await write(decision)).code).toBe(0);
      expect((await write(decision)).out).toMatch(/--out/);
      const html = files.get(`${decision}.html`) ?? "";
      for (const words of [
        "山田太郎 様",
        "To 山田太郎",
        showReceipt(R1),
        "J:COMカスタマーセンター",
        "0120-999-000",
        "J:COM Customer Center",
        "個人情報保護委員会",
        "188",
      ])
        expect(html).toContain(words);
      const [ground] =
        more.length > 0 ? [content.procedures.get("disclosure")?.grounds[more[1] as string]] : [];
      for (const words of more.length > 0 ? [ground?.ja, TEXT[1], TEXT[3]] : [])
        expect(html).toContain(words);
      if (more.length === 0) expect(html).not.toMatch(/根拠|Ground/);
      // What was written for the file stays there.
      expect(html).not.toContain("窓口の対応");
      expect(html).not.toContain("佐藤");
      expect((await store.docket.show("jcom", R1))?.papers).toEqual([
        { audience: "customer", at: NOW, by: "佐藤", html },
      ]);
      expect(audit.filter(({ what }) => what === "letter").map(({ subject }) => subject)).toContain(R1);
    },
  );

  it("has words for every request at every operator, whether its policy names a telephone or not", async () => {
    for (const operator of content.operators.keys())
      for (const [n, type] of REQUEST_TYPES.entries()) {
        if (FORMS[type].end !== "file") continue;
        const receipt = newReceipt(bytesOf(n * 100 + operator.length));
        await fileAll(store, operator, [request(receipt, { type, locale: n % 2 ? "en" : "ja" })]).catch(
          () => {},
        );
        const who = ["--operator", operator, "--as", "officer", "--actor", "a", "--reason", "r"];
        if (content.procedures.get(type)?.grounds["37-1"])
          await run("move", "--receipt", receipt, "--to", "identity-check", ...who);
        await run("move", "--receipt", receipt, "--to", "in-progress", ...who);
        await run("move", "--receipt", receipt, "--to", "answered", ...who);
        await release(receipt, operator);
        const file = `${operator} ${type}`;
        expect(
          await run("letter", "--receipt", receipt, "--decision", "full", "--out", file, ...who),
        ).toMatchObject({ code: 0 });
        expect(files.get(file)).toMatch(n % 2 ? /<html lang="en">/ : /<html lang="ja">/);
      }
    expect(files.size).toBe(content.operators.size * 11);
  }, 120_000);

  it("C13: runs nothing, asks for nothing and escapes everything, whatever was written", async () => {
    const hostile = [
      `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`,
      "</style><svg/onload=alert(1)>",
      "{{company}} $t(letter:title)",
      "<!--",
    ];
    const name = hostile.join(" ");
    await fileAll(store, "jcom", [request(R1, { answers: { name } })]);
    await decide(R1, "refused", "--ground", "33-2-1", "--text-ja", name, "--text-en", name);
    expect((await write("refused")).code).toBe(0);
    const html = files.get("refused.html") ?? "";
    const tags = new Set(
      [...html.matchAll(/<(\/?[a-z!][a-z0-9]*)/gi)].map(([, tag]) => tag?.replace("/", "")),
    );
    expect([...tags].sort()).toEqual(
      [
        "!doctype",
        "body",
        "h1",
        "h2",
        "head",
        "header",
        "html",
        "meta",
        "p",
        "section",
        "strong",
        "style",
        "title",
      ].sort(),
    );
    expect(html.match(/<style>/g)).toHaveLength(1);
    expect(html).toContain("&lt;script&gt;");
    expect(html).toContain("{{company}} $t(letter:title)");
    expect(html).toMatch(
      /<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/,
    );
    expect(html).not.toMatch(/<[^>]*\b(?:src|href|style|on[a-z]+)=/i);
    expect(html).not.toMatch(/url\(|@import/);
    expect(html).toContain("size: A4");
  });
});

/** 200 cells that a spreadsheet would run, or take for something that runs. */
const STARTS = [
  "=",
  "+",
  "-",
  "@",
  "\t=",
  "\r=",
  "\n=",
  "＝",
  "＋",
  "－",
  "＠",
  " =",
  "\u00a0=",
  "\u200b=",
  "\ufeff=",
  '"=',
  "'=",
  "−",
  "%0A=",
  "|",
];
const BODIES = [
  "1+1",
  "cmd|' /C calc'!A0",
  'HYPERLINK("http://x.example","y")',
  'IMPORTXML("http://x","//a")',
  "SUM(A1:A9)*cmd|' /C calc'!A0",
  'WEBSERVICE("http://x")',
  'DDE("cmd";"/C calc";"x")',
  "2+5+cmd|' /C calc'!A0",
  "rundll32|'URL.dll,OpenURL calc.exe'!A",
  "1\r\n=1+1",
];
const FORMULAS = STARTS.flatMap((start) => BODIES.map((body) => start + body));

describe("the export", () => {
  it("has numbers, states and days in the words of the Data Rights Protocol, and no word of a person", async () => {
    await fileAll(store, "jcom", [request(R1), request(R2, { type: "complaint" }), request(R3)]);
    await decide(R1, "refused", "--ground", "33-2-1", ...TEXT);
    await move(R3, "identity-check");
    const records = JSON.parse(await done("export")) as Record<string, unknown>[];
    expect(records.map(({ request_id, status, reason, type }) => [request_id, status, reason, type])).toEqual(
      [
        [R1, "denied", "claim_not_covered", "disclosure"],
        [R2, "open", null, "complaint"],
        [R3, "in_progress", "need_user_verification", "disclosure"],
      ],
    );
    expect(records[1]).toEqual({
      request_id: R2,
      received_at: "2026-11-16T01:00:00.000Z",
      expected_by: "2026-12-01T23:59:59+09:00",
      status: "open",
      reason: null,
      processing_details: "received",
      type: "complaint",
      locale: "ja",
      version: 1,
      promised_on: "2026-12-01",
      waiting_since: null,
      waiting_until: null,
      closed_on: null,
      days_left: 2,
      due: "due-soon",
      suit_from: null,
    });
    const both = `${JSON.stringify(records)}${await done("export", "--format", "csv", "--out", "x.csv").catch(() => "")}${files.get("x.csv")}`;
    for (const word of ["山田", "taro", "ほかの方", "佐藤", "33-2-1"]) expect(both).not.toContain(word);
    expect(await run("export", "--format", "csv", "--out", "x.csv")).toMatchObject({ code: 1 });
  });

  it(`C13: of ${FORMULAS.length} formulas none is left to run in a cell`, async () => {
    expect(FORMULAS).toHaveLength(200);
    await fileAll(
      store,
      "jcom",
      FORMULAS.map((name, n) =>
        request(newReceipt(bytesOf(1_000 + n)), { answers: { name, "scope-other": name } }),
      ),
    );
    await run("export", "--format", "csv", "--reveal", "--out", "f.csv");
    const table = parseCsv(files.get("f.csv")?.slice(1) ?? "");
    expect(table).toHaveLength(201);
    const column = table[0]?.indexOf("answers.name") ?? -1;
    expect(new Set(table.map((row) => row.length)).size).toBe(1);
    const kept = (text: string) => text.replaceAll(/[\s\ufffd]+/g, " ").replace(/^'/, "");
    for (const row of table.slice(1))
      for (const text of row) expect(text).not.toMatch(/^[\s\u200b\ufeff"]*[=+\-@＝＋－＠−|]/);
    const names = new Set(table.slice(1).map((row) => row[column]));
    expect(names.size).toBeGreaterThan(150);
    expect(kept(cell("=1"))).toBe(`"'=1"`);
    expect([cell(-3), cell(null), cell("2026-12-01"), cell('a"b')]).toEqual([
      '"-3"',
      '""',
      '"2026-12-01"',
      '"a""b"',
    ]);
    expect(audit.at(-1)).toMatchObject({ what: "export", reason: "窓口の対応" });
  });
});

/** RFC 4180, written for this test alone. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (let at = 0; at < text.length; ) {
    let value = "";
    expect(text[at]).toBe('"');
    for (at += 1; !(text[at] === '"' && text[at + 1] !== '"'); at += text[at] === '"' ? 2 : 1)
      value += text[at];
    rows.at(-1)?.push(value);
    at += 1;
    if (text[at] === ",") at += 1;
    else {
      expect(text.slice(at, at + 2)).toBe("\r\n");
      at += 2;
      if (at < text.length) rows.push([]);
    }
  }
  return rows;
}

it("runs as a command beside the data of a desk, and says what settings it lacks", async () => {
  const folder = tempFolder();
  const key = randomBytes(32);
  const own = await createStores(openSqlite(join(folder, "madoguchi.db")), key);
  await fileAll(own, "jcom", [request(R1)]);
  await own.close();
  const env = {
    DATA_DIR: folder,
    LOG_LEVEL: "silent",
    DATA_KEY: key.toString("base64"),
    TOKEN_KEY: "t".repeat(20) + randomBytes(20).toString("hex"),
  };
  const ended = async (settings: Record<string, string>, ...args: string[]) => {
    const run = start("src/commands/requests.ts", settings, [], [], args);
    const code = await new Promise((resolve) => run.child.on("close", resolve));
    return [code, run.output()] as const;
  };
  const file = join(folder, "all.json");
  const [code, said] = await ended(env, "export", "--out", file, ...WHO);
  expect([code, said]).toEqual([0, ""]);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject([{ request_id: R1 }]);
  expect(await ended({ NODE_ENV: "production", DATA_DIR: folder }, "list", ...WHO)).toEqual([
    1,
    expect.stringContaining("DATA_KEY is missing"),
  ]);
}, 120_000);
