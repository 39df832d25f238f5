import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { newCode, newReceipt, showCode, showReceipt } from "../../../src/requests/receipt.ts";
import { file } from "../../contracts/register.contract.ts";
import { seeded } from "../../support/brain.ts";
import { LinePlatform } from "../../support/line-platform.ts";
import { openRecords, tell } from "../../support/records.ts";
import { tempFolder } from "../../support/temp.ts";
import { openWebsite, sharedBrowser, visit } from "../../support/visitor.ts";
import { violations } from "./support/accessible.ts";

const browser = sharedBrowser();
/** A telephone, as LINE's own browser is on. */
const TELEPHONE = { viewport: { width: 375, height: 740 } };

const WORDS = {
  ja: {
    send: "確認して連携する",
    receipt: "受付番号",
    code: "照会コード",
    other: "English",
    wrong: "見つかりません",
  },
  en: {
    send: "Confirm and link",
    receipt: "Receipt number",
    code: "Status code",
    other: "日本語",
    wrong: "cannot find",
  },
} as const;

/** A picture for whoever wants to look, where MADOGUCHI_PICTURES names a folder. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.MADOGUCHI_PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `linking-${name}.png`), fullPage: true });
}

it.each([
  ["ja", "light"],
  ["en", "dark"],
] as const)(
  "48: the linking page on a telephone (%s, %s): wrong tries are told at their fields, the number stays, right ones lead to LINE",
  async (locale, colorScheme) => {
    const line = await LinePlatform.open();
    const folder = tempFolder();
    const desk = await openWebsite({ dataDir: folder, env: line.env() });
    const records = await openRecords({ folder, key: desk.config.dataKey });
    const random = seeded(7);
    const [receipt, code] = [newReceipt(random), newCode(random)];
    await tell(records.store, {
      conversation: "c1",
      words: "x",
      changes: [file(receipt, { code, person: "taro" })],
    });
    const { send, receipt: number, code: secret, other, wrong } = WORDS[locale];
    const context = await browser.context({ ...TELEPHONE, colorScheme });
    const address = `${desk.url}/line/jcom/link?linkToken=token-1.a~b&lang=${locale}`;
    const { page, complaints } = await visit(context, address);
    await shoot(page, `${locale}-empty`);
    expect(await violations(page.mainFrame())).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale);

    // The other language is the same page, for the same chat.
    await page.getByRole("link", { name: other }).click();
    await page.getByLabel(WORDS[locale === "ja" ? "en" : "ja"].receipt).waitFor();
    expect(await page.locator("[name=linkToken]").inputValue()).toBe("token-1.a~b");
    await page.goBack();

    await page.getByLabel(number).fill(showReceipt(receipt));
    await page.getByLabel(secret).fill("AAAA-2345");
    await page.getByRole("button", { name: send }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").innerText()).toContain(wrong);
    expect(await page.getByLabel(secret).getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByLabel(number).inputValue()).toBe(showReceipt(receipt));
    await shoot(page, `${locale}-wrong`);
    expect(await violations(page.mainFrame())).toEqual([]);
    expect(page.url()).not.toContain(receipt);

    // LINE itself cannot be reached from here: it is enough that the browser goes there.
    const leaving = page.waitForRequest("https://access.line.me/**");
    await page.getByLabel(secret).fill(showCode(code));
    await page.getByRole("button", { name: send }).click();
    const to = new URL((await leaving).url());
    expect(to.searchParams.get("linkToken")).toBe("token-1.a~b");
    expect(to.searchParams.get("nonce")).toMatch(/^\S{10,255}$/);
    expect(to.href).not.toContain(showReceipt(receipt));
    expect(complaints).toEqual([]);
    expect(desk.lines.join("")).not.toContain("token-1");
    await line.close();
  },
  120_000,
);
