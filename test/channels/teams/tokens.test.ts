import { generateKeyPairSync, KeyObject, sign as signBytes } from "node:crypto";
import { exportSPKI, importJWK, SignJWT } from "jose";
import { afterAll, describe, expect, it } from "vitest";
import { BotService, KEY, Person, PUBLIC_JWK, STRANGE_KEY } from "../../support/bot-service.ts";
import { openDesk } from "../../support/desk.ts";
import { measure, random, SEED } from "../../support/long.ts";
import { standInBrain } from "../../support/stand-in-brain.ts";
import { sharedFolder } from "../../support/temp.ts";
import { patience } from "../../support/took.ts";

const folder = sharedFolder();
const service = await BotService.open();
const stand = standInBrain();
let turns = 0;
const brain: typeof stand = {
  ...stand,
  respond(...at) {
    turns += 1;
    return stand.respond(...at);
  },
};
const desk = await openDesk({ dataDir: folder.path, env: service.env(), brain });
afterAll(async () => {
  await desk.stop();
  await service.close();
  folder.remove();
});

/** A token as its parts, signed or not. */
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const publicPem = await exportSPKI(
  (await importJWK(PUBLIC_JWK, "RS256")) as Parameters<typeof exportSPKI>[0],
);
const EC = generateKeyPairSync("ec", { namedCurve: "P-256" });
const now = () => Math.floor(Date.now() / 1_000);
const good = (): Record<string, unknown> => ({
  iss: "https://api.botframework.com",
  aud: service.env().MicrosoftAppId,
  serviceurl: service.serviceUrl,
  nbf: now(),
  exp: now() + 3_600,
});
const EMULATOR = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/";

const OURS = KeyObject.from(KEY as Parameters<typeof KeyObject.from>[0]);
/** Signed with the good key, whatever it says. */
const signed = (header: object, claims: object): Try => {
  const text = `${encoded({ alg: "RS256", kid: "teams", ...header })}.${encoded(claims)}`;
  return bearer(`${text}.${signBytes("sha256", Buffer.from(text), OURS).toString("base64url")}`);
};

interface Try {
  authorization?: string;
  activity?: Record<string, unknown>;
}
type Case = (rest: () => number) => Promise<Try> | Try;
const bearer = (token: string): Try => ({ authorization: `Bearer ${token}` });
const claiming =
  (claims: (rest: () => number) => Record<string, unknown>): Case =>
  async (rest) =>
    bearer(await service.token({ claims: claims(rest) }));
const heading =
  (header: Record<string, unknown>): Case =>
  async () =>
    bearer(await service.token({ header }));
const junk = (rest: () => number, length: number) =>
  Array.from({ length }, () => "abcdefghijklmnopqrstuvwxyz0123456789-_"[Math.floor(rest() * 38)]).join("");
/** One character of a part of a good token is another one. */
const bent =
  (part: 0 | 1 | 2): Case =>
  async (rest) => {
    const parts = (await service.token()).split(".");
    const text = parts[part] ?? "";
    // The last character may hold bits that count for nothing.
    const at = Math.floor(rest() * (text.length - 2));
    parts[part] = text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
    return bearer(parts.join("."));
  };

