import { join } from "node:path";
import type { Activity } from "botbuilder";
import { beforeAll, describe, expect, it } from "vitest";
import type { Look } from "../../../src/channels/teams/look.ts";
import { answered, present } from "../../../src/channels/teams/present.ts";
import { bytesOf, MAX_BYTES } from "../../../src/channels/teams/size.ts";
import { LOCALES, type Locale } from "../../../src/reply/locale.ts";
import type { Message } from "../../../src/reply/message.ts";
import { loadTexts } from "../../../src/reply/texts.ts";
import type { ExplainingBrain } from "../../../src/turn/brain.ts";
import { VECTORS } from "../../e2e/widget/support/vectors.ts";
import { theBrain } from "../../support/brain.ts";
import { actionsIn, cardsIn, inputIn, linksIn, tellsIn } from "../../support/card-client.ts";
import { gallery, type Shown } from "../../support/card-gallery.ts";
import { ROOT } from "../../support/repository.ts";

const BOT = "0f0e0d0c-1111-2222-3333-444455556666";

let brain: ExplainingBrain;
let look: Look;
const shown = new Map<Locale, Shown[]>();
beforeAll(async () => {
  const [ours, texts] = await Promise.all([theBrain(), loadTexts(join(ROOT, "locales"))]);
  brain = ours;
  look = { activityId: "a-1", texts, publicUrl: "https://desk.example", scope: "personal", cards: true };
  for (const locale of LOCALES) shown.set(locale, await gallery(brain, "jcom", locale));
});

const named = (name: string, locale: Locale = "ja") =>
  shown.get(locale)?.find((one) => one.name === name)?.message as Message;
const all = () => LOCALES.flatMap((locale) => shown.get(locale) ?? []);
const kinds = ({ words }: Message): string[] => (words.parts ?? [words]).map(({ kind }) => kind);
const sent = (activities: readonly Partial<Activity>[]) => JSON.stringify(activities);

