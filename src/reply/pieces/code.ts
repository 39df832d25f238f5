import type { Choice } from "../message.ts";
import type { MailUse, Said } from "../said.ts";
import { contactText } from "./contact.ts";
import type { Piece, Voice } from "./piece.ts";

/** The button that asks for a code; it bears the number of its request, so that an old one is known as such. */
export function codeChoice({ t }: Voice, receipt: string, use: MailUse): Choice {
  return {
    title: t(use === "holder" ? "notices:chat.button.identity" : "notices:chat.button.address"),
    command: commandOf(receipt),
  };
}

const commandOf = (receipt: string): string => `code:${receipt.replaceAll("-", "")}`;

/** How far the confirmation by e-mail is. */
export function code(voice: Voice, { step, receipt, seconds = 0 }: Extract<Said, { kind: "code" }>): Piece {
  const { t } = voice;
  const text = t(`notices:chat.${step}`, { receipt, seconds });
  const again = step === "sent" || step === "failed" || step === "wait" || step === "left";
  return {
    text: step === "enough" ? `${text}\n\n${contactText(voice)}` : text,
    choices: again ? [{ title: t("notices:chat.button.again"), command: commandOf(receipt) }] : [],
    part: { kind: "notice", about: "own" },
  };
}
