import { parseArgs } from "node:util";
import { type Locale, localeOf } from "../../reply/locale.ts";
import type { Texts } from "../../reply/texts.ts";
import { GROUNDS } from "../../requests/grounds.ts";
import { readReceipt } from "../../requests/receipt.ts";
import { REQUEST_TYPES, type RequestType } from "../../requests/request-type.ts";
import { REQUEST_STATES, type RequestState, type Step } from "../../requests/state.ts";

const ROLES = ["officer", "auditor"] as const;
const FORMATS = ["json", "csv"] as const;
/** What an officer can move a request to; filing is the customer's. */
const TARGETS = REQUEST_STATES.filter((state) => state !== "received");
const DECISIONS = {
  full: "answered",
  partial: "partly-answered",
  refused: "refused",
  "no-such-data": "no-such-data",
} as const;
const MOST_ACTOR = 100;
const MOST_REASON = 1_000;

/** Who asks, on whose requests, and why. */
export interface Who {
  operator: string;
  role: (typeof ROLES)[number];
  actor: string;
  reason: string;
}

export interface Narrow {
  states?: RequestState[];
  types?: RequestType[];
  dueBy?: string;
  open: boolean;
}

export type Order =
  | { do: "list"; narrow: Narrow }
  | { do: "show"; receipt: string; reveal: boolean }
  | { do: "move"; receipt: string; step: Step; version: number | undefined }
  | { do: "letter"; receipt: string; decision: (typeof DECISIONS)[keyof typeof DECISIONS]; out: string }
  | {
      do: "export";
      narrow: Narrow;
      format: (typeof FORMATS)[number];
      reveal: boolean;
      out: string | undefined;
    }
  | { do: "verify" };

export type Read = { ok: true; locale: Locale; who: Who; order: Order } | { ok: false; problems: string[] };

const OPTIONS = {
  operator: { type: "string" },
  as: { type: "string" },
  actor: { type: "string" },
  reason: { type: "string" },
  locale: { type: "string" },
  state: { type: "string" },
  type: { type: "string" },
  due: { type: "string" },
  all: { type: "boolean" },
  receipt: { type: "string" },
  reveal: { type: "boolean" },
  to: { type: "string" },
  ground: { type: "string" },
  "text-ja": { type: "string" },
  "text-en": { type: "string" },
  until: { type: "string" },
  version: { type: "string" },
  decision: { type: "string" },
  format: { type: "string" },
  out: { type: "string" },
} as const;

/** What was typed after `npm run requests --`, or everything that is wrong with it. */
export function readOptions(args: readonly string[], operators: readonly string[], texts: Texts): Read {
  const parsed = parsedArgs(args);
  const locale = localeOf(parsed?.values.locale) ?? "ja";
  const t = texts[locale];
  if (parsed?.positionals.length !== 1) return { ok: false, problems: [t("staff:problem.usage")] };
  const { values: given } = parsed;
  const problems: string[] = [];
  const wrong = <T>(key: string, as: T, known?: readonly string[], option?: string): T => {
    problems.push(t(`staff:problem.${key}`, { known: known?.join(", ") ?? "", option: option ?? "" }));
    return as;
  };
  const one = <T extends string>(text: string | undefined, of: readonly T[]): T | undefined =>
    of.find((each) => each === text);
  const several = <T extends string>(option: "state" | "type", of: readonly T[]): T[] | undefined => {
    const parts = given[option]?.split(",").map((part) => part.trim());
    const found = parts?.flatMap((part) => one(part, of) ?? []);
    return found?.length === parts?.length ? found : wrong("choice", undefined, of, `--${option}`);
  };
  const day = (option: "due" | "until"): string | undefined => {
    const text = given[option];
    return text === undefined || isDay(text) ? text : wrong("day", undefined, [], `--${option}`);
  };
  const text = (option: "actor" | "reason", most: number): string => {
    const typed = given[option]?.trim() ?? "";
    return typed !== "" && typed.length <= most ? typed : wrong(option, "");
  };
  const receipt = (): string => {
    const read = readReceipt(given.receipt ?? "");
    return read.ok ? read.value : wrong("receipt", "");
  };
  const narrow = (open: boolean): Narrow => {
    const [states, types, dueBy] = [
      several("state", REQUEST_STATES),
      several("type", REQUEST_TYPES),
      day("due"),
    ];
    return {
      open: open && !states,
      ...(states ? { states } : {}),
      ...(types ? { types } : {}),
      ...(dueBy === undefined ? {} : { dueBy }),
    };
  };

  const order = ((): Order | undefined => {
    switch (parsed.positionals[0]) {
      case "list":
        return { do: "list", narrow: narrow(given.all !== true) };
      case "show":
        return { do: "show", receipt: receipt(), reveal: given.reveal === true };
      case "move": {
        const to = one(given.to, TARGETS) ?? wrong("to", "withdrawn" as const, TARGETS);
        const version = given.version === undefined ? undefined : Number(given.version);
        if (version !== undefined && !(Number.isInteger(version) && version > 0)) wrong("version", undefined);
        return { do: "move", receipt: receipt(), step: stepOf(to, given, day("until")), version };
      }
      case "letter": {
        const decision = one(given.decision, Object.keys(DECISIONS) as (keyof typeof DECISIONS)[]);
        return {
          do: "letter",
          receipt: receipt(),
          decision: DECISIONS[decision ?? wrong("decision", "full" as const)],
          out: given.out || wrong("out", ""),
        };
      }
      case "export": {
        const format = one(given.format ?? "json", FORMATS) ?? wrong("format", "json" as const);
        return { do: "export", narrow: narrow(false), format, reveal: given.reveal === true, out: given.out };
      }
      case "verify":
        return { do: "verify" };
      default:
        return wrong("usage", undefined);
    }
  })();
  const who: Who = {
    operator: one(given.operator, operators) ?? wrong("operator", "", operators),
    role: one(given.as, ROLES) ?? wrong("as", "auditor" as const),
    actor: text("actor", MOST_ACTOR),
    reason: text("reason", MOST_REASON),
  };
  if (order && who.role === "auditor" && isForOfficers(order)) wrong("officer", undefined);
  return order && problems.length === 0 ? { ok: true, locale, who, order } : { ok: false, problems };
}

/** An auditor sees how work is done, never whose data it is about, and changes nothing. */
const isForOfficers = (order: Order): boolean =>
  order.do === "move" || order.do === "letter" || ("reveal" in order && order.reveal);

function parsedArgs(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch {
    return undefined;
  }
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** The register looks at what a step needs; here it is only put together. */
function stepOf(
  kind: Exclude<RequestState, "received">,
  given: Partial<Record<"reason" | "ground" | "text-ja" | "text-en", string | undefined>>,
  until: string | undefined,
): Step {
  const reason = given.reason ?? "";
  const text = { ja: given["text-ja"] ?? "", en: given["text-en"] ?? "" };
  const ends = until === undefined ? {} : { until };
  switch (kind) {
    case "identity-check":
    case "awaiting-person":
      return { kind, reason, ...ends };
    case "in-progress":
    case "withdrawn":
    case "expired":
      return { kind, reason };
    case "answered":
    case "no-such-data":
      return { kind, reason, ...(text.ja || text.en ? { text } : {}) };
    case "partly-answered":
    case "refused": {
      const ground = Object.values(GROUNDS)
        .flat()
        .find((each) => each === given.ground);
      // One that no law has goes on as none: the register refuses it.
      return { kind, reason, text, ground: ground as NonNullable<typeof ground> };
    }
  }
}
