import { createHmac, type KeyObject } from "node:crypto";
import type { Activity } from "../turn/activity.ts";
import type { Conversation } from "../turn/store.ts";
import type { Rows } from "./rows.ts";
import type { Tx } from "./writer.ts";

/** Words that are kept of one text. */
const MOST_WORDS = 2_000;
/** Lines that were said before a person was called and can be found by: the last ones, up to so many letters in all. */
const MOST_BEFORE = 100;
const MOST_LETTERS = 10_000;
/** Parts of one search. */
const MOST_PARTS = 8;
/** Bytes of a hash: a number that JavaScript holds exactly. Two words in a million chats rarely meet in one. */
const HASH_BYTES = 6;

const segmenter = new Intl.Segmenter("ja", { granularity: "word" });
/** Runs of one script: a compound is found whole, too, however it is divided elsewhere. */
const RUNS = /[\p{Script=Han}々]{2,}|[\p{Script=Katakana}ー]{2,}|[\p{Script=Latin}\p{N}]{2,}/gu;
/** Kana of one letter are particles: they are in every line. */
const PARTICLE = /^\p{Script=Hiragana}$/u;

/** The words by which a text can be found: as they are read in both languages, whatever their width and case. */
function wordsIn(text: string): string[] {
  const plain = text.toWellFormed().normalize("NFKC").toLowerCase();
  const words = new Set<string>();
  for (const { segment, isWordLike } of segmenter.segment(plain))
    if (isWordLike && !PARTICLE.test(segment)) words.add(segment);
  for (const [run] of plain.matchAll(RUNS)) words.add(run);
  return [...words].slice(0, MOST_WORDS);
}

/** What a search must find: of each part one of its readings, and of a reading every word. */
export function soughtIn(text: string): string[][][] {
  const plain = text.toWellFormed().normalize("NFKC").toLowerCase();
  const parts = [...new Set(plain.split(/\s+/u))].filter((part) => part !== "").slice(0, MOST_PARTS);
  return parts.map((part) => {
    const apart = wordsIn(part).filter((word) => word !== part);
    return apart.length > 0 ? [[part], apart] : [[part]];
  });
}

type Kind = "word" | "topic" | "chat";

/** Keyed hashes of what a chat is found by; each operator's under a key of its own. */
export class ChatWords {
  readonly #rows: Rows;
  readonly #keys = new Map<string, KeyObject>();

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  hash(operator: string, kind: Kind, word: string): number {
    let key = this.#keys.get(operator);
    if (!key) {
      key = this.#rows.seal.keyFor(`search ${operator}`);
      this.#keys.set(operator, key);
    }
    return createHmac("sha256", key).update(`${kind}\0${word}`).digest().readUIntBE(0, HASH_BYTES);
  }

  /** Adds what these lines are found by; what is there already stays. The bot's own words are everybody's. */
  async addLines(tx: Tx, conversation: Conversation, lines: readonly Activity[]): Promise<void> {
    const text = lines
      .filter(({ by }) => by !== "bot")
      .map(textOf)
      .join("\n");
    const words = wordsIn(text.slice(0, MOST_LETTERS));
    await this.#add(tx, conversation, "word", words);
  }

  /** A person is called: what the customer has said before is found from now on. */
  async begin(tx: Tx, conversation: Conversation, topic: string | null): Promise<void> {
    const found = await tx
      .selectFrom("activity")
      .selectAll()
      .where("conversation_id", "=", conversation.id)
      .where("by", "=", "customer")
      .orderBy("seq", "desc")
      .limit(MOST_BEFORE)
      .execute();
    await this.addLines(
      tx,
      conversation,
      found.map((row) => this.#rows.activity(conversation, row)),
    );
    await this.addCall(tx, conversation, topic);
  }

  /** What a call of a person is found by, whatever was said. */
  async addCall(tx: Tx, conversation: Conversation, topic: string | null): Promise<void> {
    await this.#add(tx, conversation, "topic", topic === null ? [] : [topic]);
    // Requests know their chat by this name alone.
    await this.#add(tx, conversation, "chat", [this.#rows.chatKey(conversation.id)]);
  }

  async #add(tx: Tx, { id, operator }: Conversation, kind: Kind, words: readonly string[]): Promise<void> {
    if (words.length === 0) return;
    const values = words.map((word) => ({
      conversation_id: id,
      word: this.hash(operator, kind, word),
    }));
    for (let from = 0; from < values.length; from += 400)
      await tx
        .insertInto("chat_word")
        .values(values.slice(from, from + 400))
        .onConflict((c) => c.doNothing())
        .execute();
  }
}

function textOf({ content }: Activity): string {
  return content.kind === "incoming" ? (content.incoming.text ?? "") : content.message.text;
}
