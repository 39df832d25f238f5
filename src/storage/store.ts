import type { Sessions } from "../channels/direct-line/sessions.ts";
import type { Store } from "../turn/store.ts";
import { createConversations } from "./conversations.ts";
import type { Database } from "./database.ts";
import { createFeedbacks } from "./feedbacks.ts";
import { createInbox } from "./inbox.ts";
import { migrate } from "./migrate.ts";
import { createOutbox } from "./outbox.ts";
import { createRegister } from "./requests.ts";
import { Rows } from "./rows.ts";
import { Seal } from "./seal.ts";
import { createSessions } from "./sessions.ts";
import { createTranscript } from "./transcript.ts";

/** More than a turn writes: where a single row finds room, a customer's words may not. */
const CHECK_LETTERS = 65_536;

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
  let checks = 0;
  return {
    conversations: createConversations(database, rows),
    inbox: createInbox(database, rows),
    transcript: createTranscript(database, rows),
    outbox: createOutbox(database, rows),
    feedbacks: createFeedbacks(database, rows),
    register: createRegister(database, rows),
    sessions: createSessions(database, rows),
    async check() {
      checks += 1;
      // Another text each time: the database does not write what stands there already.
      const value = String(checks % 10).repeat(CHECK_LETTERS);
      await database.writer.write((tx) =>
        tx
          .insertInto("meta")
          .values({ name: "check", value })
          .onConflict((c) => c.column("name").doUpdateSet({ value }))
          .execute(),
      );
    },
    onForeignChange: (listener) => database.onForeignChange(listener),
    compact: () => database.compact(),
    close: () => database.close(),
  };
}
