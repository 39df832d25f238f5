import { describe, expect, it } from "vitest";
import type { Letter, SmtpSettings } from "../../src/notices/mail.ts";
import { readMail } from "../../src/notices/settings.ts";
import { smtpMail } from "../../src/notices/smtp.ts";
import { freePort } from "../support/desk.ts";
import { measure } from "../support/long.ts";
import { certificate, mailServer } from "../support/mail-server.ts";

const letter: Letter = {
  to: "taro@example.jp",
  subject: "【J:COM】お手続きについてのお知らせ",
  text: "お申し込みを受け付けました。\n\n受付番号：ABC-DEF-GHJK\n",
  language: "ja",
  id: "id-1",
};
const settingsOf = (url: string, from = "J:COM 窓口 <desk@example.jp>"): SmtpSettings => {
  const problems: string[] = [];
  const settings = readMail(url, from, problems);
  if (!settings) throw new Error(problems.join());
  return settings;
};
const send = async (url: string, what: Letter = letter) => (await smtpMail(settingsOf(url))).send(what);

describe("mail by SMTP", () => {
  it("arrives as it was written, over verified TLS, logged in", async () => {
    const login = { user: "desk@example.jp", password: "p:a/s%s wörd" };
    const tls = certificate(true);
    const user = encodeURIComponent(login.user);
    const password = encodeURIComponent(login.password);
    for (const secure of [true, false]) {
      const server = await mailServer({ tls, secure, login });
      const scheme = secure ? "smtps" : "smtp";
      // Another name than the loopback's: STARTTLS is required there.
      const settings = settingsOf(`${scheme}://${user}:${password}@localhost:${server.port}`);
      expect(await (await smtpMail({ ...settings, loopback: false })).send(letter)).toBe("sent");
      const [mail] = server.received;
      expect(mail).toMatchObject({
        from: "desk@example.jp",
        to: ["taro@example.jp"],
        subject: letter.subject,
        text: letter.text,
        secure: true,
        user: login.user,
      });
      const header = (name: string) => mail?.headers.get(name);
      expect(header("to")).toBe("taro@example.jp");
      expect(header("message-id")).toBe("<id-1@example.jp>");
      expect(header("auto-submitted")).toBe("auto-generated");
      expect(header("content-language")).toBe("ja");
      expect(header("content-type")).toMatch(/^text\/plain; charset=utf-8/);
    }
  });

  it("says nothing to a server whose certificate is not trusted, that has no TLS, or an old one", async () => {
    const cases = [
      { tls: certificate(false), secure: true, url: "smtps" },
      { tls: certificate(false), url: "smtp" },
      { url: "smtp" },
      {
        tls: { ...certificate(true), maxVersion: "TLSv1.1", minVersion: "TLSv1", ciphers: "ALL:@SECLEVEL=0" },
        secure: true,
        url: "smtps",
      },
    ];
    for (const { url, ...options } of cases) {
      const server = await mailServer(options as Parameters<typeof mailServer>[0]);
      const settings = settingsOf(`${url}://u:secret@localhost:${server.port}`);
      expect(await (await smtpMail({ ...settings, loopback: false })).send(letter)).toBe("retry");
      expect(server.received).toEqual([]);
    }
    // The same server without TLS, on this machine's own loopback.
    const server = await mailServer({ login: { user: "u", password: "secret" }, allowInsecureAuth: true });
    expect(await send(`smtp://u:secret@127.0.0.1:${server.port}`)).toBe("sent");
  });

  it("tries again what may pass, and gives up what the server will never take", async () => {
    for (const [code, sent] of [
      [421, "retry"],
      [450, "retry"],
      [451, "retry"],
      [550, "refused"],
      [553, "refused"],
      [undefined, "sent"],
    ] as const) {
      const server = await mailServer({ judge: () => code });
      expect(await send(`smtp://127.0.0.1:${server.port}`), String(code)).toBe(sent);
    }
    const locked = await mailServer({ login: { user: "u", password: "secret" }, allowInsecureAuth: true });
    // A wrong password is put right by the operator: no letter is lost for it.
    expect(await send(`smtp://u:wrong@127.0.0.1:${locked.port}`)).toBe("retry");
    expect(await send(`smtp://127.0.0.1:${await freePort()}`)).toBe("retry");
  });

  it("waits for a slow server, so that nothing is sent twice", async () => {
    const server = await mailServer({ slowMs: measure(500, 20_000) });
    expect(await send(`smtp://127.0.0.1:${server.port}`)).toBe("sent");
    expect(server.received).toHaveLength(1);
  });

  it("nothing that is stored can write a header or name another receiver", async () => {
    const server = await mailServer();
    const bad = "x\r\nBcc: eve@evil.example\r\n\r\nbody";
    for (const what of [
      { ...letter, subject: `a ${bad}` },
      { ...letter, text: `a ${bad}\r\n.\r\nMAIL FROM:<eve@evil.example>` },
      { ...letter, to: "taro@example.jp, eve@evil.example" },
      { ...letter, to: "taro@example.jp>\r\nRCPT TO:<eve@evil.example" },
      { ...letter, language: bad },
      { ...letter, id: `i\r\nBcc: eve@evil.example` },
    ])
      await send(`smtp://127.0.0.1:${server.port}`, what);
    expect(server.received.length).toBeGreaterThan(2);
    for (const mail of server.received) {
      expect(mail.to.join()).not.toContain("eve@evil.example,");
      expect(mail.headers.has("bcc")).toBe(false);
      expect(mail.from).toBe("desk@example.jp");
      expect(mail.to).toHaveLength(1);
      expect(mail.headers.get("from")).toContain("<desk@example.jp>");
    }
    expect(server.received.flatMap(({ to }) => to).filter((to) => to === "eve@evil.example")).toEqual([]);
  });
});

