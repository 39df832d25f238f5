import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { reasonQuestion } from "../../../src/channels/line/cards/feedback.ts";
import { present } from "../../../src/channels/line/present.ts";
import { richMenu } from "../../../src/channels/line/rich-menu/menu.ts";
import { LOCALES, type Locale } from "../../../src/reply/locale.ts";
import type { Message } from "../../../src/reply/message.ts";
import { loadTexts, type Texts } from "../../../src/reply/texts.ts";
import { REQUEST_TYPES } from "../../../src/requests/request-type.ts";
import { withNote } from "../../../src/turn/black-out.ts";
import type { ExplainingBrain } from "../../../src/turn/brain.ts";
import { parseCommand } from "../../../src/understanding/command.ts";
import { CLAUSES } from "../../knowledge/clauses.ts";
import { anyText } from "../../support/any-text.ts";
import { theBrain } from "../../support/brain.ts";
import { filingDesk } from "../../support/filing-desk.ts";
import { problemsOf } from "../../support/line-limits.ts";
import { hasSpec, specProblems } from "../../support/line-openapi.ts";
import { answersOf, requestOf, type Shown, statusOf } from "../../support/line-talks.ts";
import { measure, SEED } from "../../support/long.ts";
import { ROOT } from "../../support/repository.ts";

let brain: ExplainingBrain;
let texts: Texts;
beforeAll(async () => {
  [brain, texts] = await Promise.all([theBrain(), loadTexts(`${ROOT}/locales`)]);
});

const PUBLIC = "https://desk.example";
const look = () => ({ activityId: "activity-1", texts, publicUrl: PUBLIC });

/** What LINE would have against a message as we show it. */
function wrong({ name, message }: Shown, sender?: { name: string }): string[] {
  const shown = present(message, { ...look(), ...(sender ? { sender } : {}) });
  const official = hasSpec() ? specProblems("PushMessageRequest", { to: "U0", messages: shown }) : [];
  return [...problemsOf(shown), ...official].map((problem) => `${name}: ${problem}`);
}

type Json = Readonly<Record<string, unknown>>;

/** Every object in a tree of plain JSON. */
function objectsIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== "object" || value === null) return [];
  return [value as Json, ...Object.values(value).flatMap(objectsIn)];
}

const lettersOf = (messages: unknown): string =>
  objectsIn(messages)
    .filter(({ type }) => type === "text")
    .map(({ text }) => text)
    .join("\n");
const postbacksOf = (messages: unknown): string[] =>
  objectsIn(messages).flatMap(({ type, data }) => (type === "postback" ? [String(data)] : []));
const linksOf = (messages: unknown): string[] =>
  objectsIn(messages).flatMap(({ type, uri }) => (type === "uri" ? [String(uri)] : []));

/** What may change between a text and its card: white space, and the dots and numbers of lists. */
const squeezed = (text: string) => text.replace(/\s+/g, "").replace(/[・\-—]/g, "");

const plain = (text: string, choices: Message["choices"] = [], locale: Locale = "ja"): Message => ({
  locale,
  text,
  choices,
  words: { kind: "notice" },
});

