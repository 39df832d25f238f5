/** 60 values as people write them: names, addresses, numbers, words, and a document's bytes as text. */
export const PLANTED: readonly string[] = [
  "山田太郎|髙橋花子|斎藤一郎|渡邊美咲|葛󠄀城健|小鳥遊葵",
  "ヤマダタロウ|タカハシハナコ|ｻｲﾄｳｲﾁﾛｳ|やまだたろう|わたなべみさき",
  "Yamada Taro|TAKAHASHI HANAKO|Saitō Ichirō|O'Brien-Sato",
  "東京都千代田区丸の内9-9-9|大阪府大阪市北区梅田８丁目８番８号|〒100-9999|Chiyoda-ku 9-9-9, Tokyo",
  "090-1234-5678|０９０１２３４５６７８|+81 90 1234 5679|03(1234)9876|0120-999-888|07012345670",
  "taro.yamada@mail.example|hanako+tag@xn--wgv71a.example|ichiro＠mail.example|TARO@MAIL.EXAMPLE",
  "123456789018|1234-5678-9018|１２３４５６７８９０１８",
  "4111 1111 1111 1111|5500005555555559|340000099900009",
  "1980年1月23日|1980-01-23T|昭和55年1月23日|S55.1.23生",
  "TK1234567|旅券TR7654321|運転免許 301234567890|保険証 12345678-9012",
  "passw0rd-of-taro|pin: 90215577|秘密の質問は犬の名前|secret phrase of mine",
  "契約番号 JC-99887766|口座 1234567 普通|IBAN JP99 1234 5678|192.0.2.77|00:1A:2B:3C:4D:5E",
  "通話は2026年3月3日23時|夫の名前は山田次郎です|病名は糖尿病です|位置は35.6895,139.6917",
  "\u00ff\u00d8\u00ff\u00e0JFIF-of-passport|%PDF-1.7 of a licence|data:image/png;base64,iVBORw0K",
  "lsid=cookie-of-taro-99|Bearer token-of-taro-99",
].flatMap((line) => line.split("|"));

/** The bytes by which a planted value could be found, in 14 encodings. */
export function spellings(value: string): Buffer[] {
  const utf8 = Buffer.from(value, "utf8");
  const escaped = (prefix: string, wide: number) =>
    value
      .split("")
      .map((c) => prefix + c.charCodeAt(0).toString(16).padStart(wide, "0"))
      .join("");
  const base64 = ["", "x", "xy"].map((pad) =>
    Buffer.from(pad + value)
      .toString("base64")
      .replace(/=+$/, "")
      .slice(pad === "" ? 0 : 4, -1),
  );
  const texts = [
    encodeURIComponent(value),
    utf8.toString("hex"),
    utf8.toString("hex").toUpperCase(),
    JSON.stringify(value).slice(1, -1),
    escaped("\\u", 4),
    value.replace(/[^\x20-\x7e]/g, (c) => `&#${c.codePointAt(0)};`),
    ...base64,
    Buffer.from(value).toString("base64url"),
    value.normalize("NFKC"),
  ];
  const wide = [Buffer.from(value, "utf16le"), Buffer.from(value, "utf16le").swap16()];
  return [utf8, ...wide, ...texts.filter((t) => t.length > 7).map((t) => Buffer.from(t))];
}

/** `place: value` for every planted value that stands in a place, in any of its spellings. */
export const hitsIn = (
  places: readonly (readonly [string, Buffer])[],
  planted: readonly string[] = PLANTED,
): string[] =>
  places.flatMap(([place, bytes]) =>
    planted
      .filter((value) => spellings(value).some((s) => bytes.includes(s)))
      .map((value) => `${place}: ${value}`),
  );
