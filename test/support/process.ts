import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { START_OPTIONS } from "./start-options.ts";
import { until } from "./until.ts";

const ROOT = join(import.meta.dirname, "../..");
/** Code that was compiled for one process is not compiled for the next: starting takes half as long. */
const COMPILED = { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? "" };

export interface DeskProcess {
  child: ChildProcess;
  url: string;
  /** All that it has written, to stdout and stderr. */
  output(): string;
  /** Sends the signal and waits for the end; gives the exit code, null when a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** The same as `start`, for the tests of a file: whoever starts it ends it. */
export function startShared(
  file: string,
  env: Record<string, string>,
  nodeArguments: string[] = [],
  within: string[] = [],
  fileArguments: string[] = [],
): DeskProcess {
  const arguments_ = [
    "--disable-warning=ExperimentalWarning",
    ...START_OPTIONS,
    ...nodeArguments,
    join(ROOT, file),
    ...fileArguments,
  ];
  const [command = "", ...rest] = [...within, process.execPath, ...arguments_];
  const child = spawn(command, rest, {
    env: { PATH: within.length > 0 ? process.env.PATH : "", ...COMPILED, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += String(chunk)));
  return {
    child,
    url: `http://127.0.0.1:${env.PORT}`,
    output: () => output,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}

/**
 * Starts `file` in a process with these settings only. Killed when the test ends. `within`: a command that
 * runs the one that follows it, such as `unshare`.
 */
export function start(...told: Parameters<typeof startShared>): DeskProcess {
  const desk = startShared(...told);
  onTestFinished(() => void desk.child.kill("SIGKILL"));
  return desk;
}

/** Runs `file` to its end. */
export async function run(
  file: string,
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number | null; out: string; err: string }> {
  const options = { env: { PATH: "", ...COMPILED, ...env }, cwd: ROOT };
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(ROOT, file), ...args],
    options,
  );
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => (out += String(chunk)));
  child.stderr.on("data", (chunk) => (err += String(chunk)));
  await once(child, "close");
  return { code: child.exitCode, out, err };
}

/** The same, once it is ready. */
export async function serve(env: Record<string, string>): Promise<DeskProcess> {
  const desk = start("test/support/serve.ts", env);
  await ready(desk);
  return desk;
}

export async function ready(desk: DeskProcess): Promise<void> {
  const answers = () => {
    if (desk.child.exitCode !== null) throw new Error(`ended: ${desk.output().slice(-500)}`);
    return fetch(`${desk.url}/readyz`)
      .then((r) => r.ok)
      .catch(() => false);
  };
  // A busy machine is no defect: how long a start may take is measured where it is promised.
  await until(answers, 100_000, `ready: ${desk.output().slice(-500)}`);
}
