import type { Entity } from "botbuilder";
import type { Message } from "../../reply/message.ts";
import { linkTo } from "./cards/answer.ts";
import { beginning } from "./cards/inert.ts";
import type { Look } from "./look.ts";

/** Longest name and summary of a cited source in Teams, in characters. */
const MAX_NAME = 80;
const MAX_ABSTRACT = 160;

/**
 * The clauses that a message stands on, in the words of schema.org: one entity for the whole message, Teams refuses a
 * second. It bears no label of generated text, since none is.
 */
export function citing(message: Message, { texts, publicUrl }: Look): Entity[] {
  const parts = message.words.parts ?? [message.words];
  const citations = parts.flatMap((part) => (part.kind === "answer" ? part.citations : []));
  if (citations.length === 0) return [];
  const words = { t: texts[message.locale], locale: message.locale, publicUrl };
  return [
    {
      type: "https://schema.org/Message",
      "@type": "Message",
      "@context": "https://schema.org",
      "@id": "",
      citation: citations.map(({ title, heading, url }, i) => {
        const address = linkTo(words, url);
        return {
          "@type": "Claim",
          position: i + 1,
          appearance: {
            "@type": "DigitalDocument",
            name: beginning(title, MAX_NAME),
            abstract: beginning(heading, MAX_ABSTRACT),
            ...(address === undefined ? {} : { url: address }),
          },
        };
      }),
    },
  ];
}
