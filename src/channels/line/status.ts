import type { Message } from "../../reply/message.ts";
import type { Desk } from "./desk.ts";
import type { Changed } from "./records.ts";

const EVERY_MS = 2_000;
const MOST = 50;
/** Letters of a receipt number that tell its holder which one it is, and nobody else the number. */
const SHOWN = 4;

/** Tells whoever has linked a request when its state has changed. Returns the way to stop it. */
export function tellChanges(desk: Desk): () => void {
  let running = false;
  const round = async () => {
    if (running) return;
    running = true;
    try {
      for (const changed of await desk.records.changed(MOST)) {
        const activity = { id: desk.ids.next(), message: messageOf(desk, changed) };
        if (await desk.records.tell(changed, activity, desk.clock.now())) desk.turn.push();
      }
    } catch (error) {
      desk.log.warn("line.status-round-failed", { error: error instanceof Error ? error.name : "unknown" });
    } finally {
      running = false;
    }
  };
  const timer = setInterval(round, EVERY_MS);
  return () => clearInterval(timer);
}

/** Which request, by the end of its number, and how it stands: nothing of what it is about. */
function messageOf({ texts }: Desk, { receipt, state, locale }: Changed): Message {
  const t = texts[locale];
  const values = { end: receipt.slice(-SHOWN), state: t(`linking:state.${state}`) };
  return { locale, text: t("linking:changed", values), choices: [], words: { kind: "notice" } };
}
