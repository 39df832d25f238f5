import type { Command } from "./command.ts";
import { normalize } from "./normalize.ts";

/** Longest message, normalized, that is read as a wish about the chat itself. */
const LONGEST = 60;
const CHAT_JA = "(?:チャット|会話|トーク|やりとり|やり取り|メッセージ)";
const ERASE_JA = new RegExp(
  `(?:この|今の|ここの|ここでの|今までの|これまでの)${CHAT_JA}.{0,12}(?:消|削除|抹消)|${CHAT_JA}(?:の)?(?:履歴|記録|内容|ログ).{0,8}(?:消|削除|抹消)`,
);
const ERASE_EN =
  /\b(?:delete|erase|clear|wipe|remove) (?:all (?:of )?)?(?:this|the|our|my)(?: whole| entire)? (?:chat|conversation|talk|messages)\b|\b(?:chat|conversation)(?: history| log)? (?:to be )?(?:deleted|erased|wiped|removed)\b/;
/** "消えますか", "will it be deleted": a question, not a wish. */
const ASKS = /(?:され|消え|残)(?:ます|る)|どう|いつ|何日|\b(?:is|are|will|when|how long|do you)\b/;

/** "この会話、全部消してください": a wish to have this chat deleted, however it is put. It is asked about once more. */
export function ownChatIn(text: string): Command | undefined {
  const plain = normalize(text);
  if (plain.length > LONGEST || ASKS.test(plain)) return undefined;
  return ERASE_JA.test(plain) || ERASE_EN.test(plain) ? { do: "own-chat", act: "erase" } : undefined;
}
