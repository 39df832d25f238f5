import { LOCALES, type Locale, localeOf } from "../../reply/locale.ts";
import type { Choice, Message } from "../../reply/message.ts";
import type { Texts } from "../../reply/texts.ts";
import type { Incoming } from "../../turn/talk.ts";
import type { Served } from "./desk.ts";
import type { TeamsSettings } from "./settings.ts";

const COMMAND = "operator:";

/** Whose desk a new chat is: by the settings, or because there is one alone; undefined: it must be asked. */
export function settledOperator(
  { operator: { all, byTenant } }: Pick<TeamsSettings, "operator">,
  operators: readonly Served[],
  tenant: string | null,
): string | undefined {
  const only = operators.length === 1 ? operators[0]?.id : undefined;
  return all ?? (tenant === null ? undefined : byTenant.get(tenant)) ?? only;
}

/** The operator that an answer to the question names: by its button, its number in the list, or its name. */
export function operatorIn(operators: readonly Served[], { command, text }: Incoming): string | undefined {
  const chosen = command?.startsWith(COMMAND) ? command.slice(COMMAND.length) : undefined;
  const plain = (words: string) => words.normalize("NFKC").trim().toLowerCase();
  const said = plain(text ?? "");
  const numbered = /^[1-9]\d?$/.test(said) ? operators[Number(said) - 1] : undefined;
  const found =
    operators.find(({ id }) => id === chosen) ??
    numbered ??
    operators.find(({ id, name }) => said !== "" && [id, ...Object.values(name).map(plain)].includes(said));
  return found?.id;
}

/** Asks once whose desk is wanted, in both languages: nothing is known of the person yet. */
export function whichDesk(texts: Texts, operators: readonly Served[], tag: string | undefined): Message {
  const locale: Locale = localeOf(tag) ?? LOCALES[0];
  const choices: Choice[] = operators.map(({ id, name }) => ({
    title: name[locale],
    command: `${COMMAND}${id}`,
  }));
  const question = LOCALES.map((l) => texts[l]("teams:which-desk"));
  const list = choices.map(({ title }, i) => `${i + 1}. ${title}`);
  return { locale, text: [...question, "", ...list].join("\n"), choices, words: { kind: "notice" } };
}
