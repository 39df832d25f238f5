import { expect, it } from "vitest";
import { openDesk } from "../../support/desk.ts";
import { talkingBrain } from "../../support/talking-brain.ts";
import { tempFolder } from "../../support/temp.ts";
import {
  answered,
  openChat,
  openWebsite,
  said,
  say,
  sharedBrowser,
  visit,
  website,
} from "../../support/visitor.ts";

const browser = sharedBrowser();

it("a failed send keeps the text with 再送, and is sent once when it is asked again", async () => {
  const { page, frame } = await browser.chat();
  await page.route("**/activities", (route) => route.abort());
  await say(frame, "大事な質問");
  const failed = frame.locator(".message.failed");
  await failed.waitFor();
  expect(await failed.locator(".bubble").innerText()).toBe("大事な質問");
  expect(await frame.inputValue("#message")).toBe("");
  await failed.getByRole("button", { name: "取り消す" }).click();
  expect(await frame.inputValue("#message")).toBe("大事な質問");
  await frame.press("#message", "Enter");
  await failed.waitFor();
  await page.unroute("**/activities");
  await failed.getByRole("button", { name: "再送" }).click();
  await answered(frame, 1);
  expect(await said(frame)).toEqual(["大事な質問", "echo: 大事な質問"]);
});

it("an answer that was lost on the way is no failure and no second message", async () => {
  const { page, frame } = await browser.chat();
  await page.route("**/activities", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await say(frame, "once");
  await answered(frame, 1);
  await page.waitForTimeout(500);
  expect(await said(frame)).toEqual(["once", "echo: once"]);
  expect(await frame.locator(".failed").count()).toBe(0);
});

it("offline it says so, keeps what is written, and goes on by itself when the line is back", async () => {
  const { context, frame } = await browser.chat();
  await say(frame, "one");
  await answered(frame, 1);
  await context.setOffline(true);
  await frame.locator(".connection .bar").waitFor();
  await say(frame, "two");
  await frame.locator(".message.failed").waitFor();
  await context.setOffline(false);
  await frame.locator(".connection .bar").waitFor({ state: "detached" });
  await frame.getByRole("button", { name: "再送" }).click();
  await answered(frame, 2);
  expect(await said(frame)).toEqual(["one", "echo: one", "two", "echo: two"]);
});

it("the server restarts under an open chat: it goes on, nothing is lost and nothing comes twice", async () => {
  const dataDir = tempFolder();
  const first = await openWebsite({ dataDir });
  const { page } = await visit(await browser.context(), `${first.url}/demo/jcom?lang=ja`);
  const frame = await openChat(page);
  await say(frame, "one");
  await answered(frame, 1);
  await first.stop();
  await frame.locator(".connection .bar").waitFor();
  const env = { PORT: new URL(first.url).port };
  const second = await openDesk({ dataDir, env, brain: talkingBrain(), website: website() });
  try {
    await frame.locator(".connection .bar").waitFor({ state: "detached", timeout: 15_000 });
    await say(frame, "two");
    await answered(frame, 2);
    expect(await said(frame)).toEqual(["one", "echo: one", "two", "echo: two"]);
  } finally {
    await second.stop();
  }
});

it("where WebSockets do not get through, it asks instead", async () => {
  const desk = await openWebsite();
  const context = await browser.context();
  await context.addInitScript(() => {
    Object.assign(globalThis, {
      WebSocket: class extends EventTarget {
        onclose: ((event: { code: number }) => void) | undefined;
        constructor() {
          super();
          setTimeout(() => this.onclose?.({ code: 1006 }));
        }
        close() {}
      },
    });
  });
  const { page } = await visit(context, `${desk.url}/demo/jcom?lang=ja`);
  const frame = await openChat(page);
  await say(frame, "one");
  await answered(frame, 1);
  expect(await said(frame)).toEqual(["one", "echo: one"]);
});

it("after a night's sleep the token has ended: the same chat goes on, by itself", async () => {
  let ahead = 0;
  const { page, frame } = await browser.chat({}, { clock: { now: () => Date.now() + ahead } });
  await say(frame, "evening");
  await answered(frame, 1);
  ahead = 9 * 3_600_000;
  await say(frame, "morning");
  await answered(frame, 2);
  expect(await said(frame)).toEqual(["evening", "echo: evening", "morning", "echo: morning"]);
  // Two days: even the chain of refreshes has ended. The way back leads into the same chat.
  ahead = 48 * 3_600_000;
  await page.reload();
  const again = page.frames().find((f) => f.url().includes("/widget/"));
  await again?.locator(".message.desk >> nth=1").waitFor();
  if (again) expect(await said(again)).toEqual(["evening", "echo: evening", "morning", "echo: morning"]);
});

it("a tab that was copied comes back by the other's pass when its own way back was used", async () => {
  let ahead = 0;
  const desk = await openWebsite({ clock: { now: () => Date.now() + ahead } });
  const context = await browser.context();
  const one = await openChat((await visit(context, `${desk.url}/demo/jcom?lang=ja`)).page);
  const two = await openChat((await visit(context, `${desk.url}/demo/jcom?lang=ja`)).page);
  await say(one, "both");
  for (const frame of [one, two]) await answered(frame, 1);
  ahead = 9 * 3_600_000;
  await say(one, "one");
  await answered(one, 2);
  await say(two, "two");
  for (const frame of [one, two]) await answered(frame, 3);
  expect(await said(one)).toEqual(["both", "echo: both", "one", "echo: one", "two", "echo: two"]);
  expect(await said(two)).toEqual(await said(one));
});
