import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locale } from "../../src/reply/locale.ts";
import type { Staff } from "../../src/turn/staff.ts";
import { theBrain } from "../support/brain.ts";
import { ROOT } from "../support/repository.ts";

const brain = await theBrain();
/** Somebody is there, so that a person can be offered. */
const staff: Staff = {
  open: true,
  opensAt: null,
  ahead: 0,
  waitMinutes: 5,
  live: null,
  targetOn: "2026-11-17",
};
export const moment = {
  now: Date.UTC(2026, 10, 16, 1),
  random: (bytes: number) => new Uint8Array(bytes),
  staff,
};

/** For what a person is offered at a message that opens a talk, or that one was called at once; undefined: neither. */
export async function offeredFor(text: string, locale: Locale): Promise<string | undefined> {
  const { talk, messages } = await brain.respond("jcom", { locale }, { text }, moment);
  const [first] = messages;
  const called = (first?.words.parts ?? [first?.words]).some((part) => part?.kind === "handoff");
  return called ? "called" : talk.offering;
}

/** The lines of a file of this folder, without its remarks, by their columns. */
export function linesOf(file: string): string[][] {
  return readFileSync(join(ROOT, "test/handoff", file), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split("\t"));
}
