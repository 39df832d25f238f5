import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { APP, BotService, Person, TENANT } from "../../support/bot-service.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { measure } from "../../support/long.ts";
import { standInBrain } from "../../support/stand-in-brain.ts";
import { sharedFolder } from "../../support/temp.ts";
import { patience } from "../../support/took.ts";

const folder = sharedFolder();
const service = await BotService.open();
const desk: TestDesk = await openDesk({ dataDir: folder.path, env: service.env(), brain: standInBrain() });
afterAll(async () => {
  await desk.stop();
  await service.close();
  folder.remove();
});
beforeEach(() => {
  service.fault = () => undefined;
});

const words = (person: Person) => person.heard().map(Person.words);
const NOBODY = { membersAdded: [], membersRemoved: [] };

describe("a chat in Teams", () => {
  it("is acknowledged without a body, and answered through the connector with the bot's own token", async () => {
    const person = new Person(service, desk.url);
    const { status, body } = await person.say("こんにちは");
    expect([status, body]).toEqual([200, ""]);
    const heard = await person.hears(2);
    expect(Person.words(heard[0])).toContain("greeting jcom");
    expect(Person.words(heard[1])).toContain("#1 こんにちは");
    const sent = service.sent.filter((s) => s.conversation === person.conversation);
    expect(sent.every(({ authorization }) => /^Bearer access-\d+$/.test(authorization ?? ""))).toBe(true);
    expect(heard[0]).toMatchObject({
      recipient: { id: person.id },
      from: { id: `28:${APP}` },
      conversation: { id: person.conversation },
      serviceUrl: service.serviceUrl,
    });
    expect(service.logins).toBe(1);
  });

  it("is greeted once when the app is added, however often that is told", async () => {
    const person = new Person(service, desk.url);
    const added = { type: "conversationUpdate", ...NOBODY, membersAdded: [{ id: `28:${APP}` }] };
    for (let i = 0; i < 3; i += 1) expect((await person.post(added)).status).toBe(200);
    await person.post({ type: "installationUpdate", action: "add" });
    await person.say("一つ目");
    await person.hears(2);
    await sleep(300);
    expect(words(person).filter((w) => w.includes("greeting"))).toHaveLength(1);
    expect(words(person)).toHaveLength(2);
  });

  it("is greeted when an upgrade of the app brings the bot", async () => {
    const person = new Person(service, desk.url);
    await person.post({ type: "installationUpdate", action: "add-upgrade" });
    const [heard] = await person.hears(1);
    expect(Person.words(heard)).toContain("greeting");
    expect((await person.post({ type: "installationUpdate", action: "remove-upgrade" })).status).toBe(200);
  });

  it("has one effect of a message that is delivered five times, and refuses other words under its id", async () => {
    const person = new Person(service, desk.url);
    const id = "same-id";
    const all = await Promise.all(Array.from({ length: 5 }, () => person.post({ id, text: "録音" })));
    expect(all.map((r) => r.status)).toEqual([200, 200, 200, 200, 200]);
    expect((await person.post({ id, text: "削除" })).status).toBe(409);
    await person.say("二つ目");
    await person.hears(3);
    expect(words(person).slice(1)).toEqual([
      expect.stringContaining("#1 録音"),
      expect.stringContaining("#2 二つ目"),
    ]);
  });

  it("keeps the order of twenty messages that come at once", async () => {
    const person = new Person(service, desk.url);
    for (let i = 1; i <= 20; i += 1) await person.say(`${i}番`);
    await person.hears(21);
    const numbers = words(person)
      .slice(1)
      .map((w) => Number(/#(\d+) /.exec(w)?.[1]));
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it("waits out a connector that is busy, and sends nothing twice", async () => {
    const person = new Person(service, desk.url);
    await person.say("最初");
    await person.hears(2);
    const answers = measure([429], [429, 412, 502, 504]);
    service.fault = (path) => {
      const status = path.includes(encodeURIComponent(person.conversation)) ? answers.shift() : undefined;
      return status === undefined ? undefined : { status, headers: { "Retry-After": "1" } };
    };
    await person.say("混んでいる");
    await person.say("次");
    await person.hears(4, 30_000);
    await sleep(500);
    expect(words(person).slice(2)).toEqual([
      expect.stringContaining("混んでいる"),
      expect.stringContaining("次"),
    ]);
  }, 120_000);

  it("gives up what the connector refuses, and goes on with what follows", async () => {
    const person = new Person(service, desk.url);
    await person.say("最初");
    await person.hears(2);
    let refused = 0;
    service.fault = (path) =>
      path.includes(encodeURIComponent(person.conversation)) && refused++ === 0 ? { status: 403 } : undefined;
    await person.say("断られる");
    await person.say("通る");
    await person.hears(3);
    await sleep(300);
    expect(words(person).slice(2)).toEqual([expect.stringContaining("通る")]);
    expect(refused).toBe(2);
  });

  it("shows that somebody is at it when an answer takes long, and not when it is fast", async () => {
    const typing = (person: Person) =>
      service.sent.filter((s) => s.conversation === person.conversation && s.activity.type === "typing")
        .length;
    const [slow, fast] = [new Person(service, desk.url), new Person(service, desk.url)];
    const brain = standInBrain();
    const waiting = await openDesk({
      dataDir: `${folder.path}/slow`,
      env: service.env(),
      brain: {
        ...brain,
        async respond(...at) {
          await sleep(1_200);
          return brain.respond(...at);
        },
      },
    });
    try {
      const person = new Person(service, waiting.url);
      await person.say("長い質問");
      await person.hears(2);
      expect(typing(person)).toBe(1);
    } finally {
      await waiting.stop();
    }
    await fast.say("短い質問");
    await fast.hears(2);
    await sleep(900);
    expect([typing(slow), typing(fast)]).toEqual([0, 0]);
  }, 120_000);

  it("says nothing more once the app was removed", async () => {
    const person = new Person(service, desk.url);
    await person.say("最初");
    await person.hears(2);
    await person.post({ type: "installationUpdate", action: "remove" });
    service.sent.length = 0;
    expect((await person.post({ type: "event", name: "x" })).status).toBe(200);
    await sleep(300);
    expect(person.heard()).toEqual([]);
  });
});

describe("what comes beside messages", () => {
  it.each([
    ["handoff.status", { type: "event", name: "handoff.status", value: { state: "accepted" } }],
    ["handoff.initiate", { type: "handoff", name: "handoff.initiate" }],
    ["an event of no name", { type: "event" }],
    ["typing", { type: "typing" }],
    ["the end", { type: "endOfConversation" }],
    ["trace", { type: "trace", name: "x" }],
    ["a type that nobody knows", { type: "somethingElse", text: "録音" }],
    ["a member who is not the bot", { type: "conversationUpdate", membersAdded: [{ id: "29:other" }] }],
    [
      "a reaction to nothing",
      { type: "messageReaction", reactionsAdded: [{ type: "like" }], replyToId: "x" },
    ],
  ])("%s is acknowledged and has no effect", async (_, activity) => {
    const person = new Person(service, desk.url);
    expect((await person.post(activity)).status).toBe(200);
    await sleep(50);
    expect(person.heard()).toEqual([]);
  });

  it.each([
    ["an invoke of no name", { type: "invoke" }],
    [
      "a task module",
      { type: "invoke", name: "task/fetch", value: { data: { madoguchi: { c: "handoff" } } } },
    ],
    ["a sign-in", { type: "invoke", name: "signin/verifyState", value: { state: "1" } }],
    [
      "a card of somebody else",
      { type: "invoke", name: "adaptiveCard/action", value: { action: { data: { a: 1 } } } },
    ],
  ])("%s is not done here", async (_, activity) => {
    const person = new Person(service, desk.url);
    const { status, body } = await person.post(activity);
    expect(status).toBe(501);
    expect(JSON.stringify(body)).not.toMatch(/at |\.ts|Error:/);
    await sleep(50);
    expect(person.heard()).toEqual([]);
  });

  it.each([
    ["no body", undefined],
    ["a list", []],
    ["no type", { type: undefined }],
    ["no conversation", { conversation: undefined }],
    ["no id", { id: undefined }],
    ["an id that is a number", { id: 5 }],
    ["no sender", { from: undefined }],
    ["a conversation without an id", { conversation: {} }],
    ["a channel with a slash", { channelId: "ms/teams" }],
  ])("%s is malformed", async (_, fields) => {
    const person = new Person(service, desk.url);
    const token = await service.token();
    const json = fields === undefined || Array.isArray(fields) ? fields : person.activity(fields);
    const response = await fetch(`${desk.url}/api/messages`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    expect(response.status).toBe(400);
  });
});

describe("a button of a card", () => {
  it("is answered within three seconds, once, however often it arrives", async () => {
    const person = new Person(service, desk.url);
    await person.say("最初");
    const [, first] = await person.hears(2);
    const began = performance.now();
    const press = () =>
      person.press({ madoguchi: { c: "topic:call-recording" } }, { id: "pressed", replyToId: first?.id });
    const answers = await Promise.all([press(), press(), press()]);
    const took = performance.now() - began;
    expect(took).toBeLessThan(patience(3_000, took));
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toMatchObject({
        statusCode: 200,
        type: expect.stringContaining("application/vnd.microsoft."),
      });
    }
    await person.hears(3);
    await sleep(300);
    expect(words(person).slice(2)).toEqual([expect.stringContaining("#2 topic:call-recording")]);
  });

  it("counts the same when it comes as a message, and what was put into a field is what was said", async () => {
    const person = new Person(service, desk.url);
    await person.post({ value: { madoguchi: { c: "handoff" } } });
    await person.press({ madoguchi: { slot: "name", n: 1 }, value: "山田 花子" });
    await person.hears(3);
    expect(words(person)).toEqual([
      expect.stringContaining("greeting"),
      expect.stringContaining("#1 handoff"),
      expect.stringContaining("#2 山田 花子"),
    ]);
  });

  it("takes a rating of our message by our id and by the platform's, the last one counts", async () => {
    const person = new Person(service, desk.url);
    await person.say("録音");
    const [, about] = await person.hears(2);
    const submit = (reaction: string, feedback: unknown) =>
      person.post({
        type: "invoke",
        name: "message/submitAction",
        replyToId: about?.id,
        value: { actionName: "feedback", actionValue: { reaction, feedback } },
      });
    expect((await submit("like", "{}")).status).toBe(200);
    expect((await submit("dislike", JSON.stringify({ feedbackText: "電話は 090-1234-5678" }))).status).toBe(
      200,
    );
    expect((await person.press({ madoguchi: { f: "up", a: "not-ours" } })).status).toBe(200);
    expect(desk.lines.join("")).not.toContain("1234-5678");
  });
});

describe("whose desk it is", () => {
  const settings = { dataDir: "", env: { ...service.env(), TEAMS_OPERATOR: "" } };

  it("is asked once where nobody has said so, and remembered in the chat", async () => {
    const open = await openDesk({ ...settings, dataDir: `${folder.path}/asked` });
    try {
      const person = new Person(service, open.url);
      await person.say("通話は録音されますか");
      const [asked] = await person.hears(1);
      expect(Person.words(asked)).toContain("どちらの窓口");
      expect(Person.words(asked)).toContain("Which company");
      await person.press({ madoguchi: { c: "operator:nobody" } });
      await person.hears(2);
      await person.press({ madoguchi: { c: "operator:jcom" } });
      await person.hears(3);
      await person.say("通話は録音されますか");
      await person.hears(4);
      expect(words(person).slice(2)).toEqual([
        expect.stringContaining("greeting jcom"),
        expect.stringContaining("#1 通話は録音されますか"),
      ]);
      const other = new Person(service, open.url);
      await other.say("こんにちは");
      await other.hears(1);
      await other.say("1");
      expect(Person.words((await other.hears(2))[1])).toContain("greeting sakura-internet");
    } finally {
      await open.stop();
    }
  });

  it("is the tenant's where the settings say so", async () => {
    const env = { ...service.env(), TEAMS_OPERATOR: `${TENANT.toUpperCase()}=sakura-internet, other=jcom` };
    const open = await openDesk({ dataDir: `${folder.path}/tenants`, env });
    try {
      const person = new Person(service, open.url);
      await person.say("録音");
      expect(Person.words((await person.hears(2))[0])).toContain("greeting sakura-internet");
    } finally {
      await open.stop();
    }
  });

  it("must be one that is served", async () => {
    const env = { ...service.env(), TEAMS_OPERATOR: "nobody" };
    await expect(openDesk({ dataDir: `${folder.path}/stray`, env })).rejects.toThrow("TEAMS_OPERATOR");
  });
});
