import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Incoming } from "../../../src/turn/talk.ts";
import { Chat, call, type Granted, type Shown } from "../../support/client.ts";
import { openDesk, SECRET, type TestDesk } from "../../support/desk.ts";
import { standInBrain } from "../../support/stand-in-brain.ts";
import { sharedFolder, tempFolder } from "../../support/temp.ts";

let desk: TestDesk;
const folder = sharedFolder();
beforeAll(async () => {
  desk = await openDesk({ dataDir: folder.path });
});
afterAll(async () => {
  await desk.stop();
  folder.remove();
});

const v3 = (path: string) => `${desk.url}/v3/directline${path}`;

describe("tokens", () => {
  it("are given for the operator's secret and carry the user that the client expects", async () => {
    const user = { id: "dl_customer-1" };
    const { status, body } = await call<Granted>(v3("/tokens/generate"), {
      token: SECRET,
      json: { User: { Id: user.id } },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ expires_in: 1_800 });
    const claims = JSON.parse(Buffer.from(body.token.split(".")[1] ?? "", "base64url").toString());
    expect(claims).toMatchObject({ bot: "jcom", conv: body.conversationId, user: "dl_customer-1" });
    const bad = await call(v3("/tokens/generate"), { token: SECRET, json: { user: { id: "admin" } } });
    expect(bad.status).toBe(400);
  });

  it("are not given for nothing, for a wrong secret, or for a token", async () => {
    const chat = await Chat.open(desk.url);
    const statuses = [];
    for (const token of [undefined, "wrong", chat.token])
      statuses.push(
        (await call(v3("/tokens/generate"), { method: "POST", ...(token ? { token } : {}) })).status,
      );
    expect(statuses).toEqual([401, 403, 403]);
  });

  it("are refreshed for the same chat, and the old one lives to its own end", async () => {
    const chat = await Chat.open(desk.url);
    const { status, body } = await call<Granted>(v3("/tokens/refresh"), {
      method: "POST",
      token: chat.token,
    });
    expect(status).toBe(200);
    expect(body.conversationId).toBe(chat.id);
    expect(body.token).not.toBe(chat.token);
    expect((await chat.say("old token")).status).toBe(200);
    chat.token = body.token;
    expect((await chat.say("new token")).status).toBe(200);
  });
});

describe("the website's token", () => {
  const ask = (json: object, headers: Record<string, string> = { Origin: "https://www.jcom.example" }) =>
    call<Granted & { resume: string }>(`${desk.url}/widget/jcom/token`, { json, headers });

  it("is for allowed origins: the operator's, and this server's own", async () => {
    for (const origin of ["https://www.jcom.example", desk.origin]) {
      const { status, headers, body } = await ask({}, { Origin: origin });
      expect(status).toBe(200);
      expect(Object.keys(body).sort()).toEqual(["conversationId", "expires_in", "resume", "token"]);
      expect(headers.get("access-control-allow-origin")).toBe(origin);
    }
    for (const origin of [
      "https://evil.example",
      "null",
      "https://www.jcom.example.evil",
      "http://www.jcom.example",
    ]) {
      const { status, headers } = await ask({}, { Origin: origin });
      expect([origin, status, headers.get("access-control-allow-origin")]).toEqual([origin, 403, null]);
    }
    expect((await ask({}, {})).status).toBe(403);
    expect(
      (await call(`${desk.url}/widget/nobody/token`, { json: {}, headers: { Origin: desk.origin } })).status,
    ).toBe(404);
  });

  it("comes back to the same chat by resume, once each, and for its own operator", async () => {
    const first = (await ask({})).body;
    const other = await call(`${desk.url}/widget/sakura-internet/token`, {
      json: { resume: first.resume },
      headers: { Origin: desk.origin },
    });
    expect(other.status).toBe(403);
    const second = await ask({ resume: first.resume });
    expect(second.status).toBe(200);
    expect(second.body.conversationId).toBe(first.conversationId);
    expect((await ask({ resume: first.resume })).status).toBe(403);
    const refreshed = await call(v3("/tokens/refresh"), { method: "POST", token: first.token });
    expect(refreshed.status).toBe(403);
    expect((await call(v3("/tokens/refresh"), { method: "POST", token: second.body.token })).status).toBe(
      200,
    );
    expect((await ask({ resume: second.body.resume })).status).toBe(200);
  });
});

