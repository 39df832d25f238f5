import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noLog } from "../../src/ports.ts";
import { alone } from "../../src/turn/alone.ts";
import { createBrain } from "../../src/turn/brain.ts";
import { type BrainThread, startBrain } from "../../src/turn/brain-thread.ts";
import type { Brain, Incoming, Talk } from "../../src/turn/talk.ts";
import { MONDAY, seeded, theBrain } from "../support/brain.ts";
import { theContent } from "../support/lessons.ts";

import { times } from "../support/many.ts";

const OPTIONS = { publicUrl: "https://desk.example", pages: true };
let thread: BrainThread;
beforeAll(async () => {
  thread = await startBrain(OPTIONS, noLog);
});
afterAll(() => thread.stop());

/** A question, what leans on it, and a form to its end. */
const TALK: Incoming[] = [
  { text: "通話は録音されますか" },
  { text: "なぜですか" },
  { text: "What about in English?" },
  { text: "人と話したい" },
  { text: "個人情報の利用を停止してください" },
  { text: "本人です" },
  { text: "やめる" },
];

async function told(brain: Brain): Promise<unknown[]> {
  const opening = await brain.open("jcom", { locale: "ja" });
  const desk = alone(brain, { now: () => MONDAY, random: seeded(1) });
  const said: unknown[] = [opening];
  let talk: Talk = opening.talk;
  for (const incoming of TALK) {
    const outcome = await desk.respond("jcom", talk, incoming);
    said.push(outcome);
    talk = outcome.talk;
  }
  const moment = { now: MONDAY, random: seeded(1) };
  said.push(
    await brain.reopened?.("jcom", talk),
    await brain.aside?.(talk, { text: "English" }),
    await brain.returned?.("jcom", talk, "ended", moment),
    await brain.formSoFar?.("jcom", talk, moment),
    await brain.clausesFor?.("jcom", talk, "通話は録音されますか"),
    brain.desk?.("jcom"),
    brain.retention("jcom"),
    [...brain.contacts],
  );
  return said;
}

describe("a brain in a thread of its own", () => {
  it("says and remembers what the same brain does in this one", async () => {
    expect(await told(thread)).toEqual(await told(await createBrain({ ...OPTIONS, content: theContent() })));
  });

  it("draws its randomness from the moment's", async () => {
    const links = async (seed: number) => {
      const moment = { now: MONDAY, random: seeded(seed) };
      const talk: Talk = { locale: "ja" };
      return (await thread.respond("jcom", talk, { command: "own-chat:transcript" }, moment)).link;
    };
    expect((await links(1))?.link).toMatch(/.{20}/);
    expect(await links(1)).toEqual(await links(1));
    expect(await links(1)).not.toEqual(await links(2));
  });

  it("B01: while it understands what is hard, this thread goes on", async () => {
    const hard = Array.from({ length: 2_000 }, (_, n) => String.fromCodePoint(0x4e00 + n * 7)).join("");
    const moment = { now: MONDAY, random: seeded(1) };
    /** Whether anything else ran before the last answer was there. */
    const looksUp = async (brain: Brain) => {
      let looks = 0;
      setImmediate(() => (looks += 1));
      await Promise.all(
        times(20).map(async (n) => brain.respond("jcom", { locale: "ja" }, { text: `${n}${hard}` }, moment)),
      );
      return looks > 0;
    };
    expect(await looksUp(thread)).toBe(true);
    // In this thread nobody else is heard before all are answered.
    expect(await looksUp(await theBrain())).toBe(false);
  });

  it("B01: who writes as people do is answered before those who sent what is hard", async () => {
    const hard = "個人情報".repeat(400);
    const moment = { now: MONDAY, random: seeded(1) };
    const answered: string[] = [];
    const say = async (who: string, text: string) => {
      await thread.respond("jcom", { locale: "ja" }, { text }, moment);
      answered.push(who);
    };
    const bombs = times(20).map((n) => say("bomb", `${n}${hard}`));
    await Promise.all([...bombs, say("customer", "通話は録音されますか")]);
    expect(answered.indexOf("customer")).toBeLessThan(4);
    expect(answered).toHaveLength(21);
  });

  it("refuses what it does not serve, and goes on", async () => {
    const moment = { now: MONDAY, random: seeded(1) };
    await expect(thread.respond("nobody", { locale: "ja" }, { text: "x" }, moment)).rejects.toThrow(
      "not understood",
    );
    expect(() => thread.desk("nobody")).toThrow("operator not served: nobody");
    expect(
      (await thread.respond("jcom", { locale: "ja" }, { text: "こんにちは" }, moment)).messages,
    ).toHaveLength(1);
  });

  it("tells why it cannot begin", async () => {
    const starting = startBrain({ ...OPTIONS, operators: ["nobody"] }, noLog);
    await expect(starting).rejects.toThrow("content/operators has no nobody; it has");
  });

  it("says when it has ended, and leaves nobody waiting", async () => {
    const other = await startBrain(OPTIONS, noLog);
    const moment = { now: MONDAY, random: seeded(1) };
    const ask = () => other.respond("jcom", { locale: "ja" }, { text: "通話は録音されますか" }, moment);
    await ask();
    const asked = ask();
    const refused = expect(asked).rejects.toThrow("has ended");
    await other.stop();
    await refused;
    await other.broken;
    await expect(ask()).rejects.toThrow("has ended");
  });
});
