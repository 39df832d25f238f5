import { expect, it } from "vitest";
import { goesAhead } from "../../src/understanding/go-ahead.ts";

it.each([
  "お願いします",
  "では、お願いします。",
  "じゃあそうして",
  "はい、それでお願いしたいです",
  "頼みたいんですけど",
  "それ、やってください",
  "申し込みます",
])("%s goes ahead", (text) => {
  expect(goesAhead(text, "ja")).toBe(true);
});

it.each([
  "Yes, please do",
  "Go ahead!",
  "OK then, do it please",
  "I'd like to do that",
  "i want that done now",
  "Then I'd like to make one",
])("%s goes ahead", (text) => {
  expect(goesAhead(text, "en")).toBe(true);
});

it.each([
  "はい",
  "分かりました",
  "説明をお願いします",
  "メルマガを止めて",
  "やってますか？",
  "そうですか",
  "",
])("%s does not", (text) => {
  expect(goesAhead(text, "ja")).toBe(false);
});

it.each(["yes", "ok", "please", "do it again", "I want that to stop", "do you do that?", "then what?"])(
  "%s does not",
  (text) => {
    expect(goesAhead(text, "en")).toBe(false);
  },
);
