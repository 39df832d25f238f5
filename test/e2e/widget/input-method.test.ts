import { expect, it } from "vitest";
import { answered, said, say, sharedBrowser } from "../../support/visitor.ts";

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

it("Enter that ends a conversion never sends, in whichever order the events come", async () => {
  const { frame } = await browser.chat();
  const orders = Object.entries(ORDERS);
  for (const [n, [order, events]] of orders.entries()) {
    await frame.fill("#message", "にほんご");
    await frame.evaluate(
      (all) => {
        const box = document.querySelector("#message");
        for (const [type, init = {}] of all as [string, KeyboardEventInit?][]) {
          const composition = type.startsWith("composition");
          box?.dispatchEvent(
            composition
              ? new CompositionEvent(type, { bubbles: true })
              : new KeyboardEvent(type, { bubbles: true, cancelable: true, ...init }),
          );
        }
      },
      events as readonly unknown[],
    );
    expect(await frame.inputValue("#message"), order).toBe("にほんご");
    await say(frame, `にほんご${n}`);
    await answered(frame, n + 1);
    expect((await said(frame)).slice(2 * n), order).toEqual([`にほんご${n}`, `echo: にほんご${n}`]);
  }
});

it("a real conversion of Chromium's input method sends nothing until Enter comes alone", async () => {
  const { context, page, frame } = await browser.chat();
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
