import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { plainHost, ServiceUrls } from "../../../src/channels/teams/service-url.ts";
import { BotService, Person } from "../../support/bot-service.ts";
import { call } from "../../support/client.ts";
import { openDesk } from "../../support/desk.ts";
import { measure, random, SEED } from "../../support/long.ts";
import { standInBrain } from "../../support/stand-in-brain.ts";
import { sharedFolder } from "../../support/temp.ts";
import { until } from "../../support/until.ts";

/** A server of the inside that counts who knocks. */
interface Inner {
  host: string;
  port: number;
  server: Server;
}
const hits: { url: string | undefined; authorization: string | undefined }[] = [];
const inner: Inner[] = await Promise.all(
  Array.from({ length: 40 }, async (_, i) => {
    const host = `127.0.0.${i + 2}`;
    const server = createServer((request, response) => {
      hits.push({ url: request.url, authorization: request.headers.authorization });
      response.end("{}");
    });
    server.on("connection", () => hits.push({ url: "(connection)", authorization: undefined }));
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    return { host, port: (server.address() as AddressInfo).port, server };
  }),
);

const folder = sharedFolder();
const service = await BotService.open();
const desk = await openDesk({ dataDir: folder.path, env: service.env(), brain: standInBrain() });
afterAll(async () => {
  await desk.stop();
  await service.close();
  for (const { server } of inner) {
    server.closeAllConnections();
    server.close();
  }
  folder.remove();
});

const TEAMS = "smba.trafficmanager.net";
const numbers = (host: string) => host.split(".").map(Number);
const decimal = (host: string) => numbers(host).reduce((all, n) => all * 256 + n, 0);
const hexadecimal = (host: string) => `0x${decimal(host).toString(16)}`;
const octal = (host: string) =>
  numbers(host)
    .map((n) => `0${n.toString(8)}`)
    .join(".");
