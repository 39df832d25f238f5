import { expect, it, onTestFinished } from "vitest";
import { call, type Granted } from "../support/client.ts";
import { freePort, openDesk, type TestDesk } from "../support/desk.ts";
import { ConnectionStatus, connect, type Heard } from "../support/direct-line-client.ts";
import { type Network, network } from "../support/network.ts";
import { tempFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

interface Scene {
  desk: TestDesk;
  wire: Network;
  heard: Heard;
  granted: Granted & { resume: string };
  sleep: (minutes: number) => void;
  widget: (json: object) => Promise<Granted & { resume: string }>;
}

/** A customer at a page of the operator's, with a network that can be cut and a clock that can be moved. */
async function scene(): Promise<Scene> {
  let [ahead, port] = [0, 0];
  const wire = await network(() => port);
  port = await freePort();
  const desk = await openDesk({
    dataDir: tempFolder(),
    clock: { now: () => Date.now() + ahead },
    env: { PORT: String(port), PUBLIC_URL: wire.url },
  });
  onTestFinished(() => desk.stop());
  const widget = async (json: object) =>
    (
      await call<Granted & { resume: string }>(`${wire.url}/widget/jcom/token`, {
        json,
        headers: { Origin: "https://www.jcom.example" },
      })
    ).body;
  const granted = await widget({});
  const heard = connect({ domain: `${wire.url}/v3/directline`, token: granted.token, webSocket: true });
  onTestFinished(() => heard.end());
  await until(() => heard.said().length === 1, 5_000, "greeting");
  await heard.post("before");
  await until(() => heard.said().length === 2, 5_000, "answer");
  const sleep = (minutes: number) => {
    ahead += minutes * 60_000;
  };
  return { desk, wire, heard, granted, sleep, widget };
}

const WHOLE = ["greeting jcom", "before", "#1 before", "after", "#2 after"];

async function speaksOn(heard: Heard): Promise<void> {
  // The client waits for 3 s before it comes back; what is written meanwhile goes by the next request.
  await heard.post("after");
  await until(() => heard.said().length === 3, 15_000, "answer");
  expect(heard.activities.map((a) => a.text)).toEqual(WHOLE);
}

async function networkChanges(): Promise<void> {
  const { wire, heard } = await scene();
  wire.cut();
  wire.mend();
  await speaksOn(heard);
}

async function away(minutes: number): Promise<void> {
  const { wire, heard, granted, sleep, widget } = await scene();
  wire.cut();
  sleep(minutes);
  wire.mend();
  // What a page does: an expired token ends in this state, and it brings a new one by its resume.
  await until(() => heard.states.includes(ConnectionStatus.ExpiredToken), 20_000, "expired");
  const renewed = await widget({ resume: granted.resume });
  expect(renewed.conversationId).toBe(granted.conversationId);
  const path = `${wire.url}/v3/directline/conversations/${renewed.conversationId}?watermark=3`;
  const { streamUrl } = (await call<Granted>(path, { token: renewed.token })).body;
  heard.client.reconnect({ ...renewed, streamUrl });
  await until(() => heard.states.at(-1) === ConnectionStatus.Online, 10_000, "online again");
  await speaksOn(heard);
}

it("R15: another network, 40 minutes offline, 8 hours asleep, 6 days away: the same chat goes on, whole and without repeats", async () => {
  await Promise.all([networkChanges(), away(40), away(8 * 60), away(6 * 1_440)]);
});
