import { InputError } from "../evaluation/input-file.ts";
import { ContentError } from "../knowledge/problem.ts";

/**
 * Ends the command with 1 and what is wrong with what it was given: options, files, content. Any other error is one of
 * ours, and is thrown on.
 */
export function refuse(error: unknown): never {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const given =
    error instanceof InputError || error instanceof ContentError || code.startsWith("ERR_PARSE_ARGS");
  if (!given) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
