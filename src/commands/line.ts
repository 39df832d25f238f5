import { join } from "node:path";
import { parseArgs } from "node:util";
import { installMenus } from "../channels/line/rich-menu/install.ts";
import { loadContent } from "../knowledge/content.ts";
import { loadTexts } from "../reply/texts.ts";
import { run } from "./data.ts";
import { lineAccount } from "./settings.ts";

const ROOT = join(import.meta.dirname, "../..");

/**
 * `npm run line -- rich-menu OPERATOR`: puts our menus below the chat of the operator's account on LINE, in its colour.
 * Run again it replaces them.
 */
await run(async () => {
  const { positionals } = parseArgs({ options: {}, allowPositionals: true });
  const [verb, id = "", ...more] = positionals;
  if (verb !== "rich-menu" || id === "" || more.length > 0)
    throw new Error("usage: npm run line -- rich-menu OPERATOR");
  const { operators } = loadContent(join(ROOT, "content"));
  const operator = operators.get(id);
  if (!operator) throw new Error(`no operator ${id}: there are ${[...operators.keys()].join(", ")}`);
  const texts = await loadTexts(join(ROOT, "locales"));
  const { menus, removed } = await installMenus(lineAccount(id), operator.colour, texts);
  const lines = Object.entries(menus).map(([locale, menu]) => `${locale}: ${menu}`);
  process.stdout.write(`${[...lines, `former menus removed: ${removed}`].join("\n")}\n`);
});
