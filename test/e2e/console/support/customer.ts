import type { TestDesk } from "../../../support/desk.ts";
import { openChat, type SharedBrowser, say, visit } from "../../../support/visitor.ts";
import { received } from "./agent.ts";

/** A customer, wherever they write from. */
export interface Customer {
  channel: "web" | "line" | "teams";
  say(text: string): Promise<void>;
  /** Waits until they have been told this. */
  hears(text: string): Promise<void>;
  /** All that has reached them, seen or not. */
  reached(): string;
}

/** By the real widget on the operator's sample page. */
export async function websiteCustomer(
  desk: TestDesk,
  browser: SharedBrowser,
  language: "ja" | "en" = "ja",
): Promise<Customer> {
  const context = await browser.context({ locale: language === "ja" ? "ja-JP" : "en-US" });
  const { page } = await visit(context, "about:blank");
  const all = received(page);
  await page.goto(`${desk.url}/demo/jcom?lang=${language}`);
  const frame = await openChat(page);
  return {
    channel: "web",
    say: (text) => say(frame, text),
    hears: (text) => frame.getByText(text, { exact: false }).last().waitFor({ timeout: 10_000 }),
    reached: () => all.join("\n"),
  };
}
