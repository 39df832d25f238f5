import { lastDaySoon } from "../requests/clock.ts";
import { dayOf } from "../requests/deadline.ts";
import type { Docket, Due, Listed, Prepared, Released, Stepped } from "../requests/docket.ts";
import { EventsBroken, move as judged, lastChange, type Step } from "../requests/state.ts";
import type { Database } from "./database.ts";
import { applyStep, eventsOf, type Ledger, type RequestRow, requestRow } from "./requests.ts";
import type { Rows } from "./rows.ts";
import { SealBroken } from "./seal.ts";
import type { Tx } from "./writer.ts";

const MOST = 500;

/** The register as the staff work on it, on a database. */
export function createDocket({ writer, reader }: Database, ledger: Ledger): Docket {
  const { rows, appendAudit } = ledger;
  async function add(
    table: "request_note" | "request_paper",
    { operator, receipt }: { operator: string; receipt: string },
    at: number,
    bodyOf: (request: RequestRow, seq: number) => Uint8Array,
  ): Promise<boolean> {
    return writer.write(async (tx) => {
      const request = await requestRow(tx, rows, operator, receipt);
      if (!request) return false;
      const { last } = await tx
        .selectFrom(table)
        .select((e) => e.fn.coalesce(e.fn.max("seq"), e.lit(0)).as("last"))
        .where("request_id", "=", request.id)
        .executeTakeFirstOrThrow();
      const seq = last + 1;
      await tx
        .insertInto(table)
        .values({ request_id: request.id, seq, at, body: bodyOf(request, seq) })
        .execute();
      return true;
    });
  }

  return {
    async list({ operator, states, types, open, dueBy }, limit, after) {
      const most = Math.max(1, Math.min(MOST, Math.trunc(limit)));
      let query = reader.selectFrom("request").selectAll().where("operator", "=", operator);
      if (open) query = query.where("closed_at", "is", null);
      if (states) query = query.where("state", "in", states);
      if (types) query = query.where("type", "in", types);
      if (dueBy !== undefined) query = query.where("target_on", "<=", dueBy);
      if (after)
        query = query.where((e) =>
          e.or([
            e("target_on", ">", after.targetOn),
            e.and([e("target_on", "=", after.targetOn), e("id", ">", after.id)]),
          ]),
        );
      const found = await query
        .orderBy("target_on")
        .orderBy("id")
        .limit(most + 1)
        .execute();
      const page = found.slice(0, most);
      const last = page.at(-1);
      return {
        requests: page.map((row) => rows.listed(row)),
        next: found.length > most && last ? { targetOn: last.target_on, id: last.id } : null,
      };
    },

    async show(operator, receipt) {
      // One transaction: what is shown has stood there together.
      return reader.transaction().execute(async (tx) => {
        const row = await requestRow(tx, rows, operator, receipt);
        if (!row) return undefined;
        const events = await eventsOf(tx, rows, row);
        rows.provenStanding(row, events);
        const words = (table: "request_note" | "request_paper") =>
          tx.selectFrom(table).selectAll().where("request_id", "=", row.id).orderBy("seq").execute();
        const [notes, papers] = [await words("request_note"), await words("request_paper")];
        const posted = await tx
          .selectFrom("notice")
          .select(["kind", "audience", "at", "state", "tries"])
          .where("request_id", "=", row.id)
          .orderBy("id")
          .execute();
        const { answers, consent } = rows.requestBody(row);
        const prepared = await preparedOf(tx, rows, row);
        return {
          ...rows.listed(row),
          answers,
          consent,
          events,
          notes: notes.map((each) => rows.note(row, each)),
          papers: papers.map((each) => rows.paper(row, each)),
          prepared: prepared?.after === lastChange(events) ? prepared : null,
          notices: posted.map(({ audience, ...notice }) => ({ for: audience, ...notice })),
        };
      });
    },

    move({ operator, receipt, version }, step, actor, now, audit) {
      return writer.write(async (tx): Promise<Stepped> => {
        const row = await requestRow(tx, rows, operator, receipt);
        if (!row) return { kind: "unknown" };
        if (row.version !== version) return { kind: "changed" };
        const moved = await applyStep(tx, ledger, row, step, actor, now);
        if (!moved.ok) return { kind: "refused", issue: moved.issue };
        await appendAudit(tx, audit);
        const request: Listed = { ...rows.listed(row), ...moved.standing };
        return { kind: "moved", request };
      });
    },

    prepare({ operator, receipt, version }, step, by, now, audit) {
      return writer.write(async (tx): Promise<Stepped> => {
        const row = await requestRow(tx, rows, operator, receipt);
        if (!row) return { kind: "unknown" };
        if (row.version !== version) return { kind: "changed" };
        const events = await eventsOf(tx, rows, row);
        const moved = judged(rows.provenStanding(row, events), step, { by: "officer" }, now);
        if (!moved.ok) return { kind: "refused", issue: moved.issue };
        const before = await preparedOf(tx, rows, row);
        // What says which one it is must be new each time.
        const at = Math.max(now, (before?.at ?? 0) + 1);
        const prepared: Prepared = { step, by, at, after: lastChange(events) };
        await tx.deleteFrom("request_prepared").where("request_id", "=", row.id).execute();
        await tx
          .insertInto("request_prepared")
          .values({ request_id: row.id, at, body: rows.preparedBody(row, prepared) })
          .execute();
        await appendAudit(tx, audit);
        return { kind: "moved", request: rows.listed(row) };
      });
    },

    release({ operator, receipt, preparedAt }, by, now, audit) {
      return writer.write(async (tx): Promise<Released> => {
        const row = await requestRow(tx, rows, operator, receipt);
        if (!row) return { kind: "unknown" };
        const prepared = await preparedOf(tx, rows, row);
        if (prepared?.at !== preparedAt || prepared.after !== lastChange(await eventsOf(tx, rows, row)))
          return { kind: "changed" };
        if (prepared.by.account === by.account) return { kind: "own" };
        const actor = { by: "officer", name: prepared.by.name, second: by.name } as const;
        const moved = await applyStep(tx, ledger, row, prepared.step, actor, now);
        if (!moved.ok) return { kind: "refused", issue: moved.issue };
        await tx.deleteFrom("request_prepared").where("request_id", "=", row.id).execute();
        await appendAudit(tx, audit);
        return { kind: "moved", request: { ...rows.listed(row), ...moved.standing } };
      });
    },

    takeBack({ operator, receipt, preparedAt }, audit) {
      return writer.write(async (tx) => {
        const row = await requestRow(tx, rows, operator, receipt);
        const prepared = row && (await preparedOf(tx, rows, row));
        if (!row || prepared?.at !== preparedAt) return false;
        await tx.deleteFrom("request_prepared").where("request_id", "=", row.id).execute();
        await appendAudit(tx, audit);
        return true;
      });
    },

    addNote: (at, note) =>
      add("request_note", at, note.at, (request, seq) => rows.noteBody(request, seq, note)),
    addPaper: (at, paper) =>
      add("request_paper", at, paper.at, (request, seq) => rows.paperBody(request, seq, paper)),

    async tick(now, limit, after) {
      const today = dayOf(now);
      return writer.write(async (tx) => {
        const found = await tx
          .selectFrom("request")
          .selectAll()
          .where("closed_at", "is", null)
          .where("id", ">", after)
          .where((e) =>
            e.or([
              e("until_on", "<", today),
              e.and([
                e("paused_on", "is", null),
                e.or([
                  e.and([e("overdue_at", "is", null), e("target_on", "<", today)]),
                  e.and([
                    e("due_soon_at", "is", null),
                    e("target_on", ">=", today),
                    e("target_on", "<=", lastDaySoon(now)),
                  ]),
                ]),
              ]),
            ]),
          )
          .orderBy("id")
          .limit(limit)
          .execute();
        const due: Due[] = [];
        let broken = 0;
        for (const row of found) {
          try {
            due.push(...(await said(tx, ledger, row, now)));
          } catch (error) {
            // One that was tampered with keeps no other one from its warning.
            if (!(error instanceof EventsBroken || error instanceof SealBroken)) throw error;
            broken += 1;
          }
        }
        return { due, broken, next: found.length === limit ? (found.at(-1)?.id ?? null) : null };
      });
    },
  };
}

async function preparedOf(tx: Tx, rows: Rows, request: RequestRow): Promise<Prepared | undefined> {
  const found = await tx
    .selectFrom("request_prepared")
    .selectAll()
    .where("request_id", "=", request.id)
    .executeTakeFirst();
  return found && rows.prepared(request, found);
}

/** What the clock says of one request now. */
async function said(tx: Tx, ledger: Ledger, row: RequestRow, now: number): Promise<Due[]> {
  const { receipt } = ledger.rows.requestBody(row);
  const { operator, type } = row;
  for (const kind of ["expired", "overdue", "due-soon"] as const) {
    const step: Step = { kind };
    const moved = await applyStep(tx, ledger, row, step, { by: "clock" }, now);
    if (moved.ok) return [{ operator, type, receipt, kind }];
  }
  return [];
}
