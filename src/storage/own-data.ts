import type { Selectable } from "kysely";
import type { OwnCause, OwnData, OwnKey, OwnRecord, OwnScope } from "../requests/own-data.ts";
import type { NewRequest } from "../requests/register.ts";
import { chatRecords, heldRecords, noticesTo } from "./chat-records.ts";
import { FORGET_STEP, type Forgetting, forgetChats, forgetRequests } from "./forget.ts";
import type { Opened } from "./opened.ts";
import type { RequestTable } from "./tables.ts";
import type { Witness } from "./witness.ts";

const PAGE = 500;

type RequestRow = Pick<
  Selectable<RequestTable>,
  "id" | "receipt" | "person" | "customer" | "conversation" | "held_at"
>;

/**
 * A person is who gave this name and contact (`person`), and whoever wrote from their chats and gave none. A chat from
 * which somebody else has filed too is nobody's alone.
 */
export function createOwnData({ ours, rows, audit }: Opened, witness: Witness): OwnData {
  const { reader, writer } = ours;
  const forgetting: Forgetting = { rows, audit, witness };
  const requestsOf = (operator: string) =>
    reader
      .selectFrom("request")
      .select(["id", "receipt", "person", "customer", "conversation", "held_at"])
      .where("operator", "=", operator);

  async function* chatsOf(operator: string) {
    for (let after = ""; ; ) {
      const page = await reader
        .selectFrom("conversation")
        .select(["id", "channel", "operator", "customer"])
        .where("operator", "=", operator)
        .where("id", ">", after)
        .orderBy("id")
        .limit(PAGE)
        .execute();
      for (const row of page) {
        const { channel, customer } = rows.conversation(row);
        yield { id: row.id, chat: rows.chatKey(row.id), customer: rows.customerKey(channel, customer) };
      }
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last.id;
      // A desk that serves others meanwhile gets its turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** From one request, or from a chat that nobody named anybody in. */
  async function scopeOf(
    operator: string,
    person: string | null,
    seed: { customer: string; chat?: string },
  ): Promise<OwnScope> {
    const named = person === null ? [] : await requestsOf(operator).where("person", "=", person).execute();
    const customers = new Set([seed.customer, ...named.map((row) => row.customer)]);
    const near = await requestsOf(operator)
      .where("customer", "in", [...customers])
      .execute();
    const strangers = near.filter((row) => row.person !== null && row.person !== person);
    const sharedCustomers = new Set(strangers.map((row) => row.customer));
    const nameless = near.filter((row) => row.person === null);
    const own = new Map<number, RequestRow>(named.map((row) => [row.id, row]));
    for (const row of nameless) if (!sharedCustomers.has(row.customer)) own.set(row.id, row);
    let shared = nameless.filter((row) => sharedCustomers.has(row.customer)).length;
    const filedFrom = new Set([...own.values()].map((row) => row.conversation));
    const chats: string[] = [];
    for await (const { id, chat, customer } of chatsOf(operator)) {
      if (id !== seed.chat && !filedFrom.has(chat) && !customers.has(customer)) continue;
      if (sharedCustomers.has(customer)) shared += 1;
      else chats.push(id);
    }
    const requests = [...own.values()].map(({ id, receipt, held_at }) => ({
      id,
      receipt,
      held: held_at !== null,
    }));
    const kept: string[] = [];
    const aside = await reader
      .selectFrom("held_chat")
      .select(["chat", "customer"])
      .distinct()
      .where("operator", "=", operator)
      .execute();
    for (const { chat, customer } of aside) {
      if (!filedFrom.has(chat) && !customers.has(customer)) continue;
      if (sharedCustomers.has(customer)) shared += 1;
      else kept.push(chat);
    }
    return { operator, requests, chats, kept, shared };
  }

  return {
    async find(operator, key: OwnKey) {
      if (key.by === "receipt") {
        const receipt = rows.receiptKey(key.receipt);
        const row = await requestsOf(operator).where("receipt", "=", receipt).executeTakeFirst();
        return row && scopeOf(operator, row.person, row);
      }
      const found = await reader
        .selectFrom("conversation")
        .select(["id", "channel", "operator", "customer"])
        .where("id", "=", key.conversation)
        .where("operator", "=", operator)
        .executeTakeFirst();
      if (!found) return undefined;
      const { id, channel, customer } = rows.conversation(found);
      const filed = await requestsOf(operator)
        .where("customer", "=", rows.customerKey(channel, customer))
        .execute();
      const persons = new Set(filed.flatMap((row) => row.person ?? []));
      if (persons.size > 1) return "several";
      const [person = null] = persons;
      return scopeOf(operator, person, { customer: rows.customerKey(channel, customer), chat: id });
    },

    async export(scope: OwnScope, cause: OwnCause) {
      const { operator, requests, chats, kept } = scope;
      const subjects = requests.map(({ receipt }) => receipt);
      await writer.write(async (tx) => {
        for (const subject of subjects.length > 0 ? subjects : chats.map(rows.chatKey))
          await audit.append(tx, { ...cause, operator, what: "export", subject });
      });
      return async function* () {
        for (const { id } of requests) yield* requestRecord(operator, id);
        for (const chat of chats) yield* chatRecords(reader, rows, chat);
        for (const chat of kept) yield* heldRecords(reader, rows, operator, chat);
      };
    },

    async erase(scope, cause) {
      const { operator } = scope;
      const forgotten = { ...cause, proof: "customer", what: "erase" } as const;
      const free = scope.requests.filter(({ held }) => !held);
      let requests = 0;
      for (let from = 0; from < free.length; from += FORGET_STEP)
        requests += await writer.write(async (tx) => {
          const ids = free.slice(from, from + FORGET_STEP).map(({ id }) => id);
          const there = await tx
            .selectFrom("request")
            .select(["id", "receipt"])
            .where("id", "in", ids)
            .where("held_at", "is", null)
            .execute();
          if (there.length > 0) await forgetRequests(tx, forgetting, operator, there, forgotten);
          return there.length;
        });
      let [chats, kept] = [0, scope.kept.length];
      for (let from = 0; from < scope.chats.length; from += FORGET_STEP)
        await writer
          .write(async (tx) => {
            const there = await tx
              .selectFrom("conversation")
              .select("id")
              .where("id", "in", scope.chats.slice(from, from + FORGET_STEP))
              .execute();
            const ids = there.map(({ id }) => id);
            if (ids.length === 0) return { gone: 0, kept: 0 };
            const { conversations: gone } = await forgetChats(tx, forgetting, operator, ids, forgotten);
            return { gone, kept: ids.length - gone };
          })
          .then((step) => {
            chats += step.gone;
            kept += step.kept;
          });
      if (requests + chats + kept > 0) await ours.compact();
      return { requests, chats, held: { requests: scope.requests.length - free.length, chats: kept } };
    },
  };

  async function* requestRecord(operator: string, id: number): AsyncGenerator<OwnRecord> {
    const row = await reader.selectFrom("request").selectAll().where("id", "=", id).executeTakeFirst();
    if (!row) return;
    const events = await reader
      .selectFrom("request_event")
      .select(["at", "actor", "kind"])
      .where("request_id", "=", id)
      .orderBy("seq")
      .execute();
    const notices = await noticesTo(reader, { request: id });
    const body = rows.seal.open({ column: "request", operator, row: row.receipt }, row.body);
    const { answers, consent, receipt } = body as Pick<NewRequest, "answers" | "consent" | "receipt">;
    const { type, state, received_at: receivedAt, target_on: targetOn } = row;
    yield { kind: "request", receipt, type, state, receivedAt, targetOn, answers, consent, events, notices };
  }
}
