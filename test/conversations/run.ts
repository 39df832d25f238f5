import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Part } from "../../src/reply/words.ts";
import { showCode, showReceipt } from "../../src/requests/receipt.ts";
import type { Incoming } from "../../src/turn/talk.ts";
import { ROOT } from "../support/repository.ts";
import type { Held, OpenTalk, TalkDesk, Told } from "../support/talk-desk.ts";
import { type Line, parseTranscript } from "./transcript.ts";

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
function broken(line: Line, messages: readonly Told[], held: Held): string[] {
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

function holds(held: Held, claim: string): boolean {
  const [, slot = "", value] = /^([a-z-]+)(?:=(.+))?$/.exec(claim) ?? [];
  return value === undefined ? held[slot] === undefined : JSON.stringify(held[slot]) === value;
}

/** With the number, the status code, the resume code and the mailed code that were given last. */
function filledIn(incoming: Incoming, { changes }: TalkDesk): Incoming {
  const request = changes.flatMap((change) => (change.do === "file" ? [change.request] : [])).at(-1);
  const draft = changes.findLast((change) => change.do === "save");
  const mailed = changes.findLast((change) => change.do === "mail-code");
  const text = incoming.text
    ?.replace("{mailed}", mailed?.code ?? "")
    .replace("{receipt}", request ? showReceipt(request.receipt) : "")
    .replace("{code}", request ? showCode(request.code) : "")
    .replace("{draft}", draft ? showCode(draft.code) : "");
  return text === undefined ? incoming : { ...incoming, text };
}

/** What is wrong with a transcript, spoken with a desk that begins for it; empty when it goes as promised. */
export async function problemsOf(file: string, open: OpenTalk): Promise<string[]> {
  const { operator, locale, mail, lines } = parseTranscript(file, readFileSync(join(ROOT, file), "utf8"));
  const desk = await open({ operator, locale, mail });
  const problems: string[] = [];
  for (const line of lines) {
    if (line.fresh) await desk.begin();
    if (line.hours > 0) await desk.pass(line.hours * 3_600_000);
    const { messages } = await desk.say(filledIn(line.incoming, desk));
    const typed = line.incoming.text ?? line.incoming.command ?? "(image)";
    problems.push(...broken(line, messages, desk.held()).map((b) => `${file}:${line.at}: ${typed}: ${b}`));
  }
  return problems;
}
