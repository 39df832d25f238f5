import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { expect, it } from "vitest";
import type { Channel } from "../../src/channels/channel.ts";
import type { Exchange } from "../../src/http/exchange.ts";
import { createLog } from "../../src/http/log.ts";
import type { Log, LogFields } from "../../src/ports.ts";
import { Chat, call, type Granted } from "../support/client.ts";
import { productionEnv, SECRET } from "../support/desk.ts";
import { openParts } from "../support/parts.ts";
import { serve } from "../support/process.ts";
import { rawPost } from "../support/raw.ts";
import { tempFolder } from "../support/temp.ts";

/** 60 values as people write them: names, addresses, numbers, words, and a document's bytes as text. */
const PLANTED = [
  "山田太郎|髙橋花子|斎藤一郎|渡邊美咲|葛󠄀城健|小鳥遊葵",
  "ヤマダタロウ|タカハシハナコ|ｻｲﾄｳｲﾁﾛｳ|やまだたろう|わたなべみさき",
  "Yamada Taro|TAKAHASHI HANAKO|Saitō Ichirō|O'Brien-Sato",
  "東京都千代田区丸の内9-9-9|大阪府大阪市北区梅田８丁目８番８号|〒100-9999|Chiyoda-ku 9-9-9, Tokyo",
  "090-1234-5678|０９０１２３４５６７８|+81 90 1234 5679|03(1234)9876|0120-999-888|07012345670",
  "taro.yamada@mail.example|hanako+tag@xn--wgv71a.example|ichiro＠mail.example|TARO@MAIL.EXAMPLE",
  "123456789018|1234-5678-9018|１２３４５６７８９０１８",
  "4111 1111 1111 1111|5500005555555559|340000099900009",
  "1980年1月23日|1980-01-23T|昭和55年1月23日|S55.1.23生",
  "TK1234567|旅券TR7654321|運転免許 301234567890|保険証 12345678-9012",
  "passw0rd-of-taro|pin: 90215577|秘密の質問は犬の名前|secret phrase of mine",
  "契約番号 JC-99887766|口座 1234567 普通|IBAN JP99 1234 5678|192.0.2.77|00:1A:2B:3C:4D:5E",
  "通話は2026年3月3日23時|夫の名前は山田次郎です|病名は糖尿病です|位置は35.6895,139.6917",
  "\u00ff\u00d8\u00ff\u00e0JFIF-of-passport|%PDF-1.7 of a licence|data:image/png;base64,iVBORw0K",
  "lsid=cookie-of-taro-99|Bearer token-of-taro-99",
].flatMap((line) => line.split("|"));

/** The bytes by which a planted value could be found, in 14 encodings. */
function spellings(value: string): Buffer[] {
  const utf8 = Buffer.from(value, "utf8");
  const escaped = (prefix: string, wide: number) =>
    value
      .split("")
      .map((c) => prefix + c.charCodeAt(0).toString(16).padStart(wide, "0"))
      .join("");
  const base64 = ["", "x", "xy"].map((pad) =>
    Buffer.from(pad + value)
      .toString("base64")
      .replace(/=+$/, "")
      .slice(pad === "" ? 0 : 4, -1),
  );
  const texts = [
    encodeURIComponent(value),
    utf8.toString("hex"),
    utf8.toString("hex").toUpperCase(),
    JSON.stringify(value).slice(1, -1),
    escaped("\\u", 4),
    value.replace(/[^\x20-\x7e]/g, (c) => `&#${c.codePointAt(0)};`),
    ...base64,
    Buffer.from(value).toString("base64url"),
    value.normalize("NFKC"),
  ];
  const wide = [Buffer.from(value, "utf16le"), Buffer.from(value, "utf16le").swap16()];
  return [utf8, ...wide, ...texts.filter((t) => t.length > 7).map((t) => Buffer.from(t))];
}

const hitsIn = (places: readonly (readonly [string, Buffer])[]) =>
  places.flatMap(([place, bytes]) =>
    PLANTED.filter((value) => spellings(value).some((s) => bytes.includes(s))).map(
      (value) => `${place}: ${value}`,
    ),
  );

