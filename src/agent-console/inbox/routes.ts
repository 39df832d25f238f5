import type { Answer } from "../../http/exchange.ts";
import { problem } from "../../http/problem.ts";
import { ROLES, type Role, WORKERS } from "../role.ts";
import { atOperator, type ConsoleRoute } from "../route.ts";
import * as told from "./told.ts";

/** Who talks to customers. */
export const AT_DESK: readonly Role[] = ["agent", "supervisor"];

const AT = "/console/api/operators/:operator";
const ONE = `${AT}/chats/:handoff` as const;

const thin = (): Answer => problem("NotFound");

/** The inbox and the chats of an operator, for the people who talk to its customers. */
export function inboxRoutes(): ConsoleRoute[] {
  return [
    atOperator({
      method: "GET",
      path: `${AT}/chats`,
      roles: ROLES,
      trail: "list",
      takes: told.listed,
      handle: thin,
    }),
    atOperator({
      method: "GET",
      path: `${AT}/chats/counts`,
      roles: ROLES,
      trail: "nothing",
      takes: told.nothing,
      handle: thin,
    }),
    atOperator({
      method: "GET",
      path: `${AT}/chats/search`,
      roles: ROLES,
      trail: "list",
      takes: told.searched,
      handle: thin,
    }),
    atOperator({ method: "GET", path: ONE, roles: ROLES, trail: "show", takes: told.opened, handle: thin }),
    atOperator({
      method: "GET",
      path: `${ONE}/lines`,
      roles: ROLES,
      trail: "with-its-effect",
      takes: told.linesAfter,
      handle: thin,
    }),
    atOperator({
      method: "GET",
      path: `${ONE}/suggestions`,
      roles: AT_DESK,
      trail: "nothing",
      takes: told.nothing,
      handle: thin,
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/claim`,
      roles: AT_DESK,
      trail: "with-its-effect",
      takes: told.nothing,
      handle: thin,
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/release`,
      roles: AT_DESK,
      trail: "with-its-effect",
      takes: told.released,
      handle: thin,
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/transfer`,
      roles: AT_DESK,
      trail: "with-its-effect",
      takes: told.transferred,
      handle: thin,
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/notes`,
      roles: WORKERS,
      trail: "with-its-effect",
      takes: told.noted,
      handle: thin,
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/say`,
      roles: AT_DESK,
      trail: "with-its-effect",
      takes: told.said,
      handle: thin,
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/typing`,
      roles: AT_DESK,
      trail: "nothing",
      takes: told.nothing,
      handle: thin,
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/read`,
      roles: AT_DESK,
      trail: "nothing",
      takes: told.readUpTo,
      handle: thin,
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/end`,
      roles: AT_DESK,
      trail: "with-its-effect",
      takes: told.ended,
      handle: thin,
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/reveal`,
      roles: WORKERS,
      trail: "reveal",
      takes: told.revealed,
      handle: thin,
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/fill`,
      roles: AT_DESK,
      trail: "with-its-effect",
      takes: told.filledIn,
      handle: thin,
    }),
    atOperator({
      method: "POST",
      path: `${ONE}/start`,
      roles: AT_DESK,
      trail: "with-its-effect",
      takes: told.started,
      handle: thin,
    }),
    atOperator({
      method: "GET",
      path: `${AT}/canned`,
      roles: AT_DESK,
      trail: "nothing",
      takes: told.nothing,
      handle: thin,
    }),
    atOperator({
      method: "GET",
      path: `${AT}/colleagues`,
      roles: ROLES,
      trail: "nothing",
      takes: told.nothing,
      handle: thin,
    }),
    atOperator({
      method: "GET",
      path: `${AT}/ratings`,
      roles: ROLES,
      trail: "nothing",
      takes: told.nothing,
      handle: thin,
    }),
  ];
}
