import { codesIn, spelled } from "./codes.ts";

/** A text whose numbers and codes stand out and are spelled to who hears them. */
export function Coded({ text }: { text: string }) {
  return (
    <>
      {codesIn(text).map(({ text: part, code }, i) =>
        code ? (
          <span key={i} class="code">
            <span aria-hidden="true">{part}</span>
            <span class="unseen">{spelled(part)}</span>
          </span>
        ) : (
          part
        ),
      )}
    </>
  );
}
