import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { LOCALES, type Locale, type Localized } from "../reply/locale.ts";
import { GROUNDS } from "../requests/grounds.ts";
import { REQUEST_TYPES, type RequestType } from "../requests/request-type.ts";
import { type Canned, cannedSchema } from "./canned.ts";
import type { Clause, Topic } from "./clause.ts";
import { type Operator, type OperatorFacts, operatorSchema } from "./operator.ts";
import { parsePolicy, type Section } from "./policy-file.ts";
import { ContentError, type Problem } from "./problem.ts";

/** An example utterance of customers. */
export interface Utterance {
  /** `topic:<id>`, `request:<id>`, `smalltalk:<id>`, `handoff`, or another folder of `content/intents`. */
  label: string;
  locale: Locale;
  /** Who speaks so; the file's first column. */
  voice: string;
  text: string;
}

/** Words that mean one thing to us. */
export interface Concept {
  id: string;
  words: Readonly<Record<Locale, readonly string[]>>;
}

/** What `content/` knows, checked: plain data. Immutable. */
export interface Content {
  operators: ReadonlyMap<string, Operator>;
  topics: ReadonlyMap<string, Topic>;
  concepts: readonly Concept[];
  /** Fields of meaning that questions and clauses word differently; none where there is no such file. */
  thesaurus: readonly Concept[];
  /** Short messages that steer the talk, per command. */
  commands: ReadonlyMap<string, Readonly<Record<Locale, readonly string[]>>>;
  /** What the law says of each request that is filed. */
  procedures: ReadonlyMap<RequestType, Procedure>;
  /** Other names of the questions of forms and of what can be chosen, and what is said to any of them. */
  answers: AnswerNames;
  /** Words that are a sign of anger, of a leak, of a dispute: a person is offered then. */
  offers: ReadonlyMap<string, Readonly<Record<Locale, readonly string[]>>>;
  /** What agents say again and again, by operator: the shared ones that fit it, then its own. */
  canned: ReadonlyMap<string, readonly Canned[]>;
  /** A line of law or guideline per topic or request type, told apart from the policy. */
  law: ReadonlyMap<string, Localized>;
}

/** What is learned from: much, and of no use once it is learned. */
export interface Examples {
  utterances: readonly Utterance[];
  /** Lines that are a sign of anger, of a leak, of a dispute, labelled by of what, and `none`: near to one and none. */
  signs: readonly Utterance[];
}

const line = z.string().trim().min(1);
const localized = z.strictObject({ ja: line, en: line });
const topicSchema = z.strictObject({ title: localized });
const lawSchema = z.record(line, localized);
const glossarySchema = z.record(line, z.strictObject({ ja: z.array(line), en: z.array(line) }));
const offersSchema = z.partialRecord(
  z.enum(["leak", "anger", "dispute"]),
  z.strictObject({ ja: z.array(line), en: z.array(line) }),
);

const procedureSchema = z.strictObject({
  article: localized.nullable(),
  fee: z.enum(["allowed", "none"]),
  refusal: localized.nullable(),
  /** What a refusal must name one of, by its id (see `requests/grounds.ts`). */
  grounds: z.record(line, localized).default({}),
  /** Whether the two weeks of article 39 apply. */
  twoWeeks: z.boolean(),
  due: localized.nullable(),
});
export type Procedure = z.infer<typeof procedureSchema>;
const names = z.strictObject({ ja: z.array(line), en: z.array(line) });
const answersSchema = z.strictObject({
  values: z.record(line, z.record(line, names)),
  told: z.record(line, z.record(line, names)),
  slots: z.record(line, names),
  commands: z.record(line, names),
});
export type AnswerNames = z.infer<typeof answersSchema>;
const NO_ANSWERS: AnswerNames = { values: {}, told: {}, slots: {}, commands: {} };

/** It stands in addresses, in names of settings and in commands. */
const OPERATOR_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Examples of a topic in a language, below which it is not said to be learned. */
const ENOUGH = 10;

