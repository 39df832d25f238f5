import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openSqlite } from "../../../src/storage/sqlite/open.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { deliver, LinePlatform, signatureOf, userOf, webhook } from "../../support/line-platform.ts";
import { measure, random, SEED } from "../../support/long.ts";
import { inParallel, quantile, times } from "../../support/many.ts";
import { standInBrain } from "../../support/stand-in-brain.ts";
import { sharedFolder } from "../../support/temp.ts";
import { until } from "../../support/until.ts";

const folder = sharedFolder();
const brain = standInBrain({ operators: ["jcom"] });
let turns = 0;
let line: LinePlatform;
let desk: TestDesk;

beforeAll(async () => {
  line = await LinePlatform.open();
  const counting = {
    ...brain,
    respond: (...given: Parameters<typeof brain.respond>) => {
      turns += 1;
      return brain.respond(...given);
    },
  };
  desk = await openDesk({ dataDir: folder.path, env: { ...line.env(), LOG_LEVEL: "warn" }, brain: counting });
});
afterAll(async () => {
  expect(line.problems).toEqual([]);
  await desk.stop();
  await line.close();
  folder.remove();
});

/** A body, and another signature than its own: one of each kind in turn. */
function forged(body: string, kind: number, next: () => number): Record<string, string | string[]> {
  const right = signatureOf(body);
  const at = Math.floor(next() * 43);
  const named = (value: string) => ({ "x-line-signature": value });
  switch (kind % 14) {
    case 0:
      return {};
    case 1:
      return named("");
    case 2:
      return named(signatureOf(body, "another-secret-of-thirty-two-char"));
    case 3:
      return named(right.slice(0, at));
    case 4: {
      const other = right.replace(/[a-zA-Z]/, (c) =>
        c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase(),
      );
      return named(other);
    }
    case 5:
      return named(`${right}${String.fromCharCode(97 + (at % 26))}`);
    case 6:
      return { "x-line-signature": [right, right] };
    case 7:
      return named(signatureOf(`${body} `));
    case 8:
      return named(signatureOf(JSON.stringify(JSON.parse(body.replace("こ", "\\u3053")))));
    case 9:
      return named(Buffer.from(right, "base64").toString("hex"));
    case 10: {
      const other = Buffer.from(right, "base64").toString("base64url");
      return named(other === right.slice(0, 43) ? other : other.padEnd(44, "="));
    }
    case 11:
      return named(createHash("sha256").update(body).digest("base64"));
    case 12:
      return named(`${right.slice(0, at)}${right[at] === "A" ? "B" : "A"}${right.slice(at + 1)}`);
    default:
      return named(`sha256=${right}`);
  }
}

const rows = async () => {
  const { db, close } = await reading();
  const count = async (table: "conversation" | "activity" | "inbox") =>
    (
      await db
        .selectFrom(table)
        .select((e) => e.fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow()
    ).n;
  const all = (await count("conversation")) + (await count("activity")) + (await count("inbox"));
  await close();
  return all;
};

async function reading() {
  const database = openSqlite(`${folder.path}/madoguchi.db`);
  return { db: database.reader, close: () => database.close() };
}

const FORGED = measure(210, 10_000);

it(`A01: of ${FORGED} forged signatures of 14 kinds each is 401, in the same words, and leaves nothing`, async () => {
  console.info(`seed ${SEED}`);
  const next = random();
  const [rowsBefore, turnsBefore] = [await rows(), turns];
  const answers = await inParallel(times(FORGED), 8, async (n) => {
    // A space behind the colons: written again it is another body.
    const body = webhook([line.text(userOf(1), `こんにちは ${n} 😀`)]).replaceAll('":', '": ');
    const headers = forged(body, n, next);
    return deliver(desk.url, body, headers);
  });
  expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(401);
  const p95 = quantile(
    answers.map(({ ms }) => ms),
    0.95,
  );
  console.info(`A01: ${answers.length} forged, p95 ${p95.toFixed(1)} ms`);
  expect(turns).toBe(turnsBefore);
  expect(await rows()).toBe(rowsBefore);
});

const SIGNED = measure(70, 1_000);
const PARTS = ["😀", "🇯🇵👨‍👩‍👧", "é", "ﾊﾝｶｸ", "\u2028", "\\", '"', "／", "𠮷", "\t", "。"];

it(`A01: ${SIGNED} bodies that are signed are taken, with emoji, escapes and any spacing`, async () => {
  const next = random();
  const before = turns;
  const answers = await inParallel(times(SIGNED), 8, async (n) => {
    const words = Array.from({ length: 12 }, () => PARTS[Math.floor(next() * PARTS.length)]).join("");
    const plain = webhook([line.text(userOf(100 + (n % 50)), `${n} ${words} 🤨`)]);
    const escaped =
      n % 2
        ? plain.replace(
            /[^\x20-\x7e]/g,
            (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`,
          )
        : plain;
    const body = n % 3 ? escaped : `\n  ${escaped.replaceAll('","', '" ,\r\n"')}  `;
    return deliver(desk.url, body);
  });
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await until(() => turns - before >= SIGNED, measure(30_000, 180_000));
  expect(turns - before).toBe(SIGNED);
});

it("refuses what is signed and no webhook, takes an empty one, and has no route for an account that is not set up", async () => {
  expect((await deliver(desk.url, webhook([]))).status).toBe(200);
  for (const body of ["", "[]", "null", "{", '{"events":{}}', "\ufeff"])
    expect((await deliver(desk.url, body)).status).toBe(400);
  const large = webhook([line.text(userOf(1), "あ".repeat(100_000))]);
  expect((await deliver(desk.url, large)).status).toBe(413);
  const other = await deliver(desk.url, webhook([]), undefined, "/line/sakura-internet");
  expect(other.status).toBe(404);
});
