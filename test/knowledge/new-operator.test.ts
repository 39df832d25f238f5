import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Locale } from "../../src/reply/locale.ts";
import { createBrain, type ExplainingBrain } from "../../src/turn/brain.ts";
import { ask } from "../support/brain.ts";
import { ROOT } from "../support/repository.ts";
import { sharedFolder } from "../support/temp.ts";

const OPERATOR = `
name: { ja: あおぞらガス, en: Aozora Gas }
company: { ja: あおぞらガス株式会社, en: "Aozora Gas Co., Ltd." }
aliases: [あおぞらガス, aozora gas]
about: { ja: ガス会社, en: a gas company }
contact: { clause: desk }
source:
  title: { ja: 個人情報の取り扱い, en: Handling of personal information }
  language: ja
requests: {}
colour: "#336699"
`;

/** Topics that no other policy has, with a title and no examples. */
const OWN_TOPICS = {
  "smart-meter": { ja: "スマートメーター", en: "Smart meters" },
  "security-cameras": { ja: "防犯カメラ", en: "Security cameras" },
};

/** A policy of seven clauses: what each says, and the topic that it answers. */
const CLAUSES = [
  {
    id: "telephone",
    topics: "call-recording",
    ja: ["お電話の録音", "お電話は、ご用件を正しく伺うために録音し、3か月で消します。"],
    en: [
      "Recording of calls",
      "Calls are recorded to note your wishes correctly, and deleted after three months.",
    ],
  },
  {
    id: "how-long",
    topics: "retention",
    ja: ["保管する期間", "ご契約が終わってから5年間保管し、その後は裁断するか消去します。"],
    en: [
      "How long it is kept",
      "It is kept for five years after the contract ends, then shredded or erased.",
    ],
  },
  {
    id: "outsiders",
    topics: "third-party-provision",
    ja: ["第三者への提供", "法令による場合を除き、同意なく第三者に提供することはありません。"],
    en: [
      "Provision to third parties",
      "Nothing is given to third parties without consent, except where a law asks for it.",
    ],
  },
  {
    id: "meter-work",
    topics: "entrustment",
    ja: ["業務の委託", "検針と工事は協力会社に委託し、必要な範囲で情報を預けます。"],
    en: [
      "Work done by contractors",
      "Contractors read meters and do the works; they are given what they need for it.",
    ],
  },
  {
    id: "half-hours",
    topics: "smart-meter",
    ja: ["スマートメーターの記録", "スマートメーターは、30分ごとのガスの使用量を無線で送ります。"],
    en: [
      "What the smart meter records",
      "The smart meter sends the gas consumption of every half hour by radio.",
    ],
  },
  {
    id: "footage",
    topics: "security-cameras",
    ja: ["防犯カメラの映像", "店舗の防犯カメラの映像は、30日で上書きされます。"],
    en: ["Footage of security cameras", "Footage of the cameras in our shops is overwritten after 30 days."],
  },
  {
    id: "desk",
    topics: "contact, policy-contact",
    ja: ["お問い合わせ窓口", "個人情報についてのお問い合わせは、本社のお客さま窓口で承ります。"],
    en: [
      "Where to ask",
      "Questions about personal information are answered at the customer desk of the head office.",
    ],
  },
];

function policy(locale: Locale): string {
  return CLAUSES.map((c) => {
    const [title = "", text = ""] = c[locale];
    const keys = [`heading: ${c.ja[0]}`, `topics: ${c.topics}`, `short: ${text}`, `simple: ${text}`];
    return `## ${title} {#${c.id}}\n${keys.join("\n")}\n\n${text}\n`;
  }).join("\n");
}

const folder = sharedFolder();
let brain: ExplainingBrain;
const trained: string[] = [];

