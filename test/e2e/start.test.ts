import { expect, it } from "vitest";
import { Chat } from "../support/client.ts";
import { productionEnv } from "../support/desk.ts";
import { ready, start } from "../support/process.ts";
import { tempFolder } from "../support/temp.ts";

it("npm start: the desk greets, answers from the policy with its clause, and takes the longest of messages", async () => {
  const desk = start("src/main.ts", { ...(await productionEnv(tempFolder())), OPERATORS: "jcom" });
  await ready(desk);
  const chat = await Chat.open(desk.url);
  await chat.say("通話は録音されていますか?");
  await chat.replies(2, 10_000);
  const answer = (await chat.all()).find((a) => a.replyToId);
  expect(answer?.channelData?.madoguchi).toMatchObject({ kind: "answer" });
  const [citation] = answer?.entities?.[0]?.citation ?? [];
  expect(citation?.appearance.url).toMatch(/\/policy\/jcom#/);
  const bombs = ["ア", "ー", "漢", "G", "1", "!", "😀", "個人情報"].flatMap((c) =>
    [501, 2_000, 16_000].map((n) => c.repeat(Math.ceil(n / c.length))),
  );
  const other = await Chat.open(desk.url);
  for (const bomb of bombs) {
    const began = performance.now();
    expect((await chat.say(bomb)).status).toBe(200);
    expect((await other.read("")).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(500);
  }
  const said = await chat.replies(2 + bombs.length, 20_000);
  expect(said.every((text) => text.length > 0)).toBe(true);
});
