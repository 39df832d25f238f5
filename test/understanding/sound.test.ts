import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hiragana, isRomajiWord, kanaOfRomaji, soundOf } from "../../src/understanding/japanese/sound.ts";
import { anyText } from "../support/any-text.ts";

describe("the sound of Japanese", () => {
  it.each([
    ["こじんじょうほう", "コジンジョーホー"],
    ["こじんじょうほう", "こじんじょほう"],
    ["とりけし", "トリケシ"],
    ["ろくおんを", "ろくおんお"],
    ["つづき", "つずき"],
    ["けいさつ", "ケーサツ"],
    ["サーバー", "さーば"],
  ])("is one for %s and %s", (a, b) => {
    expect(soundOf(a)).toBe(soundOf(b));
    expect(soundOf(a)).not.toBe("");
  });

  it("tells different words apart", () => {
    const sounds = ["ろくおん", "さくじょ", "かいじ", "ていせい", "いたく"].map(soundOf);
    expect(new Set(sounds).size).toBe(sounds.length);
  });

  it.each([
    ["rokuon shite imasu ka", "ろくおん して います か"],
    ["kojin jouhou", "こじん じょうほう"],
    ["kojin jōhō", "こじん じょうほう"],
    ["sakujo", "さくじょ"],
  ])("is heard in romaji: %s is %s", (romaji, kana) => {
    expect(soundOf(kanaOfRomaji(romaji))).toBe(soundOf(kana));
  });

  it("leaves Latin words that Japanese uses, and English, as they are", () => {
    expect(kanaOfRomaji("sim")).toBe("sim");
    expect(kanaOfRomaji("dm")).toBe("dm");
    expect(kanaOfRomaji("cookie")).toBe("cookie");
    expect(kanaOfRomaji("third party")).toBe("third party");
  });

  it("knows a romaji word from an English one", () => {
    expect(["rokuon", "sakujo", "kaiji"].every(isRomajiWord)).toBe(true);
    expect(["recording", "stop", "third"].some(isRomajiWord)).toBe(false);
  });

  it("is hiragana alone, for any string, and sounds the same again", () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const sound = soundOf(text);
        expect(sound).toMatch(/^[ぁ-ゖ]*$/);
        expect(hiragana(sound)).toBe(sound);
      }),
    );
  });
});