describe("answers on LINE", () => {
  it("are within its limits and official description, for every clause in both languages", async () => {
    const problems: string[] = [];
    let count = 0;
    for (const [operator, clauses] of Object.entries(CLAUSES))
      for (const locale of LOCALES)
        for (const shown of await answersOf(brain, operator, locale, clauses)) {
          count += 1;
          problems.push(...wrong(shown));
        }
    expect(problems).toEqual([]);
    expect(count).toBe(70 * 2 * 3);
  });

  it("show the short answer with its source, and the whole clause when it is asked for", async () => {
    const [short, whole] = await answersOf(brain, "jcom", "ja", ["call-recording"]);
    if (!short || !whole) throw new Error("the desk said nothing");
    const card = present(short.message, look());
    const [told, full] = [short, whole].map(({ message }) => message.sections?.[0] ?? []);
    const text = (role: string) => told?.find((s) => s.role === role)?.text ?? "";
    expect(squeezed(lettersOf(card))).toContain(squeezed(text("short")));
    expect(squeezed(lettersOf(card))).not.toContain(squeezed(text("full")));
    expect(lettersOf(card)).toContain("2020年4月1日");
    expect(linksOf(card)).toEqual([`${PUBLIC}/policy/jcom?lang=ja#call-recording`]);
    expect(postbacksOf(card)).toContain("c=full:call-recording");
    expect(postbacksOf(card)).toContain("f=up:activity-1");
    expect(card).toMatchObject([{ altText: expect.stringContaining(text("short").slice(0, 30)) }]);
    const messages = present(whole.message, look());
    expect(messages.every(({ type }) => type === "text")).toBe(true);
    expect(squeezed(lettersOf(messages))).toContain(squeezed(text("full")));
    expect(lettersOf(messages)).toContain(full?.find((s) => s.role === "source")?.text);
  });

  it("give the whole clause by words, too", async () => {
    for (const [locale, say] of [
      ["ja", "全文を見る"],
      ["ja", "ぜんぶんをみせて"],
      ["en", "Read the full text"],
    ] as const) {
      const desk = filingDesk(brain, { operator: "jcom", locale });
      await desk.say({ command: "clause:call-recording" });
      const { messages } = await desk.say(say);
      expect(messages[0]?.words, say).toMatchObject({ kind: "answer", clauses: ["call-recording"] });
      expect(
        messages[0]?.sections?.[0]?.map(({ role }) => role),
        say,
      ).toEqual(["plain", "source"]);
    }
  });

  it("are rated once for a message, however many parts it has", async () => {
    const desk = filingDesk(brain, { operator: "jcom", locale: "ja" });
    const { messages } = await desk.say("通話は録音されますか。あと、開示の手数料はいくらですか。");
    const [message] = messages;
    if (!message) throw new Error("the desk said nothing");
    expect(message.words.parts).toHaveLength(2);
    const shown = present(message, look());
    expect(shown.length).toBeGreaterThan(1);
    expect(postbacksOf(shown).filter((data) => data.startsWith("f="))).toEqual([
      "f=up:activity-1",
      "f=down:activity-1",
    ]);
    expect(postbacksOf(present(message, { ...look(), activityId: "a:b" })).join()).not.toContain("f=");
  });
});

describe("why an answer was no help", () => {
  it("is asked with reasons to tap, which name the answer", () => {
    for (const locale of LOCALES) {
      const asked = [reasonQuestion({ t: texts[locale] }, "activity-1")];
      expect(problemsOf(asked)).toEqual([]);
      const reasons = ["other-question", "unclear", "incomplete", "wrong"];
      expect(postbacksOf(asked)).toEqual(reasons.map((reason) => `r=activity-1:${reason}`));
      expect(problemsOf([reasonQuestion({ t: texts[locale] }, "no:id")])).toEqual([]);
    }
  });
});

/** In the short run every second form in each language, and the others in the other one; which, the seed says. */
const drawn = SEED % 2;
const inShortRun = (locale: Locale) => (_: unknown, i: number) =>
  measure((i + drawn) % 2 === LOCALES.indexOf(locale), true);

