import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { theBrain } from "../../support/brain.ts";
import { Chat } from "../../support/client.ts";
import { openConsole } from "../../support/console.ts";
import { until } from "../../support/until.ts";
import { openChat, say, sharedBrowser, visit } from "../../support/visitor.ts";
import { agentPage } from "./support/agent.ts";

const browser = sharedBrowser();
const brain = await theBrain();
/** On a busy machine. */
const SOON = { timeout: 15_000 };
const SECRETS = /山田|太郎|090|佐賀/;

/** What the page has played and shown outside of itself; `away`: nobody looks at it. */
interface Called {
  away: boolean;
  tones: number;
  notes: { title: string; body: string; click: () => void }[];
}
declare global {
  interface Window {
    called: Called;
  }
}

/** Real sounds and notifications, listened to. */
function listenIn(): void {
  window.called = { away: false, tones: 0, notes: [] };
  document.hasFocus = () => !window.called.away;
  const tone = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function (this: AudioContext) {
    window.called.tones += 1;
    return tone.call(this);
  };
  window.Notification = new Proxy(Notification, {
    // A Chromium without a screen says "denied", whatever it was granted.
    get: (Real, key) => (key === "permission" ? "granted" : Reflect.get(Real, key)),
    construct(Real, [title, options]: [string, NotificationOptions]) {
      const note = new Real(title, options);
      const click = () => note.onclick?.(new Event("click"));
      window.called.notes.push({ title, body: options.body ?? "", click });
      return note;
    },
  });
}

const tonesOf = (page: Page) => page.evaluate(() => window.called.tones);
const notesOf = (page: Page) =>
  page.evaluate(() => window.called.notes.map(({ title, body }) => ({ title, body })));
const away = (page: Page, is: boolean) =>
  page.evaluate((is) => {
    window.called.away = is;
  }, is);

it("69: sound and notification are off until somebody wants them, are remembered, and never hold a customer's words", async () => {
  const around = await openConsole({ brain }, { runs: true });
  const sato = await agentPage(
    around,
    browser,
    "sato",
    { jcom: ["agent"] },
    {
      permissions: ["notifications"],
    },
  );
  const { page } = sato;
  await page.context().addInitScript(listenIn);
  await page.reload();
  const [sound, desktop] = ["音で知らせる", "デスクトップ通知"].map((name) =>
    page.getByRole("button", { name }),
  );
  if (!sound || !desktop) throw new Error("no buttons");
  await sound.waitFor();
  const pressed = async () => [
    await sound.getAttribute("aria-pressed"),
    await desktop.getAttribute("aria-pressed"),
  ];
  const waiting = (count: number) =>
    until(async () => (await page.title()).startsWith(`(${count})`), 10_000, `${count} in the title`);
  const chats: Chat[] = [];
  async function call(): Promise<void> {
    const chat = await Chat.open(around.desk.url);
    await chat.say("佐賀の山田太郎です。090-1234-5678。担当者と話したい");
    chats.push(chat);
    await waiting(chats.length);
  }

  expect(await pressed()).toEqual(["false", "false"]);
  await away(page, true);
  await call();
  expect([await tonesOf(page), await notesOf(page)]).toEqual([0, []]);

  await sound.click();
  expect(await tonesOf(page), "how it sounds is heard when it is turned on").toBe(1);
  await desktop.click();
  await expect.poll(pressed, SOON).toEqual(["true", "true"]);
  await page.reload();
  await waiting(1);
  expect(await pressed(), "remembered in this browser").toEqual(["true", "true"]);
  expect([await tonesOf(page), await notesOf(page)], "what waits already calls nobody").toEqual([0, []]);

  // Somebody who looks at the page hears it; somebody who does not is shown it, too.
  await call();
  await expect.poll(() => tonesOf(page), SOON).toBe(3);
  expect(await notesOf(page)).toEqual([]);
  await away(page, true);
  await call();
  await expect.poll(() => tonesOf(page), SOON).toBe(6);
  await expect.poll(() => notesOf(page), SOON).toEqual([{ title: "J:COM", body: "お待ちのお客さま：3名" }]);
  // It leads to the chat.
  await page.evaluate(() => window.called.notes[0]?.click());
  await page.locator(".take .main-button").waitFor();
  await sato.press("c");
  await page.locator("#reply").waitFor();

  // Written in a chat of one's own that is not looked at: one tone, one notification, unread until it is opened.
  await away(page, true);
  await chats[2]?.say("山田です。もしもし");
  await expect.poll(() => tonesOf(page), SOON).toBe(7);
  await expect.poll(async () => (await notesOf(page)).at(-1)?.body, SOON).toBe("未読のチャット：1件");
  expect(JSON.stringify(await notesOf(page))).not.toMatch(SECRETS);
  expect(await page.title()).not.toMatch(SECRETS);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toMatch(
    SECRETS,
  );

  await sound.click();
  await desktop.click();
  expect(await pressed()).toEqual(["false", "false"]);
  await chats[2]?.say("まだですか");
  await sato.shows("まだですか");
  expect(await tonesOf(page)).toBe(7);
  expect(await notesOf(page)).toHaveLength(2);
  expect(sato.complaints).toEqual([]);
}, 60_000);

it("69: typing on both sides, unread until it is read, and who is at the desk", async () => {
  const around = await openConsole({ brain }, { runs: true });
  const sato = await agentPage(around, browser, "sato");
  const { page } = sato;
  const customer = await visit(await browser.context(), `${around.desk.url}/demo/jcom?lang=ja`);
  const frame = await openChat(customer.page);
  await say(frame, "担当者と話したい");
  await page.locator(".chat-list a").waitFor();
  await sato.press("w");
  await page.locator(".take .main-button").waitFor();
  await sato.press("c");
  await page.locator("#reply").waitFor();

  await frame.locator("#message").pressSequentially("こんに");
  await page.locator(".typing", { hasText: "お客さまが入力しています" }).waitFor(SOON);
  await say(frame, "こんにちは");
  await sato.shows("こんにちは");
  await until(
    async () => (await page.locator(".typing").innerText()) === "",
    8_000,
    "no dots after the words",
  );
  await page.locator("#reply").pressSequentially("はい");
  await frame.locator(".typing").waitFor(SOON);

  // Read while it is open; unread once it is left.
  const unread = page.locator(".chat-list .unread, .side .unread");
  expect(await unread.count()).toBe(0);
  await sato.press("Escape", "Escape");
  await page.getByText("チャットを選んでください").waitFor();
  await say(frame, "聞こえますか");
  await expect.poll(() => unread.count(), SOON).toBeGreaterThan(0);
  expect(await page.locator(".side .unread").innerText()).toContain("1");
  await page.locator(".chat-list a").click();
  await sato.shows("聞こえますか");
  await expect.poll(() => unread.count(), SOON).toBe(0);

  const here = (count: number) => page.locator("summary", { hasText: `在席 ${count}名` });
  await here(1).waitFor();
  const suzuki = await agentPage(around, browser, "suzuki");
  await here(1).click();
  await here(2).waitFor(SOON);
  await suzuki.page.getByRole("button", { name: "サインアウト" }).click();
  await suzuki.page.locator("input[type=password]").waitFor();
  await page.locator("summary", { hasText: "在席" }).click();
  await page.locator("summary", { hasText: "在席" }).click();
  await here(1).waitFor(SOON);
  for (const { complaints } of [sato, suzuki, customer]) expect(complaints).toEqual([]);
}, 60_000);
