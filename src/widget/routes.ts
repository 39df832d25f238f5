import { createHash } from "node:crypto";
import type { Route } from "../http/exchange.ts";
import { problem } from "../http/problem.ts";
import type { Operator } from "../knowledge/operator.ts";
import { LOCALES, type Locale } from "../reply/locale.ts";
import type { Texts } from "../reply/texts.ts";
import { type Bundle, pack, unpacked } from "./bundle/load.ts";
import { DESKS_HERE, type Desk, type Launchers, type LauncherWords, type Words } from "./desk.ts";
import { framePage } from "./frame-page.ts";

export interface WidgetOptions {
  bundle: Bundle;
  /** Operators served. */
  operators: readonly Operator[];
  texts: Texts;
  /** Without a slash at its end. */
  publicUrl: string;
  /** Origins that may frame an operator's chat, besides this server's own. */
  originsOf: (operator: string) => readonly string[];
  /** Any page on this machine may, too: development. */
  local: boolean;
  /** May a page of this origin read our script? */
  allows: (origin: string, operator: string | undefined) => boolean;
  retentionDays: (operator: string) => number;
  /** Longest message, in characters. */
  maxLength: number;
}

/** Address of the operators' colours as styles, for everything below an element with `data-operator`. */
export const BRANDS = "/widget/brands.css";
/** What a page may hold the loader to: its hash, as the attribute `integrity` takes it. */
const INTEGRITY = "/widget/loader.sri";
/** Seconds that a browser may keep the loader without asking. */
const LOADER_AGE_S = 300;

/** What a website embeds: the loader, the chat's frame of each operator, and their files. */
export function widgetRoutes(options: WidgetOptions): Route[] {
  const { bundle, operators, texts, publicUrl } = options;
  const script = bundle.loader.replace(new RegExp(`["'\`]${DESKS_HERE}["'\`]`), () =>
    JSON.stringify(launchers(operators, texts)),
  );
  const loader = pack(Buffer.from(script), "text/javascript; charset=utf-8");
  const integrity = `sha384-${createHash("sha384").update(script).digest("base64")}`;
  const sri = pack(Buffer.from(integrity), "text/plain; charset=utf-8");
  const words = byLocale((l) => texts[l]("widget:chat", AS_THEY_ARE) as unknown as Words);
  const streams = [publicUrl.replace(/^http/, "ws")].map((url) => new URL(url).origin);
  const desks = new Map(operators.map((o) => [o.id, deskOf(o, options, words)]));
  const rules = operators.map((o) => `[data-operator="${o.id}"]{--brand:${o.colour}}\n`).join("");
  const brands = pack(Buffer.from(rules), "text/css; charset=utf-8");
  return [
    ...bundle.routes,
    {
      method: "GET",
      path: "/widget/loader.js",
      body: "none",
      origins: (origin) => options.allows(origin, undefined),
      handle: (exchange) => unpacked(exchange, loader, `public, max-age=${LOADER_AGE_S}`),
    },
    {
      method: "GET",
      path: INTEGRITY,
      body: "none",
      handle: (exchange) => unpacked(exchange, sri, "no-store"),
    },
    {
      method: "GET",
      path: "/widget/:operator/frame",
      body: "none",
      handle({ params: { operator = "" } }) {
        const desk = desks.get(operator);
        if (!desk) return problem("NotFound");
        return framePage({ desk, ...bundle.chat, brands: BRANDS, streams });
      },
    },
    {
      method: "GET",
      path: BRANDS,
      body: "none",
      handle: (exchange) => unpacked(exchange, brands, `public, max-age=${LOADER_AGE_S}`),
    },
  ];
}

/** Texts whole, with their places for names still open. */
const AS_THEY_ARE = { returnObjects: true, skipInterpolation: true } as const;

function byLocale<T>(of: (locale: Locale) => T): Record<Locale, T> {
  return Object.fromEntries(LOCALES.map((l) => [l, of(l)])) as Record<Locale, T>;
}

function launchers(operators: readonly Operator[], texts: Texts): Launchers {
  const desks = operators.map(({ id, name, colour }) => [id, { name, colour }] as const);
  const words = byLocale((l) => texts[l]("widget:launcher", AS_THEY_ARE) as unknown as LauncherWords);
  return { desks: Object.fromEntries(desks), words };
}

function deskOf(operator: Operator, options: WidgetOptions, words: Desk["words"]): Desk {
  const { id, name, company, contact, source } = operator;
  const { publicUrl, originsOf, local, maxLength, retentionDays } = options;
  return {
    operator: id,
    name,
    company,
    source: source.language,
    telephone: contact.telephone ?? null,
    retentionDays: retentionDays(id),
    maxLength,
    origins: [new URL(publicUrl).origin, ...originsOf(id)],
    local,
    words,
  };
}
