import { randomBytes } from "node:crypto";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, it } from "vitest";
import { newReceipt } from "../../../src/requests/receipt.ts";
import { type ConsoleDesk, codeOf, openConsole, PASSWORD, type Staff } from "../../support/console.ts";
import { takeStep } from "../../support/deciding.ts";
import { fileAll, request } from "../../support/filing.ts";
import { LONG, measure } from "../../support/long.ts";
import { parent } from "../../support/parent.ts";
import { sharedBrowser, visit } from "../../support/visitor.ts";
import { violations } from "../widget/support/accessible.ts";
import { VECTORS } from "../widget/support/vectors.ts";

const browser = sharedBrowser();
const SUPERVISOR = { jcom: ["supervisor"] } as const;

async function withRequests(count: number, answers: (i: number) => Record<string, unknown> = () => ({})) {
  const around = await openConsole();
  const receipts = Array.from({ length: count }, () => newReceipt(randomBytes));
  await fileAll(
    around.store,
    "jcom",
    receipts.map((receipt, i) => {
      const filed = request(receipt);
      return { ...filed, answers: { ...filed.answers, ...answers(i) } as typeof filed.answers };
    }),
  );
  return { ...around, receipts };
}

/** Signs in by keys alone. */
async function signIn({ clock }: ConsoleDesk, page: Page, staff: Staff, password = PASSWORD): Promise<void> {
  clock.at += 31_000;
  await page.locator("form").waitFor();
  await page.keyboard.press("Tab");
  while ((await page.evaluate(() => document.activeElement?.getAttribute("autocomplete"))) !== "username")
    await page.keyboard.press("Tab");
  await page.keyboard.type(staff.login);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Tab");
  await page.keyboard.type(codeOf(staff, clock.at));
  await page.keyboard.press("Enter");
  await page.locator(".side").waitFor();
}

const MODES: Record<string, BrowserContextOptions> = {
  "light, Japanese": { locale: "ja-JP" },
  "dark, English": { locale: "en-US", colorScheme: "dark" },
  ...(LONG
    ? {
        "dark, Japanese": { locale: "ja-JP", colorScheme: "dark" as const },
        "forced colours": { forcedColors: "active" as const },
        "320 pixels": { viewport: { width: 320, height: 568 } },
      }
    : {}),
};

it.each(Object.keys(MODES))(
  "by keyboard alone from the invitation to a step, and axe finds nothing on the way: %s",
  async (mode) => {
    const around = await withRequests(3);
    const { desk, clock, receipts } = around;
    const staff = await around.invite("sato", SUPERVISOR);
    const context = await browser.context({ reducedMotion: "reduce", ...MODES[mode] });
    const { page, complaints } = await visit(context, `${desk.url}/console#/invitation/${staff.token}`);
    const foreign: string[] = [];
    page.on("request", (asked) => {
      if (!asked.url().startsWith(desk.url)) foreign.push(asked.url());
    });
    const clean = async (state: string) => expect(await violations(page.mainFrame()), state).toEqual([]);
    const active = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    await page.locator("svg").waitFor();
    await clean("invitation");
    const until = async (found: () => Promise<boolean>) => {
      for (let i = 0; i < 60 && !(await found()); i += 1) await page.keyboard.press("Tab");
      expect(await found()).toBe(true);
    };
    const isOn = (selector: string) => () =>
      page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);
    await until(isOn("input[type=password]"));
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Tab");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Tab");
    await page.keyboard.type(codeOf(staff, clock.at));
    await page.keyboard.press("Enter");
    await page.locator(".codes").waitFor();
    await clean("recovery codes");
    await until(isOn(".main-button"));
    await page.keyboard.press("Enter");
    await page.locator("input[type=password]").waitFor();
    await clean("sign-in");
    await signIn(around, page, staff);
    await clean("inbox");
    await page.keyboard.press("?");
    await page.locator("dialog").waitFor();
    await clean("keys");
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await page.locator(".requests").waitFor();
    await clean("list");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    expect(await active()).toContain(receipts[1]?.slice(0, 3));
    await page.keyboard.press("Enter");
    await page.locator(".request .history").waitFor();
    await clean("request");
    await page.keyboard.press("v");
    await page.locator(".inset input").first().waitFor();
    await clean("revealing");
    await until(isOn(".inset input[type=checkbox]"));
    await page.keyboard.press("Space");
    await until(isOn(".inset textarea"));
    await page.keyboard.type("to call back");
    await until(isOn(".inset .main-button"));
    await page.keyboard.press("Enter");
    await page.locator(".revealed").waitFor();
    expect(await page.locator(".revealed").innerText()).toBe("山田太郎");
    await clean("revealed");
    await page.keyboard.press("s");
    await page.keyboard.press("Enter");
    await until(isOn(".inset .main-button"));
    await page.keyboard.press("Enter");
    await page.locator(".state-identity-check").first().waitFor();
    await clean("moved");
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await page.locator(".place.narrow .lines li").waitFor();
    await clean("account");
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide).toBe(0);
    await until(isOn(".side-foot button:last-child"));
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
  },
);

