import type { Section } from "../../../reply/message.ts";
import type { Part } from "../../../reply/words.ts";
import type { Words } from "./answer.ts";
import type { Element } from "./element.ts";
import { aside, heading, line, prose } from "./prose.ts";
import { rows } from "./rows.ts";

/** The paper to keep, framed; then what comes next, a paragraph each. */
export function receiptBlocks(
  { t }: Words,
  part: Part & { kind: "receipt" },
  sections: readonly Section[],
): Element[][] {
  return sections.map((section): Element[] => {
    if (section.role !== "receipt") return prose(section.text);
    const [title = "", ...lines] = section.text.split("\n");
    return [
      {
        type: "Container",
        style: "emphasis",
        items: [
          heading(t(`requests:${part.type}`)),
          line(title),
          ...rows(lines),
          { ...aside(t("teams:keep")), spacing: "medium" },
        ],
      },
    ];
  });
}

/** How far a request is: its lines under their names. */
export function statusBlocks({ t }: Words, part: Part & { kind: "status" }, text: string): Element[][] {
  return [[heading(t("requests:status"))], ...text.split("\n").map((one) => rows([one]))].filter(
    (block) => block.length > 0 && part.kind === "status",
  );
}
