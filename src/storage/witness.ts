import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Audience } from "../notices/causes.ts";
import { type Log, noLog } from "../ports.ts";
import type { AuditHead } from "../requests/audit.ts";
import { StoreUnavailable } from "../turn/store.ts";

/** What was forgotten, by its keyed hash: a backup that still holds it must not bring it back. */
export interface Erasure {
  kind: "chat" | "request";
  key: string;
}

/**
 * What is kept outside the database, so that the database alone cannot be turned back: the last row of the audit
 * (`audit-head`) and what was erased (`erasures`, a line each). A folder on another disk is a better witness.
 */
export interface Witness {
  /** Undefined: none was kept; "unreadable": the file is no head. */
  head(): AuditHead | undefined | "unreadable";
  /** Resolves when it is on the disk; nobody else waits for the disk meanwhile. One at a time. */
  keepHead(head: AuditHead): Promise<void>;
  /** On the disk when it returns: before the transaction that erases. @throws {StoreUnavailable} nothing may be erased */
  erased(at: number, erasures: readonly Erasure[]): void;
  erasures(): { chats: Set<string>; requests: Set<string> };
}

export const HEAD_FILE = "audit-head";
export const ERASURES_FILE = "erasures";

export function folderWitness(folder: string): Witness {
  const [headPath, erasuresPath] = [join(folder, HEAD_FILE), join(folder, ERASURES_FILE)];
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    head() {
      if (!existsSync(headPath)) return undefined;
      const [, seq, hash] = /^(\d+) ([\w-]{43})\n$/.exec(readFileSync(headPath, "utf8")) ?? [];
      return seq && hash ? { seq: Number(seq), hash } : "unreadable";
    },
    async keepHead({ seq, hash }) {
      const fresh = `${headPath}.${process.pid}`;
      await writeFile(fresh, `${seq} ${hash}\n`, { mode: 0o600, flush: true });
      await rename(fresh, headPath);
    },
    erased(at, erasures) {
      if (erasures.length === 0) return;
      const day = new Date(at).toISOString();
      try {
        appendSynced(erasuresPath, erasures.map(({ kind, key }) => `${day} ${kind} ${key}\n`).join(""));
      } catch (error) {
        const full = error instanceof Error && "code" in error && error.code === "ENOSPC";
        throw new StoreUnavailable(full ? "full" : "failing");
      }
    },
    erasures: () => readErasures(existsSync(erasuresPath) ? readFileSync(erasuresPath, "utf8") : ""),
  };
}

/** A line that a power cut has torn names nothing. */
function readErasures(text: string): { chats: Set<string>; requests: Set<string> } {
  const found = { chats: new Set<string>(), requests: new Set<string>() };
  for (const [, kind, key = ""] of text.matchAll(/^\S+ (chat|request) ([\w-]{22})$/gm))
    found[kind === "chat" ? "chats" : "requests"].add(key);
  return found;
}

/** Takes over what another witness has kept. */
export function addErasures(folder: string, text: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  appendFileSync(join(folder, ERASURES_FILE), `\n${text}`, { mode: 0o600, flush: true });
}

function appendSynced(path: string, text: string): void {
  const file = openSync(path, "a", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** What is told outside the database. */
export interface Outside {
  witness: Witness;
  log: Log;
  /** Who gets notices by mail; nobody unless told. */
  audience?: Audience;
}

/** Nobody is told: for a database of a test. */
export const NOBODY: Outside = {
  witness: {
    head: () => undefined,
    keepHead: () => Promise.resolve(),
    erased() {},
    erasures: () => ({ chats: new Set(), requests: new Set() }),
  },
  log: noLog,
};
