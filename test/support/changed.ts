import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./repository.ts";
import type { Change } from "./without.ts";

/** Loaded before a desk: the places that CHANGES names are other ones in the code that it runs. */
const changes = (JSON.parse(process.env.CHANGES ?? "[]") as Change[]).map(([file, from, to]) => ({
  url: pathToFileURL(join(ROOT, file)).href,
  from,
  to,
}));
registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    const here = changes.filter((change) => change.url === url);
    if (here.length === 0) return loaded;
    const { source } = loaded;
    const code = typeof source === "string" ? source : Buffer.from(source as Uint8Array).toString("utf8");
    return { ...loaded, source: here.reduce((text, { from, to }) => text.replace(from, () => to), code) };
  },
});
