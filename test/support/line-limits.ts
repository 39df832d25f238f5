/** What LINE documents of messages, and what it would refuse. Lengths in characters as a person counts them, unless told. */
const LIMITS = {
  messages: 5,
  /** UTF-16 units. */
  text: 5_000,
  altText: 1_500,
  quickReplies: 13,
  quickReplyLabel: 20,
  data: 300,
  displayText: 300,
  messageText: 300,
  uri: 1_000,
  clipboard: 1_000,
  sender: 20,
  /** Bytes of JSON. */
  bubble: 30 * 1024,
  carousel: 50 * 1024,
  bubbles: 12,
  buttonLabel: 40,
  /** A template of buttons: its text, the same below a title or a picture, its title, its buttons and their labels. */
  template: { text: 160, textBelow: 60, title: 40, actions: 4, label: 20 },
  /** A template of two answers. */
  confirm: 240,
} as const;

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const GRAPHEMES = new Intl.Segmenter("ja", { granularity: "grapheme" });
const characters = (text: string): number => [...GRAPHEMES.segment(text)].length;
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const SIZES = ["xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl"];
const SPACES = ["none", "xs", "sm", "md", "lg", "xl", "xxl"];
const KINDS: Readonly<Record<string, readonly string[]>> = {
  vertical: ["box", "button", "image", "text", "separator", "filler", "video"],
  horizontal: ["box", "button", "image", "text", "separator", "filler"],
  baseline: ["icon", "text", "filler"],
};
const COLOUR = /^#[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?$/;
const SPACE = new RegExp(`^(?:${SPACES.join("|")}|\\d+(?:\\.\\d+)?px)$`);
const LENGTH = /^(?:\d+(?:\.\d+)?px|\d+(?:\.\d+)?%)$/;

/** Everything in the messages of one reply or push that LINE would refuse or cut; empty when it takes them. */
export function problemsOf(messages: unknown): string[] {
  if (!Array.isArray(messages)) return ["messages: no list"];
  const out: string[] = [];
  if (messages.length < 1 || messages.length > LIMITS.messages)
    out.push(`messages: ${messages.length} of them`);
  messages.forEach((message: unknown, i) => {
    out.push(...messageProblems(message).map((problem) => `messages[${i}].${problem}`));
    if (isJson(message) && message.quickReply !== undefined && i < messages.length - 1)
      out.push(`messages[${i}].quickReply: only the last message shows it`);
  });
  // A lone surrogate is no text in UTF-8.
  if (/\\u[dD][89abAB]/.test(JSON.stringify(messages))) out.push("messages: a lone surrogate");
  return out;
}

function messageProblems(message: unknown): string[] {
  if (!isJson(message)) return ["no object"];
  const { type, quickReply, sender } = message;
  const out: string[] = [];
  if (isJson(sender)) out.push(...wordsProblems("sender.name", sender.name, LIMITS.sender, units));
  if (isJson(sender) && /\bline\b/i.test(String(sender.name))) out.push("sender.name: LINE");
  if (quickReply !== undefined) out.push(...quickProblems(quickReply));
  switch (type) {
    case "text":
      return [...out, ...wordsProblems("text", message.text, LIMITS.text, units)];
    case "flex":
      return [
        ...out,
        ...wordsProblems("altText", message.altText, LIMITS.altText, units),
        ...containerProblems(message.contents),
      ];
    case "template":
      return [
        ...out,
        ...wordsProblems("altText", message.altText, LIMITS.altText, units),
        ...templateProblems(message.template),
      ];
    case "sticker":
      return out;
    default:
      return [...out, `type: ${String(type)}`];
  }
}

function templateProblems(template: unknown): string[] {
  if (!isJson(template) || !Array.isArray(template.actions)) return ["template: no buttons"];
  const { type, text, title, thumbnailImageUrl } = template;
  const actions: unknown[] = template.actions;
  const limits = LIMITS.template;
  const most = title === undefined && thumbnailImageUrl === undefined ? limits.text : limits.textBelow;
  const right =
    type === "confirm" ? actions.length === 2 : actions.length > 0 && actions.length <= limits.actions;
  return [
    ...(type === "buttons" || type === "confirm" ? [] : [`template: ${JSON.stringify(type)}`]),
    ...wordsProblems("template.text", text, type === "confirm" ? LIMITS.confirm : most),
    ...(title === undefined ? [] : wordsProblems("template.title", title, limits.title)),
    ...(right ? [] : [`template: ${actions.length} buttons`]),
    ...actions.flatMap((action, i) => [
      ...wordsProblems(`template[${i}].label`, isJson(action) ? action.label : undefined, limits.label),
      ...actionProblems(`template[${i}]`, action),
    ]),
  ];
}

const units = (text: string): number => text.length;

function wordsProblems(
  path: string,
  words: unknown,
  most: number,
  count: (text: string) => number = characters,
): string[] {
  if (typeof words !== "string" || words.trim() === "") return [`${path}: no words`];
  if (!words.isWellFormed()) return [`${path}: a lone surrogate`];
  return count(words) > most ? [`${path}: ${count(words)} of ${most}`] : [];
}