describe("a chat", () => {
  it("is opened once (201), found again (200), and greets once", async () => {
    const { body } = await call<Granted>(v3("/tokens/generate"), { method: "POST", token: SECRET });
    const chat = new Chat(desk.url, body);
    const [first, second] = [await chat.start(), await chat.start()];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(first.body.streamUrl).toMatch(
      /^ws:\/\/127\.0\.0\.1:\d+\/v3\/directline\/conversations\/.+\/stream\?watermark=/,
    );
    await chat.say("after");
    expect(await chat.replies(2)).toEqual(["greeting jcom", "#1 after"]);
  });

  it("may be started by the secret at once", async () => {
    const { status, body } = await call<Granted>(v3("/conversations"), { token: SECRET, json: {} });
    expect(status).toBe(201);
    expect(await new Chat(desk.url, body).replies(1)).toEqual(["greeting jcom"]);
  });

  it("shows messages in the words of Bot Framework, with choices and citations", async () => {
    const chat = await Chat.open(desk.url);
    const { body } = await chat.say("録音は?", "client-1");
    await chat.replies(2);
    const [greeting, mine, answer] = (await chat.all()) as [Shown, Shown, Shown];
    expect(greeting.suggestedActions).toEqual({
      to: [],
      actions: [{ type: "imBack", title: "録音について", value: "録音について" }],
    });
    expect(mine).toMatchObject({
      id: body.id,
      channelData: { clientActivityID: "client-1" },
      from: { role: "user" },
    });
    expect(answer).toMatchObject({
      type: "message",
      replyToId: body.id,
      channelId: "directline",
      from: { role: "bot", name: "個人情報の窓口" },
      channelData: { madoguchi: { kind: "answer", clauses: ["call-recording"] } },
    });
    expect(answer.entities?.[0]?.citation?.[0]?.appearance).toMatchObject({ name: "通話の録音" });
    const times = (await chat.all()).map((a) => Date.parse(a.timestamp));
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });

  it("43, R10: takes a repeated message as one, and another content under its id as a conflict", async () => {
    const chat = await Chat.open(desk.url);
    const answers = await Promise.all(Array.from({ length: 20 }, () => chat.say("once", "same")));
    expect(new Set(answers.map((a) => a.body.id)).size).toBe(1);
    expect(answers.every((a) => a.status === 200)).toBe(true);
    expect((await chat.say("other", "same")).status).toBe(409);
    expect(await chat.replies(2)).toEqual(["greeting jcom", "#1 once"]);
  });

  it("R16: replays exactly what follows a watermark, from every position", async () => {
    const chat = await Chat.open(desk.url);
    for (const n of [1, 2, 3, 4]) await chat.say(`m${n}`);
    await chat.replies(5);
    const all = await chat.all();
    expect(all).toHaveLength(9);
    for (let after = 0; after <= 9; after += 1) {
      const { body } = await chat.read(String(after));
      expect(body.activities).toEqual(all.slice(after));
      expect(body.watermark).toBe("9");
    }
    for (const from of ["", "-", "0"]) expect((await chat.read(from)).body.activities).toHaveLength(9);
    expect((await chat.read("1000")).body).toEqual({ activities: [], watermark: "1000" });
    for (const bad of ["-1", "x", "1.5", "9".repeat(30)]) expect((await chat.read(bad)).status).toBe(400);
  });

  it("refuses files clearly and knows where nothing is", async () => {
    const chat = await Chat.open(desk.url);
    const form = new FormData();
    form.append("file", new Blob(["x".repeat(200_000)]), "a.pdf");
    const headers = { Authorization: `Bearer ${chat.token}` };
    const upload = await fetch(`${chat.path}/upload?userId=x`, { method: "POST", headers, body: form });
    expect(upload.status).toBe(415);
    expect(await upload.json()).toMatchObject({ error: { code: "UploadRefused" } });
    const inline = await chat.post({
      type: "event",
      name: "x",
      attachments: [{ contentType: "image/png", contentUrl: "data:," }],
    });
    expect(inline.status).toBe(415);
    expect((await call(`${desk.url}/nowhere`)).status).toBe(404);
    expect((await call(v3("/conversations"), { method: "PUT", body: "{}" })).status).toBe(405);
    expect((await chat.say("still here")).status).toBe(200);
  });
});