describe("the settings of mail", () => {
  const problemsOf = (url?: string, from?: string) => {
    const problems: string[] = [];
    readMail(url, from, problems);
    return problems;
  };

  it("are both there or neither, and well formed; what is wrong is named without its value", () => {
    expect(problemsOf()).toEqual([]);
    expect(problemsOf("smtps://u:p@mail.example", "Desk <desk@example.jp>")).toEqual([]);
    expect(problemsOf("smtp://mail.example:25", "desk@example.jp")).toEqual([]);
    expect(problemsOf("smtp://mail.example")).toEqual(["MAIL_FROM is missing: SMTP_URL is set"]);
    expect(problemsOf(undefined, "desk@example.jp")).toEqual(["SMTP_URL is missing: MAIL_FROM is set"]);
    for (const url of [
      "mail.example",
      "http://mail.example",
      "smtp://",
      "smtp://h/path",
      "smtp://h?tls=no",
      "smtp://secret@h",
      "smtp://:secret@h",
      "smtp://u:%zz@h",
    ]) {
      const problems = problemsOf(url, "desk@example.jp");
      expect(problems, url).toHaveLength(1);
      expect(problems[0]).toMatch(/^SMTP_URL must/);
      expect(problems[0]).not.toContain("secret");
    }
    for (const from of ["desk", "a@b, c@d", "Desk <desk@example.jp", "x\r\nBcc: y <a@b>", "<>", "a b@c"])
      expect(problemsOf("smtp://h", from), from).toEqual([
        "MAIL_FROM must be an address such as desk@example.jp or Name <desk@example.jp>",
      ]);
  });

  it("are read as they are meant", () => {
    expect(settingsOf("smtps://a%40b:p%2Fq@mail.example")).toEqual({
      host: "mail.example",
      port: 465,
      secure: true,
      loopback: false,
      login: { user: "a@b", password: "p/q" },
      from: { name: "J:COM 窓口", address: "desk@example.jp" },
    });
    expect(settingsOf("smtp://[::1]:2525", "desk@example.jp")).toMatchObject({
      host: "::1",
      port: 2525,
      secure: false,
      loopback: true,
      from: { name: "", address: "desk@example.jp" },
    });
    expect(settingsOf("smtp://127.0.0.1.evil.example", "d@e")).toMatchObject({ port: 587, loopback: false });
  });
});
