import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  newCode,
  newReceipt,
  readCode,
  readReceipt,
  showCode,
  showReceipt,
} from "../../src/requests/receipt.ts";
import { anyText } from "../support/any-text.ts";
import { bytesOf } from "../support/receipts.ts";

const LETTERS = Array.from("23456789ABCDEFGHJKLMNPQRSTUVWXYZ");
const random = bytesOf(1);
const receipts = Array.from({ length: 300 }, () => newReceipt(random));
const check = { ok: false, issue: "check" };

describe("a receipt number", () => {
  it("has ten letters, none of them 0, O, 1 or I, and reads back as it is shown", () => {
    for (const receipt of receipts) {
      expect(receipt).toMatch(/^[2-9A-HJ-NP-Z]{10}$/);
      expect(showReceipt(receipt)).toMatch(/^.{3}-.{3}-.{4}$/);
      expect(readReceipt(showReceipt(receipt))).toEqual({ ok: true, value: receipt });
    }
    expect(new Set(receipts).size).toBe(receipts.length);
  });

  it("uses each letter at each place about as often", () => {
    const many = Array.from({ length: 32_000 }, () => newReceipt(random));
    for (let place = 0; place < 10; place++) {
      const counts = new Map<string, number>();
      for (const receipt of many)
        counts.set(receipt[place] ?? "", (counts.get(receipt[place] ?? "") ?? 0) + 1);
      expect(counts.size).toBe(32);
      expect(Math.min(...counts.values())).toBeGreaterThan(800);
      expect(Math.max(...counts.values())).toBeLessThan(1200);
    }
  });

  it("shows any one wrong letter", () => {
    let tried = 0;
    const missed: string[] = [];
    for (const receipt of receipts)
      for (let i = 0; i < 10; i++)
        for (const letter of LETTERS) {
          if (letter === receipt[i]) continue;
          const typed = receipt.slice(0, i) + letter + receipt.slice(i + 1);
          tried++;
          const read = readReceipt(typed);
          if (read.ok || read.issue !== "check") missed.push(typed);
        }
    expect(tried).toBe(300 * 10 * 31);
    expect(missed).toEqual([]);
  });

  it("shows any two letters exchanged, neighbours or not", () => {
    for (const receipt of receipts)
      for (let i = 0; i < 10; i++)
        for (let j = i + 1; j < 10; j++) {
          const letters = Array.from(receipt);
          [letters[i], letters[j]] = [letters[j] ?? "", letters[i] ?? ""];
          const typed = letters.join("");
          expect([typed, readReceipt(typed)]).toEqual([
            typed,
            typed === receipt ? { ok: true, value: receipt } : check,
          ]);
        }
  });

  it("lets one of 32 random texts through, no more", () => {
    const through = Array.from({ length: 32_000 }, () => newCode(random, 10)).filter(
      (t) => readReceipt(t).ok,
    ).length;
    expect(through).toBeGreaterThan(850);
    expect(through).toBeLessThan(1150);
  });

  it("is read in any case, width and spacing", () => {
    const [receipt = ""] = receipts;
    const wide = receipt.replace(/./g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    for (const typed of [
      receipt.toLowerCase(),
      wide,
      wide.toLowerCase(),
      ` ${Array.from(receipt).join("-")} `,
    ])
      expect(readReceipt(typed)).toEqual({ ok: true, value: receipt });
  });

  it("says what is wrong", () => {
    expect(readReceipt("ABC")).toEqual({ ok: false, issue: "length" });
    expect(readReceipt("ABC-DEF-GH0J")).toEqual({ ok: false, issue: "letter" });
    expect(readReceipt("あいうえおかきくけこ")).toEqual({ ok: false, issue: "length" });
  });

  it("takes any text without throwing", () => {
    fc.assert(
      fc.property(anyText(300), (text) => {
        const read = readReceipt(text);
        return !read.ok || /^[2-9A-HJ-NP-Z]{10}$/.test(read.value);
      }),
    );
    for (const text of ["\ud800", "\u0000", "ß".repeat(5), "ﬀ".repeat(5), "a".repeat(1e6)])
      expect(readReceipt(text).ok).toBe(false);
  });
});

describe("a code", () => {
  it("has eight letters, or as many as are asked for, and reads back as it is shown", () => {
    for (let i = 0; i < 300; i++) {
      const code = newCode(random);
      expect(showCode(code)).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
      expect(readCode(showCode(code).toLowerCase())).toEqual({ ok: true, value: code });
    }
    const long = newCode(random, 12);
    expect(showCode(long)).toMatch(/^.{4}-.{4}-.{4}$/);
    expect(readCode(showCode(long), 12)).toEqual({ ok: true, value: long });
    expect(readCode(long)).toEqual({ ok: false, issue: "length" });
  });

  it("takes each letter about as often", () => {
    const counts = new Map<string, number>();
    for (const c of newCode(random, 32_000)) counts.set(c, (counts.get(c) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual(LETTERS);
    expect(Math.min(...counts.values())).toBeGreaterThan(850);
  });
});
