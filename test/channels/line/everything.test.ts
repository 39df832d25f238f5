import { afterAll, beforeAll, expect, it } from "vitest";
import type { Locale } from "../../../src/reply/locale.ts";
import { showCode, showReceipt } from "../../../src/requests/receipt.ts";
import { REQUEST_TYPES, type RequestType } from "../../../src/requests/request-type.ts";
import { ANSWERS } from "../../support/answers.ts";
import { theBrain } from "../../support/brain.ts";
import { type LineDesk, lineDesk } from "../../support/line-desk.ts";
import { LONG, random, SEED } from "../../support/long.ts";
import { readTable } from "../../support/table.ts";
import type { TalkDesk, Told } from "../../support/talk-desk.ts";
import { sharedFolder } from "../../support/temp.ts";

const folder = sharedFolder();
const brain = await theBrain();
let on: LineDesk;

beforeAll(async () => {
  console.info(`seed ${SEED}`);
  on = await lineDesk(brain, folder.path);
});
afterAll(async () => {
  expect(on.line.problems).toEqual([]);
  await on.close();
  folder.remove();
});

const next = random();
/** A few of them, or all in the long run. */
const some = <T>(all: readonly T[], few: number): T[] =>
  LONG
    ? [...all]
    : all
        .map((one) => ({ one, at: next() }))
        .sort((a, b) => a.at - b.at)
        .slice(0, few)
        .map(({ one }) => one);

const questions = readTable("test/knowledge/direct-questions.tsv");

it("a question on a clause of an operator brings that clause", async () => {
  const asked = some(questions, 8);
  const failing: string[] = [];
  for (const { operator, locale, cells } of asked) {
    const [clause = "", question = ""] = cells;
    const chat = await on.open({ operator, locale });
    const [first] = (await chat.say({ text: question })).messages;
    const words = first?.words;
    if (words?.kind !== "answer" || words.clauses[0] !== clause)
      failing.push(`${operator} ${clause}: ${question}`);
  }
  expect(failing).toEqual([]);
  console.info(`${asked.length} questions on LINE`);
}, 600_000);

type Filed = { receipt: string; code: string };

/** Answers whatever is asked until there is a receipt, or a request as it stands; gives the last thing that was said. */
async function through(
  chat: TalkDesk,
  type: RequestType,
  locale: Locale,
  known?: Filed,
): Promise<Told | undefined> {
  let told = (await chat.say({ command: `request:${type}` })).messages.at(-1);
  for (let steps = 0; steps < 40 && told; steps += 1) {
    const part = told.words.parts?.at(-1) ?? told.words;
    if (part.kind === "review")
      told = (await chat.say({ command: `form:${part.n}.confirm` })).messages.at(-1);
    else if ((part.kind === "ask" || part.kind === "request") && part.slot !== undefined)
      told = (await chat.say({ text: answerTo(part.slot, locale, known) })).messages.at(-1);
    else return told;
  }
  return told;
}

function answerTo(slot: string, locale: Locale, known?: Filed): string {
  if (slot === "receipt-number") return showReceipt(known?.receipt ?? "");
  if (slot === "status-code") return showCode(known?.code ?? "");
  return ANSWERS[slot]?.[locale][0]?.say ?? "222-222-2222";
}

const filedIn = ({ changes }: TalkDesk): Filed[] =>
  changes.flatMap((change) => (change.do === "file" ? [change.request] : []));

const desks = brain.operators.flatMap((operator) =>
  (["ja", "en"] as const).map((locale) => ({ operator, locale })),
);

it("each of the thirteen procedures is gone through to its end", async () => {
  const cases = some(
    desks.flatMap((desk) => REQUEST_TYPES.map((type) => ({ ...desk, type }))),
    2,
  );
  const failing: string[] = [];
  for (const { operator, locale, type } of cases) {
    const chat = await on.open({ operator, locale });
    if (type === "status" || type === "withdraw") {
      await through(chat, "opt-out-marketing", locale);
      const told = await through(chat, type, locale, filedIn(chat)[0]);
      if (told?.words.kind !== "status") failing.push(`${operator} ${locale} ${type}: ${told?.words.kind}`);
    } else {
      const told = await through(chat, type, locale);
      if (told?.words.kind !== "receipt" || filedIn(chat).length !== 1)
        failing.push(`${operator} ${locale} ${type}: ${told?.words.kind}`);
    }
  }
  expect(failing).toEqual([]);
  console.info(`${cases.length} procedures on LINE`);
}, 900_000);

it("what is filed after the chat was deleted in words is filed, too", async () => {
  const chat = await on.open({ operator: "jcom", locale: "en" });
  await through(chat, "opt-out-marketing", "en");
  await chat.say({ text: "delete this chat" });
  await chat.say({ command: "own-chat:erase-sure" });
  await through(chat, "opt-out-marketing", "en");
  const [first, second] = filedIn(chat);
  for (const filed of [first, second]) {
    const told = await through(chat, "status", "en", filed);
    expect(told?.words).toMatchObject({ kind: "status", state: "received" });
  }
  expect(first?.receipt).not.toBe(second?.receipt);
});
