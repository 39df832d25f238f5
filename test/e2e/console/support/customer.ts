import { expect } from "vitest";
import { type BotService, Person } from "../../../support/bot-service.ts";
import type { TestDesk } from "../../../support/desk.ts";
import { deliver, type LinePlatform, userOf, webhook } from "../../../support/line-platform.ts";
import { until } from "../../../support/until.ts";
import { openChat, type SharedBrowser, say, visit } from "../../../support/visitor.ts";
import { received } from "./agent.ts";

/** A customer, wherever they write from. */
export interface Customer {
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
    say: (text) => say(frame, text),
    hears: (text) => frame.getByText(text, { exact: false }).last().waitFor({ timeout: 10_000 }),
    reached: () => all.join("\n"),
  };
}

const hearing = (reached: () => string) => (text: string) =>
  until(() => reached().includes(text), 10_000, `${text}; heard ${reached()}`);

/** A friend of the operator's account, at LINE's stand-in. */
export function lineCustomer(desk: TestDesk, line: LinePlatform): Customer {
  const user = userOf(1);
  const reached = () => JSON.stringify(line.of(user));
  return {
    async say(text) {
      expect((await deliver(desk.url, webhook([line.text(user, text)]))).status).toBe(200);
    },
    hears: hearing(reached),
    reached,
  };
}

/** Somebody in Teams, at the stand-in of its service. */
export function teamsCustomer(desk: TestDesk, service: BotService, locale = "en-US"): Customer {
  const person = new Person(service, desk.url, { locale });
  const reached = () => JSON.stringify(service.sent);
  return {
    async say(text) {
      expect((await person.say(text)).status).toBe(200);
    },
    hears: hearing(reached),
    reached,
  };
}
