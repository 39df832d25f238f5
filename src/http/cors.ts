import type { Answer, Route } from "./exchange.ts";

const ALLOW_HEADERS = "Authorization, Content-Type, Idempotency-Key, x-ms-bot-agent, x-requested-with";

/** What a browser of `origin` is told: `refused` when the route is not for it. Without an origin nothing is said. */
export function cors(
  route: Pick<Route, "origins">,
  origin: string | undefined,
  params: Readonly<Record<string, string>>,
): { refused: boolean; headers: Readonly<Record<string, string>> } {
  if (!route.origins) return { refused: false, headers: {} };
  const vary = { Vary: "Origin" };
  if (origin === undefined) return { refused: false, headers: vary };
  if (!route.origins(origin, params)) return { refused: true, headers: vary };
  const exposed = { "Access-Control-Expose-Headers": "Retry-After, Content-Disposition" };
  return { refused: false, headers: { ...vary, ...exposed, "Access-Control-Allow-Origin": origin } };
}

/** The answer to a preflight that is not refused. */
export function preflight(methods: readonly string[]): Answer {
  return {
    status: 204,
    headers: {
      "Access-Control-Allow-Methods": methods.join(", "),
      "Access-Control-Allow-Headers": ALLOW_HEADERS,
      "Access-Control-Max-Age": "600",
    },
  };
}