/** Reads files below one folder, gathering problems instead of throwing. */
class Reader {
  readonly problems: Problem[] = [];
  readonly root: string;
  constructor(root: string) {
    this.root = root;
  }

  name(path: string): string {
    return join("content", relative(this.root, path)).split(sep).join("/");
  }

  text(path: string): string | undefined {
    if (existsSync(path)) return this.utf8(path);
    this.problem(path, 1, "the file is missing");
    return undefined;
  }

  /** A file's text without a byte order mark; undefined, with a problem, where it is in another encoding. */
  utf8(path: string): string | undefined {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
    } catch {
      this.problem(path, 1, "not UTF-8: save the file as UTF-8");
      return undefined;
    }
  }

  problem(path: string, at: number, message: string): void {
    this.problems.push({ file: this.name(path), line: at, message });
  }

  folders(...parts: string[]): string[] {
    const path = join(this.root, ...parts);
    if (!existsSync(path)) return [];
    return readdirSync(path, { withFileTypes: true })
      .filter((e) => e.isDirectory())
      .map((e) => e.name)
      .sort();
  }

  /** A YAML file of the schema's shape; undefined, with problems by line, when it is not. */
  yaml<T>(path: string, schema: z.ZodType<T>): T | undefined {
    const source = this.text(path);
    if (source === undefined) return undefined;
    const lines = new LineCounter();
    const document = parseDocument(source, { lineCounter: lines });
    const lineOf = (offset: number) => lines.linePos(offset).line;
    for (const e of document.errors) this.problem(path, lineOf(e.pos[0]), e.message.split("\n")[0] ?? "");
    if (document.errors.length > 0) return undefined;
    const parsed = schema.safeParse(document.toJS());
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const inside = issue.path.filter((k) => typeof k !== "symbol");
      const keys = issue.code === "unrecognized_keys" ? [...inside, ...issue.keys.slice(0, 1)] : inside;
      let at = 1;
      for (let n = keys.length; n > 0; n--) {
        const node = document.getIn(keys.slice(0, n), true) as
          | { range?: [number, number, number] }
          | undefined;
        if (node?.range) {
          at = lineOf(node.range[0]);
          break;
        }
      }
      this.problem(path, at, `${keys.join(".") || "file"}: ${issue.message}`);
    }
    return undefined;
  }

  /** `voice<TAB>utterance` lines; empty lines and lines that begin with # are passed over. */
  utterances(path: string, label: string, locale: Locale): Utterance[] {
    if (!existsSync(path)) return [];
    const out: Utterance[] = [];
    for (const [i, raw] of (this.utf8(path) ?? "").split(/\r?\n/).entries()) {
      if (raw === "" || raw.startsWith("#")) continue;
      const [voice, text, more] = raw.split("\t");
      if (!voice || !text?.trim() || more !== undefined)
        this.problem(path, i + 1, "write: voice<TAB>utterance");
      else out.push({ label, locale, voice, text });
    }
    return out;
  }
}

