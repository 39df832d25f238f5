import { randomBytes } from "node:crypto";
import { expect, it, onTestFinished } from "vitest";
import { newCode, newReceipt, showCode } from "../../src/requests/receipt.ts";
import { LINK_MS, LOOK_AGAIN_MS, ownDataLink } from "../../src/turn/links.ts";
import { file } from "../contracts/register.contract.ts";
import { Chat } from "../support/client.ts";
import { openDesk, type TestDesk } from "../support/desk.ts";
import { measure } from "../support/long.ts";
import { inParallel, times } from "../support/many.ts";
import { addLines, DAY_MS, entry, openRecords, type Records, T0, tell } from "../support/records.ts";
import { tempFolder } from "../support/temp.ts";
import { transcriptLink } from "../support/transcript-link.ts";
import { openWebsite, website } from "../support/visitor.ts";

/** A desk with its website, and the same data as a command beside it sees it. */
async function opened(): Promise<{ desk: TestDesk; records: Records }> {
  const folder = tempFolder();
  const desk = await openWebsite({ dataDir: folder });
  const records = await openRecords({ folder, key: desk.config.dataKey });
  return { desk, records };
}

const maker = (records: Records, publicUrl = "https://desk.example.jp", now = Date.now()) => ({
  links: records.store.links,
  random: randomBytes,
  clock: { now: () => now },
  publicUrl,
});

interface Shown {
  status: number;
  headers: Headers;
  body: string;
  session: string;
}

async function request(address: string, fields?: Record<string, string>): Promise<Shown> {
  const method = fields ? { method: "POST", body: new URLSearchParams(fields) } : {};
  const response = await fetch(address, method);
  const body = await response.text();
  const session = /name="session" value="([\w-]+)"/.exec(body)?.[1] ?? "";
  return { status: response.status, headers: response.headers, body, session };
}

const linkOf = (address: string) => new URL(address).pathname.split("/")[2] ?? "";

it("83: a chat's own record by a link: looking uses nothing up, the button opens it once, and its reader may reload", async () => {
  const { desk, records } = await opened();
  const [mine, theirs] = [await Chat.open(desk.url), await Chat.open(desk.url)];
  await mine.say("<b>録音</b> planted, card 4111 1111 1111 1111");
  await theirs.say("theirs");
  await mine.replies(2);
  await theirs.replies(2);
  const about = (await mine.all()).find((a) => a.from.role === "bot")?.id;
  await mine.post({
    type: "event",
    name: "feedback",
    value: { activityId: about, rating: "down", reason: "unclear" },
  });
  const address = (await transcriptLink(maker(records, desk.url), mine, "en")) ?? "";
  expect(address).toMatch(new RegExp(`^${desk.url}/transcript/[\\w-]{43}\\?lang=en$`));
  expect(address).not.toContain(mine.id);
  const previews = await Promise.all(times(10).map(() => request(address)));
  for (const { status, headers, body } of previews) {
    expect(status).toBe(200);
    expect(body).not.toContain("planted");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'.*form-action 'self'/);
  }
  const { session = "", body: first = "" } = previews[3] ?? {};
  expect(first).toContain("Open the record");
  const page = await request(address, { session });
  expect(page.status).toBe(200);
  expect(page.headers.get("cache-control")).toBe("no-store");
  for (const words of ["&lt;b&gt;録音&lt;/b&gt; planted", "**** **** **** ****", "👎 unclear", "+09:00 You"])
    expect(page.body).toContain(words);
  for (const words of ["4111", "theirs", "<script"]) expect(page.body).not.toContain(words);
  expect((await request(address, { session })).status).toBe(200);
  for (const other of [await request(address), await request(address, { session: "x".repeat(22) })]) {
    expect(other.status).toBe(410);
    expect(other.body).toContain("opened already");
    expect(other.body).toContain("ask for the record again");
  }
  expect((await request(address.replace("lang=en", "lang=ja"))).body).toContain("すでに一度開かれています");

  const unused = (await transcriptLink(maker(records, desk.url), mine, "ja")) ?? "";
  await records.store.conversations.erase(mine.id, Date.now());
  expect((await request(unused, { session })).status).toBe(404);
  expect(await transcriptLink(maker(records), mine, "ja")).toBeUndefined();
  expect(desk.lines.join("")).toContain('"route":"/transcript/:link"');
  expect(desk.lines.join("")).not.toContain(linkOf(address));
});

