/** A paragraph with its lines, or a list with its items. */
export interface Block {
  kind: "paragraph" | "list";
  lines: string[];
}

const ITEM = /^(?:- |・)/;

/**
 * How plain text of ours is laid out: blank lines part paragraphs, lines that begin with "- " or "・" are items of a
 * list. Everything else stays as it is; there is no markup.
 */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const paragraph of text.split(/\n{2,}/)) {
    let open: Block | undefined;
    for (const line of paragraph.split("\n")) {
      const kind = ITEM.test(line) ? "list" : "paragraph";
      if (open?.kind !== kind) {
        open = { kind, lines: [] };
        blocks.push(open);
      }
      open.lines.push(line.replace(ITEM, ""));
    }
  }
  return blocks;
}
