import type { Route } from "./exchange.ts";

/** `ready` says that new work can be taken; `degraded` that it can be read and not written. */
export type Readiness = "ready" | "degraded" | "stopping";

/** `/healthz`: the process lives. `/readyz`: send it work. */
export function healthRoutes(readiness: () => Promise<Readiness>): Route[] {
  return [
    {
      method: "GET",
      path: "/healthz",
      body: "none",
      handle: () => ({ status: 200, body: { status: "ok" } }),
    },
    {
      method: "GET",
      path: "/readyz",
      body: "none",
      async handle() {
        const status = await readiness();
        return { status: status === "ready" ? 200 : 503, body: { status } };
      },
    },
  ];
}