function quickProblems(quickReply: unknown): string[] {
  const items = isJson(quickReply) ? quickReply.items : undefined;
  if (!Array.isArray(items) || items.length < 1) return ["quickReply: no items"];
  if (items.length > LIMITS.quickReplies) return [`quickReply: ${items.length} items`];
  return items.flatMap((item: unknown, i) => {
    const path = `quickReply.items[${i}]`;
    if (!isJson(item) || item.type !== "action") return [`${path}: no action`];
    const label = isJson(item.action) ? item.action.label : undefined;
    return [
      ...wordsProblems(`${path}.label`, label, LIMITS.quickReplyLabel),
      ...actionProblems(path, item.action),
    ];
  });
}

function actionProblems(path: string, action: unknown): string[] {
  if (!isJson(action)) return [`${path}.action: none`];
  switch (action.type) {
    case "postback":
      return [
        ...wordsProblems(`${path}.data`, action.data, LIMITS.data, units),
        ...(action.displayText === undefined
          ? []
          : wordsProblems(`${path}.displayText`, action.displayText, LIMITS.displayText)),
      ];
    case "message":
      return wordsProblems(`${path}.text`, action.text, LIMITS.messageText);
    case "uri":
      return [
        ...wordsProblems(`${path}.uri`, action.uri, LIMITS.uri, units),
        ...(/^(?:https?:\/\/|line:\/\/|tel:)/.test(String(action.uri)) ? [] : [`${path}.uri: its scheme`]),
      ];
    case "clipboard":
      return wordsProblems(`${path}.clipboardText`, action.clipboardText, LIMITS.clipboard, units);
    default:
      return [`${path}.action: ${String(action.type)}`];
  }
}

function containerProblems(container: unknown): string[] {
  if (!isJson(container)) return ["contents: none"];
  if (container.type === "bubble") return bubbleProblems("contents", container);
  if (container.type !== "carousel" || !Array.isArray(container.contents))
    return ["contents: neither of two"];
  const bubbles: unknown[] = container.contents;
  return [
    ...(bubbles.length < 1 || bubbles.length > LIMITS.bubbles ? [`contents: ${bubbles.length} bubbles`] : []),
    ...(bytes(container) > LIMITS.carousel ? [`contents: ${bytes(container)} bytes`] : []),
    ...bubbles.flatMap((bubble, i) => bubbleProblems(`contents[${i}]`, bubble)),
  ];
}

function bubbleProblems(path: string, bubble: unknown): string[] {
  if (!isJson(bubble)) return [`${path}: no bubble`];
  const out = bytes(bubble) > LIMITS.bubble ? [`${path}: ${bytes(bubble)} bytes`] : [];
  for (const block of ["header", "body", "footer"])
    if (bubble[block] !== undefined) {
      if (!isJson(bubble[block]) || bubble[block].type !== "box") out.push(`${path}.${block}: no box`);
      else out.push(...componentProblems(`${path}.${block}`, bubble[block]));
    }
  return out;
}

function componentProblems(path: string, component: unknown): string[] {
  if (!isJson(component)) return [`${path}: no component`];
  const out: string[] = [];
  for (const [name, value] of Object.entries(component)) {
    const words = String(value);
    if (/color$/i.test(name) && !COLOUR.test(words)) out.push(`${path}.${name}: ${words}`);
    if (/^(?:padding|margin|spacing|cornerRadius)/.test(name) && !SPACE.test(words) && !LENGTH.test(words))
      out.push(`${path}.${name}: ${words}`);
    if (/^(?:height|width)$/.test(name) && component.type === "box" && !LENGTH.test(words))
      out.push(`${path}.${name}: ${words}`);
    if (name === "flex" && !Number.isInteger(value)) out.push(`${path}.flex: ${words}`);
  }
  if (component.action !== undefined) out.push(...actionProblems(path, component.action));
  switch (component.type) {
    case "box": {
      const kinds = KINDS[String(component.layout)];
      if (!kinds) return [...out, `${path}.layout: ${String(component.layout)}`];
      if (!Array.isArray(component.contents)) return [...out, `${path}.contents: none`];
      component.contents.forEach((one: unknown, i) => {
        if (isJson(one) && !kinds.includes(String(one.type))) out.push(`${path}[${i}]: ${String(one.type)}`);
        out.push(...componentProblems(`${path}[${i}]`, one));
      });
      return out;
    }
    case "text":
      if (!SIZES.some((size) => size === (component.size ?? "md")))
        out.push(`${path}.size: ${JSON.stringify(component.size)}`);
      return [...out, ...wordsProblems(`${path}.text`, component.text, Number.POSITIVE_INFINITY, units)];
    case "button": {
      const label = isJson(component.action) ? component.action.label : undefined;
      return [...out, ...wordsProblems(`${path}.label`, label, LIMITS.buttonLabel)];
    }
    case "separator":
    case "filler":
      return out;
    default:
      return [...out, `${path}: ${String(component.type)}`];
  }
}
