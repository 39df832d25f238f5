import type { WebSocketRoute } from "playwright-core";
import { expect, it } from "vitest";
import type { ShownOpenChat } from "../../../src/agent-console/inbox/shown.ts";
import { theBrain } from "../../support/brain.ts";
import { Chat, call } from "../../support/client.ts";
import { type ConsoleDesk, openConsole } from "../../support/console.ts";
import { LONG } from "../../support/long.ts";
import { until } from "../../support/until.ts";
import { sharedBrowser } from "../../support/visitor.ts";
import { type AgentPage, agentPage } from "./support/agent.ts";

const browser = sharedBrowser();
const brain = await theBrain();

/** A customer by the protocol alone, who has called a person. */
async function calling({ desk }: ConsoleDesk, ...said: string[]): Promise<Chat> {
  const chat = await Chat.open(desk.url);
  for (const text of [...said, "担当者と話したい"]) {
    const before = (await chat.all()).length;
    await chat.say(text);
    await until(async () => (await chat.all()).length > before + 1, 10_000, `an answer to ${text}`);
  }
  return chat;
}

/** Opens whoever has waited longest, and takes them. */
async function take({ page, press }: AgentPage): Promise<void> {
  await page.locator(".chat-list a").first().waitFor();
  await press("w");
  await page.locator(".take .main-button").waitFor();
  await press("c");
  await page.waitForFunction(() => document.activeElement?.id === "reply");
}

const textsOf = async (chat: Chat) => (await chat.all()).map(({ text }) => text ?? "").join("\n");

it("a chat that was taken away says who has it, and no draft is lost; a clause that has changed is not sent", async () => {
  const around = await openConsole({ brain }, { runs: true });
  const { desk } = around;
  const sato = await agentPage(around, browser, "sato", { jcom: ["agent"] }, { locale: "en-US" });
  const suzuki = await around.hire("suzuki", { jcom: ["agent"] }, "鈴木");
  const chat = await calling(around, "電話は録音していますか");
  await take(sato);
  const { page } = sato;

  // The clause is another one by the time it is sent.
  await page.locator(".suggestions button").first().waitFor();
  await page.route("**/say", (route) => {
    const body = route.request().postDataJSON() as { cites?: { mark: string } };
    if (body.cites) body.cites.mark = "of-yesterday";
    return route.continue({ postData: JSON.stringify(body) });
  });
  await sato.press("Alt+1");
  const inserted = await page.locator("#reply").inputValue();
  await page.keyboard.type(" My own words.");
  await sato.press("Enter");
  await page.locator(".composer .problem").getByText("Not sent").waitFor();
  expect(await page.locator("#reply").inputValue()).toContain("My own words.");
  expect(await textsOf(chat)).not.toContain("My own words.");
  await page.unroute("**/say");
  await page.locator(".composer .problem button").click();
  expect(await page.locator("#reply").inputValue()).toBe(`${inserted} My own words.`);
  await sato.press("Enter");
  await until(async () => (await textsOf(chat)).includes("My own words."), 5_000, "said");

  // A private note and a reply are kept apart, each in its own chat.
  await page.locator("#reply").fill("half a sentence");
  const [held] = (await desk.app.desk.list(atDesk(suzuki), { states: ["assigned"] }, 1)).handoffs;
  const boss = { ...atDesk(suzuki), supervisor: true as const };
  await desk.app.desk.transfer(boss, held?.id ?? "", { id: suzuki.id, name: "鈴木" }, "");
  await page.locator(".take").getByText("鈴木 has this chat").waitFor();
  await page.getByText("half a sentence").waitFor();
  expect(await page.locator("#reply").count()).toBe(0);
  await desk.app.desk.transfer(boss, held?.id ?? "", { id: sato.id, name: "sato さん" }, "");
  await page.locator("#reply").waitFor();
  expect(await page.locator("#reply").inputValue()).toBe("half a sentence");
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(
    "half",
  );

  // Sent the moment that it was taken away: refused, named, kept.
  await page.route("**/say", async (route) => {
    await desk.app.desk.transfer(boss, held?.id ?? "", { id: suzuki.id, name: "鈴木" }, "");
    await route.continue();
  });
  await page.locator("#reply").press("Enter");
  await page.getByText("鈴木 has this chat. Your draft is kept.").first().waitFor();
  await page.getByText("half a sentence").waitFor();
  expect(await textsOf(chat)).not.toContain("half a sentence");
  expect(sato.complaints).toEqual([]);
}, 120_000);

