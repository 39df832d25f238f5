import type { ConsoleRoute } from "../route.ts";
import { chatRoutes } from "./chat-routes.ts";
import { deskRoutes } from "./desk-routes.ts";
import { fillRoutes } from "./fill-routes.ts";
import { listRoutes } from "./list-routes.ts";
import type { InboxOptions } from "./options.ts";
import { sayRoutes } from "./say-routes.ts";
import { stepRoutes } from "./step-routes.ts";

/** The inbox and the chats of an operator, for the people who talk to its customers. */
export const inboxRoutes = (options: InboxOptions): ConsoleRoute[] => [
  ...listRoutes(options),
  ...chatRoutes(options),
  ...stepRoutes(options),
  ...sayRoutes(options),
  ...fillRoutes(options),
  ...deskRoutes(options),
];
