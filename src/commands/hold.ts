import { parseArgs } from "node:util";
import { readReceipt } from "../requests/receipt.ts";
import { hold } from "../storage/holds.ts";
import { openData, run, STAFF, toldBy } from "./data.ts";
import { settings } from "./settings.ts";

/**
 * `npm run hold -- set|release --operator ID --receipt NUMBER --actor NAME --reason TEXT`: a request that is held (a
 * suit, an order of an authority) is neither purged nor erased until it is released.
 */
await run(async () => {
  const { values, positionals } = parseArgs({
    options: { ...STAFF, operator: { type: "string" }, receipt: { type: "string" } },
    allowPositionals: true,
  });
  const [verb] = positionals;
  const { operator, receipt: typed } = values;
  const receipt = readReceipt(typed ?? "");
  if ((verb !== "set" && verb !== "release") || positionals.length > 1 || !operator || !receipt.ok)
    throw new Error(
      "usage: npm run hold -- set|release --operator ID --receipt NUMBER --actor NAME --reason TEXT",
    );
  const told = toldBy(values, Date.now());
  const data = await openData(settings());
  try {
    if (!(await hold(data, receipt.value, verb === "set", { ...told, operator })))
      throw new Error(`no such request at ${operator}`);
    process.stdout.write(verb === "set" ? "held\n" : "released\n");
  } finally {
    await data.ours.close();
  }
});
