import { expect, it } from "vitest";
import { Slices } from "../../src/turn/slices.ts";
import { times } from "../support/many.ts";

function busy(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

function hard(n: number): number {
  busy(5);
  return n;
}

it("B01: between hard turns the process looks up, and they end in the order in which they came", async () => {
  const slices = new Slices();
  const done: number[] = [];
  let looks = 0;
  const looking = setInterval(() => (looks += 1), 1);
  await Promise.all(times(30).map(async (n) => done.push(await slices.run(() => hard(n)))));
  expect(looks).toBeGreaterThan(10);
  expect(done).toEqual(times(30));

  // All at once, as it was: nobody else is heard.
  looks = 0;
  await Promise.all(times(30).map(async () => busy(5)));
  expect(looks).toBe(0);
  clearInterval(looking);
});

it("a turn that throws is told so, and the next one runs", async () => {
  const slices = new Slices();
  const fails = slices.run(() => {
    throw new Error("no");
  });
  const next = slices.run(() => "yes");
  await expect(fails).rejects.toThrow("no");
  expect(await next).toBe("yes");
});
