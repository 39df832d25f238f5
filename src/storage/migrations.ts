import { type Kysely, sql } from "kysely";
import type { Tables } from "./tables.ts";

/** One step of the schema. Once released it never changes: what comes later is a new step. */
export interface Migration {
  name: string;
  up(db: Kysely<Tables>): Promise<void>;
}

export const migrations: readonly Migration[] = [
  {
    name: "0001-conversations",
    async up(db) {
      const { schema } = db;
      await schema
        .createTable("conversation")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("channel", "text", (c) => c.notNull())
        .addColumn("operator", "text", (c) => c.notNull())
        .addColumn("customer", "blob", (c) => c.notNull())
        .addColumn("active_at", "bigint", (c) => c.notNull())
        .addColumn("last_seq", "integer", (c) => c.notNull())
        .addColumn("last_at", "bigint", (c) => c.notNull())
        .addColumn("talk", "blob")
        .addColumn("talk_version", "integer", (c) => c.notNull())
        .addColumn("claim_by", "text")
        .addColumn("claim_until", "bigint", (c) => c.notNull())
        .execute();
      await schema
        .createIndex("conversation_silent")
        .on("conversation")
        .columns(["operator", "active_at"])
        .execute();
      await schema
        .createTable("activity")
        .addColumn("conversation_id", "text", (c) => c.notNull())
        .addColumn("seq", "integer", (c) => c.notNull())
        .addColumn("id", "text", (c) => c.notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addColumn("by", "text", (c) => c.notNull())
        .addColumn("reply_to", "text")
        .addColumn("body", "blob", (c) => c.notNull())
        .addPrimaryKeyConstraint("activity_key", ["conversation_id", "seq"])
        .execute();
      await schema
        .createTable("inbox")
        .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
        .addColumn("channel", "text", (c) => c.notNull())
        .addColumn("event", "text", (c) => c.notNull())
        .addColumn("digest", "text", (c) => c.notNull())
        .addColumn("conversation_id", "text", (c) => c.notNull())
        .addColumn("kind", "text", (c) => c.notNull())
        .addColumn("activity_id", "text")
        .addColumn("received_at", "bigint", (c) => c.notNull())
        .addColumn("due_at", "bigint", (c) => c.notNull())
        .addColumn("tries", "integer", (c) => c.notNull())
        .addColumn("state", "text", (c) => c.notNull())
        .addColumn("body", "blob")
        .addUniqueConstraint("inbox_event", ["channel", "event"])
        .execute();
      await sql`create index inbox_waiting on inbox (conversation_id, id) where state <> 'done'`.execute(db);
      await schema.createIndex("inbox_age").on("inbox").column("received_at").execute();
      await schema
        .createTable("outbox")
        .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
        .addColumn("conversation_id", "text", (c) => c.notNull())
        .addColumn("seq", "integer", (c) => c.notNull())
        .addColumn("retry_key", "text", (c) => c.notNull())
        .addColumn("due_at", "bigint", (c) => c.notNull())
        .addColumn("tries", "integer", (c) => c.notNull())
        .addColumn("state", "text", (c) => c.notNull())
        .addUniqueConstraint("outbox_activity", ["conversation_id", "seq"])
        .execute();
      await schema
        .createTable("feedback")
        .addColumn("conversation_id", "text", (c) => c.notNull())
        .addColumn("activity_id", "text", (c) => c.notNull())
        .addColumn("body", "blob", (c) => c.notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addPrimaryKeyConstraint("feedback_key", ["conversation_id", "activity_id"])
        .execute();
      await schema
        .createTable("session")
        .addColumn("conversation_id", "text", (c) => c.primaryKey())
        .addColumn("resume", "text", (c) => c.notNull().unique())
        .addColumn("until", "bigint", (c) => c.notNull())
        .addColumn("generation", "integer", (c) => c.notNull())
        .execute();
      await schema
        .createTable("ticket")
        .addColumn("hash", "text", (c) => c.primaryKey())
        .addColumn("until", "bigint", (c) => c.notNull())
        .execute();
      await schema
        .createTable("proof")
        .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addColumn("cause", "text", (c) => c.notNull())
        .addColumn("operator", "text", (c) => c.notNull())
        .addColumn("conversations", "integer", (c) => c.notNull())
        .addColumn("activities", "integer", (c) => c.notNull())
        .execute();
      await schema
        .createTable("meta")
        .addColumn("name", "text", (c) => c.primaryKey())
        .addColumn("value", "text", (c) => c.notNull())
        .execute();
      await schema
        .createTable("sealed_check")
        .addColumn("id", "integer", (c) => c.primaryKey())
        .addColumn("body", "blob", (c) => c.notNull())
        .execute();
    },
  },
  {
    name: "0002-replaced-activities",
    async up(db) {
      await db.schema.alterTable("activity").addColumn("replaced", "integer").execute();
      await sql`create index activity_replaced on activity (conversation_id, replaced) where replaced is not null`.execute(
        db,
      );
    },
  },
  {
    name: "0003-requests",
    async up(db) {
      const { schema } = db;
      await schema
        .createTable("request")
        .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
        .addColumn("operator", "text", (c) => c.notNull())
        .addColumn("type", "text", (c) => c.notNull())
        .addColumn("receipt", "text", (c) => c.notNull().unique())
        .addColumn("code", "text", (c) => c.notNull())
        .addColumn("state", "text", (c) => c.notNull())
        .addColumn("received_at", "bigint", (c) => c.notNull())
        .addColumn("target_on", "text", (c) => c.notNull())
        .addColumn("conversation", "text", (c) => c.notNull())
        .addColumn("form", "integer", (c) => c.notNull())
        .addColumn("customer", "text", (c) => c.notNull())
        .addColumn("person", "text")
        .addColumn("locale", "text", (c) => c.notNull())
        .addColumn("body", "blob", (c) => c.notNull())
        .addUniqueConstraint("request_form", ["conversation", "form"])
        .execute();
      await sql`create index request_person on request (operator, person, type) where person is not null`.execute(
        db,
      );
      await schema
        .createTable("request_event")
        .addColumn("request_id", "integer", (c) => c.notNull())
        .addColumn("seq", "integer", (c) => c.notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addColumn("actor", "text", (c) => c.notNull())
        .addColumn("kind", "text", (c) => c.notNull())
        .addColumn("body", "blob")
        .addPrimaryKeyConstraint("request_event_key", ["request_id", "seq"])
        .execute();
      await schema
        .createTable("draft")
        .addColumn("code", "text", (c) => c.primaryKey())
        .addColumn("operator", "text", (c) => c.notNull())
        .addColumn("conversation", "text", (c) => c.notNull())
        .addColumn("until", "bigint", (c) => c.notNull())
        .addColumn("taken_by", "integer")
        .addColumn("body", "blob", (c) => c.notNull())
        .execute();
      await schema.createIndex("draft_conversation").on("draft").column("conversation").execute();
      await schema
        .createTable("attempt")
        .addColumn("subject", "text", (c) => c.notNull())
        .addColumn("arrival", "integer", (c) => c.notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addPrimaryKeyConstraint("attempt_key", ["subject", "arrival"])
        .execute();
      await schema.alterTable("conversation").addColumn("form_until", "bigint").execute();
      await sql`create index conversation_form on conversation (form_until) where form_until is not null`.execute(
        db,
      );
    },
  },
  {
    name: "0004-request-states",
    async up(db) {
      const { schema } = db;
      const add = (name: string, type: "text" | "bigint" | "integer") =>
        schema.alterTable("request").addColumn(name, type).execute();
      await add("promised_on", "text");
      await add("version", "integer");
      await add("paused_on", "text");
      await add("until_on", "text");
      await add("due_soon_at", "bigint");
      await add("overdue_at", "bigint");
      await add("closed_at", "bigint");
      await sql`update request set promised_on = target_on,
        version = (select count(*) from request_event e where e.request_id = request.id),
        closed_at = (select max(at) from request_event e where e.request_id = request.id and e.kind = 'withdrawn')`.execute(
        db,
      );
      await schema
        .createIndex("request_docket")
        .on("request")
        .columns(["operator", "target_on", "id"])
        .execute();
      await sql`create index request_open on request (operator, target_on, id) where closed_at is null`.execute(
        db,
      );
      await sql`create index request_clock on request (id) where closed_at is null`.execute(db);
      await sql`create unique index request_event_once on request_event (request_id, kind)
        where kind in ('due-soon', 'overdue')`.execute(db);
      for (const table of ["request_note", "request_paper"])
        await schema
          .createTable(table)
          .addColumn("request_id", "integer", (c) => c.notNull())
          .addColumn("seq", "integer", (c) => c.notNull())
          .addColumn("at", "bigint", (c) => c.notNull())
          .addColumn("body", "blob", (c) => c.notNull())
          .addPrimaryKeyConstraint(`${table}_key`, ["request_id", "seq"])
          .execute();
    },
  },
  {
    name: "0005-audit",
    async up(db) {
      const { schema } = db;
      await schema
        .createTable("audit")
        .addColumn("seq", "integer", (c) => c.primaryKey())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addColumn("actor", "text", (c) => c.notNull())
        .addColumn("role", "text", (c) => c.notNull())
        .addColumn("operator", "text", (c) => c.notNull())
        .addColumn("what", "text", (c) => c.notNull())
        .addColumn("subject", "text")
        .addColumn("reason", "blob")
        .addColumn("hash", "text", (c) => c.notNull())
        .execute();
      await sql`create index audit_subject on audit (subject) where subject is not null`.execute(db);
      await schema.alterTable("request").addColumn("held_at", "bigint").execute();
      await schema.createIndex("request_customer").on("request").columns(["operator", "customer"]).execute();
      await schema
        .alterTable("proof")
        .addColumn("requests", "integer", (c) => c.notNull().defaultTo(0))
        .execute();
    },
  },
  {
    name: "0006-notices",
    async up(db) {
      const { schema } = db;
      await schema
        .createTable("notice")
        .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
        .addColumn("key", "text", (c) => c.notNull().unique())
        .addColumn("operator", "text", (c) => c.notNull())
        .addColumn("request_id", "integer")
        .addColumn("draft", "text")
        .addColumn("audience", "text", (c) => c.notNull())
        .addColumn("kind", "text", (c) => c.notNull())
        .addColumn("address", "text")
        .addColumn("at", "bigint", (c) => c.notNull())
        .addColumn("due_at", "bigint", (c) => c.notNull())
        .addColumn("until_at", "bigint", (c) => c.notNull())
        .addColumn("tries", "integer", (c) => c.notNull())
        .addColumn("state", "text", (c) => c.notNull())
        .addColumn("body", "blob")
        .execute();
      await sql`create index notice_due on notice (due_at) where state = 'waiting'`.execute(db);
      await schema.createIndex("notice_request").on("notice").column("request_id").execute();
      await sql`create index notice_address on notice (address, at) where address is not null`.execute(db);
      await sql`create index notice_draft on notice (draft) where draft is not null`.execute(db);
      await schema
        .createTable("identity_code")
        .addColumn("request_id", "integer", (c) => c.primaryKey())
        .addColumn("conversation", "text", (c) => c.notNull())
        .addColumn("code", "text")
        .addColumn("until", "bigint", (c) => c.notNull())
        .addColumn("tries", "integer", (c) => c.notNull())
        .addColumn("used_by", "integer")
        .addColumn("confirmed_at", "bigint")
        .execute();
    },
  },
  {
    name: "0007-links",
    async up(db) {
      const { schema } = db;
      await schema
        .createTable("link")
        .addColumn("hash", "text", (c) => c.primaryKey())
        .addColumn("operator", "text", (c) => c.notNull())
        .addColumn("subject", "text", (c) => c.notNull())
        .addColumn("until", "bigint", (c) => c.notNull())
        .addColumn("opened_at", "bigint")
        .addColumn("session", "text")
        .addColumn("body", "blob", (c) => c.notNull())
        .execute();
      await schema.createIndex("link_subject").on("link").column("subject").execute();
      await schema
        .createTable("held_chat")
        .addColumn("chat", "text", (c) => c.notNull())
        .addColumn("seq", "integer", (c) => c.notNull())
        .addColumn("operator", "text", (c) => c.notNull())
        .addColumn("customer", "text", (c) => c.notNull())
        .addColumn("body", "blob", (c) => c.notNull())
        .addPrimaryKeyConstraint("held_chat_key", ["chat", "seq"])
        .execute();
      await sql`create index request_held on request (operator, conversation) where held_at is not null`.execute(
        db,
      );
    },
  },
  {
    name: "0008-line",
    async up(db) {
      const { schema } = db;
      await schema.alterTable("conversation").addColumn("party", "text").execute();
      await sql`create unique index conversation_party on conversation (party) where party is not null`.execute(
        db,
      );
      for (const table of ["inbox", "outbox"]) {
        await schema.alterTable(table).addColumn("handle", "blob").execute();
        await schema.alterTable(table).addColumn("handle_until", "bigint").execute();
      }
      await schema.alterTable("outbox").addColumn("turn", "integer").execute();
      await schema
        .createTable("taken_back")
        .addColumn("activity_id", "text", (c) => c.primaryKey())
        .addColumn("until", "bigint", (c) => c.notNull())
        .execute();
      await schema
        .createTable("line_nonce")
        .addColumn("hash", "text", (c) => c.primaryKey())
        .addColumn("request_id", "integer", (c) => c.notNull())
        .addColumn("until", "bigint", (c) => c.notNull())
        .execute();
      await schema
        .createTable("line_link")
        .addColumn("conversation_id", "text", (c) => c.notNull())
        .addColumn("request_id", "integer", (c) => c.notNull())
        .addColumn("told", "text", (c) => c.notNull())
        .addPrimaryKeyConstraint("line_link_key", ["conversation_id", "request_id"])
        .execute();
      await schema
        .createTable("line_pushes")
        .addColumn("operator", "text", (c) => c.notNull())
        .addColumn("month", "text", (c) => c.notNull())
        .addColumn("count", "integer", (c) => c.notNull())
        .addPrimaryKeyConstraint("line_pushes_key", ["operator", "month"])
        .execute();
    },
  },
  {
    name: "0009-teams",
    async up(db) {
      const { schema } = db;
      await schema
        .createTable("teams_reference")
        .addColumn("conversation_id", "text", (c) => c.primaryKey())
        .addColumn("body", "blob", (c) => c.notNull())
        .execute();
      await schema
        .createTable("teams_message")
        .addColumn("conversation_id", "text", (c) => c.notNull())
        .addColumn("activity_id", "text", (c) => c.notNull())
        .addColumn("part", "integer", (c) => c.notNull())
        .addColumn("theirs", "text")
        .addPrimaryKeyConstraint("teams_message_key", ["conversation_id", "activity_id", "part"])
        .execute();
      await schema
        .createIndex("teams_message_theirs")
        .on("teams_message")
        .columns(["conversation_id", "theirs"])
        .execute();
    },
  },
  {
    name: "0010-handoff",
    async up(db) {
      const { schema } = db;
      await schema.alterTable("conversation").addColumn("handoff", "text").execute();
      await schema.alterTable("conversation").addColumn("handoff_state", "text").execute();
      await schema
        .createTable("handoff")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("conversation_id", "text", (c) => c.notNull())
        .addColumn("operator", "text", (c) => c.notNull())
        .addColumn("channel", "text", (c) => c.notNull())
        .addColumn("locale", "text", (c) => c.notNull())
        .addColumn("state", "text", (c) => c.notNull())
        .addColumn("way", "text", (c) => c.notNull())
        .addColumn("agent", "text")
        .addColumn("requested_at", "bigint", (c) => c.notNull())
        .addColumn("assigned_at", "bigint")
        .addColumn("done_at", "bigint")
        .addColumn("seen_at", "bigint", (c) => c.notNull())
        .addColumn("told_place", "integer")
        .addColumn("told_at", "bigint")
        .addColumn("read_seq", "integer", (c) => c.notNull())
        .addColumn("rating", "text")
        .addColumn("version", "integer", (c) => c.notNull())
        .addColumn("body", "blob", (c) => c.notNull())
        .execute();
      await schema
        .createTable("handoff_note")
        .addColumn("handoff_id", "text", (c) => c.notNull())
        .addColumn("conversation_id", "text", (c) => c.notNull())
        .addColumn("seq", "integer", (c) => c.notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addColumn("body", "blob", (c) => c.notNull())
        .addPrimaryKeyConstraint("handoff_note_key", ["handoff_id", "seq"])
        .execute();
      const live = sql`where done_at is null`;
      await sql`create unique index handoff_live on handoff (conversation_id)
        where way = 'chat' and done_at is null`.execute(db);
      await sql`create index handoff_open on handoff (operator, requested_at, id) ${live}`.execute(db);
      await sql`create index handoff_pending on handoff (requested_at, id)
        where way = 'chat' and done_at is null`.execute(db);
      await schema
        .createIndex("handoff_all")
        .on("handoff")
        .columns(["operator", "requested_at", "id"])
        .execute();
      await schema.createIndex("handoff_chat").on("handoff").column("conversation_id").execute();
      await schema.createIndex("handoff_note_chat").on("handoff_note").column("conversation_id").execute();
    },
  },
  {
    name: "0011-accounts",
    async up(db) {
      const { schema } = db;
      await schema
        .createTable("account")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("login", "text", (c) => c.notNull().unique())
        .addColumn("body", "blob", (c) => c.notNull())
        .addColumn("secret", "blob", (c) => c.notNull())
        .addColumn("totp_step", "bigint", (c) => c.notNull())
        .addColumn("invitation", "text", (c) => c.unique())
        .addColumn("invited_until", "bigint", (c) => c.notNull())
        .addColumn("created_at", "bigint", (c) => c.notNull())
        .addColumn("disabled_at", "bigint")
        .execute();
      await schema
        .createTable("account_role")
        .addColumn("account", "text", (c) => c.notNull())
        .addColumn("operator", "text", (c) => c.notNull())
        .addColumn("role", "text", (c) => c.notNull())
        .addPrimaryKeyConstraint("account_role_key", ["account", "operator", "role"])
        .execute();
      await schema
        .createTable("account_recovery")
        .addColumn("account", "text", (c) => c.notNull())
        .addColumn("code", "text", (c) => c.notNull())
        .addPrimaryKeyConstraint("account_recovery_key", ["account", "code"])
        .execute();
      await schema
        .createTable("account_device")
        .addColumn("login", "text", (c) => c.notNull())
        .addColumn("device", "text", (c) => c.notNull())
        .addColumn("until", "bigint", (c) => c.notNull())
        .addPrimaryKeyConstraint("account_device_key", ["login", "device"])
        .execute();
      await schema
        .createTable("console_session")
        .addColumn("secret", "text", (c) => c.primaryKey())
        .addColumn("id", "text", (c) => c.notNull().unique())
        .addColumn("account", "text", (c) => c.notNull())
        .addColumn("begun_at", "bigint", (c) => c.notNull())
        .addColumn("seen_at", "bigint", (c) => c.notNull())
        .execute();
      await schema.createIndex("console_session_account").on("console_session").column("account").execute();
      await schema
        .createTable("sign_in_try")
        .addColumn("subject", "text", (c) => c.primaryKey())
        .addColumn("failures", "integer", (c) => c.notNull())
        .addColumn("last_at", "bigint", (c) => c.notNull())
        .addColumn("until", "bigint", (c) => c.notNull())
        .execute();
      await schema.createIndex("sign_in_try_last").on("sign_in_try").column("last_at").execute();
      await schema
        .createTable("request_prepared")
        .addColumn("request_id", "integer", (c) => c.primaryKey())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addColumn("body", "blob", (c) => c.notNull())
        .execute();
      await schema
        .createTable("read_permit")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("operator", "text", (c) => c.notNull())
        .addColumn("account", "text", (c) => c.notNull())
        .addColumn("asked_at", "bigint", (c) => c.notNull())
        .addColumn("body", "blob", (c) => c.notNull())
        .addColumn("by", "text")
        .addColumn("until", "bigint", (c) => c.notNull())
        .execute();
      await schema
        .createIndex("read_permit_account")
        .on("read_permit")
        .columns(["operator", "account"])
        .execute();
      await schema.createIndex("audit_actor").on("audit").columns(["actor", "at"]).execute();
    },
  },
  {
    name: "0012-search",
    async up(db) {
      const { schema } = db;
      await schema
        .createTable("chat_word")
        .addColumn("word", "integer", (c) => c.notNull())
        .addColumn("conversation_id", "text", (c) => c.notNull())
        .addPrimaryKeyConstraint("chat_word_key", ["word", "conversation_id"])
        .modifyEnd(sql`without rowid`)
        .execute();
      await schema.createIndex("chat_word_chat").on("chat_word").column("conversation_id").execute();
      await sql`create index handoff_held on handoff (operator, agent) where done_at is null`.execute(db);
      await sql`create index handoff_done on handoff (operator, done_at, id) where done_at is not null`.execute(
        db,
      );
      await schema.createIndex("request_chat").on("request").columns(["operator", "conversation"]).execute();
    },
  },
  {
    name: "0013-inbox",
    async up(db) {
      await sql`drop index handoff_held`.execute(db);
      await sql`create index handoff_held on handoff (operator, agent, state, requested_at, id)
        where done_at is null`.execute(db);
      await sql`create index handoff_waiting on handoff (operator, requested_at, id)
        where way = 'chat' and state = 'requested' and done_at is null`.execute(db);
      await sql`create index handoff_callback on handoff (operator, requested_at, id)
        where way = 'callback' and done_at is null`.execute(db);
    },
  },
  {
    name: "0014-read-marks",
    async up({ schema }) {
      await schema
        .createTable("read_mark")
        .addColumn("conversation_id", "text", (c) => c.notNull())
        .addColumn("seq", "integer", (c) => c.notNull())
        .addColumn("body", "blob", (c) => c.notNull())
        .addPrimaryKeyConstraint("read_mark_key", ["conversation_id", "seq"])
        .execute();
    },
  },
];
