import { useAround, useKeys } from "./context.ts";
import { Dialog } from "./dialog.tsx";

/** Every key of the console by where it works, in the order in which one meets them. */
const KEYS = {
  everywhere: [
    ["?", "open"],
    ["g i", "inbox"],
    ["g r", "requests"],
    ["g f", "ratings"],
    ["g a", "account"],
    ["j", "next"],
    ["k", "previous"],
    ["Enter", "choose"],
    ["Esc", "back"],
    ["/", "filter"],
    ["v", "reveal"],
  ],
  inbox: [
    ["[", "view-before"],
    ["]", "view-after"],
    ["w", "longest"],
    ["c", "claim"],
    ["r", "reply"],
    ["1", "suggestion"],
    ["o", "earlier"],
    ["n", "chat-note"],
    ["i", "beside"],
    ["f", "fill-in"],
    ["t", "transfer"],
    ["u", "release"],
    ["e", "end"],
  ],
  writing: [
    ["Enter", "send"],
    ["Shift Enter", "new-line"],
    ["/", "canned"],
    ["Alt 1", "insert"],
    ["Esc", "leave"],
    ["Ctrl Enter", "keep-note"],
  ],
  request: [
    ["s", "step"],
    ["n", "note"],
  ],
} as const;

export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { t } = useAround();
  useKeys({ "?": onClose });
  return (
    <Dialog heading={t("keys.heading")} onClose={onClose}>
      <div class="key-lists">
        {Object.entries(KEYS).map(([where, keys]) => (
          <section key={where}>
            <h3>{t(`keys.in-${where}`)}</h3>
            <dl class="keys">
              {keys.map(([strokes, does]) => (
                <div key={does}>
                  <dt>
                    {strokes.split(" ").map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{t(`keys.${does}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
