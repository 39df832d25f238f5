import type { T } from "../../words.ts";

/** How far one is: a bar and 3/7 for the eye, a sentence for the ear. */
export function Progress({ step: { at, of }, t }: { step: { at: number; of: number }; t: T }) {
  return (
    <div class="progress">
      <span class="unseen">{t("form.step", { at, of })}</span>
      <span class="bar" aria-hidden="true">
        {Array.from({ length: of }, (_, i) => (
          <i key={i} class={i < at ? "done" : undefined} />
        ))}
      </span>
      <span class="faint" aria-hidden="true">
        {at}/{of}
      </span>
    </div>
  );
}
