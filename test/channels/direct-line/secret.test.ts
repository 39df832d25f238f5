import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { call, type Granted, type Shown } from "../../support/client.ts";
import { openDesk, SECRET, type TestDesk } from "../../support/desk.ts";
import { standInBrain } from "../../support/stand-in-brain.ts";
import { sharedFolder } from "../../support/temp.ts";
import { until } from "../../support/until.ts";

const OTHER = "a-server-side-secret-of-gmo-cloud-987654321";
let desk: TestDesk;
const folder = sharedFolder();
beforeAll(async () => {
  desk = await openDesk({
    dataDir: folder.path,
    env: { DIRECT_LINE_SECRET_GMO_CLOUD: OTHER },
    brain: standInBrain({ operators: ["jcom", "gmo-cloud"] }),
  });
});
afterAll(async () => {
  await desk.stop();
  folder.remove();
});

const v3 = (path: string) => `${desk.url}/v3/directline${path}`;
const chatOf = (id: string) => v3(`/conversations/${id}`);

describe("a server that sends its operator's secret with every request, as the protocol allows", () => {
  let id: string;
  beforeAll(async () => {
    const { status, body } = await call<Granted>(v3("/conversations"), { method: "POST", token: SECRET });
    expect(status).toBe(201);
    id = body.conversationId;
  });

  it("posts, reads and finds its chat again, and never gets the secret back", async () => {
    const json = { type: "message", from: { id: "customer" }, text: "hello" };
    const posted = await call<{ id: string }>(`${chatOf(id)}/activities`, { token: SECRET, json });
    expect(posted.status).toBe(200);
    await until(async () => {
      const { body } = await call<{ activities: Shown[] }>(`${chatOf(id)}/activities`, { token: SECRET });
      return body.activities.some(({ replyToId }) => replyToId === posted.body.id);
    });
    const found = await call<Granted & { streamUrl: string }>(chatOf(id), { token: SECRET });
    expect(found.status).toBe(200);
    expect(JSON.stringify(found.body)).not.toContain(SECRET);
    const socket = new WebSocket(
      found.body.streamUrl.replace(/^wss?:\/\/[^/]+/, desk.url.replace("http", "ws")),
    );
    const first = await new Promise<string>((resolve, reject) => {
      socket.once("message", (data) => resolve(String(data)));
      socket.once("error", reject);
    });
    socket.close();
    expect(JSON.parse(first).activities.length).toBeGreaterThan(1);
    const own = await call(`${chatOf(id)}/activities`, { token: found.body.token });
    expect(own.status).toBe(200);
  });

  it("opens no chat of the website, no other operator's, none that is not there, and none with another secret", async () => {
    const website = await call<Granted>(`${desk.url}/widget/jcom/token`, {
      json: {},
      headers: { Origin: desk.origin },
    });
    expect(website.status).toBe(200);
    const theirs = await call<Granted>(v3("/conversations"), { method: "POST", token: OTHER });
    const at = async (chat: string, token: string) =>
      (await call(`${chatOf(chat)}/activities`, { token })).status;
    expect(await at(website.body.conversationId, SECRET)).toBe(403);
    expect(await at("nobodys", SECRET)).toBe(403);
    const asked = await call<Granted>(v3("/tokens/generate"), { method: "POST", token: SECRET });
    expect(await at(asked.body.conversationId, SECRET)).toBe(403);
    expect(await at(theirs.body.conversationId, SECRET)).toBe(404);
    expect(await at("nobodys-server", SECRET)).toBe(404);
    expect(await at(id, `${SECRET}x`)).toBe(403);
    expect(await at(theirs.body.conversationId, OTHER)).toBe(200);
  });

  it("cannot refresh a secret, and finds nothing once the chat was deleted", async () => {
    expect((await call(v3("/tokens/refresh"), { method: "POST", token: SECRET })).status).toBe(403);
    expect((await call(chatOf(id), { method: "DELETE", token: SECRET })).status).toBe(204);
    expect((await call(`${chatOf(id)}/activities`, { token: SECRET })).status).toBe(404);
  });
});
