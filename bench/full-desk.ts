import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { noLog } from "../src/ports.ts";
import { DATABASE_FILE } from "../src/storage/backup.ts";
import { ChatWords } from "../src/storage/chat-words.ts";
import { openDatabase } from "../src/storage/opened.ts";
import { Seal } from "../src/storage/seal.ts";
import { openSqlite } from "../src/storage/sqlite/open.ts";
import { NOBODY } from "../src/storage/witness.ts";
import type { Activity } from "../src/turn/activity.ts";
import { random } from "../test/support/long.ts";

/** What is in a full desk: so many agents, hand-offs that are open, and lines in all. */
export interface Sizes {
  agents: number;
  chats: number;
  lines: number;
}

/** Every so many-th chat waits for an agent, the others have one. */
export const WAITS = 50;

const WORDS =
  "解約 手続き 請求 書 料金 録音 個人 情報 削除 開示 訂正 住所 変更 電話 番号 契約 案内 広告 停止 確認 書類 郵便 返事 期間 担当 会員 登録 利用 目的 提供 委託 第三者 同意 本人 家族 代理 回線 工事 機器 返却 引越し 名義 支払い 口座 領収 明細 メール パスワード アカウント サポート プラン オプション セット テレビ ネット モバイル".split(
    " ",
  );
const BOT = "お問い合わせありがとうございます。方針の該当する条項をご案内します。".repeat(6);

/** Fills the database of a desk that does not run; gives a word that was said in each chat, by its place. */
export async function fillDesk(
  folder: string,
  dataKey: Uint8Array,
  sizes: Sizes,
  now: number,
): Promise<void> {
  const opened = await openDatabase(openSqlite(join(folder, DATABASE_FILE)), new Seal(dataKey), NOBODY);
  const { ours, rows } = opened;
  const words = new ChatWords(rows);
  const next = random(7);
  const perChat = Math.floor(sizes.lines / sizes.chats);
  const some = () => WORDS[Math.floor(WORDS.length * next() ** 2)] ?? "";
  for (let n = 0; n < sizes.chats; n += 1)
    await ours.writer.write(async (tx) => {
      const [id, handoff] = [`chat-${n}`, `handoff-${n}`];
      const conversation = { id, channel: "direct-line", operator: "jcom", customer: `dl_${n}` };
      const begun = now - (sizes.chats - n) * 1_000 - 3_600_000;
      const waits = n % WAITS === 0;
      await tx
        .insertInto("conversation")
        .values({
          ...{ id, channel: conversation.channel, operator: conversation.operator },
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
          handoff_state: waits ? "requested" : "assigned",
        })
        .execute();
      const lines: Activity[] = Array.from({ length: perChat }, (_, i) => {
        const text = i % 2 === 0 ? `${some()}の${some()}を${some()}したい 顧客${n}` : BOT;
        const content: Activity["content"] =
          i % 2 === 0
            ? { kind: "incoming", incoming: { text }, platform: {} }
            : {
                kind: "message",
                message: { locale: "ja", text, choices: [], words: { kind: "notice" } },
              };
        const by: Activity["by"] = i % 2 === 0 ? "customer" : "bot";
        return { id: `${id}-${i}`, seq: i + 1, at: begun + i, by, replyTo: null, content };
      });
      for (let from = 0; from < lines.length; from += 100)
        await tx
          .insertInto("activity")
          .values(lines.slice(from, from + 100).map((line) => rows.activityRow(conversation, line)))
          .execute();
      const body = rows.handoffBody(
        { id: handoff, operator: "jcom" },
        { trigger: "asked", topic: "fees", clauses: [], agentName: "A", callback: null, resolution: null },
      );
      await tx
        .insertInto("handoff")
        .values({
          ...{
            id: handoff,
            conversation_id: id,
            operator: "jcom",
            channel: conversation.channel,
            locale: "ja",
          },
          ...{ state: waits ? "requested" : "assigned", way: "chat", body, version: 1, read_seq: 0 },
          agent: waits ? null : `agent-${n % sizes.agents}`,
          requested_at: begun,
          assigned_at: waits ? null : begun,
          done_at: null,
          seen_at: now,
          told_place: waits ? n / WAITS + 1 : null,
          told_at: waits ? now : null,
          rating: null,
        })
        .execute();
      await words.begin(tx, conversation, "fees");
    });
  await ours.close();
}

/** Agents with open sessions: the secrets of their cookies. */
export async function hireAgents(
  folder: string,
  dataKey: Uint8Array,
  count: number,
  now: number,
): Promise<string[]> {
  const { createStores } = await import("../src/storage/store.ts");
  const store = await createStores(openSqlite(join(folder, DATABASE_FILE)), dataKey, {
    ...NOBODY,
    log: noLog,
  });
  const { accounts, sessions } = store.console;
  const secrets: string[] = [];
  for (let n = 0; n < count; n += 1) {
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
    await accounts.add(
      { id, login: id, name: id, grants },
      { token, totp: "A".repeat(32), until: now + 1e9 },
      now,
      audit,
    );
    await accounts.enrol(token, "no password", 0, [], now);
    const secret = randomBytes(32).toString("base64url");
    await sessions.begin(id, secret, now);
    secrets.push(secret);
  }
  await store.close();
  return secrets;
}
