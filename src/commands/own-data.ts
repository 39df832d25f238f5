import { randomBytes } from "node:crypto";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { loadContent } from "../knowledge/content.ts";
import { ownDataJson, ownDataPage } from "../pages/own-data.ts";
import { LOCALES, localeOf } from "../reply/locale.ts";
import { loadTexts } from "../reply/texts.ts";
import type { OwnKey } from "../requests/own-data.ts";
import { readReceipt } from "../requests/receipt.ts";
import { createLinks } from "../storage/links.ts";
import { createOwnData } from "../storage/own-data.ts";
import { ownDataLink } from "../turn/links.ts";
import { openData, run, STAFF, toldBy } from "./data.ts";
import { settings } from "./settings.ts";

/**
 * `npm run own-data -- export|erase --operator ID (--receipt NUMBER | --conversation ID) --actor NAME --reason TEXT`:
 * all that this desk holds on the person behind a request or a chat, and nothing of others. `export --out FOLDER
 * [--locale en]` writes own-data.json and own-data.html into a new folder (0700): it is readable, hand it over and
 * delete it. `export --link` prints a link to hand over instead: it opens once, within `--hours` (24 at most), for
 * whoever has the request's status code too. `erase` leaves what is held.
 */
const MOST_HOURS = 24;
const ROOT = join(import.meta.dirname, "../..");
const USAGE =
  "usage: npm run own-data -- export|erase --operator ID (--receipt NUMBER | --conversation ID) --actor NAME --reason TEXT; export: --out FOLDER, or --link [--hours 1..24] with --receipt; [--locale ja|en]";

function keyOf({ receipt, conversation }: { receipt?: string; conversation?: string }): OwnKey {
  if ((receipt === undefined) === (conversation === undefined)) throw new Error(USAGE);
  if (conversation !== undefined) return { by: "conversation", conversation };
  const read = readReceipt(receipt ?? "");
  if (!read.ok) throw new Error("--receipt: there is no such number");
  return { by: "receipt", receipt: read.value };
}

await run(async () => {
  const { values, positionals } = parseArgs({
    options: {
      ...STAFF,
      operator: { type: "string" },
      receipt: { type: "string" },
      conversation: { type: "string" },
      out: { type: "string" },
      link: { type: "boolean" },
      hours: { type: "string" },
      locale: { type: "string" },
    },
    allowPositionals: true,
  });
  const [verb] = positionals;
  const { operator, out, link = false } = values;
  const hours = Number(values.hours ?? MOST_HOURS);
  if ((verb !== "export" && verb !== "erase") || positionals.length > 1 || !operator) throw new Error(USAGE);
  if ((verb === "export") !== (out !== undefined || link) || (out !== undefined && link))
    throw new Error(USAGE);
  if (!(hours > 0 && hours <= MOST_HOURS)) throw new Error(`--hours: up to ${MOST_HOURS}`);
  const key = keyOf(values);
  if (link && key.by !== "receipt")
    throw new Error("--link: with --receipt, since the status code of a request is asked for");
  const cause = toldBy(values, Date.now());
  const config = settings();
  const data = await openData(config);
  try {
    if (link && key.by === "receipt") {
      const maker = {
        links: createLinks(data),
        random: randomBytes,
        clock: { now: () => cause.at },
        publicUrl: config.publicUrl,
        lifeMs: hours * 3_600_000,
      };
      const told = { ...cause, what: "link", subject: key.receipt } as const;
      const locale = localeOf(values.locale) ?? LOCALES[0];
      const address = await ownDataLink(maker, { operator, receipt: key.receipt }, locale, told);
      if (address === undefined) throw new Error(`no such request at ${operator}`);
      process.stdout.write(`${address}\n`);
      return;
    }
    const ownData = createOwnData(data, data.witness);
    const scope = await ownData.find(operator, key);
    if (scope === undefined) throw new Error(`no such request or chat at ${operator}`);
    if (scope === "several")
      throw new Error(
        "more than one person has filed from this chat: name the receipt number of one of them",
      );
    if (out === undefined) {
      const { requests, chats, held } = await ownData.erase(scope, cause);
      process.stdout.write(
        `erased: ${requests} requests, ${chats} chats; held and left: ${held.requests} requests, ${held.chats} chats\n`,
      );
    } else {
      const locale = localeOf(values.locale) ?? LOCALES[0];
      const company = loadContent(join(ROOT, "content")).operators.get(operator)?.company[locale] ?? operator;
      const head = { operator, company, locale, madeAt: cause.at, shared: scope.shared };
      const texts = await loadTexts(join(ROOT, "locales"));
      mkdirSync(out, { mode: 0o700 });
      const write = (name: string, text: AsyncIterable<string>) =>
        pipeline(Readable.from(text), createWriteStream(join(out, name), { flags: "wx", mode: 0o600 }));
      const records = await ownData.export(scope, cause);
      await write("own-data.json", ownDataJson(texts, head, records()));
      await write("own-data.html", ownDataPage(texts, head, records()));
      process.stdout.write(`${scope.requests.length} requests, ${scope.chats.length} chats: ${out}\n`);
    }
    if (scope.shared > 0)
      process.stdout.write(
        `${scope.shared} requests or chats may be another person's too and were left: look at them by hand\n`,
      );
  } finally {
    await data.ours.close();
  }
});
