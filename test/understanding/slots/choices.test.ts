import { describe, expect, it } from "vitest";
import { choicesOf } from "../../../src/understanding/slots/choices.ts";
import { foundIn, reads } from "../../support/slots.ts";
import { METHODS } from "./methods.ts";

const choices = choicesOf([...METHODS, { value: "all", names: ["すべて", "all of it"] }]);

describe("choices", () => {
  reads(choices, "ja", [
    ["1と3", ["email", "phone"]],
    ["３と１", ["email", "phone"]],
    ["1,3", ["email", "phone"]],
    ["1 3", ["email", "phone"]],
    ["1、2", ["email", "paper"]],
    ["①③", ["email", "phone"]],
    ["1.3", ["email", "phone"]],
    ["1番と2番", ["email", "paper"]],
    ["1から3", ["email", "paper", "phone"]],
    ["2〜3", ["paper", "phone"]],
    ["2", ["paper"]],
    ["メールと電話", ["email", "phone"]],
    ["すみません、メールと電話でお願いします", ["email", "phone"]],
    ["紙もメールも", ["email", "paper"]],
    ["電話だけ", ["phone"]],
    ["メールと3", ["email", "phone"]],
    ["でんわ、デンワ、電話", ["phone"]],
    ["メールも電話も全部", ["email", "phone"]],
    ["メールだけじゃなくて電話も", ["email", "phone"]],
    ["全部", ["all"]],
    ["すべてお願いします", ["all"]],
    ["4", ["all"]],
    ["1と4", ["all"]],
    ["メール以外全部", ["paper", "phone"]],
    ["電話は除いて、ほかはすべて", ["email", "paper"]],
    ["5", "!none-of-these"],
    ["1と9", "!none-of-these"],
    ["13", "!none-of-these"],
    ["なし", "!none-of-these"],
    ["", "!none-of-these"],
  ]);

  reads(choices, "en", [
    ["1 and 3", ["email", "phone"]],
    ["1-3", ["email", "paper", "phone"]],
    ["email and phone", ["email", "phone"]],
    ["Email & Post", ["email", "paper"]],
    ["emial, telepone", ["email", "phone"]],
    ["phone + paper please", ["paper", "phone"]],
    ["the first and the third", ["email", "phone"]],
    ["all", ["all"]],
    ["all of them please", ["all"]],
    ["everything", ["all"]],
    ["everything except phone", ["email", "paper"]],
    ["email but not phone", ["email"]],
    ["none", "!none-of-these"],
    ["__proto__", "!none-of-these"],
  ]);

  it("takes everything as every value where no value stands for all", () => {
    const ask = { locale: "ja", now: 0 } as const;
    const plain = choicesOf(METHODS);
    expect(plain.parse("全部", ask)).toEqual({ ok: true, value: ["email", "paper", "phone"] });
    expect(choicesOf(METHODS.slice(0, 2)).parse("両方", ask)).toEqual({
      ok: true,
      value: ["email", "paper"],
    });
    expect(plain.parse("両方", ask)).toEqual({ ok: false, issue: "none-of-these" });
  });

  it("is never found without its question, and shown in a row", () => {
    expect(foundIn(choices, "メールと電話が来ました")).toEqual([]);
    expect(choices.show(["email", "paper"], { locale: "ja" })).toBe("メール、郵送");
    expect(choices.show(["email", "paper"], { locale: "en" })).toBe("メール, 郵送");
  });
});
