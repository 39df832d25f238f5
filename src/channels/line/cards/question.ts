import type { messagingApi } from "@line/bot-sdk";
import type { Part, Question } from "../../../reply/words.ts";
import { choiceAction } from "../postback.ts";
import { type Card, type Look, sectionsOf, type Told } from "./card.ts";
import { tapsOf } from "./choices.ts";
import { lawBox } from "./law.ts";
import { bubble, COLOURS, column, line, prose, rule, tap, text } from "./parts.ts";

/** What a request is and what it costs, before its first question; what policy and law say of it can be asked for. */
export function beginning(look: Look, { part, sections }: Told<Part>): Card | undefined {
  const [short] = sectionsOf(sections, "short");
  if (short === undefined) return undefined;
  const at = sections.findIndex(({ role }) => role === "full" || role === "law");
  const plain = sectionsOf(at < 0 ? [] : sections.slice(0, at), "plain");
  // Who asks for it is told: few want the law before the first question.
  const rules =
    at >= 0 && part.kind === "request"
      ? choiceAction({ title: look.t("line:rules"), command: `rules:${part.request}` })
      : undefined;
  return {
    bubble: bubble(
      [...prose(short), ...plain.flatMap((one) => prose(one, { size: "sm", margin: "lg" }))],
      rules ? [tap(look.t("line:rules"), rules, "quiet")] : [],
    ),
    alt: [short, ...plain].join("\n"),
    offers: [],
  };
}

/** The open question: how far one is, what there is to say before it, the answers to tap. */
export function question(
  look: Look,
  { part, sections, choices }: Told<Partial<Question>>,
  notes: readonly string[],
): Card {
  const { t } = look;
  const { n, slot, step, input } = part;
  const words = sectionsOf(sections, "question");
  const values = choices.filter(({ command }) => command.startsWith(`form:${n}.choose.${slot}.`));
  const several = input === "choices";
  // More than one is chosen by writing their numbers, which are the places of the values.
  const { taps, offers } = tapsOf(values, ({ title }, i) =>
    several ? t("line:number", { number: i + 1, title }) : title,
  );
  const after = sectionsOf(sections, "note");
  return {
    bubble: bubble(
      [
        ...notes.flatMap((one) => prose(one, { size: "sm" })),
        ...(notes.length > 0 ? [rule()] : []),
        ...(step ? [progress(look, step, notes.length > 0)] : []),
        ...words.flatMap((one) => prose(one, { margin: "lg" })),
        ...(several ? [text(t("line:several"), { size: "sm", color: COLOURS.faint, margin: "md" })] : []),
        ...after.flatMap((one) => prose(one, { size: "sm", margin: "lg" })),
      ],
      taps,
    ),
    // What was noted may be personal, and a notification is read on a locked telephone.
    alt: [...words, ...values.map(({ title }) => `・${title}`)].join("\n"),
    offers,
    waits: true,
  };
}

/** A bar, and in words how many questions there are. */
function progress(
  { t }: Look,
  { at, of }: { at: number; of: number },
  below: boolean,
): messagingApi.FlexComponent {
  const part = (flex: number, backgroundColor: string) =>
    column([], { flex, height: "6px", cornerRadius: "3px", backgroundColor });
  const left = Math.max(0, of - at);
  return column(
    [
      text(t("line:step", { at, of }), { size: "sm", color: COLOURS.faint }),
      line([...(at > 0 ? [part(at, COLOURS.accent)] : []), ...(left > 0 ? [part(left, COLOURS.line)] : [])]),
    ],
    { spacing: "sm", ...(below ? { margin: "lg" } : {}) },
  );
}

/** What policy and law say, told apart. */
export function rules(look: Look, { sections }: Told<Part>): Card {
  const plain = sectionsOf(sections, "plain");
  const law = sectionsOf(sections, "law");
  const after = sectionsOf(sections, "note");
  return {
    bubble: bubble([
      ...plain.flatMap((one) => prose(one)),
      ...law.map((one) => lawBox(look, one)),
      ...after.flatMap((one) => prose(one, { size: "sm", margin: "lg" })),
    ]),
    alt: [...plain, ...law].join("\n"),
    offers: [],
  };
}
