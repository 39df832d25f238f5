import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "../../src/reply/locale.ts";
import type { Staff } from "../../src/turn/staff.ts";
import { theBrain } from "../support/brain.ts";
import { ROOT } from "../support/repository.ts";

const brain = await theBrain();
const staff: Staff = {
  open: true,
  opensAt: null,
  ahead: 0,
  waitMinutes: 5,
  live: null,
  targetOn: "2026-11-17",
};
const moment = { now: Date.UTC(2026, 10, 16, 1), random: (bytes: number) => new Uint8Array(bytes), staff };
const lines = readFileSync(join(ROOT, "test/handoff/offers.tsv"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split("\t") as [reason: string, locale: Locale, text: string]);

/** For what a person is offered, or that one was called at once; undefined: neither. */
async function offeredFor(text: string, locale: Locale): Promise<string | undefined> {
  const { talk, messages } = await brain.respond("jcom", { locale }, { text }, moment);
  const [first] = messages;
  const called = (first?.words.parts ?? [first?.words]).some((part) => part?.kind === "handoff");
  return called ? "called" : talk.offering;
}

/** Share of them for which a person was offered, for whatever reason. */
async function share(reason: string, locale: Locale): Promise<number> {
  const some = lines.filter(([of, l]) => of === reason && l === locale);
  let offered = 0;
  for (const [, , text] of some) if (await offeredFor(text, locale)) offered += 1;
  console.info(`55: ${reason} ${locale}: ${offered} of ${some.length}`);
  return offered / some.length;
}

describe.each(LOCALES)("a person is offered in words that were never learned: %s", (locale) => {
  it.each([
    ["leak", 0.35],
    ["anger", 0.6],
    ["dispute", 0.35],
  ] as const)("%s: at least %s of them", async (reason, least) => {
    expect(await share(reason, locale)).toBeGreaterThanOrEqual(least);
  });

  it("and hardly ever for plain questions that are near to one", async () => {
    expect(await share("none", locale)).toBeLessThan(0.25);
  });
});

it("what is written in every word of it is sure", async () => {
  for (const [text, reason] of [
    ["ふざけるな", "anger"],
    ["私の個人情報が漏れたと聞きました", "leak"],
    ["請求が却下されたことに納得できない", "dispute"],
  ] as const)
    expect(await offeredFor(text, "ja"), text).toBe(reason);
  for (const text of ["はい", "ありがとうございます", "録音はいつまで保存しますか"])
    expect(await offeredFor(text, "ja"), text).toBeUndefined();
});
