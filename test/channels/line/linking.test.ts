import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { showCode, showReceipt } from "../../../src/requests/receipt.ts";
import { openSqlite } from "../../../src/storage/sqlite/open.ts";
import { createStores, type Stores } from "../../../src/storage/store.ts";
import { MONDAY, theBrain } from "../../support/brain.ts";
import { type LineDesk, lineDesk } from "../../support/line-desk.ts";
import { deliver, visible, webhook } from "../../support/line-platform.ts";
import type { TalkDesk } from "../../support/talk-desk.ts";
import { sharedFolder } from "../../support/temp.ts";
import { until } from "../../support/until.ts";
import { website } from "../../support/visitor.ts";

const folder = sharedFolder();
let on: LineDesk;
let staff: Stores;

beforeAll(async () => {
  on = await lineDesk(await theBrain(), folder.path, { website: website() });
  staff = await createStores(openSqlite(`${folder.path}/madoguchi.db`), on.desk.config.dataKey);
});
afterAll(async () => {
  expect(on.line.problems).toEqual([]);
  await staff.close();
  await on.close();
  folder.remove();
});

const send = (event: object) => deliver(on.desk.url, webhook([event]));
const shown = () => visible(on.line.of(on.user()));

/** A request of the customer's, filed in the chat; gives its number and code. */
async function filed(chat: TalkDesk) {
  for (const text of ["Please stop sending me newsletters", "john@example.com", "yes"])
    await chat.say({ text });
  const request = chat.changes.flatMap((change) => (change.do === "file" ? [change.request] : [])).at(-1);
  if (!request) throw new Error("nothing was filed");
  return request;
}

/** The address that asks for number and code, out of what was said last. */
function address(): URL {
  const found = /"uri":"([^"]*\/line\/jcom\/link[^"]*)"/.exec(JSON.stringify(on.line.of(on.user())));
  const to = new URL(found?.[1] ?? "");
  return new URL(`${on.desk.url}${to.pathname}${to.search}`);
}

const enter = (to: URL, receipt: string, code: string) =>
  fetch(`${to.origin}${to.pathname}`, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      linkToken: to.searchParams.get("linkToken") ?? "",
      lang: "en",
      receipt,
      code,
    }),
  });

it("48: number and code link a request, once and for ten minutes; its changes are pushed to whoever linked it", async () => {
  const chat = await on.open({ operator: "jcom", locale: "en" });
  const request = await filed(chat);
  await chat.say({ text: "How far is my request?" });
  const to = address();
  const page = await fetch(to);
  expect(page.status).toBe(200);
  expect(page.headers.get("content-security-policy")).toContain("form-action 'self' https://access.line.me;");
  expect(await page.text()).toContain('name="receipt"');

  const [number, code] = [showReceipt(request.receipt), showCode(request.code)];
  for (const [receipt, secret, said] of [
    ["", "", "does not look like a receipt number"],
    [number, "AAAA", "does not look like a status code"],
    [number, "AAAA-2345", "cannot find"],
  ] as const) {
    const wrong = await enter(to, receipt, secret);
    expect(wrong.status).toBe(200);
    expect(await wrong.text()).toContain(said);
  }
  const right = await enter(to, number.toLowerCase(), ` ${code} `);
  expect(right.status).toBe(303);
  const back = new URL(right.headers.get("location") ?? "");
  expect(`${back.origin}${back.pathname}`).toBe("https://access.line.me/dialog/bot/accountLink");
  expect(back.searchParams.get("linkToken")).toBe(to.searchParams.get("linkToken"));
  const nonce = back.searchParams.get("nonce") ?? "";
  expect(Buffer.from(nonce, "base64url").length).toBeGreaterThanOrEqual(16);

  const link = (given: string, result = "ok") =>
    send(on.line.event("accountLink", on.user(), { link: { result, nonce: given } }));
  await link(nonce, "failed");
  await link(`${nonce}x`);
  expect(shown()).not.toContain("is linked");
  await link(nonce);
  await until(() => shown().includes("is linked"));
  await link(nonce);

  // The staff move it: each change is told once, without what it is about.
  const before = on.line.of(on.user()).length;
  const about = { operator: "jcom", receipt: request.receipt, version: 1 };
  const audit = {
    at: MONDAY,
    actor: "Sato",
    role: "officer",
    operator: "jcom",
    what: "move",
    subject: null,
    reason: "x",
  };
  const officer = { by: "officer", name: "Sato" } as const;
  const moved = await staff.docket.move(about, { kind: "in-progress" }, officer, MONDAY, audit as never);
  expect(moved.kind).toBe("moved");
  await until(() => on.line.of(on.user()).length > before, 10_000);
  const news = visible(on.line.of(on.user()).slice(before));
  expect(news).toContain(`ending in ${request.receipt.slice(-4)}`);
  expect(news).toContain("being worked on");
  expect(news).not.toMatch(/john|newsletter|advert/i);
  expect(news).not.toContain(number);
  expect(on.line.reached.at(-1)?.how).toBe("push");
  expect(shown().match(/is linked/g)).toHaveLength(1);
  expect(shown().match(/ending in/g)).toHaveLength(1);

  // By words it ends.
  await chat.say({ text: "unlink" });
  const answered = { kind: "answered", text: { ja: "止めました。", en: "Stopped." } } as const;
  await staff.docket.move({ ...about, version: 2 }, answered as never, officer, MONDAY, audit as never);
  await sleep(2_500);
  expect(shown().match(/ending in/g)).toHaveLength(1);
});

it("48: a nonce is dead after ten minutes, and five wrong codes lock the number", async () => {
  const chat = await on.open({ operator: "jcom", locale: "en" });
  const request = await filed(chat);
  await chat.say({ text: "How far is my request?" });
  const to = address();
  const [number, code] = [showReceipt(request.receipt), showCode(request.code)];
  const right = await enter(to, number, code);
  const nonce = new URL(right.headers.get("location") ?? "").searchParams.get("nonce");
  on.clock.at += 600_000;
  await send(on.line.event("accountLink", on.user(), { link: { result: "ok", nonce } }));
  for (let n = 0; n < 5; n += 1) await enter(to, number, "AAAA-2345");
  const locked = await enter(to, number, code);
  expect(locked.status).toBe(200);
  expect(await locked.text()).toContain("too many tries");
  expect(shown()).not.toContain("is linked");
});

it("has no page without a token of the platform's", async () => {
  const path = `${on.desk.url}/line/jcom/link`;
  for (const query of ["", "?linkToken=", "?linkToken=%3Cscript%3E", `?linkToken=${"a".repeat(501)}`])
    expect((await fetch(path + query)).status).toBe(400);
  expect((await fetch(`${path}?linkToken=abc`)).status).toBe(200);
});
