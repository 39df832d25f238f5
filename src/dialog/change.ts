/** What was, and what shall be, as somebody tells it in one sentence. */
export interface ToldChange {
  before: string;
  after: string;
}

/** "(住所を)AからBに引っ越しました". */
const JA =
  /^(?:[^、。\n]{0,20}(?:を|は)[、\s]*|[^、。\n]{0,10}(?:住所|名前|氏名|姓|苗字|名字|番号|アドレス)が[、\s]*)?(?<before>[^。\n]{2,100}?)から[、\s]*(?<after>[^。\n]{2,100}?)(?:へと|に|へ)(?:引っ?越|引越|転居|移転|移っ|移り|変わ|替わ|変え|かえ|変更|直|なお|訂正|修正|改|なり|なった)/u;
/** "I moved from A to B". */
const EN =
  /\bfrom\s+(?<before>\S.{1,100}?)\s+to\s+(?<after>\S.{1,100}?)(?:[!\n]|\.(?=\s|$)|,?\s+please\b|$)/iu;
/** "先月から東京に引っ越しました": since when, not from where. */
const SINCE =
  /(?:[今来先昨去]年|[今来先]月|[今来先]週|昨日|今日|(?:\d|[一二三四五六七八九十])\s?(?:年|月|日)|ごろ|頃|以前|前)$|^(?:january|february|march|april|may|june|july|august|september|october|november|december|next|last|today|tomorrow)\b/iu;

/** The change that a message tells; undefined when it tells none, or only since when something is so. */
export function changeIn(text: string): ToldChange | undefined {
  const line = text.trim();
  const { before = "", after = "" } = (JA.exec(line) ?? EN.exec(line))?.groups ?? {};
  const told = { before: before.trim(), after: after.trim() };
  return told.before === "" || told.after === "" || SINCE.test(told.before) ? undefined : told;
}
