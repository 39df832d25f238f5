import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Chat, call, type Granted } from "../support/client.ts";
import { productionEnv, SECRET } from "../support/desk.ts";
import { serve } from "../support/process.ts";
import { rawPost } from "../support/raw.ts";
import { tempFolder } from "../support/temp.ts";

const PLANTED = [
  "山田太郎",
  "ヤマダタロウ",
  "Yamada Taro",
  "東京都千代田区丸の内9-9-9",
  "090-1234-5678",
  "０９０１２３４５６７８",
  "taro.yamada@mail.example",
  "123456789018",
  "4111 1111 1111 1111",
  "1980年1月23日",
  "TK1234567",
  "passw0rd-of-taro",
];
/** The bytes by which a planted value could be found. */
function spellings(value: string): Buffer[] {
  const utf8 = Buffer.from(value, "utf8");
  const escaped = value
    .split("")
    .map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
  const texts = [
    encodeURIComponent(value),
    utf8.toString("hex"),
    JSON.stringify(value).slice(1, -1),
    escaped,
    Buffer.from(value).toString("base64").replace(/=+$/, ""),
  ];
  const shifted = ["x", "xy"].map((pad) =>
    Buffer.from(pad + value)
      .toString("base64")
      .slice(4, -4),
  );
  const wide = [Buffer.from(value, "utf16le"), Buffer.from(value, "utf16le").swap16()];
  return [utf8, ...wide, ...[...texts, ...shifted].filter((t) => t.length > 7).map((t) => Buffer.from(t))];
}

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
  const chat = await Chat.open(desk.url);
  for (const [n, value] of PLANTED.entries()) {
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
    const about = (await chat.all()).find((a) => a.from.role === "bot")?.id;
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
  const said = await chat.replies(PLANTED.length + 1);
  for (const [n, value] of PLANTED.entries()) expect(said[n + 1]).toContain(value);

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
  const hits = places.flatMap(([place, bytes]) =>
    PLANTED.filter((value) => spellings(value).some((s) => bytes.includes(s))).map(
      (value) => `${place}: ${value}`,
    ),
  );
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
});
