import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { productionEnv } from "../support/desk.ts";
import { ROOT } from "../support/repository.ts";
import { tempFolder } from "../support/temp.ts";

/** A namespace whose only interface is its own loopback: nothing outside can be reached. */
const LONELY = ["-rn", "sh", "-c", 'ip link set lo up && exec "$0" "$@"'];
const permitted = (() => {
  try {
    execFileSync("unshare", [...LONELY, "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** The desk and its customer in one namespace, as one small program. */
const PROGRAM = `
  import { connect } from "node:net";
  import { lookup } from "node:dns/promises";
  const outside = await new Promise((resolve) => {
    const socket = connect(443, "192.0.2.1");
    socket.on("error", (error) => resolve(error.code)).on("connect", () => resolve("reached"));
    setTimeout(resolve, 1000, "nothing").unref();
  });
  const began = performance.now();
  await import(process.argv[2]);
  const base = "http://127.0.0.1:" + process.env.PORT;
  const secret = process.env.DIRECT_LINE_SECRET_JCOM;
  const call = async (path, token, body) => {
    const headers = { Authorization: "Bearer " + token, "Content-Type": "application/json" };
    const init = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers };
    return (await fetch(base + path, init)).json();
  };
  while (!(await fetch(base + "/readyz").then((r) => r.ok, () => false))) await new Promise((r) => setTimeout(r, 50));
  const ready = performance.now() - began;
  const chat = await call("/v3/directline/conversations", secret, {});
  const path = "/v3/directline/conversations/" + chat.conversationId + "/activities";
  await call(path, chat.token, { type: "message", text: "通話は録音されますか" });
  let answer;
  for (let n = 0; n < 200 && !answer; n += 1) {
    const { activities } = await call(path, chat.token);
    answer = activities.find((a) => a.replyToId);
    await new Promise((r) => setTimeout(r, 50));
  }
  console.log("RESULT " + JSON.stringify({ outside, ready, words: answer?.channelData.madoguchi }));
  process.kill(process.pid, "SIGTERM");
`;

it.skipIf(!permitted)(
  `S06: without any network the desk starts and answers${permitted ? "" : ' (skipped: this system does not permit "unshare -rn")'}`,
  async () => {
    const env = { ...(await productionEnv(tempFolder())), OPERATORS: "jcom", LOG_LEVEL: "warn" };
    // A file, since options such as -e would be those of the desk's own threads, too.
    const program = join(tempFolder(), "program.mjs");
    writeFileSync(program, PROGRAM);
    const run = spawnSync("unshare", [...LONELY, process.execPath, program, join(ROOT, "src/main.ts")], {
      env: { PATH: process.env.PATH, ...env },
      encoding: "utf8",
      timeout: 40_000,
    });
    const result = /RESULT (.*)/.exec(run.stdout)?.[1];
    expect(result, run.stderr.slice(-500)).toBeDefined();
    const { outside, ready, words } = JSON.parse(result ?? "{}") as Record<string, unknown> & {
      ready: number;
    };
    console.info(`S06: outside ${String(outside)}, ready after ${Math.round(ready)} ms, answered`);
    expect(outside).toBe("ENETUNREACH");
    expect(words).toMatchObject({ kind: "answer", clauses: ["call-recording"] });
  },
  120_000,
);
