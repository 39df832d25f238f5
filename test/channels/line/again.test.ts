import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Locale } from "../../../src/reply/locale.ts";
import { theBrain } from "../../support/brain.ts";
import { type LineDesk, lineDesk } from "../../support/line-desk.ts";
import { deliver, visible, webhook } from "../../support/line-platform.ts";
import { sharedFolder } from "../../support/temp.ts";
import { until } from "../../support/until.ts";

const folder = sharedFolder();
let on: LineDesk;
beforeAll(async () => {
  on = await lineDesk(await theBrain(), folder.path);
});
afterAll(async () => {
  expect(on.line.problems).toEqual([]);
  await on.close();
  folder.remove();
});

const heard = () => on.line.of(on.user());
const follow = async (isUnblocked: boolean) => {
  const { status } = await deliver(
    on.desk.url,
    webhook([on.line.event("follow", on.user(), { follow: { isUnblocked } })]),
  );
  expect(status).toBe(200);
};
/** When the forms lapse that are open at this desk. */
const lapses = () => {
  const db = new DatabaseSync(`${folder.path}/madoguchi.db`, { readOnly: true });
  const rows = db.prepare("select form_until as at from conversation where form_until is not null").all();
  db.close();
  return rows.map(({ at }) => Number(at));
};

const BACK: Readonly<Record<Locale, string>> = { ja: "またご利用いただき", en: "Welcome back" };
const ASK: Readonly<Record<Locale, string>> = {
  ja: "個人情報の開示請求をしたい",
  en: "I want a copy of my data",
};

it.each(["ja", "en"] as const)(
  "45: whoever unblocks the account is greeted in one line, in the language of the talk, and its form goes on (%s)",
  async (locale) => {
    const chat = await on.open({ operator: "jcom", locale });
    await chat.say({ text: ASK[locale] });
    // The profile says another language by now; the talk's counts.
    on.line.languages.set(on.user(), locale === "ja" ? "en" : "ja");
    const [before, until0] = [heard().length, lapses()];
    expect(until0.length).toBeGreaterThan(0);
    await follow(true);
    await until(() => heard().length > before, 10_000, "a greeting");
    const said = visible(heard().slice(before));
    expect(heard()).toHaveLength(before + 1);
    expect(said).toContain(BACK[locale]);
    expect(said).not.toContain("\n");
    expect(lapses()).toEqual(until0);
    const { messages } = await chat.say({ command: "form:1.choose.scope.all" });
    expect(messages[0]?.words).toMatchObject({ kind: "ask", slot: "method" });
    expect(messages[0]?.locale).toBe(locale);
    // Added once more without having been blocked: it was greeted already.
    const after = heard().length;
    await follow(false);
    await sleep(300);
    expect(heard()).toHaveLength(after);
  },
);

it("whoever unblocks it and has no talk any more is greeted as everybody is at first", async () => {
  await on.open({ operator: "jcom", locale: "en" });
  await follow(true);
  await until(() => heard().length > 0, 10_000, "a greeting");
  expect(visible(heard())).toContain("an automated chat that answers from");
});

it("a form lapses a day after its last turn, also when the last message could not be read", async () => {
  const chat = await on.open({ operator: "jcom", locale: "en" });
  const others = lapses().length;
  await chat.say({ text: "I want a copy of my data" });
  expect(lapses()).toHaveLength(others + 1);
  const before = heard().length;
  await deliver(on.desk.url, webhook([on.line.text(on.user(), "a".repeat(2_500))]));
  await until(() => heard().length > before, 10_000, "an answer");
  expect(lapses()).toHaveLength(others + 1);
});
