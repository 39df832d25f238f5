import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bombers } from "../support/bombers.ts";
import { bystander } from "../support/bystander.ts";
import { Chat, call } from "../support/client.ts";
import { productionEnv, SECRET } from "../support/desk.ts";
import { theTokenizer } from "../support/lessons.ts";
import { LONG, measure } from "../support/long.ts";
import { MAIL_BUTTON, talkOf } from "../support/mail-talk.ts";
import { inParallel, quantile, times } from "../support/many.ts";
import { type DeskProcess, ready, startShared } from "../support/process.ts";
import { sharedFolder, tempFolder } from "../support/temp.ts";
import { elsewhere } from "../support/tokens.ts";
import { patience } from "../support/took.ts";

/** One desk in production, without a mail server: the tests of this file are its day. */
const folder = sharedFolder();
let desk: DeskProcess;
beforeAll(async () => {
  const env = { ...(await productionEnv(folder.path)), OPERATORS: "jcom", TRUSTED_PROXIES: "127.0.0.1" };
  desk = startShared("src/main.ts", { ...env, LOG_LEVEL: "warn" });
  await ready(desk);
});
afterAll(async () => {
  await desk.end("SIGTERM");
  folder.remove();
});

/** Figures of the process since they were last asked for. */
async function figures(desk: DeskProcess): Promise<{ rss: number; stallP99: number; stallMax: number }> {
  const { body } = await call<string>(`${desk.url}/metrics`);
  const of = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(body)?.[1]);
  return {
    rss: of("process_resident_memory_bytes") / 1_048_576,
    stallP99: of("nodejs_eventloop_lag_p99_seconds") * 1_000,
    stallMax: of("nodejs_eventloop_lag_max_seconds") * 1_000,
  };
}

/** A read waits less at p95 where nothing else runs. */
const QUIET_MS = 10;

