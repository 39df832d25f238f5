import { beforeAll, expect, it } from "vitest";
import { createBrain, type ExplainingBrain } from "../../../src/turn/brain.ts";
import { freePort } from "../../support/desk.ts";
import { LONG, random } from "../../support/long.ts";
import {
  answered,
  openChat,
  openWebsite,
  say,
  sharedBrowser,
  visit,
  website,
} from "../../support/visitor.ts";
import { violations } from "./support/accessible.ts";

const browser = sharedBrowser();
const QUESTIONS = { ja: "個人情報は何に使われますか", en: "What do you use my personal data for?" } as const;

let brain: ExplainingBrain;
let port: number;
beforeAll(async () => {
  port = await freePort();
  brain = await createBrain({ publicUrl: `http://127.0.0.1:${port}` });
});

it("each operator answers in each language with a clause that the link leads to", async () => {
  const desk = await openWebsite({ brain, env: { PORT: String(port) } });
  // In the short run each operator in one of them.
  const turn = Math.floor(random()() * 2);
  for (const [at, lang] of (["ja", "en"] as const).entries()) {
    const context = await browser.context({ locale: lang });
    const operators = website().operators.filter((_, i) => LONG || (i + turn) % 2 === at);
    for (const { id, colour } of operators) {
      const { page, complaints } = await visit(context, `${desk.url}/demo/${id}?lang=${lang}`);
      const frame = await openChat(page);
      await say(frame, QUESTIONS[lang]);
      await answered(frame, 1);
      const link = frame.locator(".source-title a");
      const [policy] = await Promise.all([context.waitForEvent("page"), link.click()]);
      await policy.waitForLoadState();
      const target = new URL(policy.url());
      expect(target.pathname).toBe(`/policy/${id}`);
      expect(target.searchParams.get("lang")).toBe(lang);
      expect(await policy.locator(target.hash).isVisible()).toBe(true);
      expect(
        await policy.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--brand")),
      ).toBe(colour);
      expect(complaints).toEqual([]);
      await policy.close();
      await page.close();
    }
    await context.close();
  }
});

it("axe finds nothing on the pages, light and dark, with results and without", async () => {
  const desk = await openWebsite({ brain, env: { PORT: String(await freePort()) } });
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.context({ colorScheme });
    const { page, complaints } = await visit(context, `${desk.url}/?lang=ja`);
    expect(await violations(page.mainFrame())).toEqual([]);
    await page.goto(`${desk.url}/policy/sakura-internet?lang=ja`);
    await page.fill("#question", "録音はいつまで保存されますか");
    await page.getByRole("button", { name: "探す" }).click();
    await page.locator(".results").waitFor();
    expect(await violations(page.mainFrame())).toEqual([]);
    expect(complaints).toEqual([]);
  }
});
