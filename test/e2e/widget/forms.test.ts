import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Frame, Page } from "playwright-core";
import { expect, it } from "vitest";
import { theBrain } from "../../support/brain.ts";
import type { TestDesk } from "../../support/desk.ts";
import { until } from "../../support/until.ts";
import { chatIn, openWebsite, say, sharedBrowser, visit } from "../../support/visitor.ts";
import { violations } from "./support/accessible.ts";

const browser = sharedBrowser();

/** Somebody at a desk who has no mouse. */
async function byKeyboard(operator: string, locale: "ja" | "en") {
  const desk = await openWebsite({ brain: await theBrain() });
  const context = await browser.context({ reducedMotion: "reduce" });
  const visitor = await visit(context, `${desk.url}/demo/${operator}?lang=${locale}`);
  const { page } = visitor;
  await page.locator("madoguchi-desk .launcher").focus();
  await page.keyboard.press("Enter");
  const frame = await chatIn(page);
  await frame.waitForFunction(() => document.activeElement?.id === "message");
  const count = () => frame.locator(".message.desk").count();
  /** Waits for the answer to what was done. */
  const answered = async (act: () => Promise<void>) => {
    const before = await count();
    await act();
    await frame.locator(`.message.desk >> nth=${before}`).waitFor();
    // The keyboard moves on with the drawing.
    await page.waitForTimeout(50);
  };
  return {
    ...visitor,
    desk,
    frame,
    answered,
    /** Types into what has the keyboard, which must be where one writes, and sends. */
    write: (text: string) =>
      answered(async () => {
        expect(await focused(frame), text).toBe("Message");
        await page.keyboard.type(text);
        await page.keyboard.press("Enter");
      }),
    /** Goes by Tab to what bears this name, and presses it. */
    press: (name: string) => answered(() => onto(page, frame, name).then(() => page.keyboard.press("Enter"))),
  };
}

/** The name of what has the keyboard. */
function focused(frame: Frame): Promise<string> {
  return frame.evaluate(() => {
    const on = document.activeElement as HTMLElement;
    if (on.id === "message") return "Message";
    return on.getAttribute("aria-label") ?? on.closest("label")?.textContent ?? on.textContent ?? "";
  });
}

/** Onwards from where the keyboard is, or back where one writes: nothing lies further away than this. */
async function onto(page: Page, frame: Frame, name: string): Promise<void> {
  const key = (await focused(frame)) === "Message" ? "Shift+Tab" : "Tab";
  for (let presses = 0; presses < 25; presses += 1) {
    if ((await focused(frame)) === name) return;
    await page.keyboard.press(key);
  }
  throw new Error(`out of reach: ${name}`);
}

/** axe finds nothing, whatever the colours and the width. */
async function clean(page: Page, frame: Frame, state: string): Promise<void> {
  const size = page.viewportSize();
  const modes = {
    light: () => page.emulateMedia({ colorScheme: "light", forcedColors: "none" }),
    dark: () => page.emulateMedia({ colorScheme: "dark", forcedColors: "none" }),
    forced: () => page.emulateMedia({ colorScheme: "light", forcedColors: "active" }),
    narrow: async () => {
      await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
      await page.setViewportSize({ width: 320, height: 568 });
      const over = () =>
        [document.documentElement, document.querySelector(".scroller")].map(
          (box) => (box?.scrollWidth ?? 0) - (box?.clientWidth ?? 0),
        );
      expect(await frame.evaluate(over), `${state}, wider than 320 pixels`).toEqual([0, 0]);
    },
  };
  for (const [mode, turn] of Object.entries(modes)) {
    await turn();
    expect(await violations(frame), `${state}, ${mode}`).toEqual([]);
  }
  if (size) await page.setViewportSize(size);
}

/** The requests that the desk has in its books, by type. */
function filed(desk: TestDesk): string[] {
  const db = new DatabaseSync(join(desk.config.dataDir, "madoguchi.db"), { readOnly: true });
  const rows = db.prepare("select type from request").all();
  db.close();
  return rows.map((row) => String(row.type));
}

