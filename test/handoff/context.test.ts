import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Brain } from "../../src/turn/talk.ts";
import { MONDAY, theBrain } from "../support/brain.ts";
import { agent, engineWithAgents, key, textOf } from "../support/handoffs.ts";
import { tempFolder } from "../support/temp.ts";

const sato = agent("Sato");

async function deskWith(brain: Brain) {
  const clock = { at: MONDAY, now: () => (clock.at += 1_000) };
  const engine = await engineWithAgents({
    path: join(tempFolder(), "desk.db"),
    key: randomBytes(32),
    brain,
    clock,
  });
  await engine.begin("c1");
  const says = async (...words: string[]) => {
    for (const text of words) {
      await engine.say("c1", text);
      await engine.settled();
    }
  };
  const id = async () => (await engine.desk.list(sato, {}, 10)).handoffs[0]?.id ?? "";
  return { ...engine, says, id };
}

it("56: what travels: topic, clauses, transcript, the form's answers so far with sensitive ones in part, waiting time; nothing is asked again", async () => {
  const { says, id, desk, all, settled } = await deskWith(await theBrain());
  await says("電話は録音されますか", "DM止めて", "東京都千代田区丸の内1-1-1", "山田太郎", "担当者と話したい");
  const opened = await desk.get(sato, await id());
  expect(opened?.handoff).toMatchObject({
    topic: "request:opt-out-marketing",
    trigger: "asked",
    locale: "ja",
    channel: "web",
    operator: "jcom",
  });
  expect(opened?.handoff.clauses[0]).toBe("call-recording");
  expect(opened?.handoff.waitedMs).toBeGreaterThan(0);
  expect(opened?.lines.map(({ text }) => text)).toContain("電話は録音されますか");
  expect(opened?.lines.find(({ citations }) => citations.length > 0)?.citations[0]?.clause).toBe(
    "call-recording",
  );
  expect(opened?.form?.type).toBe("opt-out-marketing");
  const rows = JSON.stringify(opened?.form?.rows);
  expect(opened?.form?.rows.length).toBeGreaterThan(1);
  expect(rows).not.toContain("山田太郎");
  expect(rows).not.toContain("丸の内1-1-1");
  // Back from the person: the answers are still there, and the next one ends the form.
  const asked = (await all("c1")).at(-1);
  await desk.claim(sato, await id());
  await desk.end(sato, await id(), "");
  await settled();
  const back = (await all("c1")).at(-1);
  expect(back && asked && textOf(back).split("\n").at(-1)).toBe(asked && textOf(asked).split("\n").at(-1));
});

it("while a person is there a telephone number that they have asked for stays, and a card number never does", async () => {
  const { says, id, desk, all } = await deskWith(await theBrain());
  await says("担当者と話したい");
  await desk.claim(sato, await id());
  await desk.say(sato, await id(), key(), "お電話番号をお知らせください。");
  await says("090-1234-5678です", "カードは4111 1111 1111 1111です");
  const lines = (await all("c1")).filter(({ by }) => by === "customer").map(textOf);
  expect(lines[1]).toBe("090-1234-5678です");
  expect(lines[2]).not.toContain("4111");
  await desk.end(sato, await id(), "");
  // The control: to the bot it is blacked out.
  await says("私の番号は090-1234-5678です");
  expect(
    (await all("c1"))
      .filter(({ by }) => by === "customer")
      .map(textOf)
      .at(-1),
  ).not.toContain("5678");
});

it("without agents everything is as it was: a way to reach a person, no call, no offer", async () => {
  const brain = await theBrain();
  const engine = await engineWithAgents({
    path: join(tempFolder(), "desk.db"),
    key: randomBytes(32),
    brain,
    staffed: false,
  });
  await engine.begin("c1");
  for (const text of ["担当者と話したい", "ふざけるな", "やめる", "伝言を残す"]) await engine.say("c1", text);
  await engine.settled();
  const words = (await engine.all("c1")).flatMap(({ content }) =>
    content.kind === "message" ? [content.message.words] : [],
  );
  expect(words[1]).toEqual({ kind: "handoff", status: "unavailable" });
  expect(JSON.stringify(words)).not.toMatch(/requested|closed/);
  const choices = JSON.stringify(await engine.all("c1"));
  expect(choices).not.toContain("desk:");
  expect((await engine.desk.list(sato, {}, 10)).handoffs).toEqual([]);
});
