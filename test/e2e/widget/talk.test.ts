import { expect, it } from "vitest";
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

it("a question gets its short answer first, the full text on demand, and its source with a link to the clause", async () => {
  const desk = await openWebsite();
  const context = await browser.context();
  const { page, complaints } = await visit(context, `${desk.url}/demo/jcom?lang=ja`);
  const frame = await openChat(page);
  await say(frame, "録音されますか");
  await answered(frame, 1);
  const answer = frame.locator(".message.desk");
  expect(await answer.locator(".short").innerText()).toBe("お電話は録音することがあります。");
  expect(await answer.locator(".clause").isVisible()).toBe(false);
  await answer.locator(".unfold").click();
  expect(await answer.locator(".clause").innerText()).toContain("保存期間は、記載がありません。");
  expect(await answer.locator(".law").innerText()).toContain("通信の秘密");
  const link = answer.locator(".source a");
  // The brain's citation is of another host without TLS: shown, never a link.
  expect(await link.count()).toBe(0);
  expect(await answer.locator(".source").innerText()).toContain("11. 通話の録音について");
  expect(complaints).toEqual([]);
});

it("choices are buttons while they are live, and gone once something was said", async () => {
  const desk = await openWebsite();
  const { page } = await visit(await browser.context(), `${desk.url}/demo/jcom?lang=ja`);
  const frame = await openChat(page);
  await frame.getByRole("button", { name: "録音について" }).click();
  await answered(frame, 1);
  expect(await frame.getByRole("button", { name: "録音について" }).count()).toBe(0);
  await frame.getByRole("button", { name: "もっと簡単に" }).waitFor();
  expect(await said(frame)).toHaveLength(2);
});

it("history, language and live buttons survive a reload and a change of page", async () => {
  const desk = await openWebsite();
  const { page } = await visit(await browser.context(), `${desk.url}/demo/jcom?lang=ja`);
  const frame = await openChat(page);
  await frame.locator(".language").click();
  await answered(frame, 1);
  await say(frame, "choose");
  await answered(frame, 2);
  for (const address of [page.url(), `${desk.url}/demo/jcom?lang=ja&again`]) {
    await page.goto(address);
    const again = await chatIn(page);
    await answered(again, 2);
    expect(await said(again)).toEqual(["English", "echo: language:en", "choose", "?"]);
    expect(await again.getByRole("button", { name: "A", exact: true }).isVisible()).toBe(true);
    expect(await again.locator("html").getAttribute("lang")).toBe("en");
    expect(page.url() + again.url()).not.toContain("token");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
  }
});

it("two tabs share one chat, each shows what the other says, once", async () => {
  const desk = await openWebsite();
  const context = await browser.context();
  const first = await openChat((await visit(context, `${desk.url}/demo/jcom?lang=ja`)).page);
  await say(first, "one");
  await answered(first, 1);
  const second = await openChat((await visit(context, `${desk.url}/demo/jcom?lang=ja`)).page);
  await answered(second, 1);
  await say(second, "two");
  for (const frame of [first, second]) await answered(frame, 2);
  expect(await said(first)).toEqual(["one", "echo: one", "two", "echo: two"]);
  expect(await said(second)).toEqual(await said(first));
});

it("messages that come while the chat is closed are counted on the launcher and in the title", async () => {
  const desk = await openWebsite();
  const context = await browser.context();
  const one = await visit(context, `${desk.url}/demo/jcom?lang=ja`);
  await openChat(one.page);
  await one.page.locator("madoguchi-desk .launcher").click();
  const other = await openChat((await visit(context, `${desk.url}/demo/jcom?lang=ja`)).page);
  const title = await one.page.title();
  await say(other, "hello");
  await one.page.locator("madoguchi-desk .badge", { hasText: "1" }).waitFor();
  expect(await one.page.title()).toBe(`(1) ${title}`);
  await one.page.locator("madoguchi-desk .launcher").click();
  expect(await one.page.title()).toBe(title);
});
