import type { Value } from "../../src/dialog/form/form.ts";
import type { Locale } from "../../src/reply/locale.ts";

/** Words that answer a question, and the value that they mean. */
export interface Spoken {
  say: string;
  is: Value;
}

type Dictionary = Readonly<Record<string, Readonly<Record<Locale, readonly Spoken[]>>>>;

const s = (say: string, is: Value): Spoken => ({ say, is });
const same = (ja: readonly Spoken[], en: readonly Spoken[]) => ({ ja, en });

/** What customers answer to each question, in their own words, with different values and ways to put them. */
export const ANSWERS: Dictionary = {
  requester: same(
    [
      s("本人です", "self"),
      s("私自身です", "self"),
      s("親権者です", "legal-representative"),
      s("成年後見人をしています", "legal-representative"),
      s("委任を受けた代理人です", "attorney"),
      s("弁護士です", "attorney"),
    ],
    [
      s("I am the customer", "self"),
      s("for myself", "self"),
      s("I'm the parent", "legal-representative"),
      s("legal guardian", "legal-representative"),
      s("I have a power of attorney", "attorney"),
      s("I'm a lawyer acting for someone", "attorney"),
    ],
  ),
  ward: same(
    [s("未成年です", "minor"), s("中学生の子どもです", "minor"), s("後見を受けている成人です", "adult-ward")],
    [
      s("my daughter, she is a minor", "minor"),
      s("a child", "minor"),
      s("an adult under guardianship", "adult-ward"),
    ],
  ),
  age: same([s("はい", "above"), s("16歳未満です", "below")], [s("yes", "above"), s("no, not yet", "below")]),
  name: same(
    [
      s("髙橋 花子です", "髙橋 花子"),
      s("𠮷田太郎と申します", "𠮷田太郎"),
      s("マリア・デ・ラ・クルス", "マリア・デ・ラ・クルス"),
    ],
    [
      s("My name is Anna O'Neill", "Anna O'Neill"),
      s("Jean-Luc de la Cruz", "Jean-Luc de la Cruz"),
      s("髙橋 花子", "髙橋 花子"),
    ],
  ),
  kana: same(
    [s("たかはし はなこ", "タカハシ ハナコ"), s("スキップ", null), s("ﾖｼﾀﾞ ﾀﾛｳ", "ヨシダ タロウ")],
    [s("Takahashi Hanako", "タカハシ ハナコ"), s("skip", null), s("オニール アンナ", "オニール アンナ")],
  ),
  representative: same(
    [s("佐々木一郎です", "佐々木一郎"), s("齋藤 恵と申します", "齋藤 恵")],
    [s("I'm Robert Brown", "Robert Brown"), s("Maria Garcia Lopez", "Maria Garcia Lopez")],
  ),
  identifier: same(
    [s("AB-998877", "AB-998877"), s("会員番号77665544", "会員番号77665544")],
    [s("AB-998877", "AB-998877"), s("member no. 77665544", "member no. 77665544")],
  ),
  reply: same(
    [
      s("メールでお願いします", "email"),
      s("郵送してください", "post"),
      s("電話がいいです", "telephone"),
      s("2番で", "post"),
    ],
    [
      s("by email please", "email"),
      s("a letter would be nice", "post"),
      s("call me", "telephone"),
      s("2", "post"),
    ],
  ),
  email: same(
    [
      s("hanako.t@example.jpです", "hanako.t@example.jp"),
      s("ｈａｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "hana@example.com"),
    ],
    [
      s("it's anna.oneill@example.com", "anna.oneill@example.com"),
      s("anna at example dot org", "anna@example.org"),
    ],
  ),
  telephone: same(
    [s("０９０ー１２３４ー５６７８です", "+819012345678"), s("〇三の三四五六の七八九〇", "+81334567890")],
    [s("my number is 090 1234 5678", "+819012345678"), s("+81 3 3456 7890", "+81334567890")],
  ),
  postal: same(
    [s("〒100-0005", { code: "1000005", places: ["東京都千代田区丸の内"] })],
    [s("100-0005", { code: "1000005", places: ["東京都千代田区丸の内"] })],
  ),
  address: same(
    [
      s("2-4-1 丸の内ビル101", "東京都千代田区丸の内2-4-1 丸の内ビル101"),
      s("東京都千代田区丸の内2-4-1", "東京都千代田区丸の内2-4-1"),
      s("丸の内2-4-1 マンション202", "東京都千代田区丸の内2-4-1 マンション202"),
      s("千代田区丸の内2-4-1です", "東京都千代田区丸の内2-4-1"),
    ],
    [
      s("東京都千代田区丸の内2-4-1 202", "東京都千代田区丸の内2-4-1 202"),
      s("2-4-1 Marunouchi, Chiyoda-ku, Tokyo", "2-4-1 Marunouchi, Chiyoda-ku, Tokyo"),
    ],
  ),
  scope: same(
    [
      s("全部お願いします", ["all"]),
      s("契約の情報と通話履歴", ["contract", "calls"]),
      s("電話の録音と、その他", ["recordings", "other"]),
      s("3と7", ["billing", "inquiries"]),
    ],
    [
      s("everything you have", ["all"]),
      s("my contract data and the call history", ["contract", "calls"]),
      s("recordings and other", ["recordings", "other"]),
      s("3 and 7", ["billing", "inquiries"]),
    ],
  ),
  "scope-other": same(
    [s("工事のときに撮られた写真", "工事のときに撮られた写真")],
    [s("the photos taken when the antenna was installed", "the photos taken when the antenna was installed")],
  ),
  method: same(
    [
      s("PDFでください", "electronic"),
      s("紙でお願いします", "paper"),
      s("そのほかの方法", "other"),
      s("1", "electronic"),
    ],
    [
      s("as a file please", "electronic"),
      s("on paper", "paper"),
      s("another way: other", "other"),
      s("the first one", "electronic"),
    ],
  ),
  "method-other": same(
    [s("窓口で録音を聞かせてほしい", "窓口で録音を聞かせてほしい")],
    [s("let me listen to it at your counter", "let me listen to it at your counter")],
  ),
  records: same(
    [s("両方", "both"), s("誰に渡したか", "provided"), s("どこからもらったか", "received")],
    [s("both please", "both"), s("who got it", "provided"), s("where it came from", "received")],
  ),
  period: same(
    [
      s("2025年4月から2026年3月まで", { from: "2025-04-01", to: "2026-03-31" }),
      s("全期間でお願いします", { from: null, to: null }),
    ],
    [
      s("April 2025 to March 2026", { from: "2025-04-01", to: "2026-03-31" }),
      s("the whole time", { from: null, to: null }),
    ],
  ),
  item: same(
    [
      s("住所です", "address"),
      s("名字が変わりました", "name"),
      s("クレジットカード", "payment"),
      s("生年月日", "other"),
    ],
    [
      s("my address", "address"),
      s("last name", "name"),
      s("the credit card", "payment"),
      s("date of birth", "other"),
    ],
  ),
  wrong: same(
    [
      s("東京都中央区銀座1-1-1", "東京都中央区銀座1-1-1"),
      s("古い番号の 03-3456-7899 のまま", "古い番号の 03-3456-7899 のまま"),
    ],
    [
      s("1-1-1 Ginza, Chuo-ku", "1-1-1 Ginza, Chuo-ku"),
      s("the old number 03-3456-7899", "the old number 03-3456-7899"),
    ],
  ),
  right: same(
    [s("東京都千代田区丸の内2-2-2", "東京都千代田区丸の内2-2-2"), s("090-8765-4321", "090-8765-4321")],
    [s("2-2-2 Marunouchi, Chiyoda-ku", "2-2-2 Marunouchi, Chiyoda-ku"), s("090-8765-4321", "090-8765-4321")],
  ),
  evidence: same(
    [s("はい、あります", "yes"), s("持っていません", "no")],
    [s("yes I do", "yes"), s("nope", "no")],
  ),
  ground: same(
    [
      s("解約したのでもういらない", "no-longer-needed"),
      s("勝手に別の目的で使われた", "beyond-purpose"),
      s("悪用された", "improper-use"),
      s("こっそり集められた", "improper-acquisition"),
      s("情報が流出したから", "leak"),
      s("しつこい勧誘で困っています", "rights-harmed"),
      s("分かりません", "unknown"),
    ],
    [
      s("I'm no longer a customer", "no-longer-needed"),
      s("you used it for another purpose", "beyond-purpose"),
      s("it was misused", "improper-use"),
      s("I was tricked", "improper-acquisition"),
      s("there was a data breach", "leak"),
      s("it harms me", "rights-harmed"),
      s("I don't know", "unknown"),
    ],
  ),
  reason: same(
    [s("春に引っ越して契約が終わりました", "春に引っ越して契約が終わりました"), s("スキップ", null)],
    [
      s("I moved away in spring and the contract ended", "I moved away in spring and the contract ended"),
      s("skip this question", null),
    ],
  ),
  recipient: same(
    [s("全部の会社", "everyone"), s("グループ会社", "group"), s("特定の会社です", "named")],
    [s("all of them", "everyone"), s("group companies", "group"), s("one company", "named")],
  ),
  "recipient-name": same(
    [s("株式会社あおぞら商事", "株式会社あおぞら商事")],
    [s("Blue Sky Trading Inc.", "Blue Sky Trading Inc.")],
  ),
  "provision-ground": same(
    [
      s("同意した覚えがない", "without-consent"),
      s("海外に渡された", "abroad"),
      s("名簿業者", "opt-out"),
      s("解約した", "no-longer-needed"),
      s("漏れた", "leak"),
      s("迷惑している", "rights-harmed"),
      s("わからない", "unknown"),
    ],
    [
      s("I never agreed", "without-consent"),
      s("sent overseas", "abroad"),
      s("a list broker", "opt-out"),
      s("I cancelled", "no-longer-needed"),
      s("data leak", "leak"),
      s("nuisance", "rights-harmed"),
      s("not sure", "unknown"),
    ],
  ),
  media: same(
    [
      s("メルマガ", ["email"]),
      s("郵便と電話", ["post", "call"]),
      s("全部止めて", ["all"]),
      s("SMSです", ["sms"]),
    ],
    [
      s("newsletters", ["email"]),
      s("letters and phone calls", ["post", "call"]),
      s("all of them", ["all"]),
      s("text messages", ["sms"]),
    ],
  ),
  "mail-to": same([s("taro@example.jp", "taro@example.jp")], [s("to john@example.com", "john@example.com")]),
  "call-to": same([s("090-1234-5678です", "+819012345678")], [s("090-1234-5678", "+819012345678")]),
  "post-to": same(
    [s("大阪府大阪市北区梅田3-1-1", "大阪府大阪市北区梅田3-1-1")],
    [s("3-1-1 Umeda, Kita-ku, Osaka", "3-1-1 Umeda, Kita-ku, Osaka")],
  ),
  "post-name": same([s("山田太郎です", "山田太郎")], [s("John Smith", "John Smith")]),
  personalization: same(
    [
      s("すべて", "all"),
      s("追いかけてくる広告", "advertising"),
      s("おすすめ", "recommendations"),
      s("閲覧履歴の分析", "history"),
    ],
    [
      s("all of it", "all"),
      s("targeted ads", "advertising"),
      s("recommendations", "recommendations"),
      s("profiling", "history"),
    ],
  ),
  recording: same(
    [s("今後は録音しないで", "stop"), s("前の録音を消して", "erase")],
    [s("don't record me", "stop"), s("delete the old recording", "erase")],
  ),
  "call-from": same([s("03-3456-7890", "+81334567890")], [s("03-3456-7890", "+81334567890")]),
  "called-on": same(
    [s("先月の5日", "2026-10-05"), s("令和8年11月2日", "2026-11-02")],
    [s("2 November 2026", "2026-11-02"), s("yesterday", "2026-11-15")],
  ),
  complaint: same(
    [
      s(
        "断ったのに、住所が別の会社に渡っていて腹が立ちます",
        "断ったのに、住所が別の会社に渡っていて腹が立ちます",
      ),
    ],
    [
      s(
        "Your installer read my letters aloud and it made me angry",
        "Your installer read my letters aloud and it made me angry",
      ),
    ],
  ),
  "happened-on": same(
    [s("先週の月曜日", "2026-11-09"), s("飛ばす", null)],
    [s("9 November 2026", "2026-11-09"), s("skip", null)],
  ),
  "answer-wanted": same(
    [s("はい、お願いします", "yes"), s("いりません", "no")],
    [s("yes please", "yes"), s("no thanks", "no")],
  ),
};
