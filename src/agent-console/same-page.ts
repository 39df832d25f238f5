import { createHmac, timingSafeEqual } from "node:crypto";
import type { Exchange } from "../http/exchange.ts";

/** Whether a browser says that our own page sent this; who says nothing is refused too. */
export function isOwnPage({ header }: Pick<Exchange, "header">, origin: string): boolean {
  const site = header("sec-fetch-site");
  return header("origin") === origin && (site === undefined || site === "same-origin");
}

/** The header in which our page shows the token of its session. */
export const CSRF_HEADER = "x-madoguchi-csrf";

/** A token that follows from the session's secret: whoever can only send the cookie cannot tell it. */
export const csrfToken = (key: Uint8Array, secret: string): string =>
  createHmac("sha256", key).update("console csrf\0").update(secret).digest("base64url");

export function hasToken({ header }: Pick<Exchange, "header">, key: Uint8Array, secret: string): boolean {
  const [given, wanted] = [Buffer.from(header(CSRF_HEADER) ?? ""), Buffer.from(csrfToken(key, secret))];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
