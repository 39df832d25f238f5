import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { operatorSchema } from "../../src/knowledge/operator.ts";
import { speakerOf } from "../../src/knowledge/speaker.ts";
import { createLetters } from "../../src/notices/letter.ts";
import type { CustomerKind, Notice } from "../../src/notices/notice.ts";
import { smtpMail } from "../../src/notices/smtp.ts";
import { LOCALES } from "../../src/reply/locale.ts";
import { loadTexts } from "../../src/reply/texts.ts";
import { theContent } from "../support/lessons.ts";
import { mailServer } from "../support/mail-server.ts";
import { ROOT } from "../support/repository.ts";

const content = theContent();
const texts = await loadTexts(join(ROOT, "locales"));
const speakers = new Map([...content.operators.values()].map((o) => [o.id, speakerOf(o, content)]));
const letters = createLetters({
  texts,
  speakers,
  desks: new Map([["jcom", "desk@jcom.example"]]),
  publicUrl: "https://desk.example",
});
const mailTo = (port: number, from: { name: string; address: string }) =>
  smtpMail({ host: "127.0.0.1", port, secure: false, loopback: true, from });
const posting = (notice: Notice, operator = "jcom") => ({
  id: 1,
  operator,
  key: "key-1",
  notice,
  tries: 1,
  until: 2,
});
const KINDS: readonly CustomerKind[] = [
  "receipt",
  "awaiting-person",
  "reminder",
  "draft",
  "decided",
  "withdrawn",
  "expired",
  "code",
];
const RECEIPT = "7RLG8YQGYA";
const to = "taro@example.jp";

describe("letters", () => {
  it.each(LOCALES)(
    "in %s tell the number and nothing else of a person, of every kind, at every operator",
    (locale) => {
      for (const operator of content.operators.keys())
        for (const kind of KINDS) {
          const draft = kind === "draft";
          const letter = letters(
            posting(
              {
                for: "customer",
                kind,
                to,
                locale,
                ...(draft ? {} : { receipt: RECEIPT }),
                ...(["reminder", "draft", "awaiting-person"].includes(kind) ? { on: "2026-11-20" } : {}),
                ...(kind === "code" ? { code: "482913" } : {}),
              },
              operator,
            ),
          );
          if (!letter) throw new Error("no letter");
          const { subject, text } = letter;
          const name = speakers.get(operator)?.name[locale] ?? "?";
          // Whoever looks over a shoulder learns no more than that there is something.
          expect(subject).toBe(
            kind === "code"
              ? { ja: `【${name}】確認コードのお知らせ`, en: `[${name}] Your confirmation code` }[locale]
              : { ja: `【${name}】お手続きについてのお知らせ`, en: `[${name}] About your request` }[locale],
          );
          expect(text.includes("7RL-G8Y-QGYA")).toBe(!draft);
          expect(text.includes("482913")).toBe(kind === "code");
          expect(text).toContain(`https://desk.example/policy/${operator}?lang=${locale}`);
          expect(text).toContain(speakers.get(operator)?.company[locale]);
          expect(text).not.toMatch(/\{\{|undefined|null|taro/);
          if (["reminder", "draft", "awaiting-person"].includes(kind))
            expect(text).toContain({ ja: "2026年11月20日", en: "20 November 2026" }[locale]);
          // Neither what was asked for nor a word of the other language.
          for (const type of [...content.procedures.keys()].filter(
            (id) => id !== "status" && id !== "withdraw",
          ))
            expect(text).not.toContain(texts[locale](`requests:${type}`));
        }
    },
  );

  it("to the desk tell number and kind, in both languages", () => {
    const letter = letters(posting({ for: "desk", kind: "overdue", receipt: RECEIPT, type: "deletion" }));
    expect(letter).toMatchObject({ to: "desk@jcom.example", subject: "7RL-G8Y-QGYA 期限超過 / Overdue" });
    expect(letter?.text).toContain("個人情報の消去");
    expect(letter?.text).toContain("7RL-G8Y-QGYA");
    const elsewhere = posting({ for: "desk", kind: "new", receipt: RECEIPT, type: "deletion" }, "gmo-cloud");
    expect(letters(elsewhere)).toBeUndefined();
  });

  it("arrive in both languages as they were written", async () => {
    const server = await mailServer();
    const from = { name: "窓口 <x@y>", address: "desk@example.jp" };
    const mail = await mailTo(server.port, from);
    for (const locale of LOCALES) {
      const letter = letters(posting({ for: "customer", kind: "receipt", to, locale, receipt: RECEIPT }));
      if (!letter) throw new Error("no letter");
      expect(await mail.send(letter)).toBe("sent");
      const got = server.received.at(-1);
      expect(got).toMatchObject({
        from: "desk@example.jp",
        to: [to],
        subject: letter.subject,
        text: letter.text,
      });
      expect(got?.headers.get("content-language")).toBe(locale);
      for (const header of got?.headers.values() ?? []) expect(header).toMatch(/^[\x20-\x7e]*$/);
    }
  });

  it("take what is stored as a value: hostile addresses and numbers write no header and reach nobody else", async () => {
    const server = await mailServer();
    const from = { name: "", address: "desk@example.jp" };
    const mail = await mailTo(server.port, from);
    const send = async (notice: Notice) => {
      const letter = letters(posting(notice));
      return letter && mail.send(letter);
    };
    const customer = { for: "customer", kind: "receipt", locale: "ja", to } as const;
    for (const bad of [
      "eve@evil.example, taro@example.jp",
      "taro@example.jp\r\nBcc: eve@evil.example",
      "taro@example.jp\nRCPT TO:<eve@evil.example>",
      "<eve@evil.example>",
      '"Eve" <eve@evil.example>',
      "group: eve@evil.example;",
      "taro@example.jp\u2028Bcc: eve@evil.example",
      "taro@",
      "",
    ])
      expect(await send({ ...customer, to: bad, receipt: RECEIPT }), bad).toBeUndefined();
    expect(server.received).toEqual([]);
    for (const receipt of [
      "7RL\r\nBcc: eve@evil.example",
      "{{code}}$t(requests:deletion)",
      "<script>",
      "\r\n.\r\nQUIT",
    ])
      expect(await send({ ...customer, receipt })).toBe("sent");
    expect(server.received).toHaveLength(4);
    for (const { headers, to: got, text } of server.received) {
      expect(got).toEqual([to]);
      expect(headers.has("bcc")).toBe(false);
      expect(text).not.toContain("個人情報の消去");
    }
    expect(await send({ ...customer, receipt: RECEIPT, to: "tarō@例え.jp" })).not.toBe("refused");
  });
});

describe("desk.mail", () => {
  it("is an address", () => {
    const { id: _, clauses: __, ...facts } = content.operators.get("jcom") ?? {};
    const problems = (desk: unknown) =>
      operatorSchema.safeParse({ ...facts, desk }).error?.issues.map(({ path }) => path.join("."));
    expect(problems(undefined)).toBeUndefined();
    expect(problems({ mail: "desk@jcom.example" })).toBeUndefined();
    expect(problems({ mail: "desk" })).toEqual(["desk.mail"]);
    expect(problems({ mail: "a@b.example, c@d.example" })).toEqual(["desk.mail"]);
    expect(problems({ mails: "a@b.example" })).toEqual(["desk"]);
  });
});
