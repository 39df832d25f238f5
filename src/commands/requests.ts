import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { FORMS } from "../../dialogs/index.ts";
import { createFormReading } from "../dialog/reading.ts";
import { wordingsOf } from "../dialog/wordings.ts";
import { loadContent } from "../knowledge/content.ts";
import { loadTexts } from "../reply/texts.ts";
import { createDocket } from "../storage/docket.ts";
import { openData, run } from "./data.ts";
import { runRequests } from "./requests/run.ts";
import { settings } from "./settings.ts";

/**
 * `npm run requests -- list|show|move|letter|export|verify --operator O --as officer|auditor --actor NAME --reason "..."`:
 * the requests that customers filed, for the operator's staff, beside the running desk. Who asked and why is recorded.
 */
const ROOT = join(import.meta.dirname, "../..");
await run(async () => {
  const content = loadContent(join(ROOT, "content"));
  const texts = await loadTexts(join(ROOT, "locales"));
  const { ours, ledger, audit } = await openData(settings());
  process.exitCode = await runRequests(process.argv.slice(2), {
    docket: createDocket(ours, ledger),
    audit,
    content,
    wording: {
      texts,
      forms: FORMS,
      reading: createFormReading(wordingsOf(content.answers, texts)),
      twoWeeks: (type) => content.procedures.get(type)?.twoWeeks ?? false,
    },
    now: Date.now,
    write: (text) => void process.stdout.write(text),
    create(path) {
      try {
        const file = openSync(path, "wx", 0o600);
        return { write: (text) => void writeSync(file, text), close: () => closeSync(file) };
      } catch (error) {
        if (error instanceof Error && "code" in error) return undefined;
        throw error;
      }
    },
  });
  await ours.close();
});
