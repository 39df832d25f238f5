import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { Kysely } from "kysely";
import { noLog } from "../src/ports.ts";
import { ChatWords } from "../src/storage/chat-words.ts";
import { openDatabase } from "../src/storage/opened.ts";
import type { Rows } from "../src/storage/rows.ts";
import { Seal } from "../src/storage/seal.ts";
import { nodeSqliteDialect } from "../src/storage/sqlite/dialect.ts";
import { openSqlite } from "../src/storage/sqlite/open.ts";
import type { Tables } from "../src/storage/tables.ts";
import { NOBODY } from "../src/storage/witness.ts";
import type { Activity } from "../src/turn/activity.ts";
import { random } from "../test/support/long.ts";
import { times } from "../test/support/many.ts";

/** What is in a full desk: so many agents, hand-offs that are open, and lines in all. */
export interface Sizes {
  agents: number;
  chats: number;
  lines: number;
}

/** Every so many-th chat waits for an agent, the others have one. */
export const WAITS = 50;
/** When the desk was filled, as its rows have it: `moveTo` brings them to another day. */
const FILLED_AT = Date.UTC(2026, 0, 5);

const WORDS =
  "解約 手続き 請求 書 料金 録音 個人 情報 削除 開示 訂正 住所 変更 電話 番号 契約 案内 広告 停止 確認 書類 郵便 返事 期間 担当 会員 登録 利用 目的 提供 委託 第三者 同意 本人 家族 代理 回線 工事 機器 返却 引越し 名義 支払い 口座 領収 明細 メール パスワード アカウント サポート プラン オプション セット テレビ ネット モバイル".split(
    " ",
  );
const BOT = "お問い合わせありがとうございます。方針の該当する条項をご案内します。".repeat(6);

/**
 * The file of a full desk in a folder: filled now, unless the same code has filled it there before. Nobody is waited for
 * on the disk meanwhile: what a power cut leaves of it is thrown away.
 */
export async function filledDesk(folder: string, dataKey: Uint8Array, sizes: Sizes): Promise<string> {
  const sources = ["./full-desk.ts", "../src/storage/migrations.ts", "../src/storage/chat-words.ts"];
  const hash = createHash("sha256").update(JSON.stringify(sizes));
  for (const path of sources) hash.update(readFileSync(join(import.meta.dirname, path)));
  const path = join(folder, `full-desk-${hash.digest("hex").slice(0, 12)}.db`);
  if (existsSync(path)) return path;
  const unfinished = `${path}.${process.pid}`;
  const opened = await openDatabase(openSqlite(unfinished), new Seal(dataKey), NOBODY);
  const { rows } = opened;
  await opened.ours.close();
  const connection = new DatabaseSync(unfinished);
  connection.exec("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -200000; begin");
  await fill(connection, rows, sizes);
  connection.exec("commit; pragma journal_mode = wal");
  connection.close();
  renameSync(unfinished, path);
  return path;
}

