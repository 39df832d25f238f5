import { readFileSync } from "node:fs";
import type { z } from "zod";

/** Something wrong in what was given to a command: a file, a line of it, an option. Told by its message alone. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** Problems that are told of one file; of more, how many there are. */
const TOLD = 20;

/** One error of all that is wrong with a file, each problem with its line. */
export function inputError(file: string, problems: readonly { at: number; message: string }[]): InputError {
  const told = problems.slice(0, TOLD).map(({ at, message }) => `${file}:${at}: ${message}`);
  const more = problems.length - told.length;
  return new InputError([...told, ...(more > 0 ? [`... and ${more} more`] : [])].join("\n"));
}

/** A line that is not empty. `at`: its number in the file, from 1. */
export interface Line {
  at: number;
  text: string;
}

/**
 * The lines of a UTF-8 file, with or without a byte order mark, ended by LF or CRLF; empty ones are passed over. Throws
 * an InputError for a file that is not there, is in another encoding, or holds no line.
 */
export function linesOf(file: string): Line[] {
  const lines = textOf(file)
    .split(/\r?\n/)
    .map((text, i) => ({ at: i + 1, text }))
    .filter(({ text }) => text.trim() !== "");
  if (lines.length === 0) throw new InputError(`${file}: holds no line`);
  return lines;
}

function textOf(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new InputError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${file}: is not UTF-8; save it as UTF-8`);
  }
}

/** Reads JSON lines of one shape; keys beyond it are passed over. Throws an InputError that names every bad line. */
export function jsonLines<T>(file: string, schema: z.ZodType<T>): (Line & { value: T })[] {
  const out: (Line & { value: T })[] = [];
  const problems: { at: number; message: string }[] = [];
  for (const { at, text } of linesOf(file)) {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      problems.push({ at, message: "not a line of JSON" });
      continue;
    }
    const parsed = schema.safeParse(json);
    if (parsed.success) out.push({ at, text, value: parsed.data });
    else problems.push({ at, message: issuesText(parsed.error) });
  }
  if (problems.length > 0) throw inputError(file, problems);
  return out;
}

/** What is wrong with a value, in one line. */
export function issuesText({ issues }: z.core.$ZodError): string {
  return issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": ")).join("; ");
}
