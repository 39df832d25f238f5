import { HTTPFetchError, messagingApi } from "@line/bot-sdk";
import { LOCALES, type Locale } from "../../../reply/locale.ts";
import type { Texts } from "../../../reply/texts.ts";
import type { Account } from "./account.ts";
import { aliasOf, PREFIX, richMenu } from "./menu.ts";
import { picture } from "./picture.ts";

export interface Installed {
  menus: Record<Locale, string>;
  /** Former menus of ours that were taken away. */
  removed: number;
}

/** Why LINE did not take the menus; the token stands in none of its words. */
export class MenuRefused extends Error {}

const DEFAULT: Locale = "ja";

/**
 * Puts the menus of both languages below an account's chat: the Japanese one for everybody, the English one for whoever
 * switches. Run again it leaves the same two: former ones of ours go, menus of others stay. When a menu or its picture is
 * refused, what was made is taken back; after that the former ones stay in use until the next run. @throws MenuRefused
 */
export async function installMenus(account: Account, colour: string, texts: Texts): Promise<Installed> {
  const { operator, token, apiBase, dataBase } = account;
  const channelAccessToken = token;
  const api = new messagingApi.MessagingApiClient({ channelAccessToken, baseURL: apiBase });
  const data = new messagingApi.MessagingApiBlobClient({ channelAccessToken, baseURL: dataBase });
  const made: string[] = [];
  try {
    const former = (await api.getRichMenuList()).richmenus.filter(({ name }) => name.startsWith(PREFIX));
    const { aliases } = await api.getRichMenuAliasList();
    const menus = {} as Record<Locale, string>;
    for (const locale of LOCALES) {
      const { richMenuId } = await api.createRichMenu(richMenu(operator, texts, locale));
      made.push(richMenuId);
      menus[locale] = richMenuId;
      const image = new Blob([new Uint8Array(picture(locale, colour))], { type: "image/png" });
      await data.setRichMenuImage(richMenuId, image);
    }
    // From here on somebody may see them: a name must never lead to a menu that is gone.
    made.length = 0;
    await pointTo(api, aliases, menus);
    await api.setDefaultRichMenu(menus[DEFAULT]);
    for (const { richMenuId } of former) await api.deleteRichMenu(richMenuId);
    return { menus, removed: former.length };
  } catch (error) {
    for (const id of made) await api.deleteRichMenu(id).catch(() => {});
    throw new MenuRefused(reasonOf(error, account));
  }
}

/** The names by which the menus switch to each other, made or pointed anew. */
async function pointTo(
  api: messagingApi.MessagingApiClient,
  aliases: readonly messagingApi.RichMenuAliasResponse[],
  menus: Record<Locale, string>,
): Promise<void> {
  for (const locale of LOCALES) {
    const richMenuAliasId = aliasOf(locale);
    const richMenuId = menus[locale];
    if (aliases.some((alias) => alias.richMenuAliasId === richMenuAliasId))
      await api.updateRichMenuAlias(richMenuAliasId, { richMenuId });
    else await api.createRichMenuAlias({ richMenuAliasId, richMenuId });
  }
}

/** Longest words of LINE that are told on. */
const TOLD = 300;

function reasonOf(error: unknown, { operator, token, apiBase }: Account): string {
  if (!(error instanceof HTTPFetchError)) return `LINE cannot be reached at ${new URL(apiBase).host}`;
  const { status, body } = error;
  const said = body.replaceAll(token, "***").slice(0, TOLD);
  if (status === 401 || status === 403)
    return `LINE does not take the access token of ${operator} (${status}): issue a long-lived one in the LINE Developers console`;
  if (status === 429) return "LINE asks to wait (429): try again in a few minutes";
  return `LINE answered ${status}: ${said}`;
}
