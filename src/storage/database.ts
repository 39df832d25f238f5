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
  /** Makes deleted bytes leave the files. @throws {StoreUnavailable} when readers did not let go of them in time */
  compact: () => Promise<void>;
  close(): Promise<void>;
}