const CASES: Readonly<Record<string, Case>> = {
  "no header": () => ({}),
  "an empty header": () => ({ authorization: "" }),
  "no token": () => ({ authorization: "Bearer " }),
  words: (rest) => bearer(junk(rest, 300)),
  "the Basic scheme": async () => ({ authorization: `Basic ${await service.token()}` }),
  "two tokens": async () => ({ authorization: `Bearer ${await service.token()} ${await service.token()}` }),
  "five parts": (rest) => bearer([1, 2, 3, 4, 5].map(() => junk(rest, 40)).join(".")),
  "alg none": () => bearer(`${encoded({ alg: "none", typ: "JWT", kid: "teams" })}.${encoded(good())}.`),
  "alg none with a signature": (rest) =>
    bearer(`${encoded({ alg: "none", kid: "teams" })}.${encoded(good())}.${junk(rest, 342)}`),
  "HS256 with the public key as PEM": async () =>
    bearer(
      await new SignJWT(good())
        .setProtectedHeader({ alg: "HS256", kid: "teams" })
        .sign(Buffer.from(publicPem)),
    ),
  "HS256 with the modulus": async () =>
    bearer(
      await new SignJWT(good())
        .setProtectedHeader({ alg: "HS256", kid: "teams" })
        .sign(Buffer.from(PUBLIC_JWK.n ?? "", "base64url")),
    ),
  ES256: () => {
    const text = `${encoded({ alg: "ES256", kid: "teams" })}.${encoded(good())}`;
    const key = { key: EC.privateKey, dsaEncoding: "ieee-p1363" as const };
    return bearer(`${text}.${signBytes("sha256", Buffer.from(text), key).toString("base64url")}`);
  },
  "another key": async () => bearer(await service.token({ key: STRANGE_KEY })),
  "a key of its own in the header": () => {
    const jwk = EC.publicKey.export({ format: "jwk" });
    const text = `${encoded({ alg: "ES256", kid: "teams", jwk })}.${encoded(good())}`;
    const key = { key: EC.privateKey, dsaEncoding: "ieee-p1363" as const };
    return bearer(`${text}.${signBytes("sha256", Buffer.from(text), key).toString("base64url")}`);
  },
  "keys at another address": async () =>
    bearer(
      await service.token({
        key: STRANGE_KEY,
        header: { jku: `${service.url}/evil`, x5u: `${service.url}/evil` },
      }),
    ),
  "a critical header that nobody knows": () => signed({ crit: ["x-new"], "x-new": 1 }, good()),
  "a changed head": bent(0),
  "changed claims": bent(1),
  "a changed signature": bent(2),
  "an unknown key id": async (rest) => bearer(await service.token({ header: { kid: junk(rest, 12) } })),
  "no key id": heading({ kid: undefined }),
  "a key id that is a path": heading({ kid: "../../etc/passwd' or 1=1" }),
  "expired for more than five minutes": claiming((rest) => ({
    exp: now() - 301 - Math.floor(rest() * 1e6),
    nbf: 1,
  })),
  "not valid for more than five minutes": claiming((rest) => ({
    nbf: now() + 310 + Math.floor(rest() * 1e6),
  })),
  "no end": claiming(() => ({ exp: undefined })),
  "an end that is a word": () => signed({}, { ...good(), exp: "never" }),
  "another issuer": claiming((rest) => ({
    iss: `https://api.botframework.com${rest() < 0.5 ? "/" : ".evil"}`,
  })),
  "no issuer": claiming(() => ({ iss: undefined })),
  "the Emulator's issuer": claiming(() => ({
    iss: EMULATOR,
    ver: "1.0",
    appid: service.env().MicrosoftAppId,
  })),
  "a skill's token": claiming(() => ({ iss: EMULATOR, ver: "2.0", azp: "another-bot" })),
  "another audience": claiming((rest) => ({ aud: rest() < 0.5 ? "api" : junk(rest, 36) })),
  "two audiences": claiming(() => ({ aud: [service.env().MicrosoftAppId, "other"] })),
  "no audience": claiming(() => ({ aud: undefined })),
  "no service address": claiming(() => ({ serviceurl: undefined })),
  "another service address": claiming((rest) => ({ serviceurl: `${service.serviceUrl}${junk(rest, 3)}` })),
  "a list of service addresses": claiming(() => ({ serviceurl: [service.serviceUrl] })),
  "a key of another channel": heading({ kid: "slack" }),
  "a key of no channel": heading({ kid: "none" }),
  "a key without endorsements": heading({ kid: "bare" }),
  "a channel that the key does not vouch for": async (rest) => ({
    ...bearer(await service.token()),
    activity: { channelId: rest() < 0.5 ? "AseChannel" : "facebook" },
  }),
  "a token of 10 KB": claiming((rest) => ({ more: junk(rest, 10_000) })),
  "a token of 100 KB": (rest) => bearer(junk(rest, 100_000)),
};

const ALLOWED = new Set([401, 403]);

async function attempt(one: Try): Promise<{ status: number; body: string }> {
  const person = new Person(service, desk.url);
  const response = await fetch(`${desk.url}/api/messages`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(one.authorization === undefined ? {} : { Authorization: one.authorization }),
    },
    body: JSON.stringify(person.activity({ text: "録音", ...one.activity })),
  });
  return { status: response.status, body: await response.text() };
}

