import type { TFunction } from "i18next";
import type { Locale, Localized } from "./locale.ts";
import type { Choice, Message } from "./message.ts";
import type { Said } from "./said.ts";
import type { Texts } from "./texts.ts";
import type { Citation, Option, Part, Words } from "./words.ts";

/** What rendering needs to know of an operator; the knowledge fills it. */
export interface Speaker {
  id: string;
  name: Localized;
  company: Localized;
  contact: {
    clause: string;
    desk?: Localized | undefined;
    telephone?: string | undefined;
    hours?: { from: string; to: string } | undefined;
    address?: Localized | undefined;
  };
  source: {
    title: Localized;
    enacted?: string | undefined;
    revised?: string | undefined;
    prevailing?: Locale | undefined;
  };
  fees: Readonly<Record<string, { yen: number; withTax: number }>>;
  /** A clause's words; undefined for an id that the operator does not have. */
  clause(id: string): SpokenClause | undefined;
  /** The topic that a clause is most about. */
  topicOf(clause: string): string;
  /** The clause that is most about a topic, if the policy speaks of it. */
  clauseAbout(topic: string): string | undefined;
  topicTitle(id: string): Localized | undefined;
  law(key: string): Localized | undefined;
}

interface SpokenClause {
  id: string;
  heading: string;
  text: Readonly<Record<Locale, { title: string; short: string; simple: string; body: string }>>;
}

export interface RenderOptions {
  texts: Texts;
  /** Public address of this server, without a slash at its end. */
  publicUrl: string;
  /** Longest message in characters, told when one is refused. */
  maxLength: number;
}

