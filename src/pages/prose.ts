import { type Html, html } from "../http/html.ts";
import { blocksOf } from "../reply/prose.ts";

/** Plain text of ours as paragraphs and lists. */
export function prose(text: string): Html {
  const broken = (lines: readonly string[]) => lines.map((line, i) => html`${i > 0 && html`<br>`}${line}`);
  return html`${blocksOf(text).map(({ kind, lines }) =>
    kind === "list" ? html`<ul>${lines.map((l) => html`<li>${l}</li>`)}</ul>` : html`<p>${broken(lines)}</p>`,
  )}`;
}