describe("a message in cards", () => {
  it("is whole: each of its choices is a button, an answer of its field or a row to change", () => {
    for (const { name, message } of all()) {
      const cards = cardsIn(present(message, look));
      const told = tellsIn(cards).map(({ data }) => (data as { madoguchi: { c?: string } }).madoguchi.c);
      const input = inputIn(cards);
      const values = input?.type === "Input.ChoiceSet" ? input.choices.map(({ value }) => value) : [];
      const lost = message.choices.filter(
        ({ command, title }) => !told.includes(command) && !values.includes(title),
      );
      expect(lost, name).toEqual([]);
      const rows = (message.words.parts ?? [message.words]).flatMap((p) =>
        p.kind === "review" ? p.rows : [],
      );
      expect(told.filter((c) => c?.includes(".edit."))).toHaveLength(rows.length);
    }
  });

  it("has no text beside its card, and a notification that tells nothing of the customer's own", () => {
    const own = ["***", "WY3-NEY", "52ER"];
    for (const { name, message } of all())
      for (const activity of present(message, look)) {
        expect(activity.text).toBeUndefined();
        expect(activity.summary, name).toMatch(/\S/);
        for (const word of own) expect(activity.summary, name).not.toContain(word);
      }
    expect(sent(present(named("review"), look))).toContain("***");
    for (const code of own.slice(1)) expect(sent(present(named("receipt"), look))).toContain(code);
  });

  it("says where it stands once, and bears no label of generated text", () => {
    for (const { name, message } of all()) {
      const cites = (message.words.parts ?? [message.words]).flatMap((p) =>
        p.kind === "answer" ? p.citations : [],
      );
      const entities = present(message, look).flatMap((activity) => activity.entities ?? []);
      expect(entities.length, name).toBe(cites.length > 0 ? 1 : 0);
      expect(entities.flatMap(({ citation }) => citation as unknown[]).length, name).toBe(cites.length);
      expect(JSON.stringify(entities)).not.toContain("AIGeneratedContent");
    }
    expect(present(named("two"), look)[0]?.entities?.[0]?.citation).toHaveLength(
      linksIn(cardsIn(present(named("two"), look))).length,
    );
  });

  it("asks whether it helped by Teams' own buttons, among several people by ours", () => {
    expect(present(named("answer"), look)[0]?.channelData).toEqual({ feedbackLoop: { type: "default" } });
    expect(present(named("receipt"), look)[0]?.channelData).toBeUndefined();
    const [activity] = present(named("answer"), { ...look, scope: "shared" });
    expect(activity?.channelData).toBeUndefined();
    expect(tellsIn(cardsIn([activity ?? {}])).map(({ data }) => data)).toContainEqual({
      madoguchi: { f: "down", a: "a-1" },
    });
  });

  it("tells the same by Action.Submit where Action.Execute is not known", () => {
    for (const { message } of all())
      for (const tell of tellsIn(cardsIn(present(message, look)))) {
        expect(tell.fallback).toMatchObject({ type: "Action.Submit", title: tell.title, data: tell.data });
        expect(["choose", "answer", "rate"]).toContain(tell.verb);
      }
  });

  it("stays under the limit however long its values, and loses none of them", () => {
    const rows = Array.from({ length: 14 }, (_, i) => ({
      slot: `slot-${i}`,
      label: `項目${i}`,
      value: `${i}:${"長い値".repeat(660)}:${i}`,
    }));
    const { words, ...review } = named("review");
    if (words.kind !== "review") throw new Error("no review");
    const activities = present({ ...review, words: { ...words, rows } }, look);
    expect(activities.length).toBeGreaterThan(2);
    for (const activity of activities) expect(bytesOf(activity)).toBeLessThanOrEqual(MAX_BYTES);
    const cards = cardsIn(activities);
    const runs = JSON.stringify(cards.map(({ body }) => body))
      .match(/"text":"[^"]*"/g)
      ?.join("")
      .replaceAll('""text":"', "")
      .replaceAll('"', "");
    for (const { value } of rows) expect(runs?.replaceAll("text:", "")).toContain(value);
    expect(tellsIn(cards).filter(({ style }) => style === "positive")).toHaveLength(1);
    expect(tellsIn(cards).filter(({ data }) => JSON.stringify(data).includes(".edit."))).toHaveLength(14);
  });
});

describe("an address in a text", () => {
  it("is a button where it is ours, and words where it is not", () => {
    const links = (text: string) =>
      linksIn(
        cardsIn(present({ locale: "ja", text, choices: [], words: { kind: "notice", about: "own" } }, look)),
      );
    expect(links("記録はこちらです：\nhttps://desk.example/record/abc（1回だけ）")).toEqual([
      "https://desk.example/record/abc",
    ]);
    for (const other of [
      "https://desk.example.evil.invalid/a",
      "https://x@desk.example/a",
      "http://desk.example/a",
    ])
      expect(links(other)).toEqual([]);
  });
});

describe("a card whose button was pressed", () => {
  it("keeps its words, loses its buttons and fields, and says what was chosen", () => {
    const { text, card } = answered(named("ask-reply"), look, "form:1.choose.reply.email");
    expect(text).toBe("回答済み：メール");
    expect(JSON.stringify(card)).toContain("お返事は、どの方法がよろしいですか。");
    expect(actionsIn([card])).toEqual([]);
    expect(answered(named("review", "en"), look, "form:1.edit.email").text).toBe(
      "You chose: Change: E-mail address",
    );
    expect(answered(named("answer"), look, "simpler").card.body).toHaveLength(
      (cardsIn(present(named("answer"), look))[0]?.body.length ?? 0) + 1,
    );
  });

  it("of a review keeps the rows, and no more says that nothing was sent", () => {
    const { card } = answered(named("review"), look, "form:1.confirm");
    expect(JSON.stringify(cardsIn(present(named("review"), look)))).toContain("まだ送信されていません");
    expect(JSON.stringify(card.body)).not.toContain("まだ送信されていません");
    expect(JSON.stringify(card.body)).toContain("メールアドレス");
  });

  it("repeats nothing that was typed, nor what nobody offered", () => {
    const { text, card } = answered(named("ask-name"), look);
    expect(text).toBe("回答済みです。");
    expect(inputIn([card])).toBeUndefined();
    expect(answered(named("ask-reply"), look, "form:1.choose.reply.fax").text).toBe("回答済みです。");
  });
});

