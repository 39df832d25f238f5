import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REQUEST_TYPES } from "../../src/requests/request-type.ts";
import { type Command, parseCommand, typedCommands } from "../../src/understanding/command.ts";
import { anyText } from "../support/any-text.ts";
import { theContent, theReader } from "../support/lessons.ts";

const content = theContent();
const reader = await theReader();
const typed = typedCommands(content.commands, (word) => reader.read(word, "ja").kana);

describe("a button's value", () => {
  it.each<[string, Command]>([
    ["clause:call-recording", { do: "clause", clause: "call-recording" }],
    ["language:en", { do: "language", locale: "en" }],
    ["handoff", { do: "handoff" }],
    ["none", { do: "none" }],
    ["repeat", { do: "repeat" }],
    ["simpler", { do: "simpler" }],
    ...REQUEST_TYPES.map((r): [string, Command] => [`request:${r}`, { do: "request", request: r }]),
  ])("%s does what it says", (value, command) => {
    expect(parseCommand(value)).toEqual(command);
  });

  it.each([
    "",
    "clause:",
    "clause:../x",
    "clause:A",
    "request:nothing",
    "language:fr",
    "__proto__",
    "constructor",
    "drop:all",
  ])("%j is none of ours", (value) => {
    expect(parseCommand(value)).toBeUndefined();
  });

  it("is none of ours for any other string", () => {
    const verbs = /^(clause|request|handoff|none|repeat|simpler|language|smalltalk)(:|$)/;
    fc.assert(
      fc.property(anyText(), (value) => {
        if (!verbs.test(value)) expect(parseCommand(value)).toBeUndefined();
      }),
    );
  });
});

describe("a short message that steers the talk", () => {
  it.each<[string, Command]>([
    ["もう一度", { do: "repeat" }],
    ["もう一度お願いします。", { do: "repeat" }],
    ["もういちどおねがいします", { do: "repeat" }],
    ["モウイチド", { do: "repeat" }],
    ["mou ichido", { do: "repeat" }],
    ["Say that again, please", { do: "repeat" }],
    ["もっと簡単に", { do: "simpler" }],
    ["もっとわかりやすくお願いします", { do: "simpler" }],
    ["motto kantan ni", { do: "simpler" }],
    ["In plain English please!", { do: "simpler" }],
    ["English please", { do: "language", locale: "en" }],
    ["ＥＮＧＬＩＳＨ　ＰＬＥＡＳＥ", { do: "language", locale: "en" }],
    ["英語でお願いします", { do: "language", locale: "en" }],
    ["日本語でお願いします", { do: "language", locale: "ja" }],
    ["nihongo de onegaishimasu", { do: "language", locale: "ja" }],
    ["Japanese please", { do: "language", locale: "ja" }],
  ])("%s", (text, command) => {
    expect(typed(text)).toEqual(command);
  });

  it.each([
    "",
    "?",
    "録音はもう一度聞けますか",
    "Is there an English version of the policy?",
    "日本語版と英語版のどちらが優先しますか",
  ])("is not %j: that is a question", (text) => {
    expect(typed(text)).toBeUndefined();
  });

  it("is each of the words that the content lists", () => {
    const unknown = [...content.commands].flatMap(([name, words]) =>
      [...words.ja, ...words.en].filter((w) => typed(w) === undefined).map((w) => `${name}: ${w}`),
    );
    expect(unknown).toEqual([]);
  });

  it("is looked for in any string without harm", () => {
    fc.assert(
      fc.property(anyText(60), (text) => {
        expect(typed(text)?.do ?? "nothing").toMatch(/^[a-z]+$/);
      }),
    );
  });
});