beforeAll(async () => {
  cpSync(join(ROOT, "content"), join(folder.path, "content"), { recursive: true });
  for (const same of ["locales", ".cache"]) symlinkSync(join(ROOT, same), join(folder.path, same));
  const operators = join(folder.path, "content/operators");
  rmSync(operators, { recursive: true });
  mkdirSync(join(operators, "aozora-gas"), { recursive: true });
  writeFileSync(join(operators, "aozora-gas/operator.yaml"), OPERATOR);
  for (const l of ["ja", "en"] as const)
    writeFileSync(join(operators, `aozora-gas/policy.${l}.md`), policy(l));
  for (const [id, { ja, en }] of Object.entries(OWN_TOPICS)) {
    const topic = join(folder.path, "content/topics", id);
    mkdirSync(topic);
    writeFileSync(join(topic, "topic.yaml"), `title: { ja: ${ja}, en: ${en} }\n`);
  }
  brain = await createBrain({
    publicUrl: "https://desk.example",
    root: folder.path,
    progress: (text) => trained.push(text),
  });
});
afterAll(() => folder.remove());

describe("an operator that came today, with a policy and no examples of its own", () => {
  it("needs no training", () => {
    expect(brain.operators).toEqual(["aozora-gas"]);
    expect(trained).toEqual([]);
  });

  it.each([
    ["ja", "telephone", "電話って録音されてるの？"],
    ["ja", "telephone", "denwa no naiyou wa rokuon shitemasuka"],
    ["ja", "how-long", "解約したあと、うちのデータはいつまで残るんですか"],
    ["ja", "outsiders", "よその会社に情報を渡したりしませんよね？"],
    ["ja", "meter-work", "下請けの業者さんにも私の住所を教えてるんですか"],
    ["ja", "desk", "プライバシーのことはどこに問い合わせればいいですか"],
    ["en", "telephone", "are you taping our phone calls?"],
    ["en", "how-long", "How many years do you hang on to my details after I leave?"],
    ["en", "outsiders", "do you sell my information to other companies"],
    ["en", "meter-work", "Do your subcontractors get to see my address?"],
    ["en", "desk", "who do I contact about privacy questions?"],
  ] as const)("%s: answers with %s: %s", async (locale, clause, text) => {
    const { words } = await ask(brain, "aozora-gas", locale, text);
    expect(words.kind === "answer" ? words.clauses[0] : words.kind).toBe(clause);
  });

  it.each([
    ["ja", "half-hours", "スマートメーターは何を送ってるの？"],
    ["ja", "half-hours", "ガスの使用量って30分ごとに分かっちゃうんですか"],
    ["ja", "footage", "店にある防犯カメラ、映像いつまで残ります？"],
    ["en", "half-hours", "what does that smart meter of yours send"],
    ["en", "footage", "how long do you keep security camera footage?"],
    ["en", "footage", "are the cameras in your shops recording me, and when is that overwritten"],
  ] as const)(
    "%s: answers with %s, on a topic of its own that no example teaches: %s",
    async (locale, clause, text) => {
      const { words } = await ask(brain, "aozora-gas", locale, text);
      expect(words.kind === "answer" ? words.clauses[0] : words.kind).toBe(clause);
    },
  );

  it.each([
    ["ja", "今日の献立、何がいいかな"],
    ["ja", "旅行に持っていくカメラはどれがいい？"],
    ["en", "which camera should I buy for my holiday"],
    ["en", "who won the football last night"],
  ] as const)(
    "%s: claims nothing that is not its business for a word that it shares: %s",
    async (locale, text) => {
      expect((await ask(brain, "aozora-gas", locale, text)).words.kind).not.toBe("answer");
    },
  );

  it.each([
    ["ja", "cookieは使っていますか"],
    ["en", "what cookies does your website set"],
  ] as const)("%s: says that its policy is silent on a shared topic: %s", async (locale, text) => {
    expect((await ask(brain, "aozora-gas", locale, text)).words).toMatchObject({
      kind: "out-of-scope",
      reason: "silent",
    });
  });

  it("takes requests as every operator does", async () => {
    const { words } = await ask(brain, "aozora-gas", "ja", "私の個人情報を削除してください");
    expect(words).toMatchObject({ kind: "request", request: "deletion" });
  });
});
