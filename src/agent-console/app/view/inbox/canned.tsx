import { useEffect, useRef } from "preact/hooks";
import type { ShownCanned } from "../../../inbox/shown.ts";
import { useAround } from "../context.ts";

/** The ready replies that fit what was typed after the slash; the focus stays in the reply. */
export function CannedMenu({
  id,
  replies,
  language: theirs,
  at,
  onChoose,
}: {
  id: string;
  replies: readonly ShownCanned[];
  /** The customer's. */
  language: "ja" | "en";
  at: number;
  onChoose: (reply: ShownCanned) => void;
}) {
  const { t, language } = useAround();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <div class="canned" ref={list}>
      <div role="listbox" id={id} aria-label={t("chat.canned")}>
        {replies.map((reply, i) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the reply, which names the chosen one
          <div
            key={reply.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === at}
            onMouseDown={(event) => {
              event.preventDefault();
              onChoose(reply);
            }}
          >
            <b>{reply.title[language]}</b>
            <span class="short" lang={theirs}>
              {reply.text[theirs]}
            </span>
          </div>
        ))}
      </div>
      <p class="foot" role="status">
        {replies.length === 0 ? t("chat.canned-none") : t("chat.canned-keys", { count: replies.length })}
      </p>
    </div>
  );
}
