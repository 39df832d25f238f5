import type { Exchange, Route } from "../http/exchange.ts";
import { page } from "../http/html.ts";
import { problem } from "../http/problem.ts";
import type { Operator } from "../knowledge/operator.ts";
import type { Texts } from "../reply/texts.ts";
import type { Brain } from "../turn/talk.ts";
import { demoPage } from "./demo.ts";
import { homePage } from "./home.ts";
import { languageOf } from "./language.ts";
import type { Site } from "./layout.ts";
import { policyPage } from "./policy.ts";
import { search } from "./search.ts";

export interface PagesOptions {
  /** Operators served. */
  operators: readonly Operator[];
  texts: Texts;
  /** Answers what is searched for. */
  brain: Brain;
  /** Address of the pages' styles. */
  styles: string;
  /** Address of the operators' colours. */
  brands: string;
  /** Longest question, in characters. */
  maxLength: number;
}

/** `/`, `/demo/<operator>` and `/policy/<operator>`; `?lang=en` or the browser's language chooses the words. */
export function pageRoutes({ operators, texts, brain, styles, brands, maxLength }: PagesOptions): Route[] {
  const known = new Map(operators.map((o) => [o.id, o]));
  const siteOf = (exchange: Exchange, path: string): Site => {
    const locale = languageOf(exchange.query.get("lang"), exchange.header("accept-language"));
    return { locale, t: texts[locale], styles, brands, path };
  };
  return [
    {
      method: "GET",
      path: "/",
      body: "none",
      handle: (exchange) => page(homePage(siteOf(exchange, "/"), operators)),
    },
    {
      method: "GET",
      path: "/demo/:operator",
      body: "none",
      handle(exchange) {
        const operator = known.get(exchange.params.operator ?? "");
        if (!operator) return problem("NotFound");
        return page(demoPage(siteOf(exchange, `/demo/${operator.id}`), operator));
      },
    },
    ...(["GET", "POST"] as const).map(
      (method): Route => ({
        method,
        path: "/policy/:operator",
        body: method === "GET" ? "none" : "form",
        async handle(exchange) {
          const operator = known.get(exchange.params.operator ?? "");
          if (!operator) return problem("NotFound");
          const site = siteOf(exchange, `/policy/${operator.id}`);
          const question = questionIn(exchange).slice(0, maxLength);
          const found = question === "" ? undefined : await search(brain, operator, question, site.locale);
          return page(policyPage(site, operator, maxLength, found));
        },
      }),
    ),
  ];
}

/** The words of the search box; empty when there are none. */
function questionIn({ body }: Exchange): string {
  if (typeof body !== "object" || body === null || !("question" in body)) return "";
  const { question } = body;
  return typeof question === "string" ? question.toWellFormed().trim() : "";
}
