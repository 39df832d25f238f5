import { useAround, useKeys } from "./context.ts";
import { Dialog } from "./dialog.tsx";

/** Every key of the console, in the order in which one meets them. */
const KEYS = [
  ["?", "open"],
  ["g i", "inbox"],
  ["g r", "requests"],
  ["g a", "account"],
  ["j", "next"],
  ["k", "previous"],
  ["Enter", "choose"],
  ["Esc", "back"],
  ["/", "filter"],
  ["v", "reveal"],
  ["s", "step"],
  ["n", "note"],
] as const;

export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { t } = useAround();
  useKeys({ "?": onClose });
  return (
    <Dialog heading={t("keys.heading")} onClose={onClose}>
      <dl class="keys">
        {KEYS.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`keys.${does}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
