import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { speakerOf } from "../../src/knowledge/speaker.ts";
import { fileMail } from "../../src/notices/files.ts";
import { createLetters } from "../../src/notices/letter.ts";
import type { Mail } from "../../src/notices/mail.ts";
import { createPostOffice, type PostOptions, post } from "../../src/notices/post.ts";
import { smtpMail } from "../../src/notices/smtp.ts";
import { type LogFields, noLog } from "../../src/ports.ts";
import { loadTexts } from "../../src/reply/texts.ts";
import { freePort } from "../support/desk.ts";
import { theContent } from "../support/lessons.ts";
import { LONG, measure, random, SEED } from "../support/long.ts";
import { mailServer, read } from "../support/mail-server.ts";
import { times } from "../support/many.ts";
import { change, filing, openStore, place, T0 } from "../support/posting.ts";
import { ROOT } from "../support/repository.ts";
import { tempFolder } from "../support/temp.ts";
import { patience } from "../support/took.ts";
import { until } from "../support/until.ts";

const content = theContent();
const letters = createLetters({
  texts: await loadTexts(join(ROOT, "locales")),
  speakers: new Map([...content.operators.values()].map((o) => [o.id, speakerOf(o, content)])),
  desks: new Map([["jcom", "desk@jcom.example"]]),
  publicUrl: "https://desk.example",
});
const smtp = (port: number) =>
  smtpMail({
    host: "127.0.0.1",
    port,
    secure: false,
    loopback: true,
    from: { name: "", address: "d@e.example" },
  });
const receipt = (n: number) => `R${String(n).padStart(9, "A")}`;
const addressOf = (n: number) => ({ to: `p${n}@example.jp`, use: "reply" }) as const;

