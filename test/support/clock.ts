import { randomBytes } from "node:crypto";
import type { Ids } from "../../src/ports.ts";

export const randomIds: Ids = { next: () => randomBytes(18).toString("base64url") };