/** Undefined when a language is missing as a whole: nothing can then be said of its clauses. */
function loadClauses(
  reader: Reader,
  folder: string,
  topics: ReadonlyMap<string, Topic>,
): Clause[] | undefined {
  const missing = LOCALES.map((l) => join(folder, `policy.${l}.md`)).filter((path) => !existsSync(path));
  for (const path of missing)
    reader.problem(path, 1, `the file is missing: each clause is told in ${LOCALES.join(" and ")}`);
  if (missing.length > 0) return undefined;
  const sections = {} as Record<Locale, Section[]>;
  for (const locale of LOCALES) {
    const path = join(folder, `policy.${locale}.md`);
    const source = reader.text(path);
    if (source === undefined) return undefined;
    const parsed = parsePolicy(reader.name(path), source);
    reader.problems.push(...parsed.problems);
    sections[locale] = parsed.sections;
    for (const s of parsed.sections) {
      for (const t of new Set(s.topics))
        if (t !== "" && !topics.has(t))
          reader.problem(
            path,
            s.line,
            `the topic ${t} is not in content/topics: name one that is, or give it a title in content/topics/${t}/topic.yaml`,
          );
    }
  }
  const clauses: Clause[] = [];
  for (const ja of sections.ja) {
    const en = sections.en.find((s) => s.id === ja.id);
    if (!en) {
      reader.problem(join(folder, "policy.en.md"), 1, `the clause ${ja.id} is missing`);
      continue;
    }
    const differ = [
      ...(en.heading === ja.heading ? [] : ["heading"]),
      ...(en.topics.join() === ja.topics.join() ? [] : ["topics"]),
    ];
    if (differ.length > 0)
      reader.problem(
        join(folder, "policy.en.md"),
        en.line,
        `${differ.join(" and ")} of ${ja.id} must be as in policy.ja.md`,
      );
    clauses.push({ id: ja.id, heading: ja.heading, topics: ja.topics, text: { ja, en } });
  }
  for (const en of sections.en) {
    if (!sections.ja.some((s) => s.id === en.id)) {
      reader.problem(join(folder, "policy.ja.md"), 1, `the clause ${en.id} is missing`);
    }
  }
  return clauses;
}

/** Shared replies name a topic, an operator's own a clause; where its policy is silent on a topic there is no reply. */
function loadCanned(
  reader: Reader,
  root: string,
  operators: ReadonlyMap<string, Operator>,
): Map<string, Canned[]> {
  const read = (path: string) => (existsSync(path) && reader.yaml(path, cannedSchema)) || {};
  const shared = read(join(root, "canned.yaml"));
  const all = new Map<string, Canned[]>();
  for (const [id, { clauses }] of operators) {
    const path = join(root, "operators", id, "canned.yaml");
    const own = read(path);
    const replies = Object.entries({ ...shared, ...own }).flatMap(([name, { topic, clause, ...words }]) => {
      const cited = clause ?? (topic === undefined ? undefined : clauseAbout(clauses, topic));
      if (clause !== undefined && !clauses.some((c) => c.id === clause))
        reader.problem(path, 1, `${name}: the clause ${clause} is not in policy.ja.md`);
      return topic !== undefined && cited === undefined
        ? []
        : [{ id: name, ...words, clause: cited ?? null }];
    });
    all.set(id, replies);
  }
  return all;
}

/** The clause that is most about a topic: the topic stands nearest to the front of its list. */
function clauseAbout(clauses: readonly Clause[], topic: string): string | undefined {
  const places = clauses.flatMap(({ id, topics }) => {
    const place = topics.indexOf(topic);
    return place < 0 ? [] : [{ id, place }];
  });
  return places.toSorted((a, b) => a.place - b.place)[0]?.id;
}

function checkReferences(
  reader: Reader,
  folder: string,
  facts: OperatorFacts,
  clauses: readonly Clause[],
): void {
  const path = join(folder, "operator.yaml");
  const { fees = {}, selfService = {}, promises = {}, guardianBelow, documents } = facts.requests;
  const named = [
    facts.contact.clause,
    ...[...Object.values(fees), ...Object.values(selfService)].map((f) => f.clause),
    ...Object.values(promises),
    ...[guardianBelow, documents].flatMap((f) => f?.clause ?? []),
  ];
  for (const id of named) {
    if (!clauses.some((c) => c.id === id)) reader.problem(path, 1, `the clause ${id} is not in policy.ja.md`);
  }
}

/** Labels of `content/intents`: the folders that hold examples, their path joined by colons. */
function intentFolders(reader: Reader): { label: string; folder: string }[] {
  const out: { label: string; folder: string }[] = [];
  const walk = (parts: string[]) => {
    for (const name of reader.folders("intents", ...parts)) {
      const path = [...parts, name];
      const folder = join(reader.root, "intents", ...path);
      if (existsSync(join(folder, "ja.tsv"))) out.push({ label: path.join(":"), folder });
      walk(path);
    }
  };
  walk([]);
  return out;
}

