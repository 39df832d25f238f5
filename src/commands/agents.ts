import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { randomIds } from "../keys.ts";
import { loadContent } from "../knowledge/content.ts";
import { createAccounts } from "../storage/accounts.ts";
import { createConsoleSessions } from "../storage/console-sessions.ts";
import { runAgents, USAGE } from "./agents/run.ts";
import { openDesk, run } from "./data.ts";
import { settings } from "./settings.ts";

/**
 * `npm run agents -- add|list|disable|roles|reset|sessions`: who may sign in to the console. There is no other way to an
 * account: whoever works on this machine makes it, and hands the invitation to whom it is for.
 */
const ROOT = join(import.meta.dirname, "../..");
await run(async () => {
  if (process.argv.length < 3) throw new Error(USAGE);
  const config = settings();
  const { operators } = loadContent(join(ROOT, "content"));
  const { ours, rows, audit } = await openDesk(config);
  try {
    await runAgents(process.argv.slice(2), {
      accounts: createAccounts(ours, rows, audit.append),
      sessions: createConsoleSessions(ours, rows),
      operators: [...operators.keys()],
      publicUrl: config.publicUrl,
      ids: randomIds,
      random: randomBytes,
      now: Date.now,
      write: (text) => void process.stdout.write(text),
    });
  } finally {
    await ours.close();
  }
});
