import { LOCALES, type Locale, localeOf } from "../../src/reply/locale.ts";
import type { Message } from "../../src/reply/message.ts";
import type { Brain } from "../../src/turn/talk.ts";

export interface TalkingBrainOptions {
  /** Address that citations point to. */
  url?: string;
  /** What an answer cites as its title, heading, and address. */
  title?: string;
  heading?: string;
  link?: string;
  /** Cited instead, each as title, heading and address of a part of the answer. */
  cited?: readonly string[];
}

/**
 * A brain for tests of what a customer sees: 録音 or "record" brings an answer with all its sections, 長い or "long" a
 * long reply, 選 or "choose" a choice, a change of language the same again; anything else is said back.
 */
export function talkingBrain(options: TalkingBrainOptions = {}): Brain {
  const { url = "http://127.0.0.1", title, heading = "11. 通話の録音について", link, cited } = options;
  const say = (locale: Locale, text: string, choices: string[] = []): Message => ({
    locale,
    text,
    choices: choices.map((c) => ({ title: c, command: c })),
    words: { kind: "notice" },
  });
  const answer = (locale: Locale, operator: string): Message => {
    const [short, full] =
      locale === "ja"
        ? [
            "お電話は録音することがあります。",
            "お電話は、内容を正しく把握するために録音します。\n- 保存期間は、記載がありません。",
          ]
        : ["We may record calls.", "We record calls to understand them correctly.\n- No period is given."];
    const citation = {
      clause: "call-recording",
      operator,
      title: title ?? (locale === "ja" ? "通話の録音" : "Call recording"),
      heading,
      date: "2024-04-01",
      url: link ?? `${url}/policy/${operator}#call-recording`,
    };
    const law =
      locale === "ja"
        ? "通信の秘密は法律で守られています。"
        : "The secrecy of communications is protected by law.";
    return {
      ...say(locale, `${short}\n\n${full}\n\n${citation.url}`, [
        locale === "ja" ? "もっと簡単に" : "In simpler words",
      ]),
      sections: [
        [
          { role: "short", text: short },
          { role: "full", text: full },
          { role: "law", text: law },
          { role: "source", text: citation.url },
        ],
      ],
      words: { kind: "answer", clauses: [citation.clause], citations: [citation], score: 1 },
    };
  };
  const citing = (locale: Locale, operator: string, vectors: readonly string[]): Message => {
    const plain = answer(locale, operator);
    const parts = vectors.map((vector) => ({
      kind: "answer" as const,
      clauses: ["call-recording"],
      citations: [
        { clause: "call-recording", operator, title: vector, heading: vector, date: null, url: vector },
      ],
      score: 1,
    }));
    const sections = vectors.map(() => plain.sections?.[0] ?? []);
    return { ...plain, sections, words: { kind: "answer", parts } as unknown as Message["words"] };
  };
  return {
    operators: ["jcom", "sakura-internet"],
    contacts: new Set(),
    retention: () => ({ chatDays: 90, requestYears: 3, draftDays: 7 }),
    open(operator, incoming) {
      const locale = localeOf(incoming.locale) ?? LOCALES[0];
      const choices = locale === "ja" ? ["録音について", "English"] : ["About recordings", "日本語"];
      return { talk: { locale }, messages: [say(locale, `greeting ${operator}`, choices)] };
    },
    respond(operator, talk, incoming) {
      const heard = incoming.command ?? incoming.text ?? "";
      const locale = localeOf(heard.replace(/^language:/, "")) ?? talk.locale;
      const reply = (): Message => {
        if (/録音|record/i.test(heard))
          return cited ? citing(locale, operator, cited) : answer(locale, operator);
        if (/長い|long/i.test(heard)) return say(locale, "長い返事です。\n\n".repeat(60));
        if (/選|choose/i.test(heard)) return say(locale, "?", ["A", "B"]);
        return say(locale, `echo: ${heard}`);
      };
      return { talk: { ...talk, locale }, messages: [reply()] };
    },
  };
}