/** Loads and checks `content/`. Throws one ContentError that lists every problem with file and line. */
export function loadContent(root: string): Content & Examples {
  const reader = new Reader(root);
  const topics = new Map<string, Topic>();
  const utterances: Utterance[] = [];
  for (const id of reader.folders("topics")) {
    const folder = join(root, "topics", id);
    const topic = reader.yaml(join(folder, "topic.yaml"), topicSchema);
    const examples = (l: Locale) => reader.utterances(join(folder, `${l}.tsv`), `topic:${id}`, l);
    const [ja, en] = [examples("ja"), examples("en")];
    utterances.push(...ja, ...en);
    const taught = { ja: ja.length >= ENOUGH, en: en.length >= ENOUGH };
    if (topic) topics.set(id, { id, ...topic, taught });
  }
  for (const { label, folder } of intentFolders(reader)) {
    for (const l of LOCALES) utterances.push(...reader.utterances(join(folder, `${l}.tsv`), label, l));
  }
  const operators = new Map<string, Operator>();
  for (const id of reader.folders("operators")) {
    const folder = join(root, "operators", id);
    const facts = reader.yaml(join(folder, "operator.yaml"), operatorSchema);
    if (!OPERATOR_ID.test(id))
      reader.problem(folder, 1, "name the folder in small letters, digits and single dashes, as aozora-gas");
    const clauses = loadClauses(reader, folder, topics);
    if (facts && clauses) {
      checkReferences(reader, folder, facts, clauses);
      operators.set(id, { ...facts, id, clauses });
    }
  }
  const glossary = reader.yaml(join(root, "glossary.yaml"), glossarySchema) ?? {};
  const kin = join(root, "thesaurus.yaml");
  const thesaurus = (existsSync(kin) && reader.yaml(kin, glossarySchema)) || {};
  const commands = reader.yaml(join(root, "commands.yaml"), glossarySchema) ?? {};
  const procedures =
    reader.yaml(join(root, "procedures.yaml"), z.partialRecord(z.enum(REQUEST_TYPES), procedureSchema)) ?? {};
  for (const id of REQUEST_TYPES) {
    const words = Object.keys(procedures[id]?.grounds ?? {}).sort();
    if (procedures[id] && words.join() !== [...GROUNDS[id]].sort().join())
      reader.problem(
        join(root, "procedures.yaml"),
        1,
        `${id}: grounds must be ${GROUNDS[id].join(", ") || "none"}`,
      );
  }
  const signs = join(root, "offers.yaml");
  const offers = (existsSync(signs) && reader.yaml(signs, offersSchema)) || {};
  const learned = reader
    .folders("offers")
    .flatMap((id) => LOCALES.flatMap((l) => reader.utterances(join(root, "offers", id, `${l}.tsv`), id, l)));
  const canned = loadCanned(reader, root, operators);
  const answers = reader.yaml(join(root, "answers.yaml"), answersSchema) ?? NO_ANSWERS;
  const law = reader.yaml(join(root, "law.yaml"), lawSchema) ?? {};
  if (reader.problems.length > 0) throw new ContentError(reader.problems);
  return {
    operators,
    topics,
    utterances,
    concepts: Object.entries(glossary).map(([id, words]) => ({ id, words })),
    thesaurus: Object.entries(thesaurus).map(([id, words]) => ({ id, words })),
    commands: new Map(Object.entries(commands)),
    procedures: new Map(
      REQUEST_TYPES.flatMap((id) => (procedures[id] ? [[id, procedures[id]] as const] : [])),
    ),
    answers,
    signs: learned,
    offers: new Map(Object.entries(offers)),
    canned,
    law: new Map(Object.entries(law)),
  };
}
