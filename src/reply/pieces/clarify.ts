import type { Said } from "../said.ts";
import type { Option } from "../words.ts";
import type { Piece, Voice } from "./piece.ts";

type BareOption = Omit<Option, "title">;

function titleOf({ t, locale, speaker }: Voice, option: BareOption): string {
  switch (option.kind) {
    case "answer":
      return speaker.clause(option.id)?.text[locale].title ?? option.id;
    case "request":
      return t(`requests:${option.id}`);
    case "handoff":
      return t("reply:choice.handoff");
    case "smalltalk":
      return t(`reply:talk.${option.id}`);
    case "out-of-scope":
      return t("reply:clarify.none");
  }
}

function commandOf(option: BareOption): string {
  switch (option.kind) {
    case "answer":
      return `clause:${option.id}`;
    case "request":
      return `request:${option.id}`;
    case "smalltalk":
      return `smalltalk:${option.id}`;
    case "handoff":
      return "handoff";
    case "out-of-scope":
      return "none";
  }
}

/** "Did you mean": two or three readings as buttons, and none of them. */
export function clarify(voice: Voice, said: Extract<Said, { kind: "clarify" }>): Piece {
  const { t } = voice;
  const options = said.options.map((o) => ({ ...o, title: titleOf(voice, o) }));
  return {
    text: t("reply:clarify.ask"),
    choices: [
      ...options.map((o) => ({ title: o.title, command: commandOf(o) })),
      { title: t("reply:clarify.none"), command: "none" },
    ],
    part: { kind: "clarify", clarify: options },
  };
}
