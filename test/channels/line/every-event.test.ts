import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "../../../src/channels/line/parse.ts";
import { ROOT } from "../../support/repository.ts";

const user = `U${"1".repeat(32)}`;
const content = { contentProvider: { type: "line" }, duration: 60_000 };
const message = (fields: object) => ({
  message: { id: "444573844083572737", quoteToken: "q3Plxr4AgK", ...fields },
});
const nothing = { kind: "nothing" };
const incoming = (words: object) => ({ kind: "incoming", incoming: words });
const none = { source: undefined };

/** Every type of event that LINE's own types know, as its reference shows it, and what it is to us. */
const EVENTS: [type: string, fields: object, is: object][] = [
  [
    "message",
    message({ type: "text", text: "録音は？", quotedMessageId: "1" }),
    incoming({ text: "録音は？" }),
  ],
  [
    "message",
    message({
      type: "text",
      text: "@All @窓口 録音は？",
      mention: {
        mentionees: [
          { index: 0, length: 4, type: "all" },
          { index: 5, length: 3, userId: user, type: "user", isSelf: true },
        ],
      },
    }),
    incoming({ text: "@All @窓口 録音は？" }),
  ],
  [
    "message",
    message({
      type: "text",
      text: "(hello)録音は(brown)いつ消えますか",
      emojis: [
        { index: 0, length: 7, productId: "5ac1bfd5040ab15980c9b435", emojiId: "001" },
        { index: 10, length: 7, productId: "5ac1bfd5040ab15980c9b435", emojiId: "002" },
      ],
    }),
    incoming({ text: "録音はいつ消えますか" }),
  ],
  [
    "message",
    message({
      type: "text",
      text: "(love)",
      emojis: [{ index: 0, length: 6, productId: "p", emojiId: "1" }],
    }),
    incoming({}),
  ],
  ["message", message({ type: "text", text: "a", emojis: [{ index: "0" }] }), incoming({ text: "a" })],
  [
    "message",
    message({ type: "image", ...content, imageSet: { id: "E0", index: 1, total: 2 } }),
    incoming({ files: true }),
  ],
  ["message", message({ type: "video", ...content }), incoming({ files: true })],
  ["message", message({ type: "audio", ...content }), incoming({ files: true })],
  ["message", message({ type: "file", fileName: "a.pdf", fileSize: 2138 }), incoming({ files: true })],
  [
    "message",
    message({ type: "location", address: "東京都", latitude: 35.6, longitude: 139.7 }),
    incoming({}),
  ],
  [
    "message",
    message({
      type: "sticker",
      packageId: "1",
      stickerId: "2",
      stickerResourceType: "STATIC",
      keywords: ["cony"],
    }),
    incoming({}),
  ],
  ["message", message({ type: "hologram" }), incoming({})],
  ["unsend", { unsend: { messageId: "325708" } }, { kind: "unsend", messageId: "325708" }],
  [
    "messageEdited",
    message({ type: "text", text: "new" }),
    { kind: "unsend", messageId: "444573844083572737" },
  ],
  ["messageEdited", { ...message({ type: "text" }), source: { type: "group", groupId: "C1" } }, nothing],
  ["follow", { follow: { isUnblocked: false } }, { kind: "open", again: false }],
  ["follow", { follow: { isUnblocked: true } }, { kind: "open", again: true }],
  ["follow", {}, { kind: "open", again: false }],
  ["unfollow", {}, nothing],
  [
    "join",
    { source: { type: "group", groupId: "C1" } },
    { kind: "joined", place: { kind: "group", id: "C1" } },
  ],
  ["leave", { source: { type: "group", groupId: "C1" } }, nothing],
  [
    "memberJoined",
    { source: { type: "group", groupId: "C1" }, joined: { members: [{ type: "user", userId: user }] } },
    nothing,
  ],
  ["memberLeft", { source: { type: "room", roomId: "R1" }, left: { members: [] } }, nothing],
  ["postback", { postback: { data: "c=handoff" } }, incoming({ command: "handoff" })],
  ["postback", { postback: { data: "storeId=12345", params: { datetime: "2026-12-25T01:00" } } }, nothing],
  [
    "postback",
    { postback: { data: "richmenu", params: { newRichMenuAliasId: "b", status: "SUCCESS" } } },
    nothing,
  ],
  ["videoPlayComplete", { videoPlayComplete: { trackingId: "track" } }, nothing],
  ["beacon", { beacon: { hwid: "d41d8cd98f", type: "enter", dm: "00" } }, nothing],
  ["accountLink", { link: { result: "ok", nonce: "n" } }, { kind: "linked", nonce: "n" }],
  ["accountLink", { link: { result: "failed", nonce: "n" } }, nothing],
  ["membership", { membership: { type: "joined", membershipId: 3189 } }, nothing],
  ["module", { ...none, module: { type: "attached", botId: "U2", scopes: ["message:send"] } }, nothing],
  ["module", { ...none, module: { type: "detached", botId: "U2", reason: "bot_deleted" } }, nothing],
  ["activated", { chatControl: { expireAt: 1_900_000_000_000 } }, nothing],
  ["deactivated", {}, nothing],
  ["botSuspended", none, nothing],
  ["botResumed", none, nothing],
  ["delivery", { ...none, delivery: { data: "15034552939884E28681A7D668CEA94C" } }, nothing],
  ["things", { things: { deviceId: "t2c449c9d1", type: "link" } }, nothing],
];

const event = (type: string, fields: object) => ({
  type,
  mode: "active",
  timestamp: 1_800_000_000_000,
  source: { type: "user", userId: user },
  webhookEventId: "01FZ74A0TDDPYRVKNK77XKC3ZR",
  deliveryContext: { isRedelivery: false },
  replyToken: "nHuyWiB7yP5Zw52FIkcQobQuGDXCTA",
  ...fields,
});

it.each(EVENTS)("%s %j", (type, fields, is) => {
  const [read] = parse({ destination: "U0", events: [event(type, fields)] }) ?? [];
  expect(read?.happening).toMatchObject(is);
  if ("incoming" in is) expect(read?.happening).toEqual({ ...is, messageId: expect.toSatisfy(() => true) });
  const standby = parse({ events: [{ ...event(type, fields), mode: "standby" }] });
  expect(standby?.[0]?.happening).toEqual(nothing);
});

it("none that LINE's types know is left out", () => {
  const models = join(ROOT, "node_modules/@line/bot-sdk/dist/webhook/model");
  const known = readdirSync(models)
    .filter((name) => name.endsWith("Event.d.ts"))
    .flatMap((name) => /^ {4}type: "(\w+)";$/m.exec(readFileSync(join(models, name), "utf8"))?.[1] ?? []);
  expect(known.length).toBeGreaterThan(15);
  expect(known.filter((name) => !EVENTS.some(([type]) => type === name))).toEqual([]);
});
