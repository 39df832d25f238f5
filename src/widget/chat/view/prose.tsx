import { blocksOf } from "../../../reply/prose.ts";
import { linksIn } from "../page/links.ts";
import { Coded } from "./form/coded.tsx";

/** A line of its own that names what follows: 【法令】, [Law]. */
const LABEL = /^(?:【(.+)】|\[(.+)\])$/;

/**
 * Plain text of the desk as paragraphs and lists, its telephone numbers and addresses as links, its codes to be seen.
 * `examples`: what stands in it only shows how to write.
 */
export function Prose({ text, examples = false }: { text: string; examples?: boolean }) {
  return (
    <>
      {blocksOf(text).map(({ kind, lines }, i) =>
        kind === "list" ? (
          <ul key={i}>
            {lines.map((line, j) => (
              <li key={j}>{examples ? line : <Linked text={line} />}</li>
            ))}
          </ul>
        ) : (
          <p key={i}>
            {lines.map((line, j) => {
              const [, ja, en] = (lines.length > 1 && LABEL.exec(line)) || [];
              const label = ja ?? en;
              if (label !== undefined) return <strong class="label">{label}</strong>;
              return (
                <>
                  {j > 0 && !LABEL.test(lines[j - 1] ?? "") && <br />}
                  {examples ? line : <Linked text={line} />}
                </>
              );
            })}
          </p>
        ),
      )}
    </>
  );
}

function Linked({ text }: { text: string }) {
  return (
    <>
      {linksIn(text).map(({ text: part, href }, i) =>
        href === undefined ? (
          <Coded key={i} text={part} />
        ) : (
          <a key={i} href={href} target="_blank" rel="noopener noreferrer">
            {part}
          </a>
        ),
      )}
    </>
  );
}
