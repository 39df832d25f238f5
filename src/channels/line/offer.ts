import type { messagingApi } from "@line/bot-sdk";
import type { Activity } from "../../turn/activity.ts";
import type { Conversation } from "../../turn/store.ts";
import type { Account, Desk } from "./desk.ts";

/** The procedure with which customers ask after a request of theirs. */
const ASKS_AFTER = "status";

/**
 * A way to be told of changes without asking, where somebody begins to ask after a request; undefined elsewhere, or
 * while the platform gives no token for it.
 */
export async function linkOffer(
  desk: Desk,
  { platform, operator }: Account,
  { customer }: Conversation,
  shown: readonly Activity[],
): Promise<messagingApi.Message | undefined> {
  if (!desk.linkPage) return undefined;
  const message = shown.flatMap(({ content }) => (content.kind === "message" ? [content.message] : []));
  const begins = message.find(({ words }) => words.kind === "request" && words.request === ASKS_AFTER);
  if (!begins) return undefined;
  const token = await platform.linkToken(customer).catch(() => undefined);
  if (token === undefined) return undefined;
  const { locale } = begins;
  const t = desk.texts[locale];
  const uri = new URL(`${desk.settings.publicUrl}/line/${operator}/link`);
  uri.searchParams.set("linkToken", token);
  uri.searchParams.set("lang", locale);
  const text = t("linking:offer");
  const button = { type: "uri", label: t("linking:begin"), uri: uri.href } as const;
  return {
    type: "flex",
    altText: text,
    contents: {
      type: "bubble",
      body: {
        type: "box",
        layout: "vertical",
        contents: [{ type: "text", text, wrap: true, size: "md" }],
      },
      footer: {
        type: "box",
        layout: "vertical",
        contents: [{ type: "button", style: "secondary", height: "sm", action: button }],
      },
    },
  };
}
