import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { leavesCore, tellTales } from "../../src/diagnostics.ts";
import { Chat } from "../support/client.ts";
import { productionEnv } from "../support/desk.ts";
import { LONG } from "../support/long.ts";
import { type DeskProcess, ready, start } from "../support/process.ts";
import { ROOT } from "../support/repository.ts";
import { tempFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

/** As customers write, and as an error of ours must never say. */
const PLANTED = ["山田太郎-planted", "planted-taro@mail.example"];

/** Paths of all files below a folder in which a planted value stands, readable or as memory holds it. */
function hitsBelow(folder: string): string[] {
  const found = PLANTED.flatMap((value) => [Buffer.from(value), Buffer.from(value, "utf16le")]);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && found.some((value) => readFileSync(path).includes(value)));
}

interface Crash {
  file?: string;
  options?: string[];
  env?: Record<string, string>;
  signal: NodeJS.Signals;
}

/** A desk that knows planted words, in a folder of its own, without core files, ended in this way. */
async function crashed({ file = "src/main.ts", options = [], env = {}, signal }: Crash) {
  const folder = tempFolder();
  const all = {
    ...(await productionEnv(join(folder, "data"))),
    OPERATORS: "jcom",
    TMPDIR: folder,
    PLANTED: PLANTED.join(" "),
    ...env,
  };
  const within = ["/bin/sh", "-c", `cd ${folder} && ulimit -c 0 && exec "$@"`, "sh"];
  const crash = ["--import", join(ROOT, "test/support/crash.ts")];
  const desk: DeskProcess = start(file, all, [...crash, ...options], within);
  await ready(desk);
  const chat = await Chat.open(desk.url);
  for (const value of PLANTED) await chat.say(value);
  await chat.replies(PLANTED.length + 1, 20_000);
  const ended = once(desk.child, "exit");
  desk.child.kill(signal);
  await ended;
  return { desk, hits: hitsBelow(folder), output: desk.output() };
}

const WAYS: [string, Crash][] = [["throw", { signal: "SIGUSR2" }]];
if (LONG)
  WAYS.push(
    ["reject", { signal: "SIGUSR2" }],
    ["memory", { signal: "SIGUSR2", options: ["--max-old-space-size=400"] }],
    ["SIGABRT", { signal: "SIGABRT" }],
    ["SIGSEGV", { signal: "SIGSEGV" }],
  );

it.each(WAYS)(
  "P17: a desk that ends by %s leaves no file and no line with a customer's words",
  async (name, way) => {
    const { desk, hits, output } = await crashed({ ...way, env: { CRASH: name } });
    expect([desk.child.exitCode === 0, hits]).toEqual([false, []]);
    for (const value of PLANTED) expect(output).not.toContain(value);
    expect(output).not.toContain("process.core-dumps");
    if (name === "throw") expect(output).toContain('"event":"process.exception"');
  },
  120_000,
);

it("P17, control: with a report of Node's the same scan finds the words; in production such options end the start", async () => {
  const options = ["--report-uncaught-exception"];
  const file = "test/support/serve.ts";
  const { hits } = await crashed({ file, options, signal: "SIGUSR2", env: { CRASH: "throw" } });
  expect(hits.map((path) => /report\..*\.json$/.test(path))).toEqual([true]);

  const env = { ...(await productionEnv(tempFolder())), NODE_OPTIONS: "--heapsnapshot-signal=SIGUSR2" };
  const refused = start("src/main.ts", env);
  await until(() => refused.child.exitCode !== null, 20_000, "the start ends");
  expect(refused.child.exitCode).toBe(1);
  expect(refused.output()).toContain("--heapsnapshot-signal would show what is in memory");
}, 120_000);

it("P17: what tells of memory is known in every spelling, and nothing else is", () => {
  expect(tellTales(["--heapsnapshot_signal=SIGUSR2", "--report-on-fatalerror", "--inspect=0"])).toEqual([
    "--heapsnapshot-signal",
    "--inspect",
    "--report-on-fatalerror",
  ]);
  expect(tellTales(["--disable-warning=ExperimentalWarning", "--max-old-space-size=400", ""])).toEqual([]);
  const limits = (soft: string) =>
    `Max stack size 8388608 unlimited bytes\nMax core file size        ${soft}  unlimited  bytes\n`;
  expect(["0", "unlimited", "1024"].map((soft) => leavesCore(limits(soft)))).toEqual([false, true, true]);
  expect(leavesCore("")).toBe(false);
});
