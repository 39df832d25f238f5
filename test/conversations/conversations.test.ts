import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { theBrain, theMailingBrain } from "../support/brain.ts";
import { filesBelow, ROOT } from "../support/repository.ts";
import { brainTalk } from "../support/talk-desk.ts";
import { problemsOf } from "./run.ts";
import { parseTranscript } from "./transcript.ts";

const [brain, mailing] = await Promise.all([theBrain(), theMailingBrain()]);
const files = filesBelow("test/conversations", ".txt");

const kinds = Map.groupBy(files, (f) => f.split("/")[2] ?? "");

describe.each([...kinds])("a talk with trouble of the kind %s goes as promised:", (_, list) => {
  it.each(list.map((f) => [f.split("/").slice(3).join("/").replace(".txt", "").replaceAll("-", " "), f]))(
    "%s",
    async (_title, file) => {
      expect(await problemsOf(file, brainTalk(brain, mailing))).toEqual([]);
    },
  );
});

describe("the transcripts", () => {
  it("speak with every operator in both languages", () => {
    const desks = files.map((f) => {
      const { operator, locale } = parseTranscript(f, readFileSync(join(ROOT, f), "utf8"));
      return `${operator} ${locale}`;
    });
    const wanted = brain.operators.flatMap((o) => [`${o} ja`, `${o} en`]);
    expect(wanted.filter((w) => !desks.includes(w))).toEqual([]);
  });

  it("are refused when they promise nothing", () => {
    const header = "operator: jcom\nlocale: ja\n";
    expect(() => parseTranscript("x.txt", `${header}> a\n> b\nhandoff\n`)).toThrow("x.txt:4");
    expect(() => parseTranscript("x.txt", "> a\nhandoff\n")).toThrow("begin with operator");
    expect(() => parseTranscript("x.txt", `${header}> a\nhandoff\nsay: b\n`)).toThrow("x.txt:5");
  });
});
