import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import type { Answer, Exchange, Route } from "../../http/exchange.ts";
import { problem } from "../../http/problem.ts";
import { BUILT } from "./build.ts";

/** What was built for the browser, held in memory, plain and compressed. */
export interface Bundle {
  /** The loader's script, before the desks are put in. */
  loader: string;
  /** Addresses of the chat's script and styles, and of the pages' styles, from the server's root. */
  chat: { script: string; styles: string[] };
  pages: string;
  /** Of the agents' console. */
  console: { script: string; styles: string[] };
  /** Every file under its hashed name, cached for good. */
  routes: Route[];
}

const entry = z.object({ file: z.string(), css: z.array(z.string()).optional() });
const manifestSchema = z.record(z.string(), entry);
const TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};
const FOLDER = "/widget/assets";

/** Reads what `buildWidget` has built. @throws when it has not */
export function loadBundle(root: string): Bundle {
  const folder = join(root, BUILT);
  const read = (name: string) => manifestSchema.parse(JSON.parse(readFileSync(join(folder, name), "utf8")));
  const manifest = read("manifest.json");
  const staff = read("console-manifest.json")["src/agent-console/app/main.tsx"];
  const chat = manifest["src/widget/chat/main.tsx"];
  const pages = manifest["src/pages/pages.css"];
  if (!chat || !pages || !staff) throw new Error("the widget's build is incomplete: run npm run build");
  const files = new Map<string, Packed>();
  for (const name of readdirSync(folder)) {
    const type = TYPES[name.split(".").at(-1) ?? ""];
    if (type && name !== "loader.js") files.set(name, pack(readFileSync(join(folder, name)), type));
  }
  const address = (file: string) => `${FOLDER}/${file}`;
  return {
    loader: readFileSync(join(folder, "loader.js"), "utf8"),
    chat: { script: address(chat.file), styles: (chat.css ?? []).map(address) },
    pages: address(pages.file),
    console: { script: address(staff.file), styles: (staff.css ?? []).map(address) },
    routes: [
      {
        method: "GET",
        path: `${FOLDER}/:file`,
        body: "none",
        handle(exchange) {
          const found = files.get(exchange.params.file ?? "");
          return found
            ? unpacked(exchange, found, "public, max-age=31536000, immutable")
            : problem("NotFound");
        },
      },
    ],
  };
}

/** Bytes to send, plain and compressed. */
export interface Packed {
  type: string;
  plain: Uint8Array;
  gzip: Uint8Array;
}

export function pack(plain: Uint8Array, type: string): Packed {
  return { type, plain, gzip: gzipSync(plain, { level: 9 }) };
}

/** The answer that a client takes: compressed where it says so. */
export function unpacked(exchange: Exchange, { type, plain, gzip }: Packed, cache: string): Answer {
  const zipped = /\bgzip\b/.test(exchange.header("accept-encoding") ?? "");
  const headers = { "Content-Type": type, "Cache-Control": cache, Vary: "Accept-Encoding" };
  return {
    status: 200,
    body: zipped ? gzip : plain,
    headers: zipped ? { ...headers, "Content-Encoding": "gzip" } : headers,
  };
}