it("P01, P02, P03: what a person writes is found in no log, metric, error, file or address, and is read back whole", async () => {
  const folder = tempFolder();
  const env: Record<string, string> = {
    ...(await productionEnv(folder)),
    LOG_LEVEL: "debug",
    TMPDIR: folder,
  };
  const desk = await serve(env);
  const seen: string[] = [];
  const note = ({ status, headers, body }: { status: number; headers: Headers; body: unknown }) => {
    if (status >= 400) seen.push(JSON.stringify([status, [...headers], body]));
  };
  let chat = await Chat.open(desk.url);
  let about: string | undefined;
  for (const [n, value] of PLANTED.entries()) {
    // A token posts 60 activities at once: each customer plants ten values.
    if (n > 0 && n % 10 === 0) {
      chat = await Chat.open(desk.url);
      about = undefined;
    }
    expect((await chat.say(`私は${value}です`, `${value}`)).status).toBe(200);
    note(await chat.say("another content", value));
    note(await chat.post({ type: value, text: { value }, from: { id: value } } as object));
    note(await call(`${desk.url}/${encodeURIComponent(value)}?name=${encodeURIComponent(value)}`));
    note(await call(`${desk.url}/widget/${encodeURIComponent(value)}/token`, { json: { resume: value } }));
    note(await call(`${chat.path}/activities?watermark=${encodeURIComponent(value)}`, { token: chat.token }));
    note(await call(`${chat.path}/activities`, { token: Buffer.from(value).toString("base64url") }));
    seen.push(
      await rawPost(
        desk.url,
        "/v3/directline/conversations",
        { Authorization: `Bearer ${chat.token}` },
        `{"locale": ${value}`,
      ),
    );
    about ??= (await chat.all()).find((a) => a.from.role === "bot")?.id;
    await chat.post({
      type: "event",
      name: "feedback",
      value: { rating: "down", activityId: about, reason: value },
    });
    if (n === 5) await chat.post({ type: "event", name: value, value: { value } });
  }
  const refreshed = await call<Granted>(`${desk.url}/v3/directline/tokens/refresh`, {
    method: "POST",
    token: chat.token,
  });
  const { streamUrl } = (await chat.start()).body;
  const ticket = new URL(streamUrl).searchParams.get("t") ?? "";
  const ws = new WebSocket(streamUrl);
  await new Promise((resolve) => ws.addEventListener("message", resolve));
  const last = PLANTED.slice(-(PLANTED.length % 10 || 10));
  const said = await chat.replies(last.length + 1);
  for (const [n, value] of last.entries()) expect(said[n + 1]).toContain(value);

  const metrics = (await call<string>(`${desk.url}/metrics`)).body;
  const files = () => readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  const open = files();
  await desk.end("SIGTERM");
  const logs = desk.output();
  const places: [string, Buffer][] = [
    ["logs", Buffer.from(logs)],
    ["metrics", Buffer.from(metrics)],
    ["errors", Buffer.from(seen.join("\n"))],
    ["files", Buffer.concat([...open, ...files()])],
  ];
  const hits = hitsIn(places);
  console.info(`P01: ${PLANTED.length} values, ${hits.length} hits`);
  expect(hits).toEqual([]);
  const credentials = [SECRET, chat.token, refreshed.body.token, ticket, env.DATA_KEY, env.TOKEN_KEY].map(
    String,
  );
  for (const [place, bytes] of places)
    for (const secret of credentials) expect([place, bytes.includes(secret)]).toEqual([place, false]);
  // The controls: the scan finds what is there, and the logs still say what happened.
  expect(spellings("direct-line").some((s) => Buffer.concat(open).includes(s))).toBe(true);
  for (const line of [
    '"route":"/v3/directline/conversations/:conversationId/activities"',
    '"status":409',
    '"route":"/v3/directline/conversations/:conversationId/stream"',
  ])
    expect(logs).toContain(line);
  expect(metrics).toContain('madoguchi_turns_total{operator="jcom",channel="direct-line",state="done"}');
}, 120_000);

it("P01, P02, control: a careless line of log is kept out by the list of fields; without the list, it is found", async () => {
  const careless = (log: Log) => (channel: Channel) => ({
    ...channel,
    routes: channel.routes.map((route) => ({
      ...route,
      handle(exchange: Exchange) {
        const said = {
          text: JSON.stringify(exchange.body ?? ""),
          error: `bad ${JSON.stringify(exchange.body)}`,
        };
        log.info("careless", { ...said, route: `${route.path}?${exchange.query.toString()}` });
        return route.handle(exchange);
      },
    })),
  });
  for (const listed of [true, false]) {
    const lines: string[] = [];
    const everything: Log = pino(
      { base: null },
      { write: (line) => void lines.push(line) },
    ) as unknown as Log;
    const swapped = {
      info: (event: string, fields?: LogFields) => everything.info(JSON.stringify({ event, ...fields })),
    };
    const log = listed
      ? createLog("debug", (line) => void lines.push(line))
      : { info: swapped.info, warn: swapped.info, error: swapped.info };
    const desk = await openParts({ log, channel: careless(log) });
    const chat = await Chat.open(desk.url);
    await chat.say(`私は${PLANTED[0]}です`);
    await call(`${chat.path}/activities?watermark=${encodeURIComponent(PLANTED[15] ?? "")}`, {
      token: chat.token,
    });
    const hits = hitsIn([["log", Buffer.from(lines.join("\n"))]]);
    expect([listed, hits.length > 0]).toEqual([listed, !listed]);
  }
});
