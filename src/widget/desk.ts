import type { Locale, Localized } from "../reply/locale.ts";

/** Texts as they lie in `locales/`, by key; `{{name}}` is filled in where they are shown. */
export interface Words {
  readonly [key: string]: string | Words;
}

/** What the chat's frame knows of its desk from the beginning: nothing of a person. */
export interface Desk {
  operator: string;
  name: Localized;
  company: Localized;
  /** Language of the policy's own headings. */
  source: Locale;
  /** For customers who would rather call; none when the policy gives none. */
  telephone: string | null;
  /** How long a chat is kept after its last word, in days. */
  retentionDays: number;
  /** Longest message, in characters. */
  maxLength: number;
  /** Origins that may frame the chat; `local`: any page on this machine as well. */
  origins: readonly string[];
  local: boolean;
  words: Readonly<Record<Locale, Words>>;
}

/** What the loader knows of every desk, before anything is opened. */
export interface Launchers {
  desks: Readonly<Record<string, { name: Localized; colour: string }>>;
  words: Readonly<Record<Locale, LauncherWords>>;
}

export interface LauncherWords {
  open: string;
  close: string;
  title: string;
  loading: string;
  failed: string;
  retry: string;
  unread: string;
}

/** The loader's script holds this in the place of its desks; the server puts them in. */
export const DESKS_HERE = "__MADOGUCHI_DESKS__";
