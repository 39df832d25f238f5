import type { Said } from "../said.ts";
import { contactText } from "./contact.ts";
import { clauseChoices, type Piece, type Voice } from "./piece.ts";

/** The topic on which an operator's policy may say something about a request. */
const TOPIC: Readonly<Record<string, string>> = {
  "notify-purpose": "disclosure",
  disclosure: "disclosure",
  "provision-records": "disclosure",
  correction: "disclosure",
  deletion: "disclosure",
  "stop-use": "disclosure",
  "stop-provision": "disclosure",
  "opt-out-marketing": "marketing",
  "opt-out-personalization": "personalization",
  "opt-out-recording": "call-recording",
  complaint: "complaints",
};

/** Requests that are answered in words of their own. */
const OWN_WORDS = new Set(["status", "withdraw", "complaint"]);

/** A wish that we recognise and cannot start yet: where to take it, its fee, what policy and law say. */
export function request(voice: Voice, said: Extract<Said, { kind: "request" }>): Piece {
  const { t, locale, speaker } = voice;
  const type = said.request;
  const topic = TOPIC[type];
  const about = topic ? speaker.clauseAbout(topic) : undefined;
  const clause = about ? speaker.clause(about) : undefined;
  const opening = OWN_WORDS.has(type)
    ? t(`reply:request.${type}`)
    : t("reply:request.begin", { title: t(`requests:${type}`) });
  const blocks = [`${opening}\n${contactText(voice)}`];
  if (topic && clause && topic === "disclosure") {
    blocks.push(`${t("reply:tag.policy")}\n${clause.text[locale].short}`);
  }
  const fee = speaker.fees[type];
  if (fee) {
    const yen = (n: number) => n.toLocaleString("en-US");
    blocks.push(t("reply:request.fee", { yen: yen(fee.yen), withTax: yen(fee.withTax) }));
  }
  if (topic && !clause) {
    const names = { company: speaker.company[locale], topic: speaker.topicTitle(topic)?.[locale] ?? "" };
    blocks.push(t("reply:request.silent", names));
  }
  const law = topic === "disclosure" ? speaker.law(`topic:${topic}`)?.[locale] : undefined;
  if (law) blocks.push(`${t("reply:tag.law")}\n${law}`);
  return {
    text: blocks.join("\n\n"),
    choices: clause ? clauseChoices(voice, [clause.id]) : [],
    part: { kind: "request", request: type },
  };
}
