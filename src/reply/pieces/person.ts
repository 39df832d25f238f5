import type { Called, Cause, DeskWord } from "../said.ts";
import { contactText } from "./contact.ts";
import { dayText, momentText } from "./day.ts";
import type { Piece, Voice } from "./piece.ts";

/** A person was asked for: called, not there now, or none at all, and then how to reach one otherwise. */
export function called(voice: Voice, how: Called | undefined): Piece {
  const { t, locale } = voice;
  switch (how?.status) {
    case undefined:
      return {
        text: `${t("reply:person.unavailable")}\n${contactText(voice)}`,
        choices: [],
        part: { kind: "handoff", status: "unavailable" },
      };
    case "requested": {
      const { ahead, minutes, again } = how;
      const place = ahead === 0 ? t("handoff:next") : t("handoff:ahead", { ahead });
      const lines = again
        ? [t("handoff:waiting"), place]
        : [t("handoff:requested"), place, t("handoff:meanwhile", { minutes })];
      return {
        text: lines.join("\n"),
        choices: [{ title: t("handoff:choice.leave"), command: "desk:leave" }],
        part: { kind: "handoff", status: "requested" },
      };
    }
    case "closed": {
      const { opensAt, left } = how;
      const lines = [
        t("handoff:closed"),
        ...(opensAt === null ? [] : [t("handoff:opens", { at: momentText(opensAt, locale) })]),
        left === undefined ? t("handoff:offer-message") : t("handoff:has-message", { number: left }),
      ];
      return {
        text: lines.join("\n"),
        choices: left === undefined ? [{ title: t("handoff:choice.message"), command: "desk:message" }] : [],
        part: { kind: "handoff", status: "closed" },
      };
    }
  }
}

/** One sentence and a button. */
export function offer({ t }: Voice, cause: Cause): Piece {
  return {
    text: t(`handoff:offer.${cause}`),
    choices: [{ title: t("handoff:choice.person"), command: "handoff" }],
    part: { kind: "notice" },
  };
}

/** What is said about a person who was called or was there. */
export function deskWord({ t, locale }: Voice, said: DeskWord): Piece {
  const ended = { kind: "handoff", status: "ended" } as const;
  switch (said.says) {
    case "ended":
    case "left":
      return {
        text: [t(`handoff:${said.says}`), ...(said.survey ? [t("handoff:survey")] : [])].join("\n"),
        choices: said.survey
          ? (["up", "down"] as const).map((rating) => ({
              title: t(`handoff:choice.${rating}`),
              command: `rate:${rating}`,
            }))
          : [],
        part: ended,
      };
    case "kept":
      return {
        text: t("handoff:kept", { number: said.number, day: dayText(said.on, locale) }),
        choices: [],
        part: { kind: "handoff", status: "closed" },
      };
    case "reach":
    case "no-contact":
    case "not-kept":
      return { text: t(`handoff:${said.says}`), choices: [], part: { kind: "handoff", status: "closed" } };
    case "left-queue":
    case "not-waiting":
    case "rated":
      return { text: t(`handoff:${said.says}`), choices: [], part: ended };
  }
}
