import type { Answer } from "../http/exchange.ts";
import { html, jsonBlock, page } from "../http/html.ts";
import type { Desk } from "./desk.ts";

export interface FramePage {
  desk: Desk;
  script: string;
  styles: readonly string[];
  /** Address of the operators' colours as styles. */
  brands: string;
  /** Origins of the streams, such as `wss://desk.example.jp`. */
  streams: readonly string[];
}

/** The chat's own page, to be framed by the operator's pages alone. */
export function framePage({ desk, script, styles, brands, streams }: FramePage): Answer {
  const ancestors = ["'self'", ...desk.origins, ...(desk.local ? LOCAL : [])];
  const sheets = [brands, ...styles].map((s) => html`<link rel="stylesheet" href="${s}">`);
  const content = html`<html lang="ja" data-operator="${desk.operator}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no">
<title>${desk.name.ja}</title>
${sheets}
${jsonBlock("desk", desk)}
<script type="module" src="${script}"></script>
</head>
<body><div id="chat"></div></body>
</html>`;
  return page(content, { connect: streams, ancestors });
}

const LOCAL = ["http://localhost:*", "http://127.0.0.1:*", "https://localhost:*", "https://127.0.0.1:*"];
