import type { Said } from "../said.ts";
import { contactText } from "./contact.ts";
import type { Piece, Voice } from "./piece.ts";

type OutOfScope = Extract<Said, { kind: "out-of-scope" }>;

/** The policy keeps silent: says so, adds what the law says where we know it, and names the contact. */
function silentBlocks(voice: Voice, said: OutOfScope): string[] {
  const { t, locale, speaker } = voice;
  const company = speaker.company[locale];
  const topic = said.topic ? speaker.topicTitle(said.topic)?.[locale] : undefined;
  const law = said.topic ? speaker.law(`topic:${said.topic}`)?.[locale] : undefined;
  return [
    topic ? t("reply:silent.topic", { company, topic }) : t("reply:silent.general", { company }),
    ...(law ? [`${t("reply:tag.law")}\n${law}`] : []),
    `${t("reply:silent.contact")}\n${contactText(voice)}`,
  ];
}

/** Not ours to answer: says so kindly; the second time in a row it offers a person. */
function notOursBlocks(voice: Voice, said: OutOfScope): string[] {
  const { t, locale, speaker } = voice;
  const names = { name: speaker.name[locale], company: speaker.company[locale] };
  const blocks = [t(`reply:not-ours.${said.about ?? "general"}`, names)];
  if (said.again) blocks.push(`${t("reply:person.offer")}\n${contactText(voice)}`);
  else if (said.about) blocks.push(contactText(voice));
  return blocks;
}

/** What no clause answers: an honest refusal, the nearest topics as buttons, and a person. */
export function outOfScope(voice: Voice, said: OutOfScope): Piece {
  const { t, locale, speaker } = voice;
  const near = said.near.flatMap((id) => {
    const title = speaker.topicTitle(id)?.[locale];
    const clause = speaker.clauseAbout(id);
    return title && clause ? [{ id, title, command: `clause:${clause}` }] : [];
  });
  const blocks = said.reason === "silent" ? silentBlocks(voice, said) : notOursBlocks(voice, said);
  if (near.length > 0) blocks.push(t(`reply:${said.reason}.near`));
  return {
    text: blocks.join("\n\n"),
    choices: [
      ...near.map(({ title, command }) => ({ title, command })),
      { title: t("reply:choice.handoff"), command: "handoff" },
    ],
    part: { kind: "out-of-scope", reason: said.reason, topics: near.map(({ id, title }) => ({ id, title })) },
  };
}