describe("where others read along", () => {
  it("asks for nothing, shows nothing of one person, and leads to a private chat", () => {
    const own = ["ask", "review", "receipt", "status", "request"];
    let count = 0;
    for (const { name, message } of all())
      for (const cards of [true, false]) {
        const activities = present(message, { ...look, scope: "shared", cards, botId: BOT });
        const words = sent(activities);
        expect(inputIn(cardsIn(activities)), name).toBeUndefined();
        expect(words, name).not.toMatch(/form:\d|\*\*\*|WY3-NEY|52ER/);
        const leads = words.includes(`https://teams.microsoft.com/l/chat/0/0?users=28%3A${BOT}`);
        expect(leads, name).toBe(kinds(message).some((kind) => own.includes(kind)));
        count += Number(leads);
      }
    expect(count).toBeGreaterThan(40);
    expect(sent(present(named("review"), look))).toMatch(/form:\d/);
  });

  it("answers questions as in private", () => {
    const text = named("answer").sections?.[0]?.find(({ role }) => role === "short")?.text ?? "?";
    expect(sent(present(named("answer"), { ...look, scope: "shared" }))).toContain(text.split("\n")[0]);
  });

  it("keeps a code of a saved form to itself", async () => {
    const saved: Message = {
      locale: "ja",
      text: "再開コードは ABCD-EFGH です",
      choices: [],
      words: { kind: "notice", about: "own" },
    };
    expect(sent(present(saved, look))).toContain("ABCD-EFGH");
    expect(sent(present(saved, { ...look, scope: "shared" }))).not.toContain("ABCD");
    expect(sent(present(saved, { ...look, scope: "shared", cards: false }))).not.toContain("ABCD");
  });
});

describe("without cards", () => {
  const plain = () => ({ ...look, cards: false });

  it("is text with its choices as a numbered list, in the order in which numbers are read", () => {
    for (const { name, message } of all()) {
      const [activity, ...more] = present(message, plain());
      expect(more, name).toEqual([]);
      expect(activity).toMatchObject({ type: "message", textFormat: "plain" });
      for (const [i, { title }] of message.choices.entries())
        expect(activity?.text, name).toContain(`\n${i + 1}. ${title}`);
      expect(activity?.suggestedActions?.actions?.length ?? 0, name).toBe(
        message.choices.length <= 3 ? message.choices.length : 0,
      );
    }
  });

  it("is no markup to a client that reads some: no link, picture, tag or entity in 500 hostile texts", () => {
    const markup = /\]\s*[([:]|<[a-z/!?@]|&#?\w+;/i;
    const odd = [
      "[a](javascript:1)",
      "![x](y)",
      "[a][b]",
      "[b]: http://evil.invalid",
      "<img src=x>",
      "&lt;a&gt;",
    ];
    for (const text of [...odd, ...VECTORS]) {
      const message: Message = {
        locale: "ja",
        text,
        choices: [],
        words: { kind: "handoff", status: "assigned" },
      };
      const said = present(message, plain()).map((activity) => activity.text);
      expect(said.join("")).not.toMatch(markup);
    }
    expect(odd.filter((text) => !markup.test(text))).toEqual([]);
  });

  it("is cut between its lines where it is too long", () => {
    const text = Array.from({ length: 400 }, (_, i) => `${i} ${"ながい".repeat(30)}`).join("\n");
    const message: Message = {
      locale: "ja",
      text,
      choices: [],
      words: { kind: "handoff", status: "assigned" },
    };
    const activities = present(message, plain());
    expect(activities.length).toBeGreaterThan(2);
    expect(activities.map((activity) => activity.text).join("\n")).toBe(text);
    for (const activity of activities) expect(bytesOf(activity)).toBeLessThanOrEqual(MAX_BYTES);
  });
});