const mapped = (host: string) => `[::ffff:${host}]`;
const nat64 = (host: string) => `[64:ff9b::${host}]`;
const wide = (text: string) => text.replace(/[0-9.]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

/** Ways to name an inner server so that somebody may take it for a service of Microsoft's, or not notice it. */
const DISGUISES: readonly ((at: Inner, path: string) => string)[] = [
  ({ host, port }, path) => `http://${host}:${port}/${path}`,
  ({ host, port }, path) => `https://${host}:${port}/${path}`,
  ({ host, port }, path) => `http://${decimal(host)}:${port}/${path}`,
  ({ host, port }, path) => `http://${hexadecimal(host)}:${port}/${path}`,
  ({ host, port }, path) => `http://${octal(host)}:${port}/${path}`,
  ({ host, port }, path) => `http://127.${host.split(".")[3]}:${port}/${path}`,
  ({ host, port }, path) => `http://${mapped(host)}:${port}/${path}`,
  ({ host, port }, path) => `http://${nat64(host)}:${port}/${path}`,
  ({ host, port }, path) => `http://${wide(host)}:${port}/${path}`,
  ({ host, port }, path) => `http://${host}.:${port}/${path}`,
  ({ host, port }, path) => `https://${TEAMS}@${host}:${port}/${path}`,
  ({ host, port }, path) => `https://${TEAMS}:443@${host}:${port}/${path}`,
  ({ host, port }, path) => `https://${TEAMS}%40${host}:${port}/${path}`,
  ({ host, port }, path) => `http://${host}:${port}#${TEAMS}/${path}`,
  ({ host, port }, path) => `http://${host}:${port}?${TEAMS}/${path}`,
  ({ host, port }, path) => `http://${host}:${port}\\@${TEAMS}/${path}`,
  ({ host, port }, path) => `https:\\\\${host}:${port}/${path}`,
  ({ host, port }, path) => `https://${TEAMS}\t@${host}:${port}/${path}`,
  ({ host, port }, path) => `https://${TEAMS}\n.${host}:${port}/${path}`,
  ({ host, port }, path) => ` http://${host}:${port}/${path}`,
  ({ host, port }, path) => `//${host}:${port}/${path}`,
  ({ host, port }, path) => `http:${host}:${port}/${path}`,
  ({ host, port }, path) => `${host}:${port}/${path}`,
  ({ host, port }, path) => `https://${TEAMS}.${host}.nip.io:${port}/${path}`,
  ({ host, port }, path) => `https://${TEAMS}.evil.example:${port}/${path}?${host}`,
  ({ host, port }, path) => `https://evil-botframework.com:${port}/${path}/${host}`,
  ({ host, port }, path) => `https://botframework.com.${host}:${port}/${path}`,
  ({ host, port }, path) => `https://${TEAMS}:${port}/${path}/${host}`,
  ({ host }, path) => `http://${TEAMS}/${path}/${host}`,
  ({ host }, path) => `https://${TEAMS}./${path}/${host}`,
  ({ host }, path) => `https://${TEAMS}/${path}/../../@${host}`,
  ({ host }) => `urn:local:${host}`,
  ({ host, port }) => `file://${host}:${port}/etc/passwd`,
  ({ host, port }) => `gopher://${host}:${port}/_x`,
  ({ host, port }) => `ws://${host}:${port}/`,
  ({ host, port }) => `wss://${host}:${port}/`,
  ({ host, port }) => `unix:/tmp/${host}-${port}`,
  ({ host, port }) => `HTTP://${host}:${port}/`,
  ({ host, port }) => `javascript:fetch('http://${host}:${port}')`,
  ({ host, port }) => `data:text/html,http://${host}:${port}`,
];

/** Fields of an activity that hold addresses which others fetch. */
const BAITS: readonly ((url: string) => Record<string, unknown>)[] = [
  (url) => ({ attachments: [{ contentType: "image/png", contentUrl: url, thumbnailUrl: url, name: url }] }),
  (url) => ({
    attachments: [
      { contentType: "application/vnd.microsoft.teams.file.download.info", content: { downloadUrl: url } },
    ],
  }),
  (url) => ({
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: { type: "AdaptiveCard", body: [{ type: "Image", url }] },
      },
    ],
  }),
  (url) => ({ from: { id: "29:bait", name: url, avatar: url, properties: { avatar: url } } }),
  (url) => ({ relatesTo: { serviceUrl: url, conversation: { id: "x" } }, callerId: url }),
  (url) => ({
    channelData: { tenant: { id: "t" }, onBehalfOf: [{ mri: url }], serviceUrl: url, clientInfo: url },
  }),
  (url) => ({ entities: [{ type: "https://schema.org/Message", "@id": url, image: url, url }] }),
  (url) => ({ value: { url, madoguchi: { c: url } } }),
  (url) => ({
    deliveryMode: "expectReplies",
    replyToId: url,
    localTimezone: url,
    semanticAction: { id: url },
  }),
  (url) => ({ conversation: { id: `${url}/../../..`, conversationType: "personal" } }),
];

describe("addresses of the inside", () => {
  it("get no knock and no credentials, whatever an activity names and a good token claims", async () => {
    await call(`http://${inner[0]?.host}:${inner[0]?.port}/control`);
    expect(hits.length).toBe(2);
    hits.length = 0;
    const rest = random(SEED);
    const tries = measure(120, 4_000);
    const took: number[] = [];
    const statuses = new Map<string, number>();
    const worker = async (first: number) => {
      for (let i = first; i < tries; i += 8) {
        const at = inner[Math.floor(rest() * inner.length)] as Inner;
        const disguise = DISGUISES[i % DISGUISES.length] as (typeof DISGUISES)[number];
        const url = disguise(at, String(i));
        const person = new Person(service, desk.url);
        const bait = i % 3 === 0;
        const fields = bait ? (BAITS[i % BAITS.length]?.(url) ?? {}) : { serviceUrl: url };
        const token = await service.token(bait ? {} : { claims: { serviceurl: url } });
        const began = performance.now();
        const { status } = await call(`${desk.url}/api/messages`, {
          token,
          json: person.activity({ text: "録音", ...fields }),
        });
        if (!bait) took.push(performance.now() - began);
        const key = `${bait ? "bait" : "service"} ${status}`;
        statuses.set(key, (statuses.get(key) ?? 0) + 1);
      }
    };
    await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(worker));
    await until(() => service.sent.length > 0, 5_000, "replies to baits");
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(hits).toEqual([]);
    expect([...statuses.keys()].filter((key) => !/^bait 200$|^service 40[03]$/.test(key))).toEqual([]);
    if (tries > 1_000) {
      took.sort((a, b) => a - b);
      console.log(
        `addresses: ${tries} tries`,
        Object.fromEntries(statuses),
        `median ${took[took.length >> 1]?.toFixed(1)} ms`,
      );
    }
  }, 300_000);

  it.each(["activities", "login", "openid"])("are not reached by a redirect of %s", async (where) => {
    const from = await BotService.open();
    const led = await openDesk({
      dataDir: `${folder.path}/${where}`,
      env: from.env(),
      brain: standInBrain(),
    });
    try {
      const before = hits.length;
      const at = inner[3] as Inner;
      let led302 = 0;
      from.fault = (path) => {
        if (!path.includes(where)) return undefined;
        led302 += 1;
        return {
          status: led302 % 2 ? 307 : 302,
          headers: { Location: `http://${at.host}:${at.port}/stolen` },
        };
      };
      const person = new Person(from, led.url);
      await person.say("録音");
      await person.say("もう一度");
      await until(() => led302 > 0);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(hits.length - before).toBe(0);
    } finally {
      await led.stop();
      await from.close();
    }
  });
});

