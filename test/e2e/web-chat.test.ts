import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it, onTestFinished } from "vitest";
import { openPage } from "../support/browser.ts";
import { freePort, openDesk } from "../support/desk.ts";
import { tempFolder } from "../support/temp.ts";

const WEB_CHAT = join(import.meta.dirname, "../../node_modules/botframework-webchat/dist/webchat.js");

/** A customer's page with Web Chat on it, as Microsoft documents it: one token, kept over a reload. */
const html = (
  desk: string,
) => `<!doctype html><meta charset="utf-8"><div id="chat" style="height:600px"></div>
<script src="/webchat.js"></script>
<script>
(async () => {
  const kept = JSON.parse(sessionStorage.getItem("chat") ?? "null");
  const answer = kept ? undefined : await fetch("${desk}/widget/jcom/token", { method: "POST" });
  const { token, conversationId } = kept ?? (await answer.json());
  sessionStorage.setItem("chat", JSON.stringify({ token, conversationId }));
  const again = kept ? { conversationId, watermark: "" } : {};
  const directLine = WebChat.createDirectLine({ domain: "${desk}/v3/directline", token, ...again });
  WebChat.renderWebChat({ directLine, locale: "ja-JP" }, document.getElementById("chat"));
})();
</script>`;

async function pageServer(desk: string): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === "/webchat.js")
      return void createReadStream(WEB_CHAT).pipe(response.setHeader("Content-Type", "text/javascript"));
    response.setHeader("Content-Type", "text/html; charset=utf-8").end(html(desk));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What the bubbles say; the live region for screen readers repeats it and is not read. */
const bubbles = (page: Page) => page.locator(".webchat__bubble__content").allInnerTexts();

it("Web Chat in a real browser: greeting, suggested action, question, reload", async () => {
  const port = await freePort();
  const site = await pageServer(`http://127.0.0.1:${port}`);
  const desk = await openDesk({
    dataDir: tempFolder(),
    env: { PORT: String(port), WIDGET_ORIGINS_JCOM: site },
  });
  onTestFinished(() => desk.stop());
  const page = await openPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(site);
  const shows = (text: string) =>
    expect.poll(async () => (await bubbles(page)).join("\n"), { timeout: 15_000 }).toContain(text);
  await shows("greeting jcom");
  await page.locator(".webchat__suggested-action").click();
  await shows("#1 録音について");
  const box = page.locator("[data-id='webchat-sendbox-input'], .webchat__send-box-text-box__input").first();
  await box.fill("保存期間は?");
  await box.press("Enter");
  await shows("#2 保存期間は?");
  const before = await bubbles(page);
  await page.reload();
  await shows("#2 保存期間は?");
  expect(await bubbles(page)).toEqual(before);
  expect(before.filter((text) => text.includes("greeting"))).toHaveLength(1);
  expect(await page.getByText("送信できませんでした").count()).toBe(0);
  expect(problems).toEqual([]);
});
