import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../support/repository.ts";

type Line = Record<string, unknown> & { id?: string; turns?: Line[]; reply?: string; ms?: number };

const INPUT: readonly string[] = [
  '{"id":"a","operator":"jcom","locale":"ja","text":"通話は録音されますか。"}',
  '{"id":"b","operator":"gmo-cloud","locale":"en","turns":["How long do you keep my data?","Say that again","thanks"]}',
  "this is no JSON",
  '{"id":"c","operator":"acme","locale":"ja","text":"こんにちは"}',
  '{"id":7,"operator":"jcom","text":"こんにちは"}',
  "",
  '{"id":"d","operator":"jcom","locale":"ja","text":"個人情報を削除してください。"}',
  '{"id":"e","operator":"jcom","locale":"en","text":"I want to speak to a real person."}',
  '{"id":"f","operator":"gmo-cloud","locale":"en","text":"What is the fee for disclosure?"}',
  '{"id":"g","operator":"sakura-internet","locale":"ja","text":"明日の天気を教えて"}',
  '{"id":"h","operator":"jcom","locale":"ja","text":"録音はしていますか。あと、個人情報を第三者に提供しますか。"}',
  '{"id":"i","operator":"jcom"}',
];

describe("npm run ask", { timeout: 120_000 }, () => {
  let lines: Line[] = [];
  const line = (id: string): Line => lines.find((l) => l.id === id) ?? {};

  beforeAll(() => {
    const { stdout, status, stderr } = spawnSync(process.execPath, ["src/commands/ask.ts"], {
      cwd: ROOT,
      input: `${INPUT.join("\n")}\n`,
      encoding: "utf8",
      maxBuffer: 1e7,
    });
    if (status !== 0) throw new Error(stderr);
    lines = stdout
      .trimEnd()
      .split("\n")
      .map((l) => JSON.parse(l) as Line);
  }, 120_000);

  it("writes one line for each line it reads, in order", () => {
    expect(lines.map((l) => l.id ?? "-")).toEqual(["a", "b", "-", "c", "-", "d", "e", "f", "g", "h", "i"]);
  });

  it("says of an answer on which clauses it stands, and where they are", () => {
    const { kind, clauses, citations, score, reply, ms } = line("a");
    expect(kind).toBe("answer");
    expect((clauses as string[])[0]).toBe("call-recording");
    expect((citations as unknown[])[0]).toEqual({
      clause: "call-recording",
      operator: "jcom",
      title: expect.stringMatching(/録音/),
      heading: "When responding to customers over the phone",
      date: "2020-04-01",
      url: "http://127.0.0.1:3978/policy/jcom#call-recording",
    });
    expect(citations).toHaveLength((clauses as string[]).length);
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThanOrEqual(1);
    expect(reply).toContain("http://127.0.0.1:3978/policy/jcom#call-recording");
    expect(ms).toBeGreaterThan(0);
  });

  it("gives a talk as its turns", () => {
    const { turns = [] } = line("b");
    expect(turns.map((t) => t.kind)).toEqual(["answer", "answer", "smalltalk"]);
    expect(turns[1]?.clauses).toEqual(turns[0]?.clauses);
    expect(turns[2]?.intent).toBe("thanks");
    expect(turns.every((t) => typeof t.reply === "string" && typeof t.ms === "number")).toBe(true);
    expect(turns[0]).toMatchObject({ citations: [{ clause: "retention", date: null }] });
  });

  it("tells what is wrong with a line that cannot be read, and goes on", () => {
    expect(lines[2]).toEqual({ error: "not a line of JSON" });
    expect(lines[4]?.error).toMatch(/id/);
    expect(line("c").error).toMatch(/unknown operator.*jcom/);
  });

  it("names the request, the hand-off and its status", () => {
    expect(line("d")).toMatchObject({ kind: "request", request: "deletion" });
    expect(line("e")).toMatchObject({ kind: "handoff", status: "unavailable" });
  });

  it("tells a silence of the policy from what is not ours", () => {
    expect(line("f")).toMatchObject({ kind: "out-of-scope", reason: "silent" });
    expect(line("g")).toMatchObject({ kind: "out-of-scope", reason: "not-ours" });
    for (const topic of line("f").topics as object[]) {
      expect(topic).toEqual({ id: expect.any(String), title: expect.any(String) });
    }
  });

  it("gives two questions as parts, the best clause of each first", () => {
    const { kind, clauses, parts } = line("h");
    expect(kind).toBe("answer");
    expect((clauses as string[]).slice(0, 2)).toEqual(["call-recording", "third-party-provision"]);
    expect((parts as { clauses: string[] }[]).map((p) => p.clauses[0])).toEqual([
      "call-recording",
      "third-party-provision",
    ]);
  });

  it("answers a line without text", () => {
    expect(line("i")).toMatchObject({ kind: "notice" });
  });

  it("explains why a clause won, when asked", () => {
    const { stdout } = spawnSync(process.execPath, ["src/commands/ask.ts", "--explain"], {
      cwd: ROOT,
      input: `${INPUT[0]}\n`,
      encoding: "utf8",
    });
    const { explain } = JSON.parse(stdout) as {
      explain: { clauses: { clause: string }[]; reasons: [string, number][] };
    };
    expect(explain.clauses[0]?.clause).toBe("call-recording");
    expect(explain.reasons.map(([name]) => name).join(" ")).toMatch(/録音|ろくおん/);
  });
});
