import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { toldBy } from "../../src/commands/data.ts";
import { readNextKey } from "../../src/config.ts";
import { newReceipt } from "../../src/requests/receipt.ts";
import { file } from "../contracts/register.contract.ts";
import { Chat } from "../support/client.ts";
import { productionEnv } from "../support/desk.ts";
import { LONG } from "../support/long.ts";
import { run, serve, start } from "../support/process.ts";
import { bytesOf } from "../support/receipts.ts";
import { openRecords, T0, tell } from "../support/records.ts";
import { tempFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

const BY = ["--actor", "hana", "--reason", "asked by letter, tel 090-8765-4321"];
const NEW_KEY = randomBytes(32).toString("base64");

it("P04, P14, P18: hold, own data, backup, rotation and audit by command, while a desk runs; the old key then ends the start at once", async () => {
  const folder = tempFolder();
  const env: Record<string, string> = { ...(await productionEnv(folder)), LOG_LEVEL: "warn" };
  const key = Buffer.from(env.DATA_KEY ?? "", "base64");
  const [receipt, other] = [newReceipt(bytesOf(1)), newReceipt(bytesOf(2))];
  const records = await openRecords({ folder, key });
  const answers = { name: "山田太郎", detail: "<script>planted" };
  await tell(records.store, {
    conversation: "c1",
    words: "planted words",
    changes: [file(receipt, { person: "taro", answers })],
  });
  await tell(records.store, {
    conversation: "c2",
    words: "of another",
    changes: [file(other, { person: "jiro" })],
  });
  const desk = await serve(env);
  const chat = await Chat.open(desk.url);
  await chat.say("before");
  await chat.replies(2);
  const command = (name: string, args: string[], more: Record<string, string> = {}) =>
    run(`src/commands/${name}.ts`, args, { ...env, ...more });
  const of = ["--operator", "jcom", "--receipt", receipt];

  const out = join(tempFolder(), "out");
  const backup = join(tempFolder(), "desk.backup");
  const [held, exported, linked] = await Promise.all([
    command("hold", ["set", ...of, ...BY]),
    command("own-data", ["export", ...of, ...BY, "--out", out]),
    command("own-data", ["export", ...of, ...BY, "--link", "--hours", "2", "--locale", "en"]),
  ]);
  expect(linked).toMatchObject({ code: 0, err: "" });
  expect(linked.out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/own-data\/[\w-]{43}\?lang=en\n$/);
  expect([held.code, exported.code, exported.err]).toEqual([0, 0, ""]);
  const papers = ["own-data.json", "own-data.html"].map((name) => readFileSync(join(out, name), "utf8"));
  for (const paper of papers) {
    expect(paper).toContain("planted words");
    expect(paper).not.toContain("of another");
  }
  expect(papers[1]).not.toContain("<script");
  expect(statSync(join(out, "own-data.json")).mode & 0o077).toBe(0);
  expect(await command("own-data", ["erase", ...of, ...BY])).toMatchObject({
    code: 0,
    out: "erased: 0 requests, 0 chats; held and left: 1 requests, 1 chats\n",
  });
  expect(await records.store.conversations.erase("c2", T0)).toBe("erased");
  expect((await command("backup", ["create", backup, ...BY])).code).toBe(0);

  const rotating = command("keys", ["rotate", ...BY], { DATA_KEY_NEXT: NEW_KEY });
  for (let n = 1; n <= 10; n += 1) await chat.say(`meanwhile ${n}`);
  const rotated = await rotating;
  expect(rotated.err).toBe("");
  expect(rotated.out).toMatch(/\d+ values sealed anew under key [0-9a-f]{8}\n/);
  await chat.say("after");
  expect((await chat.replies(13)).at(-1)).toBe("#12 after");
  // The last step was done: saying it again changes nothing.
  if (LONG) expect((await command("keys", ["rotate", ...BY], { DATA_KEY_NEXT: NEW_KEY })).code).toBe(0);
  await desk.end("SIGTERM");

  const began = performance.now();
  const refused = start("test/support/serve.ts", env);
  await until(() => refused.child.exitCode !== null, 10_000, "the start ends");
  console.info(`P04: a wrong key ends the start after ${Math.round(performance.now() - began)} ms`);
  expect(refused.child.exitCode).not.toBe(0);
  expect(refused.output()).toContain("DATA_KEY does not open this database");

  const renewed = { DATA_KEY: NEW_KEY };
  const verified = await command("audit", ["verify"], renewed);
  expect(verified).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+ rows, all as they were written/),
  });
  const head = /head (\S+)/.exec(verified.out)?.[1] ?? "";
  const db = new DatabaseSync(join(folder, "madoguchi.db"));
  db.exec("delete from audit where seq = (select max(seq) from audit)");
  db.close();
  rmSync(join(folder, "audit-head"));
  const cut = await command("audit", ["verify", "--head", head], renewed);
  expect(cut).toMatchObject({ code: 1, err: expect.stringContaining("are gone") });

  // The machine is lost; the backup is of the old key, what was erased stands in its own file.
  const lost = { DATA_DIR: join(tempFolder(), "new") };
  expect(await command("backup", ["restore", backup, ...BY], lost)).toMatchObject({
    code: 1,
    err: expect.stringContaining("--tombstones"),
  });
  expect(
    await command("backup", ["restore", backup, ...BY, "--tombstones", join(folder, "erasures")], lost),
  ).toEqual({
    code: 0,
    err: "",
    out: "restored; erased again: 0 chats, 0 requests\n",
  });
  if (LONG) expect((await command("audit", ["verify"], lost)).code).toBe(0);
  expect(existsSync(join(lost.DATA_DIR, "madoguchi.db"))).toBe(true);
  // What staff wrote as a reason holds no personal number, and nothing of it is readable.
  for (const path of [join(folder, "madoguchi.db"), join(lost.DATA_DIR, "madoguchi.db")])
    expect(readFileSync(path).includes("8765-4321")).toBe(false);
}, 90_000);

it("S01: the next key comes from the environment or a file, is checked, and is never said", () => {
  const next = (env: Record<string, string>) => readNextKey(env, () => `${NEW_KEY}\n`);
  const key = Buffer.from(NEW_KEY, "base64");
  expect(next({ DATA_KEY_NEXT: NEW_KEY })).toEqual({ kind: "key", key });
  expect(next({ DATA_KEY_NEXT_FILE: "next" })).toEqual({ kind: "key", key });
  expect(next({})).toEqual({ kind: "problems", problems: ["DATA_KEY_NEXT is missing"] });
  const weak = next({ DATA_KEY_NEXT: "c2hvcnQ=" });
  expect(weak).toEqual({ kind: "problems", problems: ["DATA_KEY_NEXT must be 32 bytes in base64"] });
});

it("84: staff say who they are and why; personal numbers are blacked out of the reason", () => {
  const told = { actor: "hana", as: "officer", reason: "asked by 090-8765-4321" };
  expect(toldBy(told, T0)).toEqual({
    at: T0,
    actor: "hana",
    role: "officer",
    reason: "asked by ***-****-****",
  });
  for (const wrong of [
    { actor: "" },
    { actor: "a\nb" },
    { as: "boss" },
    { as: "auditor" },
    { reason: " " },
    { reason: "x".repeat(501) },
  ])
    expect(() => toldBy({ ...told, ...wrong }, T0)).toThrow(/^--/);
});
