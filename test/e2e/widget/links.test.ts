import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { newCode, newReceipt, showCode } from "../../../src/requests/receipt.ts";
import { hold } from "../../../src/storage/holds.ts";
import { ownDataLink } from "../../../src/turn/links.ts";
import { file } from "../../contracts/register.contract.ts";
import { entry, openRecords, tell } from "../../support/records.ts";
import { tempFolder } from "../../support/temp.ts";
import { transcriptLink } from "../../support/transcript-link.ts";
import { answered, openChat, openWebsite, say, sharedBrowser, visit } from "../../support/visitor.ts";
import { violations } from "./support/accessible.ts";

const browser = sharedBrowser();

async function opened() {
  const folder = tempFolder();
  const desk = await openWebsite({ dataDir: folder });
  const records = await openRecords({ folder, key: desk.config.dataKey });
  const links = { links: records.store.links, random: randomBytes, clock: { now: () => Date.now() } };
  return { desk, records, maker: { ...links, publicUrl: desk.url } };
}

it("83: the record of a chat in a browser: a button opens it, a reload shows it again, another browser hears why not", async () => {
  const { desk, records, maker } = await opened();
  await tell(records.store, { conversation: "c1", words: "録音の件 <script>alert(1)</script>" }, Date.now());
  const address = (await transcriptLink(maker, { id: "c1" }, "ja")) ?? "";
  const { page, complaints } = await visit(await browser.context({ javaScriptEnabled: false }), address);
  await page.getByRole("button", { name: "記録を開く" }).click();
  const words = page.getByText("録音の件 <script>alert(1)</script>");
  await words.first().waitFor();
  expect(await words.count()).toBe(2);
  await page.reload();
  await words.first().waitFor();
  const other = await visit(await browser.context({ viewport: { width: 320, height: 640 } }), address);
  expect(await other.page.getByRole("status").innerText()).toContain("すでに一度開かれています");
  const wide = await other.page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(320);
  expect([...complaints, ...other.complaints]).toEqual([]);
  expect(desk.lines.join("")).not.toContain(new URL(address).pathname.split("/")[2]);
});

it("P07: own data in a browser: a wrong code is told beside its field, the right one gives a page and a file", async () => {
  const { records, maker } = await opened();
  const [receipt, code] = [newReceipt(randomBytes), newCode(randomBytes)];
  const changes = [file(receipt, { code, person: "taro" })];
  await tell(records.store, { conversation: "c1", words: "planted words", changes }, Date.now());
  const told = { ...entry({ what: "link" }), subject: receipt };
  const address = (await ownDataLink(maker, { operator: "jcom", receipt }, "en", told)) ?? "";
  const { page, complaints } = await visit(await browser.context({ locale: "en-US" }), address);
  expect(await violations(page.mainFrame())).toEqual([]);
  await page.getByLabel("Status code").fill("2222-2222");
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("alert").waitFor();
  expect(await violations(page.mainFrame())).toEqual([]);
  await page.getByLabel("Status code").fill(showCode(code));
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("status").waitFor();
  expect(await violations(page.mainFrame())).toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save it as a file (JSON)" }).click(),
  ]);
  const path = join(tempFolder(), "own-data.json");
  await download.saveAs(path);
  expect(JSON.parse(await readFile(path, "utf8")).records).toHaveLength(4);
  await page.getByRole("button", { name: "See and print it as a page" }).click();
  await page.getByText("planted words").first().waitFor();
  // Its own style is let through by its own policy.
  const label = page.locator("dt").first();
  expect(await label.evaluate((dt) => getComputedStyle(dt).fontWeight)).toBe("700");
  expect(complaints).toEqual([]);
});

it("82: who deletes a chat that must be kept for a held request is told so, in the chat and in every tab of it", async () => {
  const { desk, records } = await opened();
  const context = await browser.context();
  const { page } = await visit(context, `${desk.url}/demo/jcom?lang=ja`);
  const frame = await openChat(page);
  const second = await openChat((await visit(context, `${desk.url}/demo/jcom?lang=ja`)).page);
  await say(frame, "録音");
  await answered(frame, 1);
  const [chat] = await records.ours.reader.selectFrom("conversation").select("id").execute();
  const receipt = newReceipt(randomBytes);
  await tell(
    records.store,
    { conversation: chat?.id ?? "", words: "x", changes: [file(receipt)] },
    Date.now(),
  );
  expect(await hold(records, receipt, true, entry({ reason: "a suit" }))).toBe(true);
  await frame.getByRole("button", { name: "メニュー" }).click();
  await frame.getByRole("button", { name: "この会話を削除する" }).click();
  await frame.getByRole("button", { name: "削除する", exact: true }).click();
  for (const tab of [frame, second]) {
    await tab.locator(".ended").waitFor();
    expect(await tab.locator(".ended").innerText()).toContain("封をした写しを窓口に残しています");
  }
  expect(await records.store.conversations.find(chat?.id ?? "")).toBeUndefined();
});
