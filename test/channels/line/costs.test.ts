import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import type { Brain } from "../../../src/turn/talk.ts";
import { openDesk } from "../../support/desk.ts";
import { deliver, LinePlatform, userOf, visible, webhook } from "../../support/line-platform.ts";
import { standInBrain } from "../../support/stand-in-brain.ts";
import { talkingBrain } from "../../support/talking-brain.ts";
import { tempFolder } from "../../support/temp.ts";
import { until } from "../../support/until.ts";

async function opened(
  env: Record<string, string> = {},
  wait?: (text: string) => number,
  brain: Brain = standInBrain({ operators: ["jcom"] }),
) {
  const line = await LinePlatform.open();
  const slow = {
    ...brain,
    async respond(...given: Parameters<typeof brain.respond>) {
      await sleep(wait?.(given[2].text ?? "") ?? 0);
      return brain.respond(...given);
    },
  };
  const desk = await openDesk({ dataDir: tempFolder(), env: { ...line.env(), ...env }, brain: slow });
  onTestFinished(async () => {
    expect(line.problems).toEqual([]);
    await desk.stop();
    await line.close();
  });
  const send = async (event: object) => {
    expect((await deliver(desk.url, webhook([event]))).status).toBe(200);
  };
  const metrics = async () => (await fetch(`${desk.url}/metrics`)).text();
  return { line, desk, send, metrics };
}

it("47: pushes are counted, warned of once at 80 %, and not made beyond the limit; replies go on", async () => {
  const { line, desk, send, metrics } = await opened({ LINE_PUSH_LIMIT_JCOM: "5" });
  for (let n = 1; n <= 6; n += 1) {
    const event = line.text(userOf(n), "late");
    line.expire(event);
    await send(event);
    await until(
      () => line.reached.length === Math.min(n, 5) || desk.lines.some((l) => l.includes("line.push-limit")),
    );
  }
  // The greeting and the answer: what is beyond the limit is given up whole.
  await until(async () => (await metrics()).includes('madoguchi_letters{box="outbox",state="dead"} 2'));
  expect(line.reached.map(({ how }) => how)).toEqual(Array(5).fill("push"));
  expect(desk.lines.filter((text) => text.includes("line.pushes-near-limit"))).toHaveLength(1);
  expect(await metrics()).toContain('madoguchi_pushes{channel="line",operator="jcom"} 5');
  expect(await metrics()).toContain('madoguchi_push_limit{channel="line",operator="jcom"} 5');
  await send(line.text(userOf(9), "in time"));
  await until(() => line.of(userOf(9)).length === 2);
});

it("46: shows that an answer is coming when it takes longer than a second, and not otherwise", async () => {
  const { line, send } = await opened({}, (text) => (text === "slow" ? 1_600 : 0));
  await send(line.text(userOf(1), "quick"));
  await send(line.text(userOf(2), "slow"));
  await until(() => line.of(userOf(2)).length === 2);
  await sleep(100);
  expect(line.loading).toEqual([userOf(2)]);
});

it("15: a rating is kept once, a bad one asks why, and the reason is kept too", async () => {
  const { line, send } = await opened({}, undefined, talkingBrain());
  const user = userOf(1);
  await send(line.text(user, "録音について"));
  await until(() => JSON.stringify(line.of(user)).includes("f=down"));
  const before = line.of(user).length;
  const data = [...JSON.stringify(line.of(user)).matchAll(/"data":"(f=(?:up|down):[^"]+)"/g)].map(
    ([, d]) => d ?? "",
  );
  const down = data.find((d) => d.startsWith("f=down"));
  if (!down) throw new Error("no thumbs");
  const pressed = line.pressed(user, down);
  await send(pressed);
  await until(() => line.of(user).length === before + 1);
  await send(pressed);
  const reasons = [...JSON.stringify(line.of(user).at(-1)).matchAll(/"data":"(r=[^"]+)"/g)].map(
    ([, d]) => d ?? "",
  );
  expect(reasons).toHaveLength(4);
  await send(line.pressed(user, reasons[1] ?? ""));
  await until(() => line.of(user).length === before + 2);
  expect(visible(line.of(user).slice(before + 1))).toContain("ありがとうございます");
});