describe("requests on LINE", () => {
  it(
    "are within its limits and official description, at every question of every form",
    async () => {
      const problems: string[] = [];
      const kinds = new Set<string>();
      for (const operator of measure(["jcom"], Object.keys(CLAUSES)))
        for (const locale of LOCALES)
          for (const type of REQUEST_TYPES.filter(inShortRun(locale)))
            for (let turn = 0; turn < measure(1, 3); turn++)
              for (const shown of await requestOf(brain, operator, locale, type, turn)) {
                kinds.add(shown.message.words.kind);
                problems.push(...wrong(shown));
              }
      expect(problems).toEqual([]);
      expect([...kinds]).toEqual(expect.arrayContaining(["request", "ask", "review", "receipt"]));
    },
    measure(120_000, 300_000),
  );

  it("lose no word, no choice and no control between the desk and the screen", async () => {
    for (const locale of LOCALES) {
      const talks = [
        ...(await statusOf(brain, "jcom", locale)),
        ...(
          await Promise.all(
            REQUEST_TYPES.filter(inShortRun(locale)).map((type) => requestOf(brain, "jcom", locale, type, 1)),
          )
        ).flat(),
      ];
      const kinds = new Set(talks.map(({ message }) => message.words.kind));
      expect([...kinds]).toEqual(expect.arrayContaining(["request", "ask", "review", "receipt", "status"]));
      for (const { name, message: said } of talks) {
        // What was blacked out is told below whatever is said.
        const [message = said] = withNote(texts, [said], ["card"]);
        const shown = present(message, look());
        expect(problemsOf(shown), name).toEqual([]);
        const letters = squeezed(lettersOf(shown));
        const lines = (message.sections ?? [[{ role: "plain" as const, text: message.text }]])
          .flat()
          .filter(({ role }) => !["table", "receipt", "full", "law"].includes(role))
          .flatMap(({ text }) => text.split("\n"))
          // A label stands above what it names.
          .map((one) => (message.words.kind === "status" ? one.replace(/^[^:：]{1,30}(?:：|: )/, "") : one));
        expect(
          lines.filter((one) => !letters.includes(squeezed(one))),
          name,
        ).toEqual([]);
        const offered = new Set(postbacksOf(shown));
        expect(
          message.choices.filter(({ command }) => !offered.has(`c=${command}`)),
          name,
        ).toEqual([]);
        const { words } = message;
        for (const { slot, label, value } of words.kind === "review" ? words.rows : []) {
          expect(letters).toContain(squeezed(label));
          expect(letters).toContain(squeezed(value));
          expect(offered).toContain(`c=form:${words.kind === "review" ? words.n : 0}.edit.${slot}`);
        }
        if (words.kind === "receipt") expect(letters).toContain(squeezed(words.receipt));
      }
    }
  });

  it("do by words what the buttons for changing an answer and those of the menu do", async () => {
    for (const locale of LOCALES) {
      const talk = await requestOf(brain, "jcom", locale, "opt-out-marketing");
      const review = talk.find(({ message }) => message.words.kind === "review")?.message.words;
      for (const { slot, label } of review?.kind === "review" ? review.rows : []) {
        const desk = filingDesk(brain, { operator: "jcom", locale });
        await desk.say({ command: "request:opt-out-marketing" });
        await desk.say({ command: "form:1.choose.media.email" });
        await desk.say("taro@example.jp");
        const { messages } = await desk.say(texts[locale]("line:change-row", { label }));
        expect(messages.at(-1)?.words, label).toMatchObject({ kind: "ask", slot });
      }
      for (const { action } of richMenu("jcom", texts, locale).areas ?? []) {
        const { displayText, data } = action as { displayText?: string; data: string };
        if (displayText === undefined) continue;
        const kinds = await Promise.all(
          [{ text: displayText }, { command: data.slice(2) }].map(async (incoming) => {
            const { messages } = await filingDesk(brain, { operator: "jcom", locale }).say(incoming);
            const [message] = messages;
            return [message?.words.kind, message?.choices.map(({ command }) => command)];
          }),
        );
        expect(kinds[0], displayText).toEqual(kinds[1]);
      }
    }
  });

  it("say what policy and law have on them to whoever asks, by button and by words", async () => {
    for (const locale of LOCALES) {
      const [begun] = await requestOf(brain, "jcom", locale, "disclosure");
      if (!begun) throw new Error("the desk said nothing");
      const rules = (begun.message.sections?.[0] ?? []).filter(
        ({ role }) => role === "full" || role === "law",
      );
      expect(rules).toHaveLength(2);
      expect(postbacksOf(present(begun.message, look()))).toContain("c=rules:disclosure");
      for (const by of [{ command: "rules:disclosure" }, { text: texts[locale]("line:rules") }]) {
        const desk = filingDesk(brain, { operator: "jcom", locale });
        await desk.say({ command: "request:disclosure" });
        const { messages } = await desk.say(by);
        const letters = squeezed(lettersOf(messages.flatMap((message) => present(message, look()))));
        for (const { text } of rules) expect(letters).toContain(squeezed(text));
        const kinds = messages.flatMap(({ words }) => words.parts?.map(({ kind }) => kind) ?? [words.kind]);
        expect(kinds).toEqual(["notice", "ask"]);
      }
    }
  });

  it("have buttons that every channel understands, and words that do the same", async () => {
    const commands = new Set<string>();
    for (const { message } of [
      ...(await requestOf(brain, "jcom", "ja", "opt-out-marketing")),
      ...(await answersOf(brain, "jcom", "ja", ["purposes", "disclosure"])),
    ])
      for (const data of postbacksOf(present(message, look())))
        if (data.startsWith("c=")) commands.add(data.slice(2));
    expect(commands.size).toBeGreaterThan(10);
    expect([...commands].filter((command) => !parseCommand(command))).toEqual([]);
  });

  it("have what can be done about them as buttons that stay: a code by mail, the deletion of the chat", async () => {
    const [paper] = (await requestOf(brain, "jcom", "ja", "opt-out-marketing")).slice(-1);
    if (!paper) throw new Error("the desk said nothing");
    const code = { title: "メールで確認する", command: "code:2222222222" };
    const shown = present({ ...paper.message, choices: [code] }, look());
    expect(postbacksOf(shown)).toContain("c=code:2222222222");
    expect(shown.at(-1)?.quickReply).toBeUndefined();
    const desk = filingDesk(brain, { operator: "jcom", locale: "ja" });
    const { messages } = await desk.say({ command: "own-chat:erase" });
    const asked = present(messages[0] ?? plain(""), look());
    expect(postbacksOf(asked)).toEqual(["c=own-chat:erase-sure", "c=own-chat:keep"]);
    expect(asked.at(-1)?.quickReply).toBeUndefined();
    expect(problemsOf([...shown, ...asked])).toEqual([]);
  });

  it("tell a notification neither an answer nor the status code", async () => {
    const shown = await requestOf(brain, "jcom", "ja", "complaint");
    const alts = shown.flatMap(({ message }) =>
      present(message, look()).flatMap((m) =>
        m.type === "flex" ? [(m as { altText: string }).altText] : [],
      ),
    );
    const receipt = shown.find(({ message }) => message.words.kind === "receipt")?.message;
    const code = /照会コード：(\S{6,12})（/.exec(receipt?.text ?? "")?.[1] ?? "none";
    expect(receipt?.text).toContain(code);
    expect(shown.some(({ message }) => message.text.includes("断ったのに"))).toBe(true);
    expect(alts.join("\n")).not.toContain(code);
    expect(alts.join("\n")).not.toContain("断ったのに");
  });

  it("tell where one is, and how to choose more than one", async () => {
    const [, , , second] = await requestOf(brain, "jcom", "en", "disclosure", 0);
    expect(second).toBeDefined();
    const all = await requestOf(brain, "jcom", "en", "disclosure", 0);
    const scope = all.find(({ message }) => "slot" in message.words && message.words.slot === "scope");
    if (!scope) throw new Error("no such question");
    const letters = lettersOf(present(scope.message, look()));
    expect(letters).toMatch(/Question \d of \d+/);
    expect(letters).toContain("1. Everything");
    expect(letters).toContain("1 and 3");
  });
});

