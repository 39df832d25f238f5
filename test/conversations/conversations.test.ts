import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formOn } from "../../src/dialog/stack.ts";
import type { Part } from "../../src/reply/words.ts";
import { showCode, showReceipt } from "../../src/requests/receipt.ts";
import type { Incoming, Outcome } from "../../src/turn/talk.ts";
import { theBrain, theMailingBrain } from "../support/brain.ts";
import { type FilingDesk, filingDesk } from "../support/filing-desk.ts";
import { filesBelow, ROOT } from "../support/repository.ts";
import { type Line, parseTranscript } from "./transcript.ts";

const [brain, mailing] = await Promise.all([theBrain(), theMailingBrain()]);
const files = filesBelow("test/conversations", ".txt");

/** A reply as a transcript names it, in full: `answer call-recording`. */
function nameOf(part: Part): string {
  switch (part.kind) {
    case "answer":
      return `answer ${part.clauses[0]}`;
    case "request":
      return `request ${part.request}`;
    case "smalltalk":
      return `smalltalk ${part.intent}`;
    case "out-of-scope":
      return `out-of-scope ${part.reason}`;
    case "clarify":
      return `clarify ${part.clarify.map((o) => o.id).join(" ")}`;
    case "ask":
      return `ask ${part.slot}`;
    case "status":
      return `status ${part.state}`;
    case "handoff":
    case "notice":
    case "review":
    case "receipt":
      return part.kind;
  }
}

/** What is wrong with a reply; empty when it keeps its promises. */
function broken(line: Line, { messages }: Outcome, held: Held): string[] {
  const [first] = messages;
  if (!first) return ["said nothing"];
  const { words, locale } = first;
  const text = messages.map((message) => message.text).join("\n\n");
  const said = nameOf(words);
  const parts = messages
    .flatMap((message) => message.words.parts ?? [message.words])
    .map(nameOf)
    .join(", ");
  const folded = text.toLowerCase();
  return [
    ...(line.wanted === "something" || said === line.wanted || said.startsWith(`${line.wanted} `)
      ? []
      : [`wanted ${line.wanted}, said ${said}`]),
    ...(line.parts === undefined || line.parts === parts
      ? []
      : [`wanted parts ${line.parts}, said ${parts}`]),
    ...(line.locale === undefined || line.locale === locale ? [] : [`wanted ${line.locale}, said ${locale}`]),
    ...line.says.filter((s) => !folded.includes(s.toLowerCase())).map((s) => `does not say ${s}`),
    ...line.not.filter((s) => folded.includes(s.toLowerCase())).map((s) => `says ${s}`),
    ...line.holds.filter((h) => !holds(held, h)).map((h) => `does not hold ${h}: ${JSON.stringify(held)}`),
  ];
}

type Held = Readonly<Record<string, unknown>>;

/** What was told so far, or in the request that was filed. */
function heldBy(desk: FilingDesk): Held {
  return formOn(desk.talk.dialog)?.answers ?? desk.filed().at(-1)?.answers ?? {};
}

function holds(held: Held, claim: string): boolean {
  const [, slot = "", value] = /^([a-z-]+)(?:=(.+))?$/.exec(claim) ?? [];
  return value === undefined ? held[slot] === undefined : JSON.stringify(held[slot]) === value;
}

/** With the number, the status code, the resume code and the mailed code that were given last. */
function filledIn(incoming: Incoming, { changes, filed }: FilingDesk): Incoming {
  const request = filed().at(-1);
  const draft = changes.findLast((change) => change.do === "save");
  const mailed = changes.findLast((change) => change.do === "mail-code");
  const text = incoming.text
    ?.replace("{mailed}", mailed?.code ?? "")
    .replace("{receipt}", request ? showReceipt(request.receipt) : "")
    .replace("{code}", request ? showCode(request.code) : "")
    .replace("{draft}", draft ? showCode(draft.code) : "");
  return text === undefined ? incoming : { ...incoming, text };
}

async function problemsOf(file: string): Promise<string[]> {
  const { operator, locale, mail, lines } = parseTranscript(file, readFileSync(join(ROOT, file), "utf8"));
  const desk = filingDesk(mail ? mailing : brain, { operator, locale });
  const problems: string[] = [];
  for (const line of lines) {
    if (line.fresh) desk.begin();
    desk.now += line.hours * 3_600_000;
    const outcome = await desk.say(filledIn(line.incoming, desk));
    const typed = line.incoming.text ?? line.incoming.command ?? "(image)";
    problems.push(...broken(line, outcome, heldBy(desk)).map((b) => `${file}:${line.at}: ${typed}: ${b}`));
  }
  return problems;
}

const kinds = Map.groupBy(files, (f) => f.split("/")[2] ?? "");

describe.each([...kinds])("a talk with trouble of the kind %s goes as promised:", (_, list) => {
  it.each(list.map((f) => [f.split("/").slice(3).join("/").replace(".txt", "").replaceAll("-", " "), f]))(
    "%s",
    async (_title, file) => {
      expect(await problemsOf(file)).toEqual([]);
    },
  );
});

describe("the transcripts", () => {
  it("speak with every operator in both languages", () => {
    const desks = files.map((f) => {
      const { operator, locale } = parseTranscript(f, readFileSync(join(ROOT, f), "utf8"));
      return `${operator} ${locale}`;
    });
    const wanted = brain.operators.flatMap((o) => [`${o} ja`, `${o} en`]);
    expect(wanted.filter((w) => !desks.includes(w))).toEqual([]);
  });

  it("are refused when they promise nothing", () => {
    const header = "operator: jcom\nlocale: ja\n";
    expect(() => parseTranscript("x.txt", `${header}> a\n> b\nhandoff\n`)).toThrow("x.txt:4");
    expect(() => parseTranscript("x.txt", "> a\nhandoff\n")).toThrow("begin with operator");
    expect(() => parseTranscript("x.txt", `${header}> a\nhandoff\nsay: b\n`)).toThrow("x.txt:5");
  });
});
