import type { Activity } from "../turn/activity.ts";
import type { Transcript } from "../turn/store.ts";
import type { Talk } from "../turn/talk.ts";
import type { Database } from "./database.ts";
import type { Rows } from "./rows.ts";
import type { Tx } from "./writer.ts";

/** A line that was taken back before it came is known this long: as long as its event could come again. */
const REMEMBER_MS = 8 * 86_400_000;

/** Replies of these kinds are a form's: what they answered stands in it. */
const OF_A_FORM: ReadonlySet<string> = new Set(["ask", "request", "review"]);

/** A customer takes a line back: what it leaves behind in the database goes with it, in one transaction. */
export function createTakeBack({ writer }: Database, rows: Rows): Transcript["takeBack"] {
  return ({ channel, ...party }, activityId, now) =>
    writer.write(async (tx) => {
      await tx
        .insertInto("taken_back")
        .values({ activity_id: activityId, until: now + REMEMBER_MS })
        .onConflict((c) => c.doNothing())
        .execute();
      const chat = await tx
        .selectFrom("conversation")
        .selectAll()
        .where("party", "=", rows.partyKey(channel, party))
        .executeTakeFirst();
      if (!chat) return undefined;
      const conversation = rows.conversation(chat);
      const found = await tx
        .selectFrom("activity")
        .selectAll()
        .where("conversation_id", "=", chat.id)
        .where((e) => e.or([e("id", "=", activityId), e("reply_to", "=", activityId)]))
        .orderBy("seq")
        .execute();
      const lines = found.map((row) => rows.activity(conversation, row));
      const [line] = lines;
      if (line?.content.kind !== "incoming" || isBare(line)) return undefined;
      const replaced = lines.map(withoutWords);
      for (const each of replaced)
        await tx
          .updateTable("activity")
          .set({ body: rows.activityBody(conversation, each), replaced: chat.last_seq + 1 })
          .where("conversation_id", "=", chat.id)
          .where("seq", "=", each.seq)
          .execute();
      await tx
        .updateTable("inbox")
        .set({ state: "done", body: null, handle: null, handle_until: null })
        .where("conversation_id", "=", chat.id)
        .where("activity_id", "=", activityId)
        .execute();
      await tx
        .deleteFrom("read_mark")
        .where("conversation_id", "=", chat.id)
        .where("seq", "=", line.seq)
        .execute();
      const unsaid = replaced.map(({ seq }) => seq);
      await tx
        .deleteFrom("outbox")
        .where("conversation_id", "=", chat.id)
        .where("seq", "in", unsaid)
        .execute();
      const talk = rows.talk(chat);
      const left = talk && lines.some(isOfForm) ? withoutForm(talk) : talk;
      await tx
        .updateTable("conversation")
        .set({
          // A turn that still has the words is not committed any more.
          talk_version: chat.talk_version + 1,
          ...(left && left !== talk ? { talk: rows.sealedTalk(conversation, left), form_until: null } : {}),
        })
        .where("id", "=", chat.id)
        .execute();
      return { conversation, replaced };
    });
}

export async function isTakenBack(tx: Tx, activityId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("taken_back")
    .select("until")
    .where("activity_id", "=", activityId)
    .executeTakeFirst();
  return row !== undefined;
}

/** The same line, of which nothing is left but that it was there. */
export function withoutWords(activity: Activity): Activity {
  const { content } = activity;
  if (content.kind === "incoming")
    return { ...activity, content: { kind: "incoming", incoming: {}, platform: {} } };
  const { locale } = content.message;
  const message = { locale, text: "", choices: [], words: { kind: "notice" as const } };
  return { ...activity, content: { kind: "message", message } };
}

const isBare = ({ content }: Activity) =>
  content.kind === "incoming" && Object.keys(content.incoming).length === 0;

const isOfForm = ({ content }: Activity) =>
  content.kind === "message" && OF_A_FORM.has(content.message.words.kind);

/** `dialogAt` stays, so that whoever goes on hears that the form is gone. */
function withoutForm(talk: Talk): Talk {
  const { dialog: _, ...rest } = talk;
  return rest;
}
