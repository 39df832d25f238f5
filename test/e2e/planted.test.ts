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
import { hitsIn, PLANTED, spellings } from "../support/planted.ts";
import { serve } from "../support/process.ts";
import { rawPost } from "../support/raw.ts";
import { tempFolder } from "../support/temp.ts";

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
