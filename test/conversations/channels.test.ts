import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { theBrain, theMailingBrain } from "../support/brain.ts";
import { directLineDesk } from "../support/direct-line-desk.ts";
import { lineDesk } from "../support/line-desk.ts";
import { LONG, random, SEED } from "../support/long.ts";
import { filesBelow, ROOT } from "../support/repository.ts";
import type { OpenTalk } from "../support/talk-desk.ts";
import { teamsDesk } from "../support/teams-desk.ts";
import { sharedFolder } from "../support/temp.ts";
import { problemsOf } from "./run.ts";
import { parseTranscript } from "./transcript.ts";

/** A channel, from a customer's words to what the customer is shown; its `problems` are the platform's own. */
interface Opened {
  open: OpenTalk;
  problems(): readonly string[];
  close(): Promise<void>;
}

const [brain, mailing] = await Promise.all([theBrain(), theMailingBrain()]);
const all = filesBelow("test/conversations", ".txt");
const next = random();
/** Each file for the channel of its lot: one of twenty on each, all of them in the long run. */
const chosen = all.map((file) => ({ file, lot: next() }));
console.info(`seed ${SEED}`);

const CHANNELS: readonly [string, (folder: string) => Promise<Opened>][] = [
  [
    "LINE",
    async (folder) => {
      const opened = await lineDesk(brain, folder, { mailing });
      return { open: opened.open, problems: () => opened.line.problems, close: () => opened.close() };
    },
  ],
  [
    "Direct Line",
    async (folder) => {
      const opened = await directLineDesk(brain, folder, mailing);
      return { open: opened.open, problems: () => [], close: () => opened.close() };
    },
  ],
  [
    "Teams",
    async (folder) => {
      const opened = await teamsDesk(brain, folder, mailing);
      return { open: opened.open, problems: () => [], close: () => opened.close() };
    },
  ],
];
/** Others read along in Teams alone: elsewhere there are chats of one's own. */
const SHARED = /\/shared-chat\//;
const SHARING = "Teams";

const sendsMail = (file: string) => parseTranscript(file, readFileSync(join(ROOT, file), "utf8")).mail;

/** At a desk of its own: one address is not mailed a code more than a few times a day. */
async function alone(channel: (folder: string) => Promise<Opened>, file: string): Promise<string[]> {
  const folder = sharedFolder();
  const opened = await channel(folder.path);
  const problems = await problemsOf(file, opened.open);
  await opened.close();
  folder.remove();
  return [...problems, ...opened.problems()];
}

describe.each(CHANNELS)("39: on %s, with all that is behind it,", (name, channel) => {
  const folder = sharedFolder();
  let opened: Opened;
  const at = CHANNELS.findIndex(([each]) => each === name);
  const files = chosen
    .filter(({ file, lot }) => (SHARED.test(file) ? name === SHARING : LONG || Math.floor(lot * 20) === at))
    .map(({ file }) => file);

  beforeAll(async () => {
    opened = await channel(folder.path);
  });
  afterAll(async () => {
    await opened.close();
    folder.remove();
  });

  it(`${files.length} of ${all.length} transcripts go as they do without a channel`, async () => {
    const problems: string[] = [];
    for (const file of files) {
      if (!sendsMail(file)) problems.push(...(await problemsOf(file, opened.open)), ...opened.problems());
      else problems.push(...(await alone(channel, file)));
    }
    expect(problems).toEqual([]);
  }, 900_000);
});