/** Two requests of one person, and one of somebody else. */
async function filed(records: Records) {
  const [receipt, code] = [newReceipt(randomBytes), newCode(randomBytes)];
  const answers = { name: "山田太郎", detail: "planted <i>answer</i>" };
  const changes = [file(receipt, { code, answers, person: "taro" })];
  await tell(records.store, { conversation: "c1", words: "planted words", changes }, Date.now());
  const others = [file(newReceipt(randomBytes), { person: "jiro" })];
  await tell(records.store, { conversation: "c2", words: "of another", changes: others }, Date.now());
  return { receipt, code };
}

const TOLD = { ...entry({ what: "link", at: T0 }), subject: null };

it("P07: own data by a link: for whoever has the status code, as a page and as a file, once, and on the record", async () => {
  const { desk, records } = await opened();
  const { receipt, code } = await filed(records);
  const at = { operator: "jcom", receipt };
  const make = async (lang: "ja" | "en") =>
    (await ownDataLink(maker(records, desk.url), at, lang, TOLD)) ?? "";
  const address = await make("en");
  expect(address).not.toContain(receipt);
  const { session, body } = await request(address);
  expect(body).toContain("Status code");
  for (const wrong of ["", "????", "2222-2222"]) {
    const refused = await request(address, { session, code: wrong });
    expect(refused.status).toBe(403);
    expect(refused.body.includes("does not fit")).toBe(wrong !== "");
    for (const as of ["page", "file"])
      expect((await request(address, { session, code: wrong, as })).body).not.toContain("planted");
  }
  const ready = await request(address, { session, code: ` ${showCode(code).toLowerCase()} ` });
  expect(ready.status).toBe(200);
  expect(ready.body).not.toContain("planted");
  const page = await request(address, { session: ready.session, as: "page" });
  const json = await request(address, { session: ready.session, as: "file" });
  expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(json.headers.get("content-disposition")).toBe('attachment; filename="own-data.json"');
  expect(page.body).toContain("planted &lt;i&gt;answer&lt;/i&gt;");
  const { records: told } = JSON.parse(json.body) as { records: { kind: string; text?: string }[] };
  expect(told.map(({ kind }) => kind)).toEqual(["request", "chat", "line", "line"]);
  for (const paper of [page, json]) {
    expect(paper.headers.get("cache-control")).toBe("no-store");
    expect(paper.body).toContain("planted words");
    expect(paper.body).not.toContain("of another");
  }
  expect((await request(address, { session: "another-session-22", code })).status).toBe(410);
  const rows = await records.ours.reader.selectFrom("audit").select(["actor", "what"]).execute();
  expect(rows.map(({ actor, what }) => `${actor} ${what}`)).toEqual([
    "hana link",
    "customer export",
    "customer export",
  ]);
  expect(await records.audit.verify()).toMatchObject({ ok: true });
  expect(await ownDataLink(maker(records), { ...at, operator: "gmo-cloud" }, "ja", TOLD)).toBeUndefined();

  // Wrong tries count over links and sessions, and with the right code too; a chat then hears the same.
  const [second, third] = [await make("ja"), await make("ja")];
  for (const [n, link] of [second, third, second].entries()) {
    const tried = await request(link, { session: `session-${n}-0123456789`, code: "22222222" });
    expect(tried.body).toContain(n < 1 ? "一致しません" : "お間違えが続いた");
  }
  expect((await request(third, { session, code })).status).toBe(403);
  const chat = { conversation: "c9", customer: "x", channel: "web", arrival: 1, operator: "jcom" };
  const look = { look: "request", receipt, code } as const;
  expect(await records.store.register.look(chat, look, Date.now())).toMatchObject({ locked: true });
});

