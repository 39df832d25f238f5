import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { present } from "../../src/channels/terminal/present.ts";
import { runTerminal, type TerminalOptions } from "../../src/channels/terminal/run.ts";
import { MONDAY, seeded, theBrain } from "../support/brain.ts";

const brain = await theBrain();

/** Everything that is written while these lines are typed. */
async function chat(
  options: Pick<TerminalOptions, "operator" | "locale">,
  lines: readonly string[],
): Promise<string> {
  const output = new PassThrough();
  const written = text(output);
  await runTerminal(
    brain,
    { ...options, now: () => MONDAY, random: seeded(1) },
    Readable.from(lines.map((l) => `${l}\n`)),
    output,
  );
  output.end();
  return written;
}

describe("the desk in a terminal", () => {
  it("opens with whose desk it is and answers", async () => {
    const screen = await chat({ operator: "jcom" }, ["通話は録音されますか。"]);
    expect(screen).toContain("J:COMの個人情報の窓口です。");
    expect(screen).toContain("https://desk.example/policy/jcom#call-recording");
    expect(screen.indexOf("窓口です")).toBeLessThan(screen.indexOf("#call-recording"));
  });

  it("speaks the language it is started in", async () => {
    const screen = await chat({ operator: "jcom", locale: "en-US" }, []);
    expect(screen).toContain("This is the privacy desk of J:COM");
  });

  it.each(["jcom", "JCOM", "2"])("asks whose desk it is, until it is told (%s)", async (told) => {
    const wanted = told === "2" ? brain.operators[1] : "jcom";
    const screen = await chat({}, ["nobody", told, "mou ichido"]);
    expect(screen.split("Which desk?")).toHaveLength(3);
    for (const id of brain.operators) expect(screen).toContain(id);
    const opening = brain.open(wanted ?? "", {}).messages[0]?.text ?? "";
    expect(screen).toContain(opening);
  });

  it("asks again for an operator that it does not have", async () => {
    expect(await chat({ operator: "acme" }, [])).toContain("Which desk?");
  });

  it("passes over an empty line", async () => {
    const [quiet, spoken] = await Promise.all([
      chat({ operator: "jcom" }, []),
      chat({ operator: "jcom" }, ["", "  "]),
    ]);
    expect(spoken.replaceAll("> ", "").trim()).toBe(quiet.replaceAll("> ", "").trim());
  });

  it("numbers the choices, and takes the number typed", async () => {
    const opening = brain.open("jcom", {}).messages[0];
    const [first] = opening?.choices ?? [];
    const screen = await chat({ operator: "jcom" }, ["1"]);
    expect(screen).toContain(`1. ${first?.title}`);
    expect(screen).toContain(`/policy/jcom#${first?.command.replace("clause:", "")}`);
  });

  it("keeps the thread from line to line", async () => {
    const screen = await chat({ operator: "jcom" }, ["通話は録音されますか。", "English please"]);
    expect(screen).toContain("Source: J:COM");
  });

  it("ends quietly when the input ends", async () => {
    expect((await chat({}, [])).endsWith("> \n")).toBe(true);
  });
});

describe("a message in a terminal", () => {
  it("is its text alone when there is nothing to choose", () => {
    expect(present({ locale: "en", text: "Hello.", choices: [], words: { kind: "notice" } })).toBe("Hello.");
  });

  it("is its text and a numbered list otherwise", () => {
    const choices = ["One", "Two"].map((title) => ({ title, command: "none" }));
    expect(present({ locale: "en", text: "Which?", choices, words: { kind: "notice" } })).toBe(
      "Which?\n\n1. One\n2. Two",
    );
  });
});