it("C12: after signing out neither Back nor the address shows anything; a session that is ended elsewhere leaves the screen", async () => {
  const around = await withRequests(1);
  const staff = await around.hire("sato", SUPERVISOR);
  const context = await browser.context({ locale: "en-US" });
  const { page } = await visit(context, `${around.desk.url}/console`);
  await signIn(around, page, staff);
  await page.goto(`${around.desk.url}/console#/requests/jcom/${around.receipts[0]}`);
  await page.locator(".request .history").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.locator("input[type=password]").waitFor();
  for (let i = 0; i < 3; i += 1) {
    await page.goBack().catch(() => null);
    expect(await page.locator("body").innerText()).not.toMatch(/山|example\.jp|Disclosure/);
  }
  await page.goto(`${around.desk.url}/console`);
  await signIn(around, page, staff);
  await around.store.console.sessions.of(staff.id, around.clock.at).then(async (lines) => {
    for (const { id } of lines) await around.store.console.sessions.end(staff.id, id);
  });
  await page.locator("input[type=password]").waitFor({ timeout: 3_000 });
});

it("A23, C03: a page of another origin, in the browser that is signed in, changes nothing and frames nothing", async () => {
  const around = await withRequests(1);
  const { desk, receipts } = around;
  const [receipt = ""] = receipts;
  const staff = await around.hire("sato", SUPERVISOR);
  const context = await browser.context();
  const { page } = await visit(context, `${desk.url}/console`);
  await signIn(around, page, staff);
  const target = `${desk.url}/console/api/operators/jcom/requests/${receipt}/notes`;
  const evil = await parent(
    `<!doctype html><title>evil</title><iframe src="${desk.url}/console"></iframe>
<form id="f" method="post" action="${target}" enctype="text/plain" target="t"><input name='{"text":"evil","x":"' value='"}'></form><iframe name="t"></iframe>`,
    { host: "127.0.0.2" },
  );
  const hostile = await context.newPage();
  await hostile.goto(evil);
  const tried = await hostile.evaluate(async (url) => {
    const body = JSON.stringify({ text: "evil" });
    const ways: RequestInit[] = [
      { mode: "no-cors", headers: { "Content-Type": "text/plain" }, body },
      { mode: "no-cors", body: new Blob([body], { type: "text/plain" }) },
      { mode: "cors", headers: { "Content-Type": "application/json" }, body },
      { mode: "cors", headers: { "Content-Type": "application/json", "X-Madoguchi-CSRF": "x" }, body },
      { mode: "no-cors", body: new URLSearchParams({ text: "evil" }) },
    ];
    const outcomes: string[] = [];
    for (const way of ways)
      await fetch(url, { method: "POST", credentials: "include", ...way }).then(
        (r) => outcomes.push(r.type),
        () => outcomes.push("refused"),
      );
    navigator.sendBeacon(url, new Blob([body], { type: "text/plain" }));
    (document.getElementById("f") as HTMLFormElement).submit();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const socket = new WebSocket(url.replace(/^http/, "ws").replace(/console.*/, "console/stream"));
    const opened = await new Promise((resolve) => {
      socket.onopen = () => resolve(true);
      socket.onerror = () => resolve(false);
    });
    return { outcomes, opened };
  }, target);
  expect(tried.outcomes).not.toContain("cors");
  expect(tried.outcomes).not.toContain("basic");
  expect(tried.opened).toBe(false);
  for (const frame of hostile.frames().slice(1))
    expect(
      await frame
        .locator(".side, form")
        .count()
        .catch(() => 0),
    ).toBe(0);
  const stands = await around.store.docket.show("jcom", receipt);
  expect(stands).toMatchObject({ version: 1, notes: [] });
  // The control: our own page does the same.
  await page.goto(`${desk.url}/console#/requests/jcom/${receipt}`);
  await page.locator("#note textarea").fill("ours");
  await page.locator("#note button").click();
  await page.locator(".notes li").waitFor();
  expect((await around.store.docket.show("jcom", receipt))?.notes).toHaveLength(1);
});

