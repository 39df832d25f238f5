import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { Locale } from "../../src/reply/locale.ts";
import type { Talk } from "../../src/turn/talk.ts";
import { seeded } from "../../src/understanding/training.ts";
import { ask, deskOf, theBrain, turn } from "../support/brain.ts";
import { workSince } from "../support/took.ts";

const brain = await theBrain();
const desk = deskOf(brain);
const MOST_MS = 250;
const KINDS = [
  "ア",
  "ー",
  "あ",
  "漢",
  "録音",
  "GO",
  "ka",
  "a",
  "1",
  "!",
  "。",
  "😀",
  "👨‍👩‍👧",
  "\u0301",
  "\u200b",
  "ｶﾞ",
  "﷽",
  "한",
];

/** One character of each Unicode plane, assigned, private and unassigned. */
const planes = Array.from({ length: 17 }, (_, plane) =>
  [0x41, 0x3042, 0xf8ff, 0xfffd, 0xffff].map((c) => String.fromCodePoint(plane * 0x10000 + c)).join(""),
);

const NASTY: readonly string[] = [
  "\ud800",
  "\udc00\ud800",
  "録音\ud83dは\ude00しますか",
  "\u0000",
  "録音\u0000は\u0000？",
  "😀".repeat(500),
  "👩🏽‍💻👩🏽‍💻録音👩🏽‍💻👩🏽‍💻",
  "\u202e録音はしていますか\u202c",
  "\u2066\u2067\u2068abc\u2069",
  "録\u200b音\u200c\u200d\ufeffは？",
  `Z${"\u0321\u0300\u0489".repeat(300)}`,
  "__proto__",
  "constructor",
  "toString valueOf hasOwnProperty",
  "clause:__proto__",
  "{{name}} {{company}} {{source}}",
  "$t(reply:person.offer)",
  "$t(x) {{- y}} $(HOME) %HOME%",
  "<script>alert(1)</script>",
  "'; DROP TABLE requests; --",
  "../../../etc/passwd",
  "%s%n%00",
  "\r\n\r\n> ",
  "()[]{}*+?.^$|\\",
  "(a+)+$ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
  "あと、".repeat(600),
  "and also ".repeat(200),
  "? ".repeat(900),
  ...planes,
];

const LONG = KINDS.map((k) => k.repeat(Math.ceil(1e6 / k.length)).slice(0, 1e6));
const FULL = KINDS.map((k) => k.repeat(Math.ceil(2000 / k.length)).slice(0, 2000));

/** The reply to a text, and how long the desk was at work on it; asked twice, so that a collection of garbage is no stall. */
async function reply(text: string, locale: Locale, talk: Talk = { locale }) {
  const time = async () => {
    const worked = workSince();
    const outcome = await desk.respond("jcom", talk, { text });
    return { outcome, ms: worked() };
  };
  const first = await time();
  return first.ms <= MOST_MS ? first : time();
}

async function holds(text: string, locale: Locale): Promise<void> {
  const { outcome, ms } = await reply(text, locale);
  expect(outcome.messages).toHaveLength(1);
  const said = outcome.messages[0]?.text ?? "";
  expect(said.trim()).not.toBe("");
  expect(said.isWellFormed()).toBe(true);
  expect(said).not.toMatch(/\{\{|\$t\(|undefined|\[object|\ufffd/);
  expect(JSON.stringify(outcome).length).toBeLessThan(20_000);
  expect(ms).toBeLessThan(MOST_MS);
}

const shown = (text: string) => JSON.stringify(text.length > 24 ? `${text.slice(0, 24)}…` : text);

describe.each(["ja", "en"] as const)("hostile text in a %s talk gets one clear reply, at once", (locale) => {
  it.each(KINDS.map((k, i) => [shown(k), LONG[i] ?? ""]))("1e6 characters of %s", async (_, text) => {
    await holds(text, locale);
  });

  it.each(KINDS.map((k, i) => [shown(k), FULL[i] ?? ""]))("2,000 characters of %s", async (_, text) => {
    await holds(text, locale);
  });

  it.each(NASTY.map((text) => [shown(text), text]))("%s", async (_, text) => {
    await holds(text, locale);
  });
});

describe("a message", () => {
  it("of more than 2,000 characters is kindly refused, one of 2,000 is read", async () => {
    const long = `録音はしていますか。${"あ".repeat(1990)}`;
    expect((await ask(brain, "jcom", "ja", `${long}。`)).text).toContain("2000文字");
    expect((await ask(brain, "jcom", "ja", long.slice(0, 2000))).text).not.toContain("2000文字");
  });

  it("without text, or with a button that is none of ours, is answered too", async () => {
    for (const incoming of [{}, { text: "" }, { command: "__proto__" }, { command: "clause:nowhere" }]) {
      expect((await turn(brain, "jcom", { locale: "ja" }, incoming)).text).not.toBe("");
    }
  });

  it("never comes back in the reply", async () => {
    const secrets = ["Kvothe-7731", "山田花子", "090-1234-5678", "hanako@mail.example"];
    const around = [
      (s: string) => s,
      (s: string) => `私は${s}です。通話は録音されますか？`,
      (s: string) => `My name is ${s}. Do you record calls?`,
      (s: string) => `${s}の通話履歴を見せてください`,
      (s: string) => `delete ${s} now`,
      (s: string) => `{{${s}}} $t(${s})`,
      (s: string) => `${s} `.repeat(400),
    ];
    for (const secret of secrets) {
      for (const put of around) {
        for (const locale of ["ja", "en"] as const) {
          const { outcome } = await reply(put(secret), locale);
          expect(JSON.stringify(outcome.messages).toLowerCase()).not.toContain(secret.toLowerCase());
        }
      }
    }
  });

  it("finds a state that nobody wrote and still gets an answer", async () => {
    const odd = {
      locale: "ja",
      last: { clauses: ["gone"] },
      said: [{ kind: "answer", clauses: ["gone"], topic: "gone", score: 1 }],
    };
    for (const text of ["もう一度", "もっと簡単に", "それはいつまでですか", "1"]) {
      expect((await turn(brain, "jcom", odd as Talk, { text })).text).not.toBe("");
    }
  });
});

describe("the desk over many messages", () => {
  it("keeps its memory flat", { timeout: 600_000 }, async () => {
    const random = seeded(20);
    const count = process.env.MADOGUCHI_LONG ? 20_000 : 1_000;
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const texts = [
      ...NASTY,
      ...FULL,
      ...LONG.slice(0, 2),
      "録音はしていますか",
      "who sees my data?",
      "削除して",
    ];
    const talk = async (n: number) => {
      let state: Talk = { locale: "ja" };
      for (let i = 0; i < n; i++) {
        const text = `${pick(texts).slice(0, 400)}${Math.floor(random() * 1e6).toString(36)}`;
        state = (await desk.respond(pick(brain.operators), state, { text })).talk;
        if (random() < 0.1) state = { locale: pick(["ja", "en"] as const) };
      }
      return memory();
    };
    const before = await talk(count / 4);
    const after = await talk(count);
    expect(after - before).toBeLessThan(8);
  });
});

/** What the process holds after a collection of garbage, in MB. */
function memory(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}
