import type { RequestType } from "../../requests/request-type.ts";
import type { Section } from "../message.ts";
import type { Said } from "../said.ts";
import type { Piece, Voice } from "./piece.ts";
import { choicesOf, noteText, numbered, questionOf, questionText } from "./question.ts";

const TOPIC: Readonly<Partial<Record<RequestType, string>>> = {
  "notify-purpose": "disclosure",
  disclosure: "disclosure",
  "provision-records": "disclosure",
  correction: "disclosure",
  deletion: "disclosure",
  "stop-use": "disclosure",
  "stop-provision": "disclosure",
  "opt-out-marketing": "marketing",
  "opt-out-personalization": "personalization",
  "opt-out-recording": "call-recording",
  complaint: "complaints",
};

/** The topic on which an operator's policy may say something about a request; none for what asks about one. */
export const topicOfRequest = (request: RequestType | undefined): string | undefined =>
  request && TOPIC[request];

const WISHES: ReadonlySet<RequestType> = new Set([
  "opt-out-marketing",
  "opt-out-personalization",
  "opt-out-recording",
]);

/** A wish that was recognised: what will happen, what it costs and needs, what policy and law say; then the first question. */
export function request(voice: Voice, said: Extract<Said, { kind: "request" }>): Piece {
  const { t } = voice;
  const { request: type, asks, notes = [] } = said;
  const ways: Section[] = said.shared
    ? [{ role: "short", text: t("reply:shared.request", { title: t(`requests:${type}`) }) }]
    : [
        { role: "short", text: t(`dialogs:forms.${type}.begin`) },
        ...selfService(voice, type),
        ...plain(feeText(voice, type)),
        ...plain(wishText(voice, type)),
      ];
  const opening: Section[] = [
    ...ways,
    ...detail("full", policyText(voice, type)),
    ...detail("law", lawText(voice, type)),
  ];
  const sections: Section[] = [
    ...(said.begun ? [] : opening),
    ...notes.map((note) => ({ role: "plain" as const, text: noteText(voice, note) })),
    ...(asks ? [{ role: "question" as const, text: questionText(voice, asks) }] : []),
  ];
  return {
    text: sections
      .map(({ role, text }) => {
        if (role === "law") return `${t("reply:tag.law")}\n${text}`;
        return role === "question" && asks ? numbered(voice, asks) : text;
      })
      .join("\n\n"),
    sections,
    choices: asks ? choicesOf(voice, asks) : [],
    part: { kind: "request", request: type, ...(asks ? questionOf(voice, asks) : {}) },
  };
}

const plain = (text: string | undefined): Section[] => (text ? [{ role: "plain", text }] : []);
const detail = (role: "full" | "law" | "plain", text: string | undefined): Section[] =>
  text ? [{ role, text }] : [];

/** What the policy and the law say of a request: for whoever has no place where it can be unfolded. */
export function rules(voice: Voice, { request: type }: Extract<Said, { kind: "rules" }>): Piece {
  const { t } = voice;
  const sections = [...detail("plain", policyText(voice, type)), ...detail("law", lawText(voice, type))];
  const none: Section = { role: "plain", text: t("dialogs:law.none") };
  const told = sections.length > 0 ? sections : [none];
  return {
    text: told
      .map(({ role, text }) => (role === "law" ? `${t("reply:tag.law")}\n${text}` : text))
      .join("\n\n"),
    sections: told,
    choices: [],
    part: { kind: "notice" },
  };
}

/** What a customer can do at once without us, where the policy says so. */
function selfService({ speaker, locale }: Voice, type: RequestType): Section[] {
  return plain(speaker.requests.selfService?.[type]?.[locale]);
}

/** The fee; undefined where nothing is filed. */
export function feeText({ t, speaker, locale }: Voice, type: RequestType): string | undefined {
  const procedure = speaker.procedure(type);
  // A look at a request, or taking it back, is no request of its own.
  if (!procedure || (procedure.article === null && !WISHES.has(type))) return undefined;
  const company = speaker.company[locale];
  const fee = speaker.requests.fees?.[type];
  if (fee) {
    const yen = (n: number) => n.toLocaleString("en-US");
    return t("dialogs:fee.charged", { company, yen: yen(fee.yen), withTax: yen(fee.withTax) });
  }
  if (WISHES.has(type) || type === "complaint") return t("dialogs:fee.wish");
  return t(procedure.fee === "allowed" ? "dialogs:fee.none-named" : "dialogs:fee.free", { company });
}

/** An opt-out is promised only where the policy promises it; elsewhere it is passed on. */
function wishText({ t, speaker, locale }: Voice, type: RequestType): string | undefined {
  if (!WISHES.has(type)) return undefined;
  const topic = TOPIC[type] ?? "";
  const values = { company: speaker.company[locale], topic: speaker.topicTitle(topic)?.[locale] ?? "" };
  if (speaker.requests.promises?.[type]) return t("dialogs:wish.promised", values);
  const silent = speaker.clauseAbout(topic) ? undefined : t("reply:request.silent", values);
  return [silent, t("dialogs:wish.passed-on", values)].filter((text) => text !== undefined).join("\n");
}

/** What the operator's own policy says on such requests. */
function policyText({ t, speaker, locale }: Voice, type: RequestType): string | undefined {
  const about = speaker.clauseAbout(TOPIC[type] ?? "");
  const clause = about ? speaker.clause(about) : undefined;
  return clause ? `${t("reply:tag.policy")}\n${clause.text[locale].short}` : undefined;
}

/** The article, and when the law lets a company refuse. */
function lawText({ t, speaker, locale }: Voice, type: RequestType): string | undefined {
  const procedure = speaker.procedure(type);
  if (!procedure) return undefined;
  const { article, refusal } = procedure;
  return (
    [
      article ? t("dialogs:law.article", { article: article[locale] }) : undefined,
      refusal ? t("dialogs:law.refusal", { refusal: refusal[locale] }) : undefined,
    ]
      .filter((text) => text !== undefined)
      .join("\n") || undefined
  );
}

/** Which papers the request needs, by who asks: the policy's own list first, practice told as practice. */
export function documentsText(
  voice: Voice,
  type: RequestType,
  { requester, ward, replies }: Extract<Said, { kind: "receipt" }>,
): string | undefined {
  const { t, speaker, locale } = voice;
  if (requester === undefined) return WISHES.has(type) && !replies ? t("dialogs:documents.none") : undefined;
  const own = speaker.requests.documents?.[locale];
  const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join("\n");
  const who = requester === "legal-representative" ? `${requester}.${ward ?? "minor"}` : requester;
  const company = speaker.company[locale];
  const practice = `${t("dialogs:documents.practice", { company })}\n${t(`dialogs:documents.${who}`)}`;
  return [
    t("dialogs:documents.title"),
    ...(own ? [`${t("dialogs:documents.policy", { company })}\n${list(own)}`] : []),
    ...(own && who === "self" ? [] : [practice]),
    t("dialogs:documents.never-here"),
  ].join("\n");
}