describe("what does not fit", () => {
  it("is answered by number, on every channel", async () => {
    const desk = filingDesk(brain, { operator: "jcom", locale: "ja" });
    const { messages } = await desk.say({ command: "requests" });
    expect(messages[0]?.choices).toHaveLength(11);
    const { messages: begun } = await desk.say("11");
    expect(begun[0]?.words).toMatchObject({ kind: "request", request: "complaint" });
    const many = Array.from({ length: 30 }, (_, i) => ({ title: `番号${i + 1}の手続き`, command: "repeat" }));
    const shown = present(
      { ...plain("どれですか", many), words: { kind: "smalltalk", intent: "bye" } },
      look(),
    );
    expect(problemsOf(shown)).toEqual([]);
    expect(shown.at(-1)?.quickReply?.items).toHaveLength(13);
    expect(lettersOf(shown)).toContain("1. 番号1の手続き");
    expect(lettersOf(shown)).toContain("30. 番号30の手続き");
  });

  it("in a question with a list is no number of a button far down", async () => {
    const desk = filingDesk(brain, { operator: "jcom", locale: "ja" });
    await desk.say({ command: "request:disclosure" });
    for (const say of ["本人です", "山田太郎", "スキップ", "スキップ", "メール", "t@example.jp"])
      await desk.say(say);
    const { messages } = await desk.say("12");
    expect(messages.map(({ words }) => words.kind)).not.toContain("notice");
    expect(desk.talk.dialog).toBeDefined();
  });

  it("is cut between characters in a label, and whole in the words that are sent", () => {
    const family = "👨‍👩‍👧‍👦";
    const title = family.repeat(30);
    const shown = present(plain("a", [{ title, command: "simpler" }]), look());
    const action = shown[0]?.quickReply?.items?.[0]?.action as { label: string; displayText: string };
    expect(action.label).toBe(`${family.repeat(19)}…`);
    expect(action.displayText).toBe(title);
    expect(problemsOf(shown)).toEqual([]);
  });

  it("goes on in the next message, cut between sentences", () => {
    const sentence = "これは、お客さまの個人情報の取り扱いについての、とても長い一つの文です。";
    const text = sentence.repeat(400);
    const shown = present(plain(text), look());
    expect(problemsOf(shown)).toEqual([]);
    expect(shown.length).toBe(3);
    expect(shown.every((m) => (m as { text: string }).text.endsWith("。"))).toBe(true);
    expect(shown.map((m) => (m as { text: string }).text).join("")).toBe(text);
  });

  it("after five messages is told with the way to the rest", () => {
    const shown = present(plain("文です。".repeat(20_000)), look());
    expect(shown).toHaveLength(5);
    expect(problemsOf(shown)).toEqual([]);
    expect((shown[4] as { text: string }).text).toContain(PUBLIC);
  });

  it("of an answer in a review goes on in another card, and nothing of it is lost", () => {
    const value = "苦情の内容を、くわしくお書きします。".repeat(700);
    const message: Message = {
      locale: "ja",
      text: "review",
      sections: [
        [
          { role: "plain", text: "内容のご確認\nまだ送信されていません。" },
          { role: "table", text: "" },
          { role: "plain", text: "用途です。" },
        ],
      ],
      choices: [{ title: "この内容で申し込む", command: "form:1.confirm" }],
      words: {
        kind: "review",
        form: "complaint",
        n: 1,
        rows: [
          { slot: "complaint", label: "内容", value },
          { slot: "reply", label: "お返事", value: "メール" },
        ],
        controls: [],
      },
    };
    const shown = present(message, look());
    expect(problemsOf(shown)).toEqual([]);
    expect(shown.length).toBeGreaterThan(1);
    expect(squeezed(lettersOf(shown)).replace("変更", "")).toContain(squeezed(value));
    expect(postbacksOf(shown)).toContain("c=form:1.confirm");
  });
});

