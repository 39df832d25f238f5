import type { Accounts } from "../agent-console/accounts.ts";
import type { Chats } from "../agent-console/inbox/chats.ts";
import type { Ratings } from "../agent-console/ratings/ratings.ts";
import type { Reading } from "../agent-console/reading.ts";
import type { Sessions as ConsoleSessions } from "../agent-console/sessions.ts";
import type { Tries } from "../agent-console/tries.ts";
import type { Sessions } from "../channels/direct-line/sessions.ts";
import type { LineRecords } from "../channels/line/records.ts";
import type { References } from "../channels/teams/references.ts";
import type { NoticeOutbox } from "../notices/outbox.ts";
import type { Audit } from "../requests/audit.ts";
import type { Docket } from "../requests/docket.ts";
import type { OwnData } from "../requests/own-data.ts";
import type { Links } from "../turn/links.ts";
import type { Store } from "../turn/store.ts";
import { createAccounts } from "./accounts.ts";
import { ChatWords } from "./chat-words.ts";
import { createChats } from "./chats.ts";
import { createConsoleSessions } from "./console-sessions.ts";
import { createConversations } from "./conversations.ts";
import type { Database } from "./database.ts";
import { createDocket } from "./docket.ts";
import { createFeedbacks } from "./feedbacks.ts";
import { createHandoffs } from "./handoffs.ts";
import { createInbox } from "./inbox.ts";
import { createLineRecords } from "./line.ts";
import { createLinks } from "./links.ts";
import { createNotices } from "./notices.ts";
import { openDatabase } from "./opened.ts";
import { createOutbox } from "./outbox.ts";
import { createOwnData } from "./own-data.ts";
import { createRatings } from "./ratings.ts";
import { createReadMarks } from "./read-marks.ts";
import { createReading } from "./reading.ts";
import { createReferences } from "./references.ts";
import { createRegister } from "./requests.ts";
import { Seal } from "./seal.ts";
import { createSessions } from "./sessions.ts";
import { createTranscript } from "./transcript.ts";
import { createTries } from "./tries.ts";
import { NOBODY, type Outside } from "./witness.ts";

/** More than a turn writes: where a single row finds room, a customer's words may not. */
const CHECK_LETTERS = 65_536;

/** Every port that this folder fills. */
export interface Stores extends Store {
  sessions: Sessions;
  references: References;
  line: LineRecords;
  docket: Docket;
  notices: NoticeOutbox;
  audit: Audit;
  links: Links;
  ownData: OwnData;
  console: ConsoleStores;
}

/** What the agents' console stands on. */
export interface ConsoleStores {
  accounts: Accounts;
  sessions: ConsoleSessions;
  tries: Tries;
  reading: Reading;
  chats: Chats;
  ratings: Ratings;
}

/**
 * The stores on an open database. `dataKey`: 32 bytes.
 * @throws when the database is newer than this program, or was sealed with another key.
 */
export function createStores(
  database: Database,
  dataKey: Uint8Array,
  outside: Outside = NOBODY,
): Promise<Stores> {
  return storesOn(database, new Seal(dataKey), outside);
}

/** The same with another way to seal. */
export async function storesOn(database: Database, seal: Seal, outside: Outside = NOBODY): Promise<Stores> {
  const opened = await openDatabase(database, seal, outside);
  const { ours, rows, audit, ledger } = opened;
  const chatWords = new ChatWords(rows);
  let checks = 0;
  return {
    conversations: createConversations(ours, { rows, audit, ...outside }),
    inbox: createInbox(ours, ledger, { rows, audit, ...outside }, chatWords),
    transcript: createTranscript(ours, rows),
    outbox: createOutbox(ours, rows),
    readMarks: createReadMarks(ours, rows),
    feedbacks: createFeedbacks(ours, rows),
    register: createRegister(ours, rows, ledger.notices),
    handoffs: createHandoffs(ours, rows, audit, chatWords),
    sessions: createSessions(ours, rows),
    references: createReferences(ours, rows),
    line: createLineRecords(ours, rows),
    docket: createDocket(ours, ledger),
    notices: createNotices(ours, rows),
    audit,
    console: {
      accounts: createAccounts(ours, rows, audit.append),
      sessions: createConsoleSessions(ours, rows),
      tries: createTries(ours, rows),
      reading: createReading(ours, rows, audit),
      chats: createChats(ours, rows, chatWords),
      ratings: createRatings(ours, rows),
    },
    keyed: (...words) => rows.seal.hash("keyed", ...words),
    links: createLinks(opened),
    ownData: createOwnData(opened, outside.witness),
    async check() {
      checks += 1;
      // Another text each time: the database does not write what stands there already.
      const value = String(checks % 10).repeat(CHECK_LETTERS);
      await ours.writer.write((tx) =>
        tx
          .insertInto("meta")
          .values({ name: "check", value })
          .onConflict((c) => c.column("name").doUpdateSet({ value }))
          .execute(),
      );
    },
    onForeignChange: (listener) => database.onForeignChange(listener),
    compact: () => database.compact(),
    close: () => ours.close(),
  };
}
