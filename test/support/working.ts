import { join } from "node:path";
import type { AuditEntry } from "../../src/requests/audit.ts";
import { isOpen, type Step } from "../../src/requests/state.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { createStores } from "../../src/storage/store.ts";

/**
 * Staff at work as a process of its own, on FOLDER with KEY (base64): moves each of its requests along and tells every
 * step that it was promised, a line each. For a test that kills it.
 */
const { FOLDER = "", KEY = "", WHO = "" } = process.env;
const now = Date.now();
const store = await createStores(openSqlite(join(FOLDER, "desk.db")), Buffer.from(KEY, "base64"));
const NEXT: Partial<Record<string, Step>> = {
  received: { kind: "identity-check" },
  "identity-check": { kind: "in-progress", reason: "seen" },
  "in-progress": { kind: "awaiting-person", reason: "asked" },
  "awaiting-person": { kind: "in-progress" },
};

async function work(receipt: string): Promise<void> {
  for (let turns = 0; turns < 12; turns += 1) {
    const request = await store.docket.show("jcom", receipt);
    if (!request || !isOpen(request.state)) return;
    const { version, state } = request;
    const step: Step = turns === 11 ? { kind: "withdrawn", reason: "enough" } : (NEXT[state] as Step);
    const audit: AuditEntry = {
      at: now,
      actor: WHO,
      role: "officer",
      operator: "jcom",
      what: "move",
      subject: receipt,
      reason: `version ${version + 1}`,
    };
    const actor = { by: "officer", name: WHO } as const;
    const done = await store.docket.move({ operator: "jcom", receipt, version }, step, actor, now, audit);
    if (done.kind === "moved") process.stdout.write(`${receipt} ${done.request.version}\n`);
  }
}
process.stdout.write("begun\n");
const page = await store.docket.list({ operator: "jcom" }, 500);
await Promise.all(page.requests.map(({ receipt }) => work(receipt)));
await store.close();
process.stdout.write("ended\n");
