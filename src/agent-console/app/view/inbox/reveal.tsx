import type { ShownRevealed } from "../../../inbox/shown.ts";
import { useAround } from "../context.ts";
import { Dialog } from "../dialog.tsx";
import { type Hidden, RevealForm } from "../reveal-form.tsx";
import { chatWords } from "./chat-words.ts";

/** The question which of what is masked in a chat is wanted, over the page; a single one is chosen already. */
export function Reveal({
  path,
  hidden,
  onRevealed,
  onClose,
}: {
  path: string;
  hidden: readonly Hidden[];
  onRevealed: (rows: ShownRevealed["rows"]) => void;
  onClose: () => void;
}) {
  const { t, api } = useAround();
  const preset = hidden.length === 1 ? hidden.map(({ slot }) => slot) : [];
  return (
    <Dialog heading={t("request.reveal")} onClose={onClose}>
      <RevealForm
        hidden={hidden}
        preset={preset}
        reveal={async (asked) => {
          const done = await api.post<ShownRevealed>(`${path}/reveal`, asked);
          if (done.kind !== "ok") return chatWords(t, done);
          onRevealed(done.value.rows);
          onClose();
          return undefined;
        }}
        onClose={onClose}
      />
    </Dialog>
  );
}
