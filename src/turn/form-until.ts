import type { Talk } from "./talk.ts";

/** A form that nobody answers for so long lapses. */
export const FORM_MS = 86_400_000;

/** When the form in this talk lapses, ms since 1970, whatever the turn was about; null when there is none. */
export function formUntil({ dialog, dialogAt }: Pick<Talk, "dialog" | "dialogAt">): number | null {
  return dialog && dialogAt !== undefined ? dialogAt + FORM_MS : null;
}

/** The talk without a form that nobody has answered for so long; `lapsed`: there was one. */
export function current(talk: Talk, now: number): { talk: Talk; lapsed: boolean } {
  const { dialog, dialogAt, ...rest } = talk;
  if (dialogAt === undefined) return { talk, lapsed: false };
  if (dialog && now - dialogAt <= FORM_MS) return { talk, lapsed: false };
  return { talk: rest, lapsed: true };
}
