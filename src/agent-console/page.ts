import type { Answer } from "../http/exchange.ts";
import { html, jsonBlock, page } from "../http/html.ts";
import { LOCALES, type Locale, type Localized } from "../reply/locale.ts";
import type { Texts } from "../reply/texts.ts";
import { REQUEST_TYPES } from "../requests/request-type.ts";
import { REQUEST_STATES } from "../requests/state.ts";
import { IDLE_MS } from "./sessions.ts";
import type { ConsoleWords, Shell } from "./shell.ts";

export interface ConsolePage {
  /** Addresses of what was built. */
  script: string;
  styles: readonly string[];
  /** Origins of the streams, such as `wss://desk.example.jp`. */
  streams: readonly string[];
  shell: Shell;
  texts: Texts;
}

/** Texts whole, with their places for values still open. */
const AS_THEY_ARE = { returnObjects: true, skipInterpolation: true } as const;
/** These are looked up in the register, not filed. */
const NOT_FILED: readonly string[] = ["status", "withdraw"];

export function shellOf(
  texts: Texts,
  served: boolean,
  topics: ReadonlyMap<string, { id: string; title: Localized }>,
): Shell {
  const each = <T>(of: (locale: Locale) => T) =>
    Object.fromEntries(LOCALES.map((l) => [l, of(l)])) as Record<Locale, T>;
  const title = (key: string): Localized => each((l) => texts[l](key));
  return {
    words: each((l) => texts[l]("console:page", AS_THEY_ARE) as unknown as ConsoleWords),
    served,
    states: REQUEST_STATES.map((id) => ({ id, title: title(`staff:state.${id}`) })),
    types: REQUEST_TYPES.filter((id) => !NOT_FILED.includes(id)).map((id) => ({
      id,
      title: title(`requests:${id}`),
    })),
    topics: [...topics.values()].map(({ id, title }) => ({ id, title })),
    idleMs: IDLE_MS,
  };
}

/** The one page of the console; where one is in it stands behind the `#` and reaches no server. */
export function consolePage({ script, styles, streams, shell, texts }: ConsolePage): Answer {
  const content = html`<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no">
<title>${texts.ja("console:page.title")}</title>
${styles.map((s) => html`<link rel="stylesheet" href="${s}">`)}
${jsonBlock("shell", shell)}
<script type="module" src="${script}"></script>
</head>
<body><div id="console"></div></body>
</html>`;
  return page(content, { connect: streams });
}