describe("hostile words", () => {
  const words = fc.oneof(
    anyText(400),
    fc.string({ unit: "grapheme-composite", maxLength: 60 }),
    fc
      .array(fc.constantFrom(0xd800, 0xdc00, 0, 0x202e, 0x41), { maxLength: 50 })
      .map((units) => String.fromCharCode(...units)),
    fc.constantFrom(
      "",
      " \n ",
      "a\u0301".repeat(3_000),
      `e${"\u0301".repeat(7_000)}`,
      "👩‍👩‍👧‍👧".repeat(2_000),
      "https://evil.example/ javascript:alert(1) tel:110 line://nv",
      "漢".repeat(12_000),
      "{{code}} $t(x) <b>&amp;</b> [a](http://evil.example)",
    ),
  );
  const choice = fc.record({
    title: words,
    command: fc.oneof(
      words,
      fc.constantFrom("handoff", "clause:purposes", "form:1.choose.x.y", "form:1.confirm"),
    ),
  });
  const section = fc.record({
    role: fc.constantFrom("short", "full", "law", "source", "note", "question", "table", "receipt", "plain"),
    text: words,
  });
  const citation = fc.record({
    clause: words,
    operator: words,
    title: words,
    heading: words,
    date: fc.constant(null),
    url: fc.oneof(
      words,
      fc.constantFrom("https://evil.example/policy/jcom#x", "javascript:alert(1)", `${PUBLIC}/policy/jcom#x`),
    ),
  });
  const row = fc.record({ slot: words, label: words, value: words });
  const part = fc.oneof(
    fc.record({
      kind: fc.constant("answer"),
      clauses: fc.array(words),
      citations: fc.array(citation),
      score: fc.constant(1),
    }),
    fc.record({ kind: fc.constant("clarify"), clarify: fc.constant([]) }),
    fc.record({
      kind: fc.constantFrom("ask", "request"),
      form: fc.constant("deletion"),
      n: fc.constant(1),
      slot: fc.constantFrom("x", "y"),
      input: fc.constantFrom("choice", "choices", "text"),
      step: fc.record({ at: fc.integer({ min: 0, max: 20 }), of: fc.integer({ min: 0, max: 20 }) }),
      controls: fc.constant([]),
    }),
    fc.record({
      kind: fc.constant("review"),
      form: fc.constant("deletion"),
      n: fc.constant(1),
      rows: fc.array(row, { maxLength: 15 }),
      controls: fc.constant([]),
    }),
    fc.record({
      kind: fc.constant("receipt"),
      receipt: words,
      type: fc.constant("deletion"),
      receivedAt: words,
      targetAt: words,
    }),
    fc.record({
      kind: fc.constant("status"),
      receipt: words,
      type: fc.constant("deletion"),
      state: words,
      n: fc.constant(1),
    }),
    fc.record({ kind: fc.constantFrom("handoff", "smalltalk", "notice", "out-of-scope") }),
  );
  const message = fc
    .record({
      locale: fc.constantFrom(...LOCALES),
      text: words,
      choices: fc.array(choice, { maxLength: 40 }),
      parts: fc.array(fc.tuple(part, fc.array(section, { maxLength: 8 })), { minLength: 1, maxLength: 7 }),
      told: fc.boolean(),
    })
    .map(({ parts, told, ...rest }) => {
      const [first] = parts;
      return {
        ...rest,
        ...(told ? { sections: parts.map(([, sections]) => sections) } : {}),
        words: { ...first?.[0], ...(parts.length > 1 ? { parts: parts.map(([p]) => p) } : {}) },
      } as unknown as Message;
    });

  it("become no link, no colour, no broken message: within the limits, whatever they are", () => {
    fc.assert(
      fc.property(message, words, (one, name) => {
        expect(wrong({ name: "hostile", message: one }, { name })).toEqual([]);
        const shown = present(one, look());
        expect(linksOf(shown).filter((uri) => !uri.startsWith(`${PUBLIC}/`))).toEqual([]);
        expect(
          JSON.stringify(objectsIn(shown).map(({ color, backgroundColor }) => [color, backgroundColor])),
        ).not.toContain("evil");
      }),
      { numRuns: measure(10, 3_000), seed: SEED },
    );
  });

  it("keep a sender's name, but for one that LINE would refuse", () => {
    const named = (name: string) => present(plain("a"), { ...look(), sender: { name } })[0]?.sender;
    expect(named("佐藤（担当）")).toEqual({ name: "佐藤（担当）" });
    expect(named("Ａ".repeat(40))?.name).toBe(`${"Ａ".repeat(19)}…`);
    expect(named("LINE official")).toBeUndefined();
    expect(named("\u202e\u0000")).toBeUndefined();
  });
});

