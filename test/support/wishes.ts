import type { Answers } from "../../src/dialog/form/form.ts";
import type { Locale } from "../../src/reply/locale.ts";
import type { RequestType } from "../../src/requests/request-type.ts";

/** First words of a request, and the answers that they give already. */
export interface Wish {
  say: string;
  tells: Answers;
}

const w = (say: string, tells: Answers = {}): Wish => ({ say, tells });
const self = { requester: "self" };

/** First words with which customers begin each request. */
export const WISHES: Readonly<
  Record<Exclude<RequestType, "status" | "withdraw">, Readonly<Record<Locale, readonly Wish[]>>>
> = {
  "notify-purpose": {
    ja: [
      w("登録した情報を何に使っているのか、正式に通知してください"),
      w("利用目的の通知を請求します"),
      w("私の情報が何に使われているのか、通知がほしいです", self),
    ],
    en: [
      w("Please notify me what you use my data for", self),
      w("I'd like to request notification of the purposes of use"),
      w("I'd like a formal notice of the purposes my information is used for", self),
    ],
  },
  disclosure: {
    ja: [
      w("個人情報の開示請求をしたい"),
      w("そちらにある情報を見せてください"),
      w("持っている私の個人情報を、すべて紙で見せてください", { ...self, scope: ["all"], method: "paper" }),
    ],
    en: [
      w("I want a copy of the personal data you hold"),
      w("I'd like to make a disclosure request"),
      w("Please show me all my data, as a PDF", { ...self, scope: ["all"], method: "electronic" }),
    ],
  },
  "provision-records": {
    ja: [w("第三者に渡した記録を見せてほしい"), w("情報を誰に提供したのか、記録の開示を請求します")],
    en: [
      w("Show me the records of who you gave my data to", self),
      w("I request disclosure of the third-party provision records"),
    ],
  },
  correction: {
    ja: [w("登録されている住所が間違っているので直してください"), w("登録内容の訂正をお願いします")],
    en: [
      w("My registered details are wrong, please correct them"),
      w("I'd like to have wrong registered details corrected"),
    ],
  },
  deletion: {
    ja: [w("個人情報を全部消してください", { scope: ["all"] }), w("データの削除をお願いします")],
    en: [w("Delete my data", self), w("I'd like to request erasure of personal information")],
  },
  "stop-use": {
    ja: [w("個人情報の利用停止を請求します"), w("情報は残していいから使うのをやめてください")],
    en: [
      w("Stop using my personal data", self),
      w("I want to request that use of personal data be stopped"),
      w("Keep my data but don't use it any more", self),
    ],
  },
  "stop-provision": {
    ja: [w("個人情報をほかの会社に渡すのを止めてください"), w("第三者提供の停止を請求します")],
    en: [
      w("Stop giving my data to other companies", self),
      w("I request that provision to third parties be stopped"),
      w("Please stop passing my information on to third parties", self),
    ],
  },
  "opt-out-marketing": {
    ja: [w("宣伝はもういりません、止めてください"), w("ダイレクトメールを止めて", { media: ["post"] })],
    en: [w("No more advertising please"), w("Please stop sending me newsletters", { media: ["email"] })],
  },
  "opt-out-personalization": {
    ja: [w("閲覧履歴に合わせた広告をやめてほしい"), w("行動に合わせたおすすめを出さないで")],
    en: [
      w("Stop showing me ads based on my browsing"),
      w("I don't want personalised recommendations any more"),
    ],
  },
  "opt-out-recording": {
    ja: [
      w("電話を録音しないでほしい", { recording: "stop" }),
      w("通話の録音を消してください", { recording: "erase" }),
    ],
    en: [
      w("Please don't record my calls", { recording: "stop" }),
      w("Erase the recording of my call", { recording: "erase" }),
    ],
  },
  complaint: {
    ja: [w("個人情報の扱いについて苦情を言いたい"), w("情報の扱いがひどいので苦情を申し立てます")],
    en: [
      w("I want to complain about how you handled my data"),
      w("I'd like to file a complaint about my personal information"),
    ],
  },
};