it("takes a message with files without them: nothing of them is shown again, only the fact reaches the brain", async () => {
  const heard: Incoming[] = [];
  const brain = standInBrain();
  const files = await openDesk({
    dataDir: tempFolder(),
    brain: {
      ...brain,
      respond(operator, talk, incoming, moment) {
        heard.push(incoming);
        return brain.respond(operator, talk, incoming, moment);
      },
    },
  });
  onTestFinished(() => files.stop());
  const chat = await Chat.open(files.url);
  const attachments = [
    { contentType: "image/png", contentUrl: "data:image/png;base64,c2VjcmV0", name: "licence.png" },
  ];
  const posted = await chat.post({ type: "message", text: "my licence", attachments });
  expect(posted.status).toBe(200);
  await chat.post({ type: "message", attachments });
  await chat.replies(3);
  expect(heard).toEqual([{ text: "my licence", files: true }, { files: true }]);
  const all = await chat.all();
  expect(JSON.stringify(all)).not.toMatch(/licence\.png|c2VjcmV0|attachment/);
});

describe("feedback and own data", () => {
  it("takes 👍 and 👎 in three ways, again and again as one, about the bot's words only", async () => {
    const chat = await Chat.open(desk.url);
    await chat.say("録音");
    await chat.replies(2);
    const [greeting, mine, answer] = (await chat.all()) as [Shown, Shown, Shown];
    const up = { type: "event", name: "feedback", value: { rating: "👍", activityId: answer.id } };
    expect((await chat.post(up)).status).toBe(200);
    const value = {
      actionName: "feedback",
      actionValue: { reaction: "dislike", feedback: { feedbackText: "古い" } },
    };
    const submit = { type: "invoke", name: "message/submitAction", replyToId: answer.id, value };
    for (const again of [submit, submit]) expect((await chat.post(again)).status).toBe(200);
    const like = { type: "messageReaction", replyToId: greeting.id, reactionsAdded: [{ type: "like" }] };
    expect((await chat.post(like)).status).toBe(200);
    expect((await chat.post({ ...up, value: { rating: "up", activityId: mine.id } })).status).toBe(400);
    const { body } = await call<{ feedback: object[]; activities: object[] }>(
      `${chat.path}/transcript?format=json`,
      { token: chat.token },
    );
    expect(body.feedback).toEqual([
      { activityId: answer.id, rating: "down", reason: "古い" },
      { activityId: greeting.id, rating: "up", reason: null },
    ]);
    expect(body.activities).toHaveLength(3);
    const told = (await chat.read("")).body.activities.filter((a) => a.type === "event");
    expect(told.map(({ name, value, from }) => [name, value, from.role])).toEqual([
      ["feedback", { activityId: answer.id, rating: "down" }, "user"],
      ["feedback", { activityId: greeting.id, rating: "up" }, "user"],
    ]);
    expect((await chat.read("3")).body.activities).toEqual([]);
    const text = await call<string>(`${chat.path}/transcript`, { token: chat.token });
    expect(text.headers.get("content-disposition")).toContain("attachment");
    for (const part of ["お客さま\n録音", "#1 録音", "👎 古い"]) expect(text.body).toContain(part);
  });

  it("P06: deletes the chat for its holder: nothing of it answers any more", async () => {
    const chat = await Chat.open(desk.url);
    await chat.say("delete me");
    await chat.replies(2);
    expect((await call(chat.path, { method: "DELETE", token: chat.token })).status).toBe(204);
    expect((await call(chat.path, { method: "DELETE", token: chat.token })).status).toBe(404);
    const refresh = await call(v3("/tokens/refresh"), { method: "POST", token: chat.token });
    const after = [await chat.read(""), await chat.say("x"), await chat.start(), refresh];
    expect(after.map((a) => a.status)).toEqual([404, 404, 404, 404]);
    expect((await call(`${chat.path}/transcript`, { token: chat.token })).status).toBe(404);
  });
});
