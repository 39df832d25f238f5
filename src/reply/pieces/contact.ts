import type { Voice } from "./piece.ts";

/**
 * How to reach the operator's desk, as its policy has it. In a chat what the policy leaves out is told as left out; a
 * letter is the operator's own, and says only what there is.
 */
export function contactText(
  { t, locale, speaker }: Pick<Voice, "t" | "locale" | "speaker">,
  kind: "chat" | "letter" = "chat",
): string {
  const { desk, telephone, hours, address, clause } = speaker.contact;
  const lines: string[] = [];
  if (desk) lines.push(t("reply:contact.desk", { desk: desk[locale] }));
  if (telephone && hours) {
    lines.push(t("reply:contact.telephone-hours", { telephone, from: hours.from, to: hours.to }));
  } else if (telephone) lines.push(t("reply:contact.telephone", { telephone }));
  if (address) lines.push(t("reply:contact.address", { address: address[locale] }));
  if (!telephone) {
    const short = speaker.clause(clause)?.text[locale].short ?? "";
    // Some clauses say it themselves.
    const said = short.includes(t("reply:contact.telephone-word"));
    if (kind === "chat" && !said) lines.push(t("reply:contact.no-telephone"));
    lines.push(t("reply:contact.policy-says", { short }));
  }
  return lines.join("\n");
}