describe("the services to which replies go", () => {
  const urls = new ServiceUrls(["https://smba.gov.example"], false);

  it.each([
    "https://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net/jp/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee/",
    "https://smba.trafficmanager.net",
    "https://webchat.botframework.com/",
    "https://europe.directline.botframework.com/",
    "https://slack.botframework.com/",
    "https://smba.gov.example/x/",
  ])("take %s", (url) => {
    expect(urls.allows(url)).toBe(true);
  });

  it.each([
    "http://smba.trafficmanager.net/emea/",
    "https://SMBA.trafficmanager.net/",
    "https://smba.trafficmanager.net:8443/",
    "https://smba.trafficmanager.net/?a",
    "https://smba.trafficmanager.net/#a",
    "https://user@smba.trafficmanager.net/",
    "https://x.smba.trafficmanager.net/",
    "https://botframework.com/",
    "https://a.b.c.d.botframework.com/",
    "https://smba.gov.example:444/",
    "http://127.0.0.1:3978/",
    "",
  ])("do not take %s", (url) => {
    expect(urls.allows(url)).toBe(false);
  });

  it("are this machine alone for a bot that nobody checks", () => {
    const near = new ServiceUrls([], true);
    for (const url of ["http://127.0.0.1:56150/_connector", "http://localhost:9000", "http://[::1]:80/"])
      expect([url, near.allows(url)]).toEqual([url, true]);
    for (const url of [
      "http://127.0.0.2/",
      "https://smba.trafficmanager.net/",
      "http://localhost.evil/",
      "http://2130706433/",
    ])
      expect([url, near.allows(url)]).toEqual([url, false]);
  });

  it("are read as one host by every reader", () => {
    expect(plainHost("https://a.example:443/x")).toBe("a.example:443");
    expect(plainHost("https://a.example/../x")).toBeUndefined();
  });
});

describe("a bot that nobody checks", () => {
  it("answers this machine, and no tunnel, no other name and no page", async () => {
    const open = await openDesk({
      dataDir: `${folder.path}/anonymous`,
      env: { NODE_ENV: "development", TEAMS_ANONYMOUS: "1" },
      brain: standInBrain({ operators: ["jcom"] }),
    });
    try {
      const person = new Person(service, open.url);
      const post = async (headers: Record<string, string>, fields = {}) => {
        const json = person.activity({ text: "録音", ...fields });
        return (await call(`${open.url}/api/messages`, { json, headers })).status;
      };
      expect(await post({})).toBe(200);
      const [first] = await person.hears(2);
      expect(first?.serviceUrl).toBe(service.serviceUrl);
      expect(service.sent.find((s) => s.conversation === person.conversation)?.authorization).toBeUndefined();
      for (const headers of [
        { "X-Forwarded-For": "203.0.113.5" },
        { Forwarded: "for=203.0.113.5" },
        { Origin: "https://evil.example" },
      ])
        expect([headers, await post(headers as Record<string, string>)]).toEqual([headers, 401]);
      expect(await post({}, { serviceUrl: "https://smba.trafficmanager.net/emea/" })).toBe(403);
    } finally {
      await open.stop();
    }
  });
});
