import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { contactsIn, mask } from "../../src/understanding/personal/mask.ts";
import { anyText } from "../support/any-text.ts";
import { theContent } from "../support/lessons.ts";
import { measure } from "../support/long.ts";
import { filesBelow, ROOT } from "../support/repository.ts";
import { workSince } from "../support/took.ts";

const RUNS = measure(500, 50_000);
const piece = fc.constantFrom(
  ...Array.from("0123456789-–ー()+.@のは、。 　\n０９０〇九八"),
  "電話",
  "090-1234-5678",
  "4111 1111 1111 1111",
  "123456789018",
  "taro@example.com",
  "保険証の記号",
  "番号",
  "免許証",
  "口座",
  "passport TK1234567",
  "円",
  "\u200b",
  "\ud83d",
  "👍",
  "𝟎",
  "\u20e3",
);
const texts = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "grapheme" }),
  anyText(),
);

it("keeps the shape: as many characters, and only letters and digits are replaced", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { text: masked, kinds } = mask(text);
      const [typed, shown] = [Array.from(text), Array.from(masked)];
      expect(shown).toHaveLength(typed.length);
      const changed = typed.filter((c, i) => c !== shown[i]);
      for (const c of changed) expect(c).toMatch(/^[\p{Nd}\p{L}〇]$/u);
      expect(changed.length > 0).toBe(kinds.length > 0);
    }),
    { numRuns: RUNS },
  );
}, 120_000);

it("finds nothing more in what it has blacked out", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const once = mask(text).text;
      expect(mask(once)).toEqual({ text: once, kinds: [] });
    }),
    { numRuns: RUNS },
  );
}, 120_000);

it("B02: takes time in proportion, whatever is written", () => {
  const long = (unit: string) => unit.repeat(Math.ceil(60_000 / unit.length));
  const hostile = [
    ..."1-9〇@ｱ の".split(""),
    "0 ",
    "090-",
    "a@",
    "a.",
    "1.1.",
    "電話",
    "電話1",
    "記号1番号",
    "記号",
    "symbol ",
    "口座は",
    "passport ",
    "at dot ",
    "〇の",
    "4111 1111 1111 1111 ",
    "()",
    "number is ",
  ].map(long);
  const slow = hostile.flatMap((text) => {
    const worked = workSince();
    mask(text);
    const took = worked();
    return took < 1_000 ? [] : [`${text.slice(0, 20)}: ${Math.round(took)} ms`];
  });
  expect(slow).toEqual([]);
});

it("leaves what the operators tell everybody, and finds one number in 30,000 questions: the one that is there", () => {
  const content = theContent();
  const policies = [...content.operators.values()].flatMap(({ contact, clauses }) => [
    contact.telephone ?? "",
    ...clauses.flatMap(({ text }) => [text.ja.body, text.en.body, text.ja.short, text.en.short]),
  ]);
  const contacts = contactsIn(policies);
  const questions = filesBelow("test/knowledge/held-out", ".jsonl").map((f) =>
    readFileSync(join(ROOT, f), "utf8"),
  );
  const all = [
    ...policies,
    ...content.utterances.map((u) => u.text),
    ...questions.flatMap((file) => file.split("\n")),
  ];
  expect(all.length).toBeGreaterThan(30_000);
  expect(all.filter((text) => mask(text, { contacts }).kinds.length > 0)).toEqual([
    "この番号の持ち主だれ 090-1234-5678",
  ]);
  const own = contactsIn(["電話 03-9999-0000、メール desk@operator.example"]);
  expect(
    mask("０３－９９９９－００００や+81 3 9999 0000、Desk@operator.example", { contacts: own }).kinds,
  ).toEqual([]);
});

it("P08: leaves the kinds that were asked for, and names each kind once", () => {
  const text = "090-1234-5678と080-1234-5678、taro@example.com";
  expect(mask(text).kinds).toEqual(["telephone", "email"]);
  expect(mask(text, { keep: ["telephone"] })).toEqual({
    text: "090-1234-5678と080-1234-5678、****@*******.***",
    kinds: ["email"],
  });
});
