/** What lets this browser into its chat. It is kept for the tab alone and never holds a word of a person. */
export interface Pass {
  conversation: string;
  token: string;
  /** End of the token's life, in milliseconds since 1970. */
  until: number;
  /** The way back once the token has ended; good for one use. */
  resume: string;
}

/** Reads what was kept or sent; undefined when it is no pass. */
export function passIn(given: unknown): Pass | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  const { conversation, token, until, resume } = given as Partial<Record<keyof Pass, unknown>>;
  if (typeof conversation !== "string" || typeof token !== "string") return undefined;
  if (typeof until !== "number" || typeof resume !== "string") return undefined;
  return { conversation, token, until, resume };
}
