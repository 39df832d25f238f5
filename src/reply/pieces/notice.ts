import type { RequestType } from "../../requests/request-type.ts";
import type { Said } from "../said.ts";
import { contactText } from "./contact.ts";
import { clauseChoices, type Piece, type Voice } from "./piece.ts";

/** Topics offered at the opening. */
const OPENING = ["purposes", "third-party-provision", "disclosure", "contact"];
/** What can be asked for anew, what most people want first. */
const BEGUN: readonly RequestType[] = [
  "opt-out-marketing",
  "disclosure",
  "correction",
  "deletion",
  "stop-use",
  "stop-provision",
  "opt-out-personalization",
  "opt-out-recording",
  "notify-purpose",
  "provision-records",
  "complaint",
];

/** What is said about the talk itself. `maxLength`: longest message in characters. */
export function notice(voice: Voice, said: Extract<Said, { kind: "notice" }>, maxLength: number): Piece {
  const { t, locale, speaker } = voice;
  const values = { name: speaker.name[locale], company: speaker.company[locale], max: maxLength };
  const plain: Piece = {
    text: t(`reply:notice.${said.notice}`, values),
    choices: [],
    part: { kind: "notice" },
  };
  switch (said.notice) {
    case "other-language":
      return { ...plain, text: `${plain.text}\n${contactText(voice)}` };
    case "opening": {
      const language = {
        title: t("reply:choice.language"),
        command: `language:${locale === "ja" ? "en" : "ja"}`,
      };
      return {
        ...plain,
        choices: [...beginnings(voice), language],
        part: { kind: "notice", about: "opening" },
      };
    }
    case "shared-opening":
    case "language":
    case "topics":
      return { ...plain, choices: beginnings(voice) };
    case "requests":
      return {
        ...plain,
        choices: BEGUN.map((type) => ({ title: t(`requests:${type}`), command: `request:${type}` })),
      };
    case "erase-ask":
      return {
        ...plain,
        choices: [
          { title: t("reply:choice.erase-sure"), command: "own-chat:erase-sure" },
          { title: t("reply:choice.erase-keep"), command: "own-chat:keep" },
        ],
      };
    case "erased":
    case "erased-held":
      return { ...plain, part: { kind: "notice", notice: "erased" } };
    case "erase-kept":
    case "transcript-here":
    case "unlinked":
    case "nothing-said":
    case "too-long":
    case "no-text":
      return plain;
  }
}

/** First questions that one may like to ask. */
function beginnings(voice: Voice): Piece["choices"] {
  const { speaker } = voice;
  return clauseChoices(voice, [...new Set(OPENING.flatMap((topic) => speaker.clauseAbout(topic) ?? []))]);
}
