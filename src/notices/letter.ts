import { LOCALES } from "../reply/locale.ts";
import { contactText } from "../reply/pieces/contact.ts";
import { dayText } from "../reply/pieces/day.ts";
import type { Speaker } from "../reply/speaker.ts";
import type { Texts } from "../reply/texts.ts";
import { showReceipt } from "../requests/receipt.ts";
import { isAddress, type Letter } from "./mail.ts";
import type { Posting } from "./outbox.ts";

export interface LettersOptions {
  texts: Texts;
  /** By operator. */
  speakers: ReadonlyMap<string, Speaker>;
  /** The desks' own addresses, by operator. */
  desks: ReadonlyMap<string, string>;
  /** Public address of this server, without a slash at its end. */
  publicUrl: string;
}

/** Puts notices into words; undefined when there is nobody to write to. */
export type Letters = (posting: Posting) => Letter | undefined;

export function createLetters({ texts, speakers, desks, publicUrl }: LettersOptions): Letters {
  return ({ operator, notice, key }) => {
    const speaker = speakers.get(operator);
    const to = notice.for === "desk" ? desks.get(operator) : notice.to;
    if (!speaker || to === undefined || !isAddress(to)) return undefined;
    if (notice.for === "desk") {
      const { kind, type } = notice;
      const receipt = showReceipt(notice.receipt);
      // The desk's staff read either language.
      const both = LOCALES.map((locale) => {
        const t = texts[locale];
        const title = t(`requests:${type}`);
        return {
          subject: t(`notices:desk.${kind}.subject`),
          text: t(`notices:desk.${kind}.text`, { receipt, title }),
        };
      });
      const subject = `${receipt} ${both.map((one) => one.subject).join(" / ")}`;
      return {
        to,
        subject,
        text: both.map((one) => one.text).join("\n"),
        language: LOCALES.join(", "),
        id: key,
      };
    }
    const { kind, locale, receipt, on, code } = notice;
    const t = texts[locale];
    const day = on === undefined ? "" : dayText(on, locale);
    const dated = on === undefined ? kind : `${kind}-by`;
    const lines = [
      t("notices:to"),
      t(`notices:customer.${kind === "awaiting-person" ? dated : kind}`, { day, code }),
      ...(receipt === undefined ? [] : [t("notices:receipt", { receipt: showReceipt(receipt) })]),
      ...(kind === "code" ? [] : [t(receipt === undefined ? "notices:where-draft" : "notices:where")]),
      `${t("notices:contact")}\n${contactText({ t, locale, speaker }, "letter")}`,
      `${t("notices:policy")}\n${publicUrl}/policy/${operator}?lang=${locale}`,
      t(kind === "code" ? "notices:not-asked" : "notices:automatic"),
      speaker.company[locale],
    ];
    return {
      to,
      subject: t(kind === "code" ? "notices:subject-code" : "notices:subject", {
        name: speaker.name[locale],
      }),
      text: `${lines.join("\n\n")}\n`,
      language: locale,
      id: key,
    };
  };
}