it("P07: of 100 who open at once exactly one does; a day later, or as another kind, nobody", async () => {
  const records = await openRecords();
  const { store } = records;
  const other = await openRecords({ folder: records.folder, key: records.key });
  await tell(store, { conversation: "c1", words: "x" });
  const make = async () =>
    linkOf((await transcriptLink(maker(records, undefined, T0), { id: "c1" }, "ja")) ?? "");
  const link = await make();
  const open = (n: number, at = T0, what: "transcript" | "own-data" = "transcript") =>
    (n % 2 ? store : other.store).links.open(what, link, { session: `s${n}` }, at);
  expect(await open(0, T0, "own-data")).toEqual({ kind: "unknown" });
  const results = await Promise.all(times(100).map((n) => open(n)));
  expect(results.filter(({ kind }) => kind === "opened")).toHaveLength(1);
  expect(results.filter(({ kind }) => kind === "used")).toHaveLength(99);
  const winner = results.findIndex(({ kind }) => kind === "opened");
  expect((await open(winner, T0 + LOOK_AGAIN_MS - 1)).kind).toBe("opened");
  expect((await open(winner, T0 + LOOK_AGAIN_MS)).kind).toBe("used");
  const late = await make();
  expect(await store.links.look("transcript", late, T0 + LINK_MS - 1)).toMatchObject({ kind: "unopened" });
  expect(await store.links.look("transcript", late, T0 + LINK_MS)).toEqual({ kind: "unknown" });
  expect(await store.links.open("transcript", late, { session: "s" }, T0 + LINK_MS)).toEqual({
    kind: "unknown",
  });
  await store.conversations.purge("jcom", 0, T0 + DAY_MS);
  expect(await records.ours.reader.selectFrom("link").selectAll().execute()).toEqual([]);
});

it("P07: of 10,000 guesses none opens, near ones among them", async () => {
  const records = await openRecords();
  await tell(records.store, { conversation: "c1", words: "x" });
  const right = linkOf((await transcriptLink(maker(records, undefined, T0), { id: "c1" }, "ja")) ?? "");
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const near = right.split("").flatMap((old, i) =>
    letters
      .split("")
      .filter((l) => l !== old)
      .map((l) => right.slice(0, i) + l + right.slice(i + 1)),
  );
  const random = times(10_000 - near.length).map(() => randomBytes(32).toString("base64url"));
  let hits = 0;
  await inParallel([...near, ...random], 50, async (guess) => {
    const { kind } = await records.store.links.open("transcript", guess, { session: "s" }, T0);
    if (kind !== "unknown") hits += 1;
  });
  expect([near.length + random.length, hits]).toEqual([10_000, 0]);
  const opening = await records.store.links.open("transcript", right, { session: "s" }, T0);
  expect(opening.kind).toBe("opened");
});

it("P07: guesses over the web are slowed down, and what is no link is not looked for", async () => {
  const { desk } = await opened();
  const statuses = await Promise.all(
    times(80).map(async (n) => {
      const guess = n % 2 ? randomBytes(32).toString("base64url") : `${"あ".repeat(n)}`;
      return (await request(`${desk.url}/transcript/${encodeURIComponent(guess || "x")}`, { session: "" }))
        .status;
    }),
  );
  expect(new Set(statuses)).toEqual(new Set([404, 429]));
});

const LINES = measure(2_000, 100_000);

it(`P07: ${LINES} things come by a link while they are read, and another customer is answered meanwhile`, async () => {
  const folder = tempFolder();
  const desk = await openDesk({ dataDir: folder, website: website() });
  onTestFinished(() => desk.stop());
  const records = await openRecords({ folder, key: desk.config.dataKey });
  const { receipt, code } = await filed(records);
  await addLines(records, "c1", LINES);
  const at = { operator: "jcom", receipt };
  const address = (await ownDataLink(maker(records, desk.url), at, "ja", TOLD)) ?? "";
  const { session } = await request(address);
  await request(address, { session, code });
  const other = await Chat.open(desk.url);
  for (const as of ["page", "file"]) {
    globalThis.gc?.();
    const [began, before] = [performance.now(), process.memoryUsage().rss];
    const body = new URLSearchParams({ session, as });
    const response = await fetch(address, { method: "POST", body });
    let [bytes, most, slowest, tail, ended] = [0, 0, 0, "", false];
    const talking = (async () => {
      while (!ended) {
        const asked = performance.now();
        await other.read("");
        slowest = Math.max(slowest, performance.now() - asked);
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    })();
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      tail = Buffer.from(chunk.subarray(-20)).toString("utf8");
      most = Math.max(most, process.memoryUsage().rss - before);
    }
    ended = true;
    await talking;
    const [ms, mb] = [Math.round(performance.now() - began), Math.round(most / 1_048_576)];
    console.info(
      `P07 ${as}: ${bytes} bytes, ${ms} ms, RSS +${mb} MB; others waited ${Math.round(slowest)} ms at most`,
    );
    expect(tail).toMatch(as === "page" ? /<\/html>\n$/ : /\]\}\n$/);
    expect(bytes).toBeGreaterThan(LINES * 150);
    expect(ms).toBeLessThan(60_000);
    expect(mb).toBeLessThan(100);
    expect(slowest).toBeLessThan(2_000);
  }
}, 600_000);
