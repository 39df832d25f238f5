import { randomBytes } from "node:crypto";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { times } from "./many.ts";

const LINES = 12;
/** Of a sealed answer. */
const BODY_BYTES = 1_900;

/** Copies a chat of a closed desk again and again, with lines that nobody will read, until the file has this size. */
export function fillWithOldChats(path: string, bytes: number): void {
  const db = new DatabaseSync(path);
  const original = db.prepare("select * from conversation limit 1").get() ?? {};
  const insert = (table: string, row: Record<string, SQLOutputValue>) => {
    const names = Object.keys(row).map((name) => `"${name}"`);
    const values = names.map(() => "?");
    db.prepare(`insert into ${table} (${names}) values (${values})`).run(...Object.values(row));
  };
  const size = db.prepare("select page_count * page_size as bytes from pragma_page_count, pragma_page_size");
  for (let n = 0; Number(size.get()?.bytes) < bytes; n += 1) {
    if (n % 100 === 0) db.exec(n === 0 ? "begin" : "commit; begin");
    const id = `old-${n}-${randomBytes(12).toString("base64url")}`;
    insert("conversation", { ...original, id, last_seq: LINES });
    for (const i of times(LINES)) {
      const [line, at, by] = [`${id}/${i}`, Number(original.active_at), i % 2 ? "bot" : "customer"];
      const activity = { id: line, conversation_id: id, seq: i + 1, at, by, reply_to: null };
      insert("activity", { ...activity, body: randomBytes(BODY_BYTES), replaced: null });
      const [received_at, due_at, event] = [at, at, line];
      const arrival = { channel: "direct-line", event, digest: "", conversation_id: id, kind: "message" };
      if (by === "customer")
        insert("inbox", {
          ...arrival,
          activity_id: line,
          received_at,
          due_at,
          tries: 1,
          state: "done",
          body: null,
        });
    }
  }
  db.exec("commit");
  db.close();
}
