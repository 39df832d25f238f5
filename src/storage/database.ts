import type { Kysely } from "kysely";
import type { Tables } from "./tables.ts";
import type { Writer } from "./writer.ts";

/** What a kind of database gives to the stores. */
export interface Database {
  readonly writer: Writer;
  /** Sees what is committed, and never waits for a writer. */
  readonly reader: Kysely<Tables>;
  /** Calls back when another process has committed. Returns the way to stop it. */
  onForeignChange(listener: () => void): () => void;
  /** Id of the key that values are sealed under, as committed last; undefined: only one was ever used. At once. */
  keyInUse(): string | undefined;
  /** The next data key as it stands sealed, while the key is changed. At once. */
  nextKey(): Uint8Array | undefined;
  /** Writes a copy of what is committed now to a file that is not there yet, while others go on. */
  copyTo(path: string): void;
  /** What is wrong with the files; nothing when they are whole. Reads them all. */
  damage(): string | undefined;
  /** Makes deleted bytes leave the files. @throws {StoreUnavailable} when readers did not let go of them in time */
  compact: () => Promise<void>;
  close(): Promise<void>;
}