it("a private note that is begun while a reply is being sent has none of its letters in the reply", async () => {
  const around = await openConsole({ brain }, { runs: true });
  const sato = await agentPage(around, browser, "sato");
  await calling(around);
  await take(sato);
  const { page } = sato;
  let sent = Promise.withResolvers<void>();
  await page.route("**/say", async (route) => {
    await sent.promise;
    await route.continue();
  });
  await page.keyboard.type("お待たせしました");
  await sato.press("Enter", "Escape", "n");
  await page.keyboard.type("社内だけの");
  sent.resolve();
  await page.locator(".entry.agent").getByText("お待たせしました").waitFor();
  await page.keyboard.type("メモ");
  expect(await page.locator("#note").inputValue()).toBe("社内だけのメモ");
  expect(await page.locator("#reply").inputValue()).toBe("");
  // The control: who stays in the field goes on writing there.
  await page.locator("#reply").fill("つづき");
  await sato.press("Enter");
  await page.locator(".entry.agent").getByText("つづき").waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id), { timeout: 15_000 }).toBe("reply");
  // What they write before the answer has come stays; what was sent goes.
  sent = Promise.withResolvers();
  await page.locator("#reply").fill("少々お待ちください");
  await sato.press("Enter");
  await page.keyboard.type("次のことば");
  sent.resolve();
  await page.locator(".entry.agent").getByText("少々お待ちください").waitFor();
  await expect.poll(() => page.locator("#reply").inputValue(), { timeout: 15_000 }).toBe("次のことば");
}, 60_000);

it.runIf(LONG)(
  "the line that was cut catches up; a chat that its customer deletes is gone from the screen",
  async () => {
    const around = await openConsole({ brain }, { runs: true });
    const sato = await agentPage(around, browser, "sato");
    const { page } = sato;
    const chat = await calling(around);
    const lines: WebSocketRoute[] = [];
    await page.routeWebSocket(/console\/stream/, (line) => {
      line.connectToServer();
      lines.push(line);
    });
    await page.reload();
    await take(sato);
    await page.context().setOffline(true);
    for (const line of lines) await line.close({ code: 1012 });
    await sato.shows("サーバーとの接続が切れています");
    await chat.say("線が切れているあいだの言葉");
    await page.context().setOffline(false);
    await chat.say("そのあとの言葉");
    await sato.shows("線が切れているあいだの言葉");
    await sato.shows("そのあとの言葉");
    expect(lines.length).toBeGreaterThan(1);
    const order = await page.locator(".entry.customer .text").allInnerTexts();
    expect(order.slice(-2)).toEqual(["線が切れているあいだの言葉", "そのあとの言葉"]);
    await call(chat.path, { method: "DELETE", token: chat.token });
    await sato.shows("このチャットは削除されました");
    expect(await page.locator("main").innerText()).not.toContain("そのあとの言葉");
  },
  120_000,
);

const atDesk = ({ id }: { id: string }) => ({ id, name: "鈴木", role: "agent", operators: ["jcom"] });

it.runIf(LONG)(
  "C15: in a talk of 5,000 messages, what is typed is seen within 100 ms at 95 of 100 strokes",
  async () => {
    const around = await openConsole({ brain }, { runs: true });
    const sato = await agentPage(around, browser, "sato");
    const { page } = sato;
    await page.route(/\/chats\/[\w-]+\?/, async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as ShownOpenChat;
      const [line] = body.lines;
      const many = Array.from({ length: 5_000 }, (_, i) => ({
        ...line,
        id: `line-${i}`,
        seq: i - 5_000,
        by: (["customer", "bot", "agent"] as const)[i % 3],
        text: i % 50 === 0 ? "長い話です。".repeat(600) : `${i}番目の話です。`,
      }));
      await route.fulfill({ response, json: { ...body, lines: [...many, ...body.lines] } });
    });
    await calling(around);
    await take(sato);
    await sato.press("Escape");
    const waits = () =>
      page.evaluate(async () => {
        const field = document.querySelector<HTMLTextAreaElement>("#reply");
        const all: number[] = [];
        field?.focus();
        for (let i = 0; i < 100; i += 1) {
          const began = performance.now();
          document.execCommand("insertText", false, "あ");
          await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));
          all.push(performance.now() - began);
        }
        return all.sort((a, b) => a - b)[95] ?? 0;
      });
    const atFirst = await waits();
    await sato.press("Escape");
    for (let drawn = 100; drawn < 5_000; drawn += 100) await sato.press("o");
    await page.locator(".entry >> nth=4990").waitFor({ state: "attached" });
    const atLast = await waits();
    console.info(
      `C15: typing with 5,000 messages, p95 ${atFirst} ms as it opens, ${atLast} ms with all of them drawn`,
    );
    expect(atFirst).toBeLessThan(100);
  },
  120_000,
);