it(
  "npm start: the desk greets, answers from the policy with its clause, and B01: bombs of text hold nobody up",
  async () => {
    const chat = await Chat.open(desk.url);
    await chat.say("通話は録音されていますか?");
    await chat.replies(2, 10_000);
    const answer = (await chat.all()).find((a) => a.replyToId);
    expect(answer?.channelData?.madoguchi).toMatchObject({ kind: "answer" });
    const [citation] = answer?.entities?.[0]?.citation ?? [];
    expect(citation?.appearance.url).toMatch(/\/policy\/jcom#/);

    const rare = times(10_000)
      .map((n) => String.fromCodePoint(0x4e00 + n))
      .join("");
    const kinds = ["ア", "ー", "あ", "漢", "G", "O", "1", "!", "😀", "個人情報", "録音する", rare];
    const sizes = measure([501, 2_000, 16_000], [501, 2_000, 4_000, 16_000, 100_000, 1_000_000]);
    const bombs = kinds.flatMap((kind) =>
      sizes.map((size) => kind.repeat(Math.ceil(size / kind.length)).slice(0, size)),
    );
    const other = bystander(await Chat.open(desk.url, elsewhere()));
    // Warm: every kind once, before anything is measured.
    for (const kind of kinds) await chat.say(kind.slice(0, 400));
    await chat.replies(2 + kinds.length, 20_000);
    // A desk that has been at work: the room that its runtime takes for any messages is not the bombs'.
    const customers = measure(10, 50);
    const people = await bombers({
      url: desk.url,
      customers,
      talks: measure(2, 10),
      shares: times(customers).map((i) => bombs.filter((_, n) => LONG || n % customers === i)),
      pauseMs: measure(50, 1_000),
    });
    await other.p95();
    await sleep(measure(1_000, 5_000));
    const alone = await other.p95();
    const before = await figures(desk);
    const { taken, statuses } = await people.bomb();
    const beside = await other.p95();
    const { stallP99, stallMax, rss } = await figures(desk);
    const refused = new Map<number, number>();
    for (const status of statuses.filter((one) => one !== 200))
      refused.set(status, (refused.get(status) ?? 0) + 1);
    const fixed = (n: number) => n.toFixed(1);
    console.info(
      `B01: ${taken.length} bombs, p50 ${fixed(quantile(taken, 0.5))} p99 ${fixed(quantile(taken, 0.99))} ms, refused ${JSON.stringify([...refused])}, stall p99 ${fixed(stallP99)} max ${fixed(stallMax)} ms, RSS +${fixed(rss - before.rss)} MB, another's p95 ${fixed(beside)} ms (alone ${fixed(alone)} ms)`,
    );
    for (const status of refused.keys()) expect(status).toBe(413);
    // A clock tells of the desk only where nothing else runs. Measured on 2 cores: with a load of 2 a mere read waits 4.5 ms
    // at p95 before any bomb, and the bombs' p99 is 266 ms, the stall 23 ms at p99 and 208 ms at most; with a load of 6
    // of other programs the same read waits 95 ms, the bombs' p99 is 1,534 ms, the stall 102 ms and 403 ms.
    await sleep(measure(0, 5_000));
    const quiet = Math.max(alone, await other.p95()) < QUIET_MS;
    if (LONG && !quiet) console.info("B01: the machine is busy, times are not judged");
    if (LONG && quiet) expect(quantile(taken, 0.99)).toBeLessThan(300);
    if (LONG && quiet) expect(stallP99).toBeLessThan(50);
    if (!LONG) expect(stallMax).toBeLessThan(patience(600, stallMax));
    if (LONG && quiet) expect(stallMax).toBeLessThan(250);
    if (LONG && quiet) expect(beside).toBeLessThan(1.5 * alone);
    expect(rss - before.rss).toBeLessThan(measure(120, 50));

    // Without the cutting into pieces, the tokenizer alone stops everything for longer than that.
    const tokenizer = await theTokenizer();
    const began = performance.now();
    tokenizer.tokenize("ア".repeat(3_000));
    expect(performance.now() - began).toBeGreaterThan(250);
  },
  LONG ? 400_000 : 120_000,
);

const HOSTILE: unknown[] = [
  "__proto__",
  "../../etc/passwd",
  "ja\r\nSet-Cookie: a=b",
  "x".repeat(10_240),
  ["en"],
  { toString: "en" },
  "cimode",
  "tlh",
  "",
  null,
  7,
  "constructor",
  "en\0",
  "%2e%2e%2f",
  "dev",
];

it(
  `B08: languages that are none fall back to Japanese, and change nobody else's (${measure(60, 1_000)} people at once)`,
  async () => {
    const trace = join(tempFolder(), "opens");
    const strace = LONG
      ? spawn("strace", ["-f", "-e", "trace=openat", "-o", trace, "-p", String(desk.child.pid)])
      : undefined;
    strace?.on("error", () => {});
    if (strace) await sleep(500);
    const wrong = await inParallel(times(measure(60, 1_000)), 25, async (n) => {
      const hostile = n % 2 === 0;
      const bad = HOSTILE[(n / 2) % HOSTILE.length];
      const text = typeof bad === "string" ? bad.replace(/[^\x20-\x7e]/g, "").slice(0, 2_000) : "cimode";
      const locale = hostile ? bad : "en-GB";
      const headers = {
        "Accept-Language": text || "cimode",
        Cookie: `lang=${encodeURIComponent(text)}; i18next=${encodeURIComponent(text)}`,
      };
      const secret = { method: "POST", token: SECRET, headers: { ...elsewhere(), ...headers } };
      const { body } = await call<{ conversationId: string; token: string }>(
        `${desk.url}/v3/directline/tokens/generate?lng=${encodeURIComponent(text)}`,
        secret,
      );
      const chat = new Chat(desk.url, body);
      const begun = await call(`${desk.url}/v3/directline/conversations?lng=${encodeURIComponent(text)}`, {
        token: chat.token,
        json: { locale },
        headers,
      });
      if (begun.status !== 201 || begun.headers.has("set-cookie")) return `start ${begun.status}`;
      const words = (hostile ? "あ" : "a").repeat(2_001);
      const said = await chat.post({
        type: "message",
        text: words,
        locale: bad,
        entities: [{ locale: bad }],
      });
      if (said.status !== 200) return `post ${said.status}`;
      const [greeting = "", notice = ""] = await chat.replies(2, 20_000);
      const english = /^(This is the privacy desk|We are sorry)/;
      return english.test(greeting) === !hostile && english.test(notice) === !hostile
        ? ""
        : `language of ${n}`;
    });
    expect(wrong.filter((problem) => problem !== "")).toEqual([]);
    strace?.kill("SIGINT");
    if (strace) await sleep(300);
    const opens = existsSync(trace) ? readFileSync(trace, "utf8") : "";
    console.info(
      `B08: ${wrong.length} people, 0 in a wrong language${opens ? `, ${opens.split("\n").length} openat seen` : ""}`,
    );
    expect(opens).not.toMatch(/passwd|cimode|__proto__|\/locales\//);
  },
  LONG ? 200_000 : 120_000,
);

it("without a mail server a desk in production offers nothing that needs one, and writes nobody", async () => {
  const { say, buttons } = talkOf(await Chat.open(desk.url, elsewhere()));
  await say("広告メールを止めて");
  await say("planted@example.jp");
  const receipt = await say("はい");
  expect(receipt).toContain("受付番号");
  expect(receipt).not.toMatch(/確認コード|控えを、お返事先/);
  expect(await buttons()).not.toContain(MAIL_BUTTON);
  expect(await say(MAIL_BUTTON)).not.toContain("お送りしました");
  const { body: metrics } = await call<string>(`${desk.url}/metrics`);
  expect(metrics).toContain('madoguchi_letters{box="notices",state="waiting"} 0');
  expect(existsSync(join(folder.path, "mail"))).toBe(false);
}, 120_000);
