import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { drawing } from "../../../src/channels/line/rich-menu/drawing.ts";
import { installMenus, MenuRefused } from "../../../src/channels/line/rich-menu/install.ts";
import { AREAS, HEIGHT, richMenu, WIDTH } from "../../../src/channels/line/rich-menu/menu.ts";
import { drawnAt, PICTURE_BYTES, picture, sourceOf } from "../../../src/channels/line/rich-menu/picture.ts";
import { LOCALES } from "../../../src/reply/locale.ts";
import { loadTexts } from "../../../src/reply/texts.ts";
import { parseCommand } from "../../../src/understanding/command.ts";
import { hasSpec, specProblems } from "../../support/line-openapi.ts";
import { run } from "../../support/process.ts";
import { ROOT } from "../../support/repository.ts";

const texts = await loadTexts(join(ROOT, "locales"));
const TOKEN = "a-token-that-must-not-be-told";

interface Menu {
  richMenuId: string;
  name: string;
  image?: Buffer;
}

interface Platform {
  base: string;
  menus: Map<string, Menu>;
  aliases: Map<string, string>;
  byDefault: string | undefined;
  /** What the next calls to a path that ends so are answered with. */
  refuses: Map<string, number>;
}

/** The part of LINE that keeps menus, as it documents it. */
async function platform(): Promise<Platform> {
  const state: Platform = {
    base: "",
    menus: new Map(),
    aliases: new Map(),
    byDefault: undefined,
    refuses: new Map(),
  };
  let made = 0;
  const answer = (method: string, path: string, body: Buffer): [number, object] => {
    const [, id = ""] = /^\/v2\/bot\/(?:richmenu|user\/all\/richmenu)\/([^/]+)/.exec(path) ?? [];
    const json = () => JSON.parse(body.toString()) as Record<string, string>;
    if (path === "/v2/bot/richmenu/list") return [200, { richmenus: [...state.menus.values()] }];
    if (path === "/v2/bot/richmenu/alias/list")
      return [
        200,
        {
          aliases: [...state.aliases].map(([richMenuAliasId, richMenuId]) => ({
            richMenuAliasId,
            richMenuId,
          })),
        },
      ];
    if (path.startsWith("/v2/bot/richmenu/alias")) {
      const alias = path.split("/")[5] ?? json().richMenuAliasId ?? "";
      const to = json().richMenuId ?? "";
      if ((path.split("/")[5] === undefined) === state.aliases.has(alias)) return [400, { message: "alias" }];
      if (!state.menus.get(to)?.image) return [400, { message: "no picture yet" }];
      state.aliases.set(alias, to);
      return [200, {}];
    }
    if (method === "POST" && path === "/v2/bot/richmenu") {
      made += 1;
      const problems = hasSpec() ? specProblems("RichMenuRequest", json()) : [];
      if (problems.length > 0) return [400, { message: problems.join() }];
      const richMenuId = `richmenu-${made}`;
      state.menus.set(richMenuId, { ...(json() as unknown as Menu), richMenuId });
      return [200, { richMenuId }];
    }
    const menu = state.menus.get(id);
    if (!menu) return [404, { message: "not found" }];
    if (path.endsWith("/content")) menu.image = body;
    else if (method === "DELETE") state.menus.delete(id);
    else if (menu.image) state.byDefault = id;
    else return [400, { message: "no picture yet" }];
    return [200, {}];
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "";
      const refused = [...state.refuses].find(([end]) => path.endsWith(end))?.[1];
      const known = request.headers.authorization === `Bearer ${TOKEN}`;
      const [status, json] = refused
        ? [refused, { message: `refused for ${request.headers.authorization}` }]
        : known
          ? answer(request.method ?? "", path, Buffer.concat(chunks))
          : [401, { message: "Authentication failed" }];
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  state.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return state;
}

const account = ({ base }: Platform) => ({ operator: "jcom", token: TOKEN, apiBase: base, dataBase: base });

describe("the menu below the chat", () => {
  it("covers its picture with five areas, whose buttons every channel understands", () => {
    expect(AREAS.reduce((sum, { width, height }) => sum + width * height, 0)).toBe(WIDTH * HEIGHT);
    for (const locale of LOCALES) {
      const menu = richMenu("jcom", texts, locale);
      expect(menu.areas).toHaveLength(5);
      expect((menu.chatBarText ?? "").length).toBeLessThanOrEqual(14);
      for (const { action, bounds } of menu.areas ?? []) {
        const { data, label } = action as { data: string; label: string };
        expect(parseCommand(data.replace(/^c=/, "")), data).toBeDefined();
        expect(label.length).toBeLessThanOrEqual(20);
        expect((bounds?.x ?? 0) + (bounds?.width ?? 0)).toBeLessThanOrEqual(WIDTH);
      }
      expect(menu.areas?.[4]?.action).toMatchObject({
        type: "richmenuswitch",
        data: `c=language:${locale === "ja" ? "en" : "ja"}`,
      });
    }
  });

  it.skipIf(!hasSpec())("is as LINE describes one", () => {
    for (const locale of LOCALES)
      expect(specProblems("RichMenuRequest", richMenu("jcom", texts, locale))).toEqual([]);
    expect(
      specProblems("RichMenuRequest", { areas: [{ action: { type: "postback", data: 1 } }] }),
    ).not.toEqual([]);
  });

  it("has pictures that were drawn from these words and shapes, as large as LINE takes them", () => {
    for (const locale of LOCALES) {
      const file = readFileSync(drawnAt(locale));
      const drawn = createHash("sha256").update(drawing(texts, locale)).digest("hex");
      expect(sourceOf(file), "draw them anew: node test/support/draw-rich-menu.ts").toBe(drawn);
      expect(file.length).toBeLessThan(PICTURE_BYTES);
      expect([file.readUInt32BE(16), file.readUInt32BE(20)]).toEqual([WIDTH, HEIGHT]);
    }
  });

  it("is in the operator's colour, and the shapes are the same", () => {
    const [green, grey] = [picture("ja", "#00746f"), readFileSync(drawnAt("ja"))];
    const at = green.indexOf("PLTE") + 4;
    expect([...green.subarray(at, at + 3)]).toEqual([255, 255, 255]);
    expect([...green.subarray(at + 765, at + 768)]).toEqual([0x00, 0x74, 0x6f]);
    const shapes = (png: Buffer) => {
      const start = png.indexOf("IDAT");
      return inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)));
    };
    expect(shapes(green).equals(shapes(grey))).toBe(true);
    expect(() => picture("ja", "red")).toThrow("no colour");
  });
});

