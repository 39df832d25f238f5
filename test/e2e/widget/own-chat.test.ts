import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { Message } from "../../../src/reply/message.ts";
import { launchIn } from "../../support/browser.ts";
import { talkingBrain } from "../../support/talking-brain.ts";
import { tempFolder } from "../../support/temp.ts";
import {
  answered,
  chatIn,
  openChat,
  openWebsite,
  said,
  say,
  sharedBrowser,
  visit,
} from "../../support/visitor.ts";

const browser = sharedBrowser();

/** In how many files of a folder these words stand, in UTF-8 or UTF-16. */
function filesWith(words: string, folder: string): number {
  const looked = [Buffer.from(words, "utf8"), Buffer.from(words, "utf16le")];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    .filter((bytes) => looked.some((wanted) => bytes.includes(wanted))).length;
}

it("C08: deleting asks once more, erases at the desk and in every tab, and leaves nothing in the browser's profile", async () => {
  const desk = await openWebsite();
  const profile = tempFolder();
  const context = await launchIn(profile);
  onTestFinished(() => context.close());
  const { page } = await visit(context, `${desk.url}/demo/jcom?lang=ja`);
  const frame = await openChat(page);
  const other = await openChat((await visit(context, `${desk.url}/demo/jcom?lang=ja`)).page);
  await say(frame, "canary-4711 山吹色の文鎮 録音");
  await answered(frame, 1);
  await frame.getByRole("button", { name: "役に立たなかった" }).click();
  await frame.locator(".why textarea").fill("canary-0815 藍色の硯");
  await frame.getByRole("button", { name: "送る" }).click();
  await frame.fill("#message", "canary-2342 never sent");
  await page.evaluate(() => localStorage.setItem("page", "kept by the page 硝子"));
  const stored = await frame.evaluate(() =>
    JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]),
  );
  expect(stored).not.toContain("canary");
  await frame.getByRole("button", { name: "メニュー" }).click();
  await frame.getByRole("button", { name: "この会話を削除する" }).click();
  await frame.getByRole("button", { name: "やめる" }).click();
  expect(await said(frame)).toHaveLength(2);
  await frame.getByRole("button", { name: "メニュー" }).click();
  await frame.getByRole("button", { name: "この会話を削除する" }).click();
  await frame.getByRole("button", { name: "削除する", exact: true }).click();
  for (const f of [frame, other]) {
    await f.locator(".ended").waitFor();
    expect(await said(f)).toEqual([]);
  }
  expect(await frame.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))).not.toContain("pass");
  await frame.getByRole("button", { name: "新しく始める" }).click();
  await frame.locator(".choices").waitFor();
  expect(await said(frame)).toEqual([]);
  expect(await frame.inputValue("#message")).toBe("");
  await context.close();
  for (const planted of ["canary", "山吹色の文鎮", "藍色の硯", "お電話は録音"])
    expect(filesWith(planted, profile), planted).toBe(0);
  // The same look finds what the page itself has kept.
  expect(filesWith("kept by the page 硝子", profile)).toBeGreaterThan(0);
});

it("the customer's own transcript can be saved, with ratings and reasons", async () => {
  const { page, frame } = await browser.chat({ acceptDownloads: true });
  await say(frame, "録音されますか");
  await answered(frame, 1);
  await frame.getByRole("button", { name: "役に立たなかった" }).click();
  await frame.getByLabel("わかりにくかった").check();
  await frame.getByRole("button", { name: "送る" }).click();
  await frame.getByText("担当者にご相談ください").waitFor();
  // What followed stands in sight, and the keyboard is there.
  const [top, bottom, focus] = await frame.evaluate(() => {
    const at = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
    return [at(".sorry")?.bottom, at(".composer")?.top, document.activeElement?.className];
  });
  expect(top).toBeLessThanOrEqual(bottom ?? 0);
  expect(focus).toBe("sorry");
  await frame.getByRole("button", { name: "メニュー" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    frame.getByRole("button", { name: "会話を保存する" }).click(),
  ]);
  const text = await readFile(await download.path(), "utf8");
  expect(text).toContain("録音されますか");
  expect(text).toContain("👎 わかりにくかった");
  expect(download.suggestedFilename()).toMatch(/^jcom_会話の記録_\d{4}-\d\d-\d\d\.txt$/);
});

