import { expect, it } from "vitest";
import { answered, openChat, openWebsite, said, say, sharedBrowser, visit } from "../../support/visitor.ts";

const browser = sharedBrowser();

/** The events of a conversion that is ended by Enter, in the order in which browsers send them. */
const ORDERS = {
  "Chromium and Firefox: keydown while composing, then compositionend": [
    ["compositionstart"],
    ["keydown", { key: "Enter", keyCode: 229, isComposing: true }],
    ["compositionend"],
    ["keyup", { key: "Enter", keyCode: 13 }],
  ],
  "Safari: compositionend, then keydown with nothing but keyCode 229": [
    ["compositionstart"],
    ["compositionend"],
    ["keydown", { key: "Enter", keyCode: 229, isComposing: false }],
    ["keyup", { key: "Enter", keyCode: 13 }],
  ],
  "isComposing without the keyCode": [["keydown", { key: "Enter", keyCode: 13, isComposing: true }]],
  "compositionstart alone": [
    ["compositionstart"],
    ["keydown", { key: "Enter", keyCode: 13, isComposing: false }],
    ["compositionend"],
  ],
} as const;

it.each(Object.keys(ORDERS) as (keyof typeof ORDERS)[])(
  "Enter that ends a conversion never sends: %s",
  async (order) => {
    const desk = await openWebsite();
    const frame = await openChat(
      (await visit(await browser.context(), `${desk.url}/demo/jcom?lang=ja`)).page,
    );
    await frame.fill("#message", "にほんご");
    await frame.evaluate(
      (events) => {
        const box = document.querySelector("#message");
        for (const [type, init = {}] of events as [string, KeyboardEventInit?][]) {
          const composition = type.startsWith("composition");
          box?.dispatchEvent(
            composition
              ? new CompositionEvent(type, { bubbles: true })
              : new KeyboardEvent(type, { bubbles: true, cancelable: true, ...init }),
          );
        }
      },
      ORDERS[order] as unknown as [string, KeyboardEventInit?][],
    );
    expect(await frame.inputValue("#message")).toBe("にほんご");
    await say(frame, "にほんご。");
    await answered(frame, 1);
    expect(await said(frame)).toEqual(["にほんご。", "echo: にほんご。"]);
  },
);

it("a real conversion of Chromium's input method sends nothing until Enter comes alone", async () => {
  const desk = await openWebsite();
  const context = await browser.context();
  const { page } = await visit(context, `${desk.url}/demo/jcom?lang=ja`);
  const frame = await openChat(page);
  await frame.focus("#message");
  const session = await context.newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
  await session.send("Input.insertText", { text: "日本" });
  expect(await frame.inputValue("#message")).toBe("日本");
  expect(await said(frame)).toEqual([]);
  await frame.press("#message", "Shift+Enter");
  expect(await frame.inputValue("#message")).toBe("日本\n");
  await frame.press("#message", "Enter");
  await answered(frame, 1);
  expect(await said(frame)).toEqual(["日本", "echo: 日本"]);
});