describe("the post", () => {
  it(`a server that goes and comes back, answers 4xx and is slow, two desks: of ${measure(40, 600)} notices none is lost, none doubled`, async () => {
    console.info(`seed ${SEED}`);
    const next = random();
    const there = place();
    const [one, two] = [await openStore(there), await openStore(there)];
    const count = measure(20, 300);
    for (const n of times(count))
      await change(one, `c${n}`, [filing(receipt(n), { mail: addressOf(n) })], T0 + n);
    // Twenty seconds of the desks' clock in one of ours, so that back-off is no long wait.
    const begun = performance.now();
    const clock = { now: () => T0 + count + Math.round((performance.now() - begun) * 20) };
    const port = await freePort();
    const moody = { port, slowMs: 5, judge: () => (next() < 0.2 ? 451 : undefined) };
    let server = await mailServer(moody);
    const received = [server.received];
    const offices = await Promise.all(
      [one, two].map(async ({ notices: outbox }) =>
        createPostOffice({ outbox, mail: await smtp(port), letters, clock, log: noLog }),
      ),
    );
    for (const office of offices) office.start();
    const sent = () => received.flat().length;
    await until(() => sent() > count / 2, 20_000, "half of them");
    await server.stop();
    const atStop = sent();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(sent()).toBe(atStop);
    expect(atStop).toBeLessThan(2 * count);
    server = await mailServer(moody);
    received.push(server.received);
    await until(async () => (await one.notices.counts()).waiting === 0, 60_000, "all of them");
    await Promise.all(offices.map((office) => office.stop()));
    expect(await one.notices.counts()).toEqual({ waiting: 0, dead: 0 });
    const ids = received.flat().map(({ headers }) => headers.get("message-id"));
    expect([ids.length, new Set(ids).size]).toEqual([2 * count, 2 * count]);
    const customers = received.flat().flatMap(({ to }) => to.filter((a) => a !== "desk@jcom.example"));
    expect(customers.sort()).toEqual(
      times(count)
        .map((n) => `p${n}@example.jp`)
        .sort(),
    );
  });

  it("gives up what the server refuses and what nobody wants any more, tells so without a person, and goes on", async () => {
    const store = await openStore(place());
    const server = await mailServer({ judge: (to) => (to.startsWith("p1@") ? 550 : undefined) });
    const lines: LogFields[] = [];
    const log = {
      ...noLog,
      warn: (event: string, fields: LogFields = {}) => void lines.push({ event, ...fields }),
    };
    for (const n of [0, 1]) await change(store, `c${n}`, [filing(receipt(n), { mail: addressOf(n) })]);
    const options: PostOptions = {
      outbox: store.notices,
      mail: await smtp(server.port),
      letters,
      clock: { now: () => T0 },
      log,
    };
    expect(await post(options)).toBe(4);
    expect(server.received).toHaveLength(3);
    expect(await store.notices.counts()).toEqual({ waiting: 0, dead: 1 });
    expect(lines).toEqual([{ event: "notice.not-sent", kind: "receipt", tries: 1, dead: true }]);
    expect((await store.docket.show("jcom", receipt(1)))?.notices).toMatchObject([
      { kind: "receipt", state: "dead" },
      { kind: "new", state: "sent" },
    ]);

    // A code that could not be mailed in time is not mailed late.
    await change(store, "c0", [{ do: "mail-code", receipt: receipt(0), code: "482913" }]);
    const never: Mail = { send: async () => "retry" };
    let now = T0;
    for (; now < T0 + 900_000; now += 5_000)
      await post({ ...options, mail: never, clock: { now: () => now } });
    expect(await store.notices.counts()).toEqual({ waiting: 0, dead: 2 });
    expect(await post({ ...options, clock: { now: () => now } })).toBe(0);
    expect(server.received).toHaveLength(3);
  });

  it.runIf(LONG)(
    "ends within five seconds, whatever a mail server does; the letter is tried again after its lease",
    async () => {
      const store = await openStore(place());
      await change(store, "c0", [filing(receipt(0), { mail: addressOf(0) })]);
      let now = T0;
      const hanging: Mail = { send: () => new Promise(() => {}) };
      const options = { outbox: store.notices, letters, clock: { now: () => now }, log: noLog };
      const office = createPostOffice({ ...options, mail: hanging });
      office.start();
      await until(async () => (await store.notices.claimDue(now, 1, 1)).length === 0);
      const begun = performance.now();
      await office.stop();
      const took = performance.now() - begun;
      expect(took).toBeLessThan(patience(6_000, took));
      const server = await mailServer();
      now += 120_000;
      expect(await post({ ...options, mail: await smtp(server.port) })).toBe(2);
      expect(server.received).toHaveLength(2);
    },
  );

  it("in development writes files that their owner alone can read, with nothing of the person but the address", async () => {
    const there = place();
    const store = await openStore(there);
    const folder = join(tempFolder(), "mail");
    const planted = {
      name: "山田太郎 planted",
      identifier: "AB-planted-1",
      reply: "email",
      email: "p0@example.jp",
    };
    await change(store, "c0", [
      filing(receipt(0), {
        mail: addressOf(0),
        answers: planted,
        code: "PLANTED2",
        person: "planted person",
      }),
      {
        do: "save",
        code: "DRAFT234",
        until: T0 + 7 * 86_400_000,
        draft: { form: "deletion", answers: planted, asking: "scope", mail: addressOf(0) },
      },
    ]);
    await change(store, "c0", [{ do: "mail-code", receipt: receipt(0), code: "482913" }]);
    const mail = await fileMail(folder);
    for (const now of [T0, T0 + 5 * 86_400_000])
      await post({ outbox: store.notices, mail, letters, clock: { now: () => now }, log: noLog });
    const files = readdirSync(folder);
    expect(files).toHaveLength(4);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of files) {
      expect(file).toMatch(/^[\w-]{22}\.eml$/);
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
      const { source, text, subject, headers } = read(readFileSync(join(folder, file), "utf8"));
      const all = [source, text, subject].join("\n");
      for (const word of ["planted", "山田", "太郎", "AB-", "PLANTED2", "PLAN-TED2", "DRAFT234", "DRAF-T234"])
        expect(all.includes(word), word).toBe(false);
      const elsewhere = [text, subject, ...[...headers].filter(([name]) => name !== "to").map(([, v]) => v)];
      expect(elsewhere.join("\n")).not.toContain("p0@");
    }
  });
});