async function fill(connection: DatabaseSync, rows: Rows, sizes: Sizes): Promise<void> {
  const tx = new Kysely<Tables>({ dialect: nodeSqliteDialect(connection) });
  const words = new ChatWords(rows);
  const insert = inserts(connection);
  const next = random(7);
  const perChat = Math.floor(sizes.lines / sizes.chats);
  for (let n = 0; n < sizes.chats; n += 1) {
    const [id, handoff] = [`chat-${n}`, `handoff-${n}`];
    const conversation = { id, channel: "direct-line", operator: "jcom", customer: `dl_${n}` };
    const begun = FILLED_AT - (sizes.chats - n) * 1_000 - 3_600_000;
    const state = n % WAITS === 0 ? "requested" : "assigned";
    const waits = state === "requested";
    insert("conversation", {
      id,
      channel: conversation.channel,
      operator: conversation.operator,
      customer: rows.customer(conversation),
      active_at: begun + perChat,
      last_seq: perChat,
      last_at: begun + perChat,
      talk: rows.sealedTalk(conversation, { locale: "ja" }),
      talk_version: 1,
      claim_by: null,
      claim_until: 0,
      form_until: null,
      handoff,
      handoff_state: state,
      party: null,
    });
    const said = new Set<string>();
    for (let i = 0; i < perChat; i += 1) {
      const some = [next(), next(), next()].map((at) => WORDS[Math.floor(WORDS.length * at ** 2)] ?? "");
      const line = lineOf(id, begun, i, i % 2 === 0 ? `${some.join("の")}をしたい 顧客${n}` : BOT);
      if (i % 2 === 0) for (const word of some) said.add(word);
      insert("activity", rows.activityRow(conversation, line));
    }
    const body = rows.handoffBody(
      { id: handoff, operator: "jcom" },
      { trigger: "asked", topic: "fees", clauses: [], agentName: "A", callback: null, resolution: null },
    );
    insert("handoff", {
      id: handoff,
      conversation_id: id,
      operator: "jcom",
      channel: conversation.channel,
      locale: "ja",
      state,
      way: "chat",
      body,
      version: 1,
      read_seq: 0,
      rating: null,
      agent: waits ? null : `agent-${n % sizes.agents}`,
      requested_at: begun,
      assigned_at: waits ? null : begun,
      done_at: null,
      seen_at: FILLED_AT,
      told_place: waits ? n / WAITS + 1 : null,
      told_at: waits ? FILLED_AT : null,
    });
    // Each word once: what is found by a chat is the same as if all of its lines were read again.
    await words.addLines(tx, conversation, [
      lineOf(id, begun, 0, `${[...said].join("の")}をしたい 顧客${n}`),
    ]);
    await words.addCall(tx, conversation, "fees");
  }
}

function lineOf(chat: string, begun: number, i: number, text: string): Activity {
  const content: Activity["content"] =
    i % 2 === 0
      ? { kind: "incoming", incoming: { text }, platform: {} }
      : { kind: "message", message: { locale: "ja", text, choices: [], words: { kind: "notice" } } };
  const by: Activity["by"] = i % 2 === 0 ? "customer" : "bot";
  return { id: `${chat}-${i}`, seq: i + 1, at: begun + i, by, replyTo: null, content };
}

type Value = null | number | string | Uint8Array;

/** Rows are put in one by one: a statement for each table. */
function inserts(connection: DatabaseSync) {
  const prepared = new Map<string, StatementSync>();
  return <T extends keyof Tables>(table: T, row: object): void => {
    const names = Object.keys(row);
    let statement = prepared.get(table);
    if (!statement) {
      const marks = names.map(() => "?").join(", ");
      statement = connection.prepare(`insert into ${table} (${names.join(", ")}) values (${marks})`);
      prepared.set(table, statement);
    }
    statement.run(...(Object.values(row) as Value[]));
  };
}

/** Moves a desk that was filled to `now`: whoever waits has waited for an hour, and is there. */
export function moveTo(path: string, now: number): void {
  const connection = new DatabaseSync(path);
  const by = Math.round(now - FILLED_AT);
  connection.exec(`begin;
    update conversation set active_at = active_at + ${by}, last_at = last_at + ${by};
    update handoff set requested_at = requested_at + ${by}, assigned_at = assigned_at + ${by},
      seen_at = seen_at + ${by}, told_at = told_at + ${by};
    commit`);
  connection.close();
}

/** Agents with open sessions: the secrets of their cookies. */
export async function hireAgents(
  path: string,
  dataKey: Uint8Array,
  count: number,
  now: number,
): Promise<string[]> {
  const { createStores } = await import("../src/storage/store.ts");
  const store = await createStores(openSqlite(path), dataKey, { ...NOBODY, log: noLog });
  const { accounts, sessions } = store.console;
  const secrets = await Promise.all(
    times(count).map(async (n) => {
      const id = `agent-${n}`;
      const audit = {
        at: now,
        actor: "bench",
        role: "",
        operator: "*",
        what: "account",
        subject: id,
        reason: "",
      } as const;
      const token = randomBytes(32).toString("base64url");
      const grants = { jcom: ["agent"] } as const;
      const invitation = { token, totp: "A".repeat(32), until: now + 1e9 };
      await accounts.add({ id, login: id, name: id, grants }, invitation, now, audit);
      await accounts.enrol(token, "no password", 0, [], now);
      const secret = randomBytes(32).toString("base64url");
      await sessions.begin(id, secret, now);
      return secret;
    }),
  );
  await store.close();
  return secrets;
}
