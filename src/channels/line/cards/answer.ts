import type { Part } from "../../../reply/words.ts";
import { choiceAction, linkAction } from "../postback.ts";
import { type Card, type Look, sectionsOf, type Told } from "./card.ts";
import { feedback } from "./feedback.ts";
import { lawBox } from "./law.ts";
import { bubble, COLOURS, prose, rule, tap, text } from "./parts.ts";

type Answer = Extract<Part, { kind: "answer" }>;

/** The short answer under its clause's title, what the law adds, the source; the whole clause and the page to be opened. */
export function answer(look: Look, { part, sections }: Told<Answer>): Card {
  const { t, locale, publicUrl } = look;
  const [citation] = part.citations;
  const short = sectionsOf(sections, "short");
  const full = sectionsOf(sections, "full");
  const law = sectionsOf(sections, "law");
  const title = citation?.title ?? "";
  const whole =
    citation && full.join() !== short.join()
      ? choiceAction({ title: t("line:full"), command: `full:${citation.clause}` })
      : undefined;
  const link = citation ? linkAction(citation.url, publicUrl, locale) : undefined;
  return {
    bubble: bubble(
      [
        ...sectionsOf(sections, "plain").flatMap((one) => prose(one, { size: "sm", color: COLOURS.faint })),
        ...(title ? [text(title, { size: "sm", color: COLOURS.accent, weight: "bold" })] : []),
        ...short.flatMap((one) => prose(one, { margin: "sm" })),
        ...law.map((one) => lawBox(look, one)),
        rule(),
        ...sourceLines(sections, citation?.url).map((one) =>
          text(one, { size: "sm", color: COLOURS.faint, margin: "lg" }),
        ),
        ...sectionsOf(sections, "note").flatMap((one) => prose(one, { size: "sm", margin: "lg" })),
      ],
      [
        ...(whole ? [tap(t("line:full"), whole)] : []),
        ...(link ? [tap(t("line:source"), link, "quiet")] : []),
        ...feedback(look),
      ],
    ),
    alt: [title, ...short].filter((one) => one !== "").join("\n"),
    offers: [],
  };
}

/** Where it stands, but for the address: that is a button. */
function sourceLines(sections: Told<Answer>["sections"], url: string | undefined): string[] {
  return sectionsOf(sections, "source").map((source) =>
    source
      .split("\n")
      .filter((one) => one !== url)
      .join("\n"),
  );
}
