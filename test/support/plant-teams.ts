import { expect } from "vitest";
import type { Address } from "../../src/channels/teams/references.ts";
import { answeredOn, partyOf } from "./plant-line.ts";
import type { Records } from "./records.ts";

const chatOf = (value: string, n: number) => ({ id: `t${n}`, channel: "teams", ...partyOf(value) });
const addressOf = (value: string): Address => ({
  channelId: "msteams",
  serviceUrl: "https://smba.trafficmanager.net/jp/",
  conversation: `a:${value}`,
  scope: "personal",
  user: `29:${value}`,
  bot: "28:bot",
  tenant: value,
});

/** A chat in Teams: where replies to it go, and what the platform calls a message of ours. */
export async function plantInTeams(at: Records, value: string, n: number): Promise<void> {
  await answeredOn("teams", at, value, { conversation: `t${n}` });
  await at.store.references.keep(chatOf(value, n), addressOf(value));
  await at.store.references.taken(chatOf(value, n), `t${n}-reply`, 0, `theirs of ${value}`);
}

export async function readBackInTeams({ store }: Records, value: string, n: number): Promise<void> {
  const chat = chatOf(value, n);
  expect(await store.conversations.findOf(chat)).toEqual(chat);
  expect(await store.references.find(chat)).toEqual(addressOf(value));
  expect(await store.references.ours(chat, `theirs of ${value}`)).toBe(`t${n}-reply`);
  expect(await store.references.ours(chat, "theirs of nobody")).toBeUndefined();
}