describe("its installation", () => {
  it("leaves the same two menus however often it is run, and those of others alone", async () => {
    const line = await platform();
    line.menus.set("theirs", { richMenuId: "theirs", name: "spring campaign" });
    for (let i = 0; i < 3; i++) {
      const { menus, removed } = await installMenus(account(line), "#00746f", texts);
      expect(removed).toBe(i === 0 ? 0 : 2);
      expect([...line.menus.keys()].sort()).toEqual([menus.ja, menus.en, "theirs"].sort());
      expect(line.byDefault).toBe(menus.ja);
      expect(Object.fromEntries(line.aliases)).toEqual({
        "madoguchi-ja": menus.ja,
        "madoguchi-en": menus.en,
      });
      expect(line.menus.get(menus.en)?.image?.equals(picture("en", "#00746f"))).toBe(true);
    }
  });

  it.each([
    ["/content", 500, "LINE answered 500"],
    ["/alias/list", 429, "try again"],
    ["/bot/richmenu", 401, "access token of jcom"],
    ["/list", 403, "access token of jcom"],
  ])("that fails at %s with %i takes back what it made, and tells no secret", async (path, status, told) => {
    const line = await platform();
    const { menus } = await installMenus(account(line), "#00746f", texts);
    line.refuses.set(path, status);
    const failed = await installMenus(account(line), "#00746f", texts).catch((error: Error) => error);
    expect(failed).toBeInstanceOf(MenuRefused);
    expect((failed as Error).message).toContain(told);
    expect((failed as Error).message).not.toContain(TOKEN);
    expect([...line.menus.keys()].sort()).toEqual([menus.ja, menus.en].sort());
    expect(line.byDefault).toBe(menus.ja);
  });

  it("that fails halfway is put right by the next run", async () => {
    const line = await platform();
    line.refuses.set("/richmenu/alias", 500);
    await expect(installMenus(account(line), "#00746f", texts)).rejects.toThrow("LINE answered 500");
    line.refuses.clear();
    const { menus } = await installMenus(account(line), "#00746f", texts);
    expect([...line.menus.keys()].sort()).toEqual([menus.ja, menus.en].sort());
    expect(Object.fromEntries(line.aliases)).toEqual({ "madoguchi-ja": menus.ja, "madoguchi-en": menus.en });
  });

  it("by command needs the operator and its token, and says what is missing", async () => {
    const line = await platform();
    const command = (args: string[], env: Record<string, string>) => run("src/commands/line.ts", args, env);
    const env = {
      LINE_API_BASE: line.base,
      LINE_DATA_API_BASE: line.base,
      LINE_CHANNEL_ACCESS_TOKEN_SAKURA_INTERNET: TOKEN,
    };
    const [good, nobody, without, elsewhere] = await Promise.all([
      command(["rich-menu", "sakura-internet"], env),
      command(["rich-menu", "nobody"], env),
      command(["rich-menu", "jcom"], env),
      command(["rich-menu", "sakura-internet"], { ...env, LINE_API_BASE: "http://evil.example" }),
    ]);
    expect([good.code, good.err]).toEqual([0, ""]);
    expect(good.out).toContain("ja: richmenu-");
    expect(nobody.err).toContain("no operator nobody");
    expect(without.err).toContain("LINE_CHANNEL_ACCESS_TOKEN_JCOM is missing");
    expect(elsewhere.err).toContain("LINE_API_BASE must be");
    expect([nobody, without, elsewhere].map(({ code }) => code)).toEqual([1, 1, 1]);
    expect([good, nobody, without, elsewhere].map(({ out, err }) => out + err).join()).not.toContain(TOKEN);
  });
});