it("a disclosure at J:COM by keyboard alone, in Japanese, from the first words to the paper", async () => {
  const { page, frame, desk, write, press, answered, complaints } = await byKeyboard("jcom", "ja");
  await write("御社が持っている個人情報を開示してほしい");
  await clean(page, frame, "boxes");
  await onto(page, frame, "すべて");
  await page.keyboard.press("Space");
  await onto(page, frame, "料金・お支払いの情報");
  await page.keyboard.press("Space");
  expect(await frame.locator("input:checked").count(), "all leaves, when one is chosen").toBe(1);
  await onto(page, frame, "通話の録音");
  await page.keyboard.press("Space");
  await press("選んだものを送る");
  expect(await frame.locator(".own .bubble").last().innerText()).toBe("料金・お支払いの情報、通話の録音");
  expect(await frame.locator(".past .chosen").count()).toBe(2);
  await clean(page, frame, "choice");
  await press("なぜ聞くのですか");
  await press("電子データ（メールなど）");
  await press("本人");
  await write("山田 太郎");
  await press("この質問を省く");
  await write("お客さま番号 4420-113");
  await press("メール");
  const field = frame.locator("#message");
  expect(await field.getAttribute("autocomplete")).toBe("email");
  expect(await field.getAttribute("inputmode")).toBe("email");
  await write("taro@example.jp");
  await clean(page, frame, "review");
  await press("「ふりがな」を変更");
  await write("ヤマダ タロウ");
  expect(await frame.locator(".review").count()).toBe(2);
  expect(await frame.locator(".review .change").count(), "only the last can be changed").toBe(8);
  await answered(async () => {
    await onto(page, frame, "この内容で申し込む");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
  });
  expect(await focused(frame), "the keyboard goes on to the paper").toContain("受付番号");
  await clean(page, frame, "receipt");
  const spelled = await frame.locator(".receipt .code .unseen").allInnerTexts();
  expect(spelled[0]).toMatch(/^(\S ){2}\S, (\S ){2}\S, (\S ){3}\S$/);
  expect(spelled[1]).toMatch(/^(\S ){3}\S, (\S ){3}\S$/);
  await frame.evaluate(() => {
    window.print = () =>
      Object.assign(globalThis, { printed: document.querySelectorAll("[data-paper]").length });
  });
  await onto(page, frame, "印刷する");
  await page.keyboard.press("Enter");
  expect(await frame.evaluate(() => (globalThis as unknown as { printed: number }).printed)).toBe(2);
  await page.emulateMedia({ media: "print" });
  const onPaper = (selector: string) =>
    frame.evaluate(
      (all) =>
        [...document.querySelectorAll(all)].filter((e) => getComputedStyle(e).display !== "none").length,
      selector,
    );
  expect([await onPaper(".message"), await onPaper(".receipt button, .head, .composer")]).toEqual([1, 0]);
  expect(filed(desk)).toEqual(["disclosure"]);
  expect(complaints).toEqual([]);
});

it("an opt-out at SAKURA by keyboard alone, in English", async () => {
  const { page, frame, desk, write, press, complaints } = await byKeyboard("sakura-internet", "en");
  await write("I don't want any more advertising from you");
  await onto(page, frame, "E-mail");
  await page.keyboard.press("Space");
  await press("Send what I chose");
  await write("taro@example.jp");
  expect(await frame.locator(".review th").allInnerTexts()).toHaveLength(2);
  await press("Send this request");
  expect(await frame.locator(".receipt h2").isVisible()).toBe(true);
  expect(filed(desk)).toEqual(["opt-out-marketing"]);
  expect(complaints).toEqual([]);
});

/** Somebody with a mouse, in the frame's own page. */
async function byMouse(operator: string) {
  const desk = await openWebsite({ brain: await theBrain() });
  const { page } = await visit(await browser.context(), `${desk.url}/widget/${operator}/frame?lang=ja`);
  const frame = await chatIn(page);
  const next = async (act: () => Promise<unknown>) => {
    const before = await frame.locator(".message.desk").count();
    await act();
    await frame.locator(`.message.desk >> nth=${before}`).waitFor();
  };
  return {
    desk,
    page,
    frame,
    next,
    write: (text: string) => next(() => say(frame, text)),
    press: (name: string) => next(() => frame.getByRole("button", { name, exact: true }).click()),
  };
}

it("a day from the calendar, a file that is not taken, buttons that outlive a reload, and a double click", async () => {
  const { desk, page, frame, next, write, press } = await byMouse("jcom");
  await write("通話の録音を消してほしい");
  await write("090-1234-5678");
  await frame.locator("input[type=date]").fill("2025-11-05");
  await press("この日付を送る");
  expect(await frame.locator(".own .bubble").last().innerText()).toBe("2025年11月5日");
  const posted = page.waitForRequest((r) => r.method() === "POST" && r.url().endsWith("/activities"));
  await next(() =>
    frame.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(["secret"], "licence.png", { type: "image/png" }));
      document
        .querySelector("#message")
        ?.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }),
  );
  expect((await posted).postData()).not.toMatch(/secret|licence/);
  expect(await frame.locator(".message.desk .bubble").last().innerText()).toContain("お受け取りできません");
  await write("山田 太郎");
  await page.reload();
  await frame.locator(".controls").waitFor();
  await press("メール");
  await write("taro@example.jp");
  await next(() => frame.getByRole("button", { name: "この内容で申し込む" }).dblclick());
  await frame.locator(".receipt").waitFor();
  expect(await frame.locator(".own .bubble").filter({ hasText: "この内容で申し込む" }).count()).toBe(1);
  expect(filed(desk)).toEqual(["opt-out-recording"]);
});

it("a long answer has room and is counted; how far one is is read once", async () => {
  const { frame, write, press } = await byMouse("jcom");
  await frame.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    new MutationObserver((changes) => {
      for (const change of changes) for (const node of change.addedNodes) heard.push(node.textContent ?? "");
    }).observe(document.querySelector("[data-announcer]") as Element, { childList: true });
  });
  await write("苦情を申し立てたい");
  const field = frame.locator("#message");
  expect(await field.getAttribute("rows")).toBe("4");
  await field.fill("あ".repeat(1_001));
  expect(await frame.locator(".over").innerText()).toContain("1文字");
  await field.press("Enter");
  await field.fill("待たされた");
  await until(async () => (await frame.locator(".over").count()) === 0, 2_000, "a shorter text");
  await write("窓口で一時間待たされた");
  const heard = await frame.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
  expect(heard).toHaveLength(2);
  expect(heard[1]?.match(/段階|[／/]/g)).toHaveLength(1);
  expect(heard[1]).not.toContain("やめる");
  await press("この質問を省く");
});
