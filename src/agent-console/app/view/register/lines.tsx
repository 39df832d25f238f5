import type { ShownLine } from "../../../register/shown.ts";
import type { Desk } from "../../me.ts";
import { hashOf } from "../../place.ts";
import { useAround } from "../context.ts";
import { DueChip } from "./due-chip.tsx";

/** `ABC-DEF-GHJK` */
export const shownReceipt = (receipt: string): string =>
  `${receipt.slice(0, 3)}-${receipt.slice(3, 6)}-${receipt.slice(6)}`;

/** The list as links: each line opens its request. */
export function RequestLines({
  desk,
  lines,
  open,
}: {
  desk: Desk;
  lines: readonly ShownLine[];
  open: string | undefined;
}) {
  const { t } = useAround();
  return (
    <ul class="requests">
      {lines.map((line) => (
        <li key={line.receipt}>
          <a
            id={`line-${line.receipt}`}
            href={hashOf({ at: "requests", operator: desk.id, receipt: line.receipt })}
            aria-current={line.receipt === open ? "true" : undefined}
          >
            <span class="line-title">{line.title}</span>
            <DueChip line={line} />
            <span class="line-rest">
              <code>{shownReceipt(line.receipt)}</code>
              <span class={`state state-${line.state}`}>{line.stateTitle}</span>
              <span>
                {t("list.target")} {line.targetOn}
              </span>
              <span>{t(`list.${line.language}`)}</span>
              {line.suitFrom && <span>{t("list.suit", { day: line.suitFrom })}</span>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