describe("the tables of limits", () => {
  const good = () => present(plain("a", [{ title: "b", command: "simpler" }]), look());
  const card = (): unknown[] => [
    {
      type: "flex",
      altText: "a",
      contents: { type: "bubble", body: { type: "box", layout: "vertical", contents: [] } },
    },
  ];
  it("take what LINE takes", () => {
    expect(problemsOf(good())).toEqual([]);
    expect(problemsOf(card())).toEqual([]);
    expect(problemsOf([template("a".repeat(160), 4)])).toEqual([]);
  });

  it.each([
    ["six messages", Array.from({ length: 6 }, () => ({ type: "text", text: "a" }))],
    ["no message", []],
    ["a text that is too long", [{ type: "text", text: "a".repeat(5_001) }]],
    ["a lone surrogate", [{ type: "text", text: "\ud83d" }]],
    ["a label that is too long", [quick("a".repeat(21), "c=a")]],
    ["data that is too long", [quick("a", "c".repeat(301))]],
    ["quick replies before the last message", [quick("a", "c=a"), { type: "text", text: "b" }]],
    ["an empty text in a card", [flex({ type: "text", text: "" })]],
    ["a colour by name", [flex({ type: "text", text: "a", color: "red" })]],
    ["a link by script", [flex({ type: "text", text: "a", action: { type: "uri", uri: "javascript:1" } })]],
    ["a card that is too large", [flex({ type: "text", text: "a".repeat(31_000) })]],
    ["a template with too many words", [template("a".repeat(161), 1)]],
    ["a template with too many buttons", [template("a", 5)]],
    ["a component that there is not", [flex({ type: "marquee", text: "a" })]],
  ])("refuse %s", (_, messages) => {
    expect(problemsOf(messages)).not.toEqual([]);
  });

  it.skipIf(!hasSpec())("agree with LINE's own description on what is no message", () => {
    const body = (messages: unknown) => ({ to: "U0", messages });
    expect(specProblems("PushMessageRequest", body(good()))).toEqual([]);
    expect(specProblems("PushMessageRequest", body(card()))).toEqual([]);
    expect(specProblems("PushMessageRequest", body([{ type: "text" }]))).not.toEqual([]);
    expect(specProblems("PushMessageRequest", body([{ type: "poem", text: "a" }]))).not.toEqual([]);
    expect(specProblems("PushMessageRequest", body([flex({ type: "text", text: 1 })]))).not.toEqual([]);
    expect(
      specProblems("PushMessageRequest", body([flex({ type: "box", layout: "odd", contents: [] })])),
    ).not.toEqual([]);
  });
});

function quick(label: string, data: string): object {
  return {
    type: "text",
    text: "a",
    quickReply: { items: [{ type: "action", action: { type: "postback", label, data } }] },
  };
}

function template(text: string, buttons: number): object {
  const actions = Array.from({ length: buttons }, () => ({
    type: "uri",
    label: "b",
    uri: "https://a.example",
  }));
  return { type: "template", altText: "a", template: { type: "buttons", text, actions } };
}

function flex(component: object): object {
  const body = { type: "box", layout: "vertical", contents: [component] };
  return { type: "flex", altText: "a", contents: { type: "bubble", body } };
}
