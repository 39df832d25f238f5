import { useRoom } from "../room.ts";

/**
 * Sends what a button of a form means, with its words. Once: while something is on its way, nothing else is pressed.
 * The button goes; the keyboard stays in the talk, and goes on to what is asked next.
 */
export function useAct(): (from: HTMLElement, words: string, command?: string) => void {
  const { chat } = useRoom();
  return (from, words, command) => {
    if (chat.talk.unsent.length > 0) return;
    from.closest<HTMLElement>(".scroller")?.focus({ preventScroll: true });
    chat.send(words, command);
  };
}