/** Topic of a request's policy clause, for what the reply adds from the policy. */
const TOPIC_OF_REQUEST: Readonly<Record<string, string>> = {
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
const FEE_OR_RIGHT = new Set(["disclosure"]);

/** Words for what we mean to say. The only file that puts sentences together, and only from whole texts. */
export function createRenderer({ texts, publicUrl, maxLength }: RenderOptions) {
  const longDate = (iso: string, locale: Locale) =>
    new Intl.DateTimeFormat(locale === "ja" ? "ja-JP" : "en-US", {
      dateStyle: "long",
      timeZone: "UTC",
    }).format(new Date(`${iso}T00:00:00Z`));

  const policyDate = (s: Speaker, t: TFunction, locale: Locale): string => {
    const { enacted, revised } = s.source;
    if (enacted && revised) {
      return t("reply:date.revised", {
        revised: longDate(revised, locale),
        enacted: longDate(enacted, locale),
      });
    }
    const only = revised ?? enacted;
    return only ? t("reply:date.enacted", { enacted: longDate(only, locale) }) : t("reply:date.none");
  };

  const citation = (s: Speaker, clause: SpokenClause, locale: Locale): Citation => ({
    clause: clause.id,
    operator: s.id,
    title: clause.text[locale].title,
    heading: clause.heading,
    date: s.source.revised ?? s.source.enacted ?? null,
    url: `${publicUrl}/policy/${s.id}#${clause.id}`,
  });

  const contact = (s: Speaker, locale: Locale): string => {
    const t = texts[locale];
    const { desk, telephone, hours, address, clause } = s.contact;
    const lines: string[] = [];
    if (desk) lines.push(t("reply:contact.desk", { desk: desk[locale] }));
    if (telephone && hours)
      lines.push(t("reply:contact.telephone-hours", { telephone, from: hours.from, to: hours.to }));
    else if (telephone) lines.push(t("reply:contact.telephone", { telephone }));
    if (address) lines.push(t("reply:contact.address", { address: address[locale] }));
    if (!telephone) {
      lines.push(t("reply:contact.no-telephone"));
      lines.push(t("reply:contact.policy-says", { short: s.clause(clause)?.text[locale].short ?? "" }));
    }
    return lines.join("\n");
  };

  const clauseChoices = (s: Speaker, ids: readonly string[], locale: Locale): Choice[] =>
    ids.flatMap((id) => {
      const clause = s.clause(id);
      return clause ? [{ title: clause.text[locale].title, command: `clause:${id}` }] : [];
    });

  const optionTitle = (s: Speaker, option: Omit<Option, "title">, locale: Locale): string => {
    const t = texts[locale];
    switch (option.kind) {
      case "answer":
        return s.clause(option.id)?.text[locale].title ?? option.id;
      case "request":
        return t(`requests:${option.id}`);
      case "handoff":
        return t("reply:choice.handoff");
      case "smalltalk":
      case "out-of-scope":
        return t("reply:clarify.none");
    }
  };
  const optionCommand = (option: Omit<Option, "title">): string => {
    switch (option.kind) {
      case "answer":
        return `clause:${option.id}`;
      case "request":
        return `request:${option.id}`;
      case "handoff":
        return "handoff";
      case "smalltalk":
      case "out-of-scope":
        return "none";
    }
  };

  interface Piece {
    text: string;
    choices: Choice[];
    part: Part;
  }

  const answer = (s: Speaker, said: Extract<Said, { kind: "answer" }>, locale: Locale): Piece => {
    const t = texts[locale];
    const shown = said.clauses.flatMap((id) => s.clause(id) ?? []);
    const clause = shown[0];
    if (!clause) return outOfScope(s, { kind: "out-of-scope", reason: "silent", near: [] }, locale);
    const { short, simple, body } = clause.text[locale];
    const cited = citation(s, clause, locale);
    const law = s.law(`topic:${said.topic}`)?.[locale];
    const source = t("reply:source", {
      company: s.company[locale],
      document: s.source.title[locale],
      heading: clause.heading,
      date: policyDate(s, t, locale),
      url: cited.url,
    });
    const content = said.plain ? [simple] : [short, body];
    if (law) content[0] = `${t("reply:tag.policy")}\n${content[0]}`;
    const lines = [...content, ...(law ? [`${t("reply:tag.law")}\n${law}`] : [])];
    const prevails = s.source.prevailing && s.source.prevailing !== locale ? `\n${t("reply:prevails")}` : "";
    return {
      text: `${lines.join("\n\n")}\n\n${source}${prevails}`,
      choices: said.plain ? [] : [{ title: t("reply:choice.simpler"), command: "simpler" }],
      part: {
        kind: "answer",
        clauses: said.clauses,
        citations: shown.map((c) => citation(s, c, locale)),
        score: said.score,
      },
    };
  };

  const request = (s: Speaker, said: Extract<Said, { kind: "request" }>, locale: Locale): Piece => {
    const t = texts[locale];
    const { request: type } = said;
    const topic = TOPIC_OF_REQUEST[type];
    const about = topic ? s.clauseAbout(topic) : undefined;
    const clause = about ? s.clause(about) : undefined;
    const opening =
      type === "status" || type === "withdraw" || type === "complaint"
        ? t(`reply:request.${type}`)
        : t("reply:request.begin", { title: t(`requests:${type}`) });
    const blocks = [`${opening}\n${contact(s, locale)}`];
    const fee = s.fees[type];
    const company = s.company[locale];
    if (fee) {
      const yen = (n: number) => n.toLocaleString("en-US");
      blocks.push(t("reply:request.fee", { yen: yen(fee.yen), withTax: yen(fee.withTax) }));
    }
    if (topic && !clause) {
      blocks.push(t("reply:request.silent", { company, topic: s.topicTitle(topic)?.[locale] ?? "" }));
    }
    if (clause && topic && FEE_OR_RIGHT.has(topic)) {
      const law = s.law(`topic:${topic}`)?.[locale];
      blocks.push(`${t("reply:tag.policy")}\n${clause.text[locale].short}`);
      if (law) blocks.push(`${t("reply:tag.law")}\n${law}`);
    }
    return {
      text: blocks.join("\n\n"),
      choices: clause ? clauseChoices(s, [clause.id], locale) : [],
      part: { kind: "request", request: type },
    };
  };

  const outOfScope = (s: Speaker, said: Extract<Said, { kind: "out-of-scope" }>, locale: Locale): Piece => {
    const t = texts[locale];
    const topics = said.near.flatMap((id) => {
      const title = s.topicTitle(id)?.[locale];
      return title ? [{ id, title }] : [];
    });
    const choices = topics.flatMap(({ id, title }) => {
      const clause = s.clauseAbout(id);
      return clause ? [{ title, command: `clause:${clause}` }] : [];
    });
    const blocks: string[] = [];
    if (said.reason === "silent") {
      const topic = said.topic ? s.topicTitle(said.topic)?.[locale] : undefined;
      const company = s.company[locale];
      blocks.push(
        topic ? t("reply:silent.topic", { company, topic }) : t("reply:silent.general", { company }),
      );
      const law = said.topic ? s.law(`topic:${said.topic}`)?.[locale] : undefined;
      if (law) blocks.push(`${t("reply:tag.law")}\n${law}`);
      blocks.push(`${t("reply:silent.contact")}\n${contact(s, locale)}`);
      if (choices.length > 0) blocks.push(t("reply:silent.near"));
    } else {
      const about = said.about ?? "general";
      blocks.push(t(`reply:not-ours.${about}`, { name: s.name[locale], company: s.company[locale] }));
      if (said.again) blocks.push(`${t("reply:person.offer")}\n${contact(s, locale)}`);
      else if (said.about) blocks.push(contact(s, locale));
      if (choices.length > 0) blocks.push(t("reply:not-ours.near"));
    }
    return {
      text: blocks.join("\n\n"),
      choices: [...choices, { title: t("reply:choice.handoff"), command: "handoff" }],
      part: { kind: "out-of-scope", reason: said.reason, topics },
    };
  };

  const clarify = (s: Speaker, said: Extract<Said, { kind: "clarify" }>, locale: Locale): Piece => {
    const t = texts[locale];
    const options = said.options.map((o) => ({ ...o, title: optionTitle(s, o, locale) }));
    return {
      text: t("reply:clarify.ask"),
      choices: [
        ...options.map((o) => ({ title: o.title, command: optionCommand(o) })),
        { title: t("reply:clarify.none"), command: "none" },
      ],
      part: { kind: "clarify", clarify: options },
    };
  };

  const notice = (s: Speaker, said: Extract<Said, { kind: "notice" }>, locale: Locale): Piece => {
    const t = texts[locale];
    const values = { name: s.name[locale], company: s.company[locale], max: maxLength };
    const text = t(`reply:notice.${said.notice}`, values);
    const part: Part = { kind: "notice" };
    switch (said.notice) {
      case "other-language":
        return { text: `${text}\n${contact(s, locale)}`, choices: [], part };
      case "opening": {
        const topics = ["purposes", "third-party-provision", "disclosure", "contact"];
        const ids = [...new Set(topics.flatMap((topic) => s.clauseAbout(topic) ?? []))];
        const language: Choice = {
          title: t("reply:choice.language"),
          command: locale === "ja" ? "language:en" : "language:ja",
        };
        return { text, choices: [...clauseChoices(s, ids, locale), language], part };
      }
      case "language":
      case "nothing-said":
      case "too-long":
      case "no-text":
        return { text, choices: [], part };
    }
  };

  const piece = (s: Speaker, said: Said, locale: Locale): Piece => {
    const t = texts[locale];
    switch (said.kind) {
      case "answer":
        return answer(s, said, locale);
      case "clarify":
        return clarify(s, said, locale);
      case "request":
        return request(s, said, locale);
      case "handoff":
        return {
          text: `${t("reply:person.unavailable")}\n${contact(s, locale)}`,
          choices: [],
          part: { kind: "handoff", status: "unavailable" },
        };
      case "smalltalk":
        return {
          text: t(`reply:smalltalk.${said.intent}`, { name: s.name[locale], company: s.company[locale] }),
          choices: [],
          part: { kind: "smalltalk", intent: said.intent },
        };
      case "out-of-scope":
        return outOfScope(s, said, locale);
      case "notice":
        return notice(s, said, locale);
    }
  };

  /** Words for programs of several parts: the first's kind, the best clause of each part first. */
  const combined = (parts: Part[]): Words => {
    const [first] = parts;
    if (!first) throw new Error("a message has no parts");
    if (parts.length === 1) return first;
    if (first.kind !== "answer") return { ...first, parts };
    const answers = parts.flatMap((p) => (p.kind === "answer" ? [p] : []));
    const ordered = [
      ...answers.map((p) => p.clauses[0] ?? ""),
      ...answers.flatMap((p) => p.clauses.slice(1)),
    ];
    return { ...first, clauses: [...new Set(ordered)], parts };
  };

  return {
    /** One message out of everything that is to be said. Throws only when `said` is empty. */
    message(speaker: Speaker, said: readonly Said[], locale: Locale): Message {
      const pieces = said.map((one) => piece(speaker, one, locale));
      const choices = pieces.flatMap((p) => p.choices);
      return {
        locale,
        text: pieces.map((p) => p.text).join("\n\n――――\n\n"),
        choices: choices.filter((c, i) => choices.findIndex((o) => o.command === c.command) === i),
        words: combined(pieces.map((p) => p.part)),
      };
    },
  };
}

export type Renderer = ReturnType<typeof createRenderer>;
