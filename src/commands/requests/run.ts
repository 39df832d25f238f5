import type { Wording } from "../../agent-console/register/words.ts";
import type { Content } from "../../knowledge/content.ts";
import { speakerOf } from "../../knowledge/speaker.ts";
import { letter, letterOf } from "../../pages/letter.ts";
import type { Audit, AuditEntry } from "../../requests/audit.ts";
import type { Docket, Listed } from "../../requests/docket.ts";
import { GROUNDS } from "../../requests/grounds.ts";
import { showReceipt } from "../../requests/receipt.ts";
import { EventsBroken } from "../../requests/state.ts";
import { mask } from "../../understanding/personal/mask.ts";
import { type Narrow, type Order, readOptions, type Who } from "./options.ts";
import { csvHead, csvRecord, jsonRecord } from "./records.ts";
import { listLine, showText } from "./words.ts";

const PAGE = 200;

export interface RequestsDesk {
  docket: Docket;
  audit: Audit;
  content: Pick<Content, "operators" | "topics" | "law" | "procedures">;
  wording: Omit<Wording, "locale">;
  now: () => number;
  /** To the person at the terminal, as it is. */
  write(text: string): void;
  /** Begins a file that does not exist yet, readable by its owner alone; undefined when there is one. */
  create(path: string): { write(text: string): void; close(): void } | undefined;
}

/** `npm run requests`: gives the code to end with, 0 when it was done. What is seen or done is recorded before it is told. */
export async function runRequests(args: readonly string[], desk: RequestsDesk): Promise<number> {
  const { content, wording } = desk;
  const read = readOptions(args, [...content.operators.keys()], wording.texts);
  if (!read.ok) {
    for (const problem of read.problems) desk.write(`${problem}\n`);
    return 1;
  }
  const { who, order, locale } = read;
  const t = wording.texts[locale];
  try {
    const problem = await carryOut(desk, { ...wording, locale }, who, order);
    if (problem) desk.write(`${problem}\n`);
    return problem ? 1 : 0;
  } catch (error) {
    if (!(error instanceof EventsBroken)) throw error;
    desk.write(`${t("staff:problem.broken")}\n`);
    return 1;
  }
}

/** What went wrong, in words; undefined when all went well. */
async function carryOut(
  desk: RequestsDesk,
  wording: Wording,
  who: Who,
  order: Order,
): Promise<string | undefined> {
  const { docket, audit } = desk;
  const { operator } = who;
  const t = wording.texts[wording.locale];
  const problem = (key: string) => t(`staff:problem.${key}`);
  const say = (text: string) => desk.write(`${text}\n`);
  const now = desk.now();
  const entry = (what: AuditEntry["what"], subject: string | null): AuditEntry => {
    const { actor, role, reason } = who;
    return { at: now, actor, role, operator, what, subject, reason: mask(reason).text };
  };

  switch (order.do) {
    case "list": {
      await audit.record(entry("list", null));
      let count = 0;
      for await (const request of all(docket, operator, order.narrow)) {
        say(listLine(wording, request, now));
        count += 1;
      }
      say(t("staff:list.count", { count }));
      return undefined;
    }
    case "show": {
      await audit.record(entry("show", order.receipt));
      const request = await docket.show(operator, order.receipt);
      if (!request) return problem("unknown");
      say(showText(wording, request, now, order.reveal));
      return undefined;
    }
    case "move": {
      const { receipt, step } = order;
      const request = await docket.show(operator, receipt);
      if (!request) return problem("unknown");
      const version = order.version ?? request.version;
      const by = { by: "officer", name: who.actor } as const;
      const done = await docket.move({ operator, receipt, version }, step, by, now, entry("move", receipt));
      switch (done.kind) {
        case "moved": {
          const state = t(`staff:state.${done.request.state}`);
          const { version } = done.request;
          say(t("staff:moved", { receipt: showReceipt(receipt), state, version }));
          return undefined;
        }
        case "refused":
          return t(`staff:issue.${done.issue}`, { known: GROUNDS[request.type].join(", ") });
        case "unknown":
        case "changed":
          return problem(done.kind);
      }
      break;
    }
    case "letter":
      return writeLetter(desk, wording, who, order, entry("letter", order.receipt));
    case "export": {
      const { format, reveal, narrow, out } = order;
      await audit.record(entry("export", null));
      const file =
        out === undefined ? { write: (text: string) => desk.write(text), close() {} } : desk.create(out);
      if (!file) return problem("out");
      const csv = format === "csv";
      file.write(csv ? csvHead(wording, reveal) : "[\n");
      let first = true;
      for await (const listed of all(docket, operator, narrow)) {
        const request = reveal ? ((await docket.show(operator, listed.receipt)) ?? listed) : listed;
        const text = csv ? csvRecord(wording, request, now) : jsonRecord(wording, request, now);
        file.write(csv || first ? text : `,\n${text}`);
        first = false;
      }
      if (!csv) file.write("\n]\n");
      file.close();
      return undefined;
    }
    case "verify": {
      const verified = await audit.verify();
      if (!verified.ok) return t("staff:audit.broken", { row: verified.bad });
      say(t("staff:audit.whole", { rows: verified.head.seq }));
      return undefined;
    }
  }
}

/** Every request that fits, page by page. */
async function* all(docket: Docket, operator: string, narrow: Narrow): AsyncGenerator<Listed> {
  for (let page = await docket.list({ operator, ...narrow }, PAGE); ; ) {
    yield* page.requests;
    if (!page.next) return;
    page = await docket.list({ operator, ...narrow }, PAGE, page.next);
  }
}

async function writeLetter(
  desk: RequestsDesk,
  wording: Wording,
  { operator, actor }: Who,
  { receipt, decision, out }: Extract<Order, { do: "letter" }>,
  entry: AuditEntry,
): Promise<string | undefined> {
  const { docket, audit, content } = desk;
  const t = wording.texts[wording.locale];
  const request = await docket.show(operator, receipt);
  const facts = content.operators.get(operator);
  if (!request || !facts) return t("staff:problem.unknown");
  const said = letterOf(request, content.procedures.get(request.type)?.grounds ?? {});
  if (said?.decision !== decision)
    return t("staff:problem.undecided", { state: t(`staff:state.${request.state}`) });
  await audit.record(entry);
  const page = letter(said, speakerOf(facts, content), wording.texts);
  const file = desk.create(out);
  if (!file) return t("staff:problem.out");
  await docket.addPaper({ operator, receipt }, { audience: "customer", at: entry.at, by: actor, html: page });
  file.write(page);
  file.close();
  desk.write(`${t("staff:written", { file: out })}\n`);
  return undefined;
}
