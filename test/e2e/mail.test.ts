import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Chat, call } from "../support/client.ts";
import { productionEnv } from "../support/desk.ts";
import { mailServer } from "../support/mail-server.ts";
import { MAIL_BUTTON, talkOf } from "../support/mail-talk.ts";
import { ready, run, start } from "../support/process.ts";
import { tempFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

const opened = async (dataDir: string, more: Record<string, string>) => {
  const env = { ...(await productionEnv(dataDir)), OPERATORS: "jcom", ...more };
  const desk = start("src/main.ts", env);
  await ready(desk);
  return { desk, env, ...talkOf(await Chat.open(desk.url)) };
};

it("a desk with a mail server: the wish, its code by mail, confirmed; the receipt of another; no address and no code in the log", async () => {
  const mail = await mailServer({
    login: { user: "desk", password: "planted-password" },
    allowInsecureAuth: true,
  });
  const dataDir = tempFolder();
  const { desk, env, say, buttons } = await opened(dataDir, {
    SMTP_URL: `smtp://desk:planted-password@127.0.0.1:${mail.port}`,
    MAIL_FROM: "J:COM <desk@jcom.example>",
  });
  await say("広告メールを止めて");
  await say("planted@example.jp");
  expect(await say("はい")).toContain("本人確認は、これで済みます");
  expect(await buttons()).toContain(MAIL_BUTTON);
  await say(MAIL_BUTTON);
  await until(() => mail.received.length === 1, 10_000, "the code");
  const code = /\d{6}/.exec(mail.received[0]?.text ?? "")?.[0] ?? "";
  expect(mail.received[0]).toMatchObject({ from: "desk@jcom.example", to: ["planted@example.jp"] });
  expect(await say(code)).toContain("本人確認は、これで済みました");
  expect(await say(code)).not.toContain("これで済みました");

  for (const text of [
    "苦情を言いたい",
    "対応が遅い",
    "なし",
    "はい",
    "山田太郎",
    "メール",
    "planted@example.jp",
  ])
    await say(text);
  const receipt = await say("はい");
  expect(receipt).toContain("受付の控えを");
  await until(() => mail.received.length === 2, 10_000, "the receipt");
  const number = /受付番号：(\S+)/.exec(receipt)?.[1] ?? "none";
  expect(mail.received[1]?.text).toContain(number);
  for (const word of ["山田", "太郎", "苦情", "遅い", /照会コード：(\S+?)（/.exec(receipt)?.[1] ?? "none"])
    expect(mail.received[1]?.source.includes(word) || mail.received[1]?.text.includes(word), word).toBe(
      false,
    );

  const staff = ["--operator", "jcom", "--as", "officer", "--actor", "Sato", "--reason", "a test"];
  const shown = await run("src/commands/requests.ts", ["show", "--receipt", number, ...staff], env);
  expect(shown.out).toMatch(/お知らせのメール\n.* 受付の控え（お客さま）：送信済み/);
  const listed = await run("src/commands/requests.ts", ["list", ...staff], env);
  expect(listed.out).toContain("対応中");
  // What staff do in their own process is mailed by the desk.
  const withdrawn = ["move", "--receipt", number, "--to", "withdrawn", ...staff];
  expect((await run("src/commands/requests.ts", withdrawn, env)).code).toBe(0);
  await until(() => mail.received.length === 3, 10_000, "the withdrawal");
  expect(mail.received[2]?.text).toContain("取り下げを承りました");

  // A letter is off the list once the server's last word on it has come.
  const metrics = async () => (await call<string>(`${desk.url}/metrics`)).body;
  const none = 'madoguchi_letters{box="notices",state="waiting"} 0';
  await until(async () => (await metrics()).includes(none), 10_000, "no letter that waits");
  expect(await metrics()).toContain('madoguchi_letters{box="notices",state="dead"} 0');
  await desk.end("SIGTERM");
  for (const word of ["planted", code, number.replaceAll("-", ""), number])
    expect(desk.output().includes(word), word).toBe(false);
  expect(existsSync(join(dataDir, "mail"))).toBe(false);
}, 120_000);

it("a start with mail settings that are wrong ends and names them, without their values", async () => {
  const env = await productionEnv(tempFolder());
  const { code, out, err } = await run("src/main.ts", [], {
    ...env,
    SMTP_URL: "smtps://u:planted@h/planted",
  });
  expect(code).toBe(1);
  expect(err).toContain("- MAIL_FROM is missing: SMTP_URL is set");
  expect(err).toContain("- SMTP_URL must be");
  expect(out + err).not.toContain("planted");
});
