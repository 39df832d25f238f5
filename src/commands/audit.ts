import { parseArgs } from "node:util";
import type { AuditHead } from "../requests/audit.ts";
import { openData, run } from "./data.ts";
import { settings } from "./settings.ts";

/**
 * `npm run audit -- verify [--head SEQ:HASH ...]`: reads the whole audit and compares it with the head beside the
 * database, and with heads kept elsewhere (the log's lines `audit.head`). Ends with 1 when a row is not as it was.
 */
const WHY = {
  changed: "was changed, put in or moved",
  missing: "is missing",
  cut: "and what came after it are gone: a head that was kept is newer",
  replaced: "is not the one that a head which was kept names",
  reason: "has lost its reason, although what it is about was not forgotten",
  head: "is the last one, but no head was kept beside it: it cannot be told whether more were there",
} as const;

function headOf(text: string): AuditHead {
  const [, seq, hash] = /^(\d+):([\w-]{43})$/.exec(text) ?? [];
  if (!seq || !hash) throw new Error("--head: write SEQ:HASH, as a line audit.head has them");
  return { seq: Number(seq), hash };
}

await run(async () => {
  const { values, positionals } = parseArgs({
    options: { head: { type: "string", multiple: true, default: [] } },
    allowPositionals: true,
  });
  if (positionals.join() !== "verify") throw new Error("usage: npm run audit -- verify [--head SEQ:HASH]");
  const heads = values.head.map(headOf);
  const { ours, audit } = await openData(settings());
  try {
    const verified = await audit.verify(heads);
    if (!verified.ok) throw new Error(`row ${verified.bad} ${WHY[verified.why]}`);
    const { seq, hash } = verified.head;
    process.stdout.write(`${seq} rows, all as they were written; head ${seq}:${hash}\n`);
  } finally {
    await ours.close();
  }
});