const COUNT = measure(50, VECTORS.length);
it(`C02, C14: ${COUNT} vectors in names, free words and notes: none runs, in the console or in a letter`, async () => {
  const PER = 50;
  const chosen = VECTORS.slice(0, COUNT);
  const pages = Math.ceil(chosen.length / PER);
  const part = (i: number) => chosen.slice(i * PER, i * PER + PER);
  const around = await withRequests(pages, (i) => ({
    name: part(i).join("\n"),
    reply: "email",
    email: `${part(i)[0]}@example.jp`,
    address: part(i)[1],
    person: part(i)[2],
  }));
  const { desk, receipts, store, clock } = around;
  const staff = await around.hire("sato", SUPERVISOR);
  const audit = {
    at: clock.at,
    actor: "x",
    role: "officer",
    operator: "jcom",
    what: "move" as const,
    subject: null,
    reason: "r",
  };
  for (const [i, receipt] of receipts.entries()) {
    for (const text of part(i))
      await store.docket.addNote(
        { operator: "jcom", receipt },
        { audience: "staff", at: clock.at, by: text.slice(0, 60), text },
      );
    const words = part(i).join("\n");
    const at = { operator: "jcom", receipt };
    const by = { by: "officer", name: part(i)[3] ?? "x" } as const;
    await store.docket.move(
      { ...at, version: 1 },
      { kind: "identity-check", reason: words },
      by,
      clock.at,
      audit,
    );
    await store.docket.move(
      { ...at, version: 2 },
      { kind: "in-progress", reason: words },
      by,
      clock.at,
      audit,
    );
    await takeStep(
      store.docket,
      { ...at, version: 3 },
      { kind: "answered", reason: words, text: { ja: words, en: words } },
      by,
      clock.at,
      audit,
    );
  }
  const context = await browser.context();
  const foreign: string[] = [];
  await context.route(
    (url) => !url.href.startsWith(desk.url),
    (route) => {
      foreign.push(route.request().url());
      return route.abort();
    },
  );
  const { page, complaints } = await visit(context, `${desk.url}/console`);
  page.on("dialog", (dialog) => {
    foreign.push(`dialog ${dialog.message()}`);
    return dialog.dismiss();
  });
  await signIn(around, page, staff);
  for (const [i, receipt] of receipts.entries()) {
    await page.goto(`${desk.url}/console#/requests/jcom/${receipt}`);
    await page.locator(`article .notes li >> nth=${part(i).length - 1}`).waitFor();
    const notes = await page.locator("article .notes li .words").allInnerTexts();
    expect(notes).toHaveLength(part(i).length);
    expect(
      await page
        .locator("article :is(script, img, iframe, object, embed, style, link, meta, base, svg)")
        .count(),
    ).toBe(0);
    expect(await page.evaluate(() => "__ran" in globalThis)).toBe(false);
    if (i > 1 && !LONG) continue;
    await page.locator("#reveal").click();
    for (const box of await page.locator(".inset input[type=checkbox]").all()) await box.check();
    await page.locator(".inset textarea").fill("for the test");
    await page.locator(".inset .main-button").click();
    await page.locator(".revealed").first().waitFor();
    expect(await page.evaluate(() => "__ran" in globalThis)).toBe(false);
    await page.getByRole("button", { name: "書面を作る" }).click();
    const link = page.locator(".lines a");
    await link.waitFor();
    const [paper] = await Promise.all([context.waitForEvent("page"), link.click()]);
    await paper.waitForLoadState();
    expect(await paper.locator("h1").count()).toBe(2);
    expect(await paper.locator("script, img, iframe, form, a").count()).toBe(0);
    expect(await paper.evaluate(() => "__ran" in globalThis)).toBe(false);
    await paper.close();
  }
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
  // C14: what writes against the direction, or is not seen, is marked.
  const note = { audience: "staff", at: clock.at, by: "x", text: "gpj.\u202eexe \u200b" } as const;
  await store.docket.addNote({ operator: "jcom", receipt: receipts[0] ?? "" }, note);
  await page.goto(`${desk.url}/console`);
  await page.goto(`${desk.url}/console#/requests/jcom/${receipts[0]}`);
  await page.getByText("gpj.\ufffdexe \ufffd").waitFor();
});
