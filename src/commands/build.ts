import { join } from "node:path";
import { buildWidget } from "../widget/bundle/build.ts";

/**
 * `npm run build`: builds what browsers load (the chat, its loader, the pages' styles) into `.cache/`. Nothing to do
 * where it is up to date. `npm ci` runs it.
 */
await buildWidget(join(import.meta.dirname, "../.."));
