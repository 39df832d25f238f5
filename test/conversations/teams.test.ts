import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { theBrain } from "../support/brain.ts";
import { LONG, random, SEED } from "../support/long.ts";
import { filesBelow } from "../support/repository.ts";
import { type TeamsDesk, teamsDesk } from "../support/teams-desk.ts";
import { sharedFolder } from "../support/temp.ts";
import { problemsOf } from "./run.ts";

const brain = await theBrain();
const all = filesBelow("test/conversations", ".txt");
const next = random();
const files = all.filter((file) => LONG || file.includes("shared-chat") || next() < 0.05);
console.info(`seed ${SEED}`);

describe("39: in Teams, with all that is behind it,", () => {
  const folder = sharedFolder();
  let opened: TeamsDesk;
  beforeAll(async () => {
    opened = await teamsDesk(brain, folder.path);
  });
  afterAll(async () => {
    await opened.close();
    folder.remove();
  });

  it(`${files.length} of ${all.length} transcripts go as they do without a channel`, async () => {
    const problems: string[] = [];
    for (const file of files) problems.push(...(await problemsOf(file, opened.open)));
    expect(problems).toEqual([]);
  }, 900_000);
});
