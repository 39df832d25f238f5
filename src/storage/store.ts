import type { Sessions } from "../channels/direct-line/sessions.ts";
import type { Store } from "../turn/store.ts";
import { createConversations } from "./conversations.ts";
import type { Database } from "./database.ts";
import { createFeedbacks } from "./feedbacks.ts";
import { createInbox } from "./inbox.ts";
import { migrate } from "./migrate.ts";
import { createOutbox } from "./outbox.ts";
import { Rows } from "./rows.ts";
import { Seal } from "./seal.ts";
import { createSessions } from "./sessions.ts";
import { createTranscript } from "./transcript.ts";

/** Every port that this folder fills. */
export interface Stores extends Store {
  sessions: Sessions;
}

/**
 * The stores on an open database. `dataKey`: 32 bytes.
 * @throws when the database is newer than this program, or was sealed with another key.
 */
export function createStores(database: Database, dataKey: Uint8Array): Promise<Stores> {
  return storesOn(database, new Seal(dataKey));
}

/** The same with another way to seal. */
export async function storesOn(database: Database, seal: Seal): Promise<Stores> {
  const rows = new Rows(seal);
  try {
    await migrate(database.writer, rows.seal);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    conversations: createConversations(database, rows),
    inbox: createInbox(database, rows),
    transcript: createTranscript(database, rows),
    outbox: createOutbox(database, rows),
    feedbacks: createFeedbacks(database, rows),
    sessions: createSessions(database, rows),
    async check() {
      await database.writer.write((tx) =>
        tx
          .insertInto("meta")
          .values({ name: "check", value: "0" })
          .onConflict((c) => c.column("name").doUpdateSet((e) => ({ value: e.ref("meta.name") })))
          .execute(),
      );
    },
    onForeignChange: (listener) => database.onForeignChange(listener),
    compact: () => database.compact(),
    close: () => database.close(),
  };
}