describe("the token of a channel", () => {
  it(`is refused in every one of ${Object.keys(CASES).length} ways to be wrong, with nothing of the inside`, async () => {
    const rest = random(SEED);
    const names = Object.keys(CASES);
    const short = [
      ...names,
      ...Array.from({ length: 300 }, () => names[Math.floor(rest() * names.length)] ?? ""),
    ];
    const list = measure(
      short,
      Array.from({ length: 10_080 }, (_, i) => names[i % names.length] ?? ""),
    );
    const seen = new Map<number, number>();
    const wrong: string[] = [];
    const worker = async (from: number) => {
      for (let i = from; i < list.length; i += 8) {
        const name = list[i] ?? "";
        const one = (await CASES[name]?.(rest)) ?? {};
        const { status, body } = await attempt(one);
        seen.set(status, (seen.get(status) ?? 0) + 1);
        const refused = ALLOWED.has(status) || (status === 431 && name === "a token of 100 KB");
        const words = /^\{"error":\{"code":"\w+","message":"[\w .]+"\}\}$/.test(body);
        if (!refused || !words) wrong.push(`${name}: ${status} ${body.slice(0, 80)}`);
        if (i % 200 === 0 && (await attempt(bearer(await service.token()))).status !== 200)
          wrong.push("control");
      }
    };
    const before = turns;
    await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(worker));
    expect([...new Set(wrong)]).toEqual([]);
    expect(seen.get(200) ?? 0).toBe(0);
    expect(turns - before).toBeLessThanOrEqual(Math.ceil(list.length / 200));
    if (list.length > 5_000) console.log(`tokens: ${list.length} tries`, Object.fromEntries(seen));
  }, 600_000);

  it("is good with the right one, and within five minutes of its times", async () => {
    for (const claims of [{}, { exp: now() - 240 }, { nbf: now() + 240 }])
      expect((await attempt(bearer(await service.token({ claims })))).status).toBe(200);
    expect(
      (await attempt({ ...bearer(await service.token()), activity: { channelId: "webchat" } })).status,
    ).toBe(200);
  });
});

describe("a server of keys", () => {
  it.concurrent.each([
    ["is down", { status: 500 }],
    ["knows nothing", { status: 404 }],
    ["answers nothing", "silence"],
    ["sends us elsewhere", { status: 302, headers: { Location: "http://127.0.0.1:1/keys" } }],
  ] as const)(
    "that %s: 503 within three seconds, and nothing is taken",
    async (_, fault) => {
      const away = await BotService.open();
      const lonely = await openDesk({ dataDir: `${folder.path}/${_}`, env: away.env(), brain });
      try {
        away.fault = (path) => (path === "/openid" || path === "/keys" ? fault : undefined);
        const person = new Person(away, lonely.url);
        const began = performance.now();
        const all = await Promise.all([1, 2, 3].map(() => person.say("録音")));
        const took = performance.now() - began;
        expect(took).toBeLessThan(patience(3_000, took));
        expect(all.map(({ status }) => status)).toEqual([503, 503, 503]);
        expect(all[0]?.headers.get("retry-after")).toBe("2");
        expect(away.calls.length).toBeLessThanOrEqual(3);
        // Whoever cannot be one of ours costs no call.
        const calls = away.calls.length;
        const { status } = await fetch(`${lonely.url}/api/messages`, {
          method: "POST",
          headers: { Authorization: "Bearer a.b.c" },
        });
        expect([status, away.calls.length]).toEqual([401, calls]);
        away.fault = () => undefined;
        await new Promise((resolve) => setTimeout(resolve, 1_100));
        expect((await person.say("録音")).status).toBe(200);
      } finally {
        await lonely.stop();
        await away.close();
      }
    },
    120_000,
  );

  it("is not asked again for each key that nobody knows", async () => {
    const calls = service.calls.filter((path) => path === "/keys").length;
    for (let i = 0; i < 20; i += 1) await attempt(bearer(await service.token({ header: { kid: `k${i}` } })));
    expect(service.calls.filter((path) => path === "/keys").length).toBe(calls);
  });
});
