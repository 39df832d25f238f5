import { describe, expect, it } from "vitest";
import { choiceOf } from "../../../src/understanding/slots/choice.ts";
import { foundIn, reads } from "../../support/slots.ts";
import { METHODS } from "./methods.ts";

const choice = choiceOf(METHODS);

describe("a choice", () => {
  reads(choice, "ja", [
    ["1", "email"],
    ["１", "email"],
    ["一", "email"],
    ["①", "email"],
    ["2番", "paper"],
    ["２番目", "paper"],
    ["二つ目", "paper"],
    ["3つ目でお願いします", "phone"],
    ["２．郵送", "paper"],
    ["（3）", "phone"],
    ["メール", "email"],
    ["ﾒｰﾙ", "email"],
    ["電子メール", "email"],
    ["電子 メール", "email"],
    ["メールでお願いします", "email"],
    ["郵送がいいです", "paper"],
    ["紙で", "paper"],
    ["やっぱり紙のほう", "paper"],
    ["できれば電話をいただけると助かります", "phone"],
    ["デンワ", "phone"],
    ["denwa", "phone"],
    ["メールではなく郵送で", "paper"],
    ["電話は嫌なのでメールで", "email"],
    ["メールならあります、郵送はまだできません", "email"],
    ["メールか郵送", "!several"],
    ["4", "!none-of-these"],
    ["0", "!none-of-these"],
    ["メール以外", "!none-of-these"],
    ["なんでもいい", "!none-of-these"],
    ["", "!none-of-these"],
    ["メールか電話", "!several"],
    ["1と2の郵送と電話", "!several"],
  ]);

  reads(choice, "en", [
    ["the second one", "paper"],
    ["first", "email"],
    ["option 3", "phone"],
    ["No. 2", "paper"],
    ["two", "paper"],
    ["email please", "email"],
    ["E-MAIL", "email"],
    ["e mail", "email"],
    ["emial", "email"],
    ["telepone", "phone"],
    ["I would like it by post please", "paper"],
    ["not by email, by post", "paper"],
    ["anything except post", "!none-of-these"],
    ["mailbox", "!none-of-these"],
    ["eleventh", "!none-of-these"],
    ["__proto__", "!none-of-these"],
    ["constructor", "!none-of-these"],
    ["email or phone", "!several"],
  ]);

  it("takes the name that is longest, and a name that is a number before the number", () => {
    const years = choiceOf([
      { value: "four", names: ["4年", "2"] },
      { value: "fourteen", names: ["14年"] },
    ]);
    const ask = { locale: "ja", now: 0 } as const;
    expect(years.parse("14年です", ask)).toEqual({ ok: true, value: "fourteen" });
    expect(years.parse("2", ask)).toEqual({ ok: true, value: "four" });
  });

  it("is several when two options share the name", () => {
    const shared = choiceOf([
      { value: "a", names: ["電子", "データ"] },
      { value: "b", names: ["紙", "データ"] },
    ]);
    expect(shared.parse("データで", { locale: "ja", now: 0 })).toEqual({ ok: false, issue: "several" });
  });

  it("is never found without its question, and shown by its first name", () => {
    expect(foundIn(choice, "メールアドレスが漏れました")).toEqual([]);
    expect(choice.show("paper", { locale: "ja" })).toBe("郵送");
    expect(choice.show("gone", { locale: "ja" })).toBe("gone");
  });
});
