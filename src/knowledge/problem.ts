/** Something wrong in a file of `content/` or `locales/`. All problems are told at once, and nothing starts. */
export interface Problem {
  file: string;
  /** Line in the file, from 1. */
  line: number;
  message: string;
}

export class ContentError extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(
      `${problems.length} problem${problems.length === 1 ? "" : "s"} in the content:\n${problems
        .map((p) => `  ${p.file}:${p.line}: ${p.message}`)
        .join("\n")}`,
    );
    this.name = "ContentError";
    this.problems = problems;
  }
}
