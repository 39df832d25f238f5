import { sql } from "kysely";
import type { Ratings } from "../agent-console/ratings/ratings.ts";
import type { Content } from "../turn/activity.ts";
import type { Feedback } from "../turn/store.ts";
import type { Database } from "./database.ts";
import { place, type Rows } from "./rows.ts";

/** What customers thought, on a database. */
export function createRatings({ reader }: Pick<Database, "reader">, rows: Rows): Ratings {
  return {
    async answers(operator, from, until, limit) {
      const found = await reader
        .selectFrom("feedback as f")
        .innerJoin("conversation as c", "c.id", "f.conversation_id")
        .leftJoin("activity as a", (j) =>
          j.onRef("a.conversation_id", "=", "f.conversation_id").onRef("a.id", "=", "f.activity_id"),
        )
        .select(["c.id", "c.channel", "c.operator", "c.customer", "f.activity_id", "f.at", "f.body"])
        .select(["a.seq", "a.body as said"])
        .where("c.operator", "=", operator)
        .where("f.at", ">=", from)
        .where("f.at", "<", until)
        .orderBy("f.at", "desc")
        .orderBy("f.activity_id")
        .limit(limit)
        .execute();
      return found.map((row) => {
        const conversation = rows.conversation(row);
        const key = `${row.id}/${row.activity_id}`;
        const { rating, reason } = rows.seal.open(place("feedback", conversation, key), row.body) as Feedback;
        const clauses = row.said
          ? clausesOf(
              rows.seal.open(place("activity", conversation, `${row.id}/${row.seq}`), row.said) as Content,
            )
          : [];
        return { at: row.at, rating, reason, clauses };
      });
    },

    async handoffs(operator, from, until) {
      return reader
        .selectFrom("handoff")
        .select((e) => [
          "agent",
          e.fn.countAll<number>().as("ended"),
          sql<number>`sum(rating is 'up')`.as("up"),
          sql<number>`sum(rating is 'down')`.as("down"),
        ])
        .where("operator", "=", operator)
        .where("state", "=", "ended")
        .where("done_at", ">=", from)
        .where("done_at", "<", until)
        .groupBy("agent")
        .orderBy("ended", "desc")
        .execute();
    },
  };
}

function clausesOf(content: Content): readonly string[] {
  if (content.kind !== "message") return [];
  const { words } = content.message;
  return (words.parts ?? [words]).flatMap((part) => (part.kind === "answer" ? part.clauses : []));
}
