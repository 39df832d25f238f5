import type { Chat } from "./client.ts";

/** What a customer presses to be sent a code by mail. */
export const MAIL_BUTTON = "メールで本人確認をする";

/** A talk in a chat that has been greeted and nothing more: what is said last to each word, and the buttons below it. */
export function talkOf(chat: Chat) {
  let said = 1;
  return {
    async say(text: string): Promise<string> {
      await chat.say(text);
      said += 1;
      const replies = await chat.replies(said, 30_000);
      return replies.at(-1) ?? "";
    },
    buttons: async () => (await chat.all()).at(-1)?.suggestedActions?.actions.map(({ title }) => title) ?? [],
  };
}