it("after 👎 the customer is led on to a person", async () => {
  const { page, frame } = await browser.chat();
  await say(frame, "録音");
  await answered(frame, 1);
  await Promise.all([
    page.waitForResponse((r) => r.request().method() === "POST" && r.url().endsWith("/activities")),
    frame.getByRole("button", { name: "役に立った", exact: true }).click(),
  ]);
  await frame.getByText("ありがとうございます").waitFor();
  // What the desk could not be told is not shown as told.
  await page.route("**/activities", (route) => route.abort());
  await Promise.all([
    page.waitForEvent("requestfailed"),
    frame.getByRole("button", { name: "役に立たなかった" }).click(),
  ]);
  await frame.locator("[aria-pressed=true][aria-label=役に立った]").waitFor();
  await page.unroute("**/activities");
  await frame.getByRole("button", { name: "役に立たなかった" }).click();
  await frame.getByRole("button", { name: "送る" }).click();
  await frame.locator(".sorry").getByRole("button", { name: "担当者に相談する" }).click();
  await answered(frame, 2);
  expect((await said(frame)).at(-1)).toBe("echo: handoff");
  // The desk remembers it: another page shows it, silently.
  await page.reload();
  const again = await chatIn(page);
  await again.locator(".plain.small[aria-pressed=true]").waitFor();
  expect(await again.locator("[aria-pressed=true]").getAttribute("aria-label")).toBe("役に立たなかった");
  expect(await again.locator(".why, .sorry").count()).toBe(0);
});

it("the language changes at any time: our words at once, the desk's with its next", async () => {
  const { frame } = await browser.chat();
  expect(await frame.locator(".notice h2").innerText()).toBe("はじめに");
  await frame.getByRole("button", { name: "言語を切り替える：English" }).click();
  await frame.getByText("Before you begin").waitFor();
  await answered(frame, 1);
  await say(frame, "record?");
  await answered(frame, 2);
  expect(await frame.locator(".short").innerText()).toBe("We may record calls.");
  expect(await frame.locator(".message.desk .bubble").last().getAttribute("lang")).toBe("en");
});

it("sound is off until it is asked for", async () => {
  const { frame } = await browser.chat();
  await frame.getByRole("button", { name: "メニュー" }).click();
  await frame.getByRole("button", { name: "着信音を鳴らす" }).click();
  await frame.getByRole("button", { name: "メニュー" }).click();
  expect(await frame.getByRole("button", { name: "着信音を止める" }).isVisible()).toBe(true);
});

it("printed, the chat shows every clause whole and nothing to press", async () => {
  const desk = await openWebsite();
  const { page } = await visit(await browser.context(), `${desk.url}/widget/jcom/frame?lang=ja`);
  const frame = page.mainFrame();
  await say(frame, "録音");
  await answered(frame, 1);
  await page.emulateMedia({ media: "print" });
  expect(await frame.locator(".clause").isVisible()).toBe(true);
  for (const hidden of [".composer", ".head", ".feedback button", ".unfold"])
    expect(await frame.locator(hidden).first().isVisible()).toBe(false);
});

it("every message bears its time, and 2,000 characters are the end of one", async () => {
  const { page, frame } = await browser.chat();
  await frame.fill("#message", "あ".repeat(2_001));
  await frame.press("#message", "Enter");
  expect(await frame.getByText("1文字超えています").isVisible()).toBe(true);
  expect(await said(frame)).toEqual([]);
  await say(frame, "short");
  await answered(frame, 1);
  for (const time of await frame.locator(".message time").allInnerTexts())
    expect(time).toMatch(/^\d\d:\d\d$/);
  await page.reload();
  await answered(await chatIn(page), 1);
});

it("81: a number that was typed is blacked out before the customer's eyes, and the reply says so", async () => {
  const { frame } = await browser.chat();
  await say(frame, "録音されますか。090-8765-4321です");
  await answered(frame, 1);
  await frame.getByText("録音されますか。***-****-****です").waitFor();
  await frame.locator(".bubble", { hasText: "お書きいただいた電話番号は" }).waitFor();
  expect((await said(frame)).join("\n")).not.toContain("8765");
});

it("a chat that the desk has erased in the talk is shown no more, in no tab; the talk goes on", async () => {
  const brain = talkingBrain();
  const erased: Message = {
    locale: "ja",
    text: "この会話を削除しました。",
    choices: [],
    words: { kind: "notice", notice: "erased" },
  };
  const desk = await openWebsite({
    brain: {
      ...brain,
      respond: (operator, talk, incoming, moment) =>
        incoming.text === "消して"
          ? { talk: { locale: "ja" }, messages: [erased], erase: { held: [erased] } }
          : brain.respond(operator, talk, incoming, moment),
    },
  });
  const context = await browser.context();
  const frame = await openChat((await visit(context, `${desk.url}/demo/jcom?lang=ja`)).page);
  await say(frame, "山吹色の文鎮");
  await answered(frame, 1);
  const other = await openChat((await visit(context, `${desk.url}/demo/jcom?lang=ja`)).page);
  await other.getByText("echo: 山吹色の文鎮").first().waitFor();
  await say(frame, "消して");
  for (const f of [frame, other]) {
    await f.getByText("この会話を削除しました。").first().waitFor();
    expect((await said(f)).join()).not.toContain("山吹色");
  }
  await say(frame, "録音");
  await other.getByText("お電話は録音することがあります。").first().waitFor();
});
