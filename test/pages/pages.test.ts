import { expect, it } from "vitest";
import { call } from "../support/client.ts";
import { openWebsite, website } from "../support/visitor.ts";

const ask = (url: string, question: string) =>
  fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ question }),
  });

it("every page stands under a strict policy, frames nobody and is kept by nobody", async () => {
  const desk = await openWebsite();
  for (const path of ["/", "/demo/jcom", "/policy/jcom", "/widget/jcom/frame"]) {
    const { status, headers } = await call(desk.url + path);
    expect(status).toBe(200);
    const csp = headers.get("content-security-policy") ?? "";
    expect(csp).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(csp).toContain("require-trusted-types-for 'script'");
    expect(csp).not.toMatch(/unsafe|\*/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toBe("no-store");
    if (path.endsWith("/frame"))
      expect(csp).toContain(`frame-ancestors 'self' ${desk.origin} https://www.jcom.example;`);
    else expect(csp).toContain("frame-ancestors 'none'");
  }
});

it("/ lists the operators that are served, in the language that is asked for or that the browser speaks", async () => {
  const desk = await openWebsite();
  const page = async (path: string, accept: string) =>
    String((await call<string>(desk.url + path, { headers: { "Accept-Language": accept } })).body);
  expect(await page("/", "en-US,en;q=0.9,ja;q=0.5")).toContain('<html lang="en"');
  expect(await page("/", "fr,ja;q=0.3")).toContain('<html lang="ja"');
  expect(await page("/?lang=ja", "en")).toContain('<html lang="ja"');
  const home = await page("/", "xx");
  expect(home).toContain('href="/demo/jcom?lang=ja"');
  expect(home).toContain("さくらインターネット");
  expect(home).not.toContain("楽天");
});

it("a policy shows every clause under its id, the source's heading, its dates and the language that prevails", async () => {
  const desk = await openWebsite();
  for (const operator of website().operators.filter((o) => ["jcom", "sakura-internet"].includes(o.id)))
    for (const lang of ["ja", "en"] as const) {
      const { body } = await call<string>(`${desk.url}/policy/${operator.id}?lang=${lang}`);
      for (const clause of operator.clauses) {
        expect(body).toContain(`id="${clause.id}"`);
        expect(body).toContain(escaped(clause.heading));
        expect(body).toContain(escaped(clause.text[lang].short));
      }
    }
  const { body } = await call<string>(`${desk.url}/policy/jcom?lang=ja`);
  expect(body).toContain("2004年12月1日");
  expect(body).toContain("2020年4月1日");
  const sakura = await call<string>(`${desk.url}/policy/sakura-internet?lang=en`);
  expect(sakura.body).toMatch(/Language that prevails<\/dt><dd>Japanese/);
});

it("a policy is searched by POST alone: the words stand in no address and in no log", async () => {
  const desk = await openWebsite();
  const answer = await ask(`${desk.url}/policy/jcom?lang=ja`, "録音 canary-0815");
  expect(answer.url).not.toContain("canary");
  const body = await answer.text();
  expect(body).toContain("お尋ねに答える条項");
  expect(body).toContain('href="#call-recording"');
  expect(body).toContain('value="録音 canary-0815"');
  expect(desk.lines.join("")).not.toContain("canary");
});

it("what no clause answers is said so; an empty, a broken and an endless question do no harm", async () => {
  const desk = await openWebsite();
  const url = `${desk.url}/policy/jcom?lang=en`;
  expect(await (await ask(url, "weather")).text()).toContain("No clause answers this");
  expect((await ask(url, "")).status).toBe(200);
  expect((await ask(url, "x".repeat(60_000))).status).toBe(200);
  expect((await ask(url, "x".repeat(70_000))).status).toBe(413);
  expect(
    (await fetch(url, { method: "POST", body: "{}", headers: { "Content-Type": "application/json" } }))
      .status,
  ).toBe(415);
  expect((await call(`${desk.url}/policy/nobody`)).status).toBe(404);
  expect((await call(`${desk.url}/demo/rakuten-communications`)).status).toBe(404);
  expect((await call(`${desk.url}/widget/nobody/frame`)).status).toBe(404);
});

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
