import { expect, it } from "vitest";
import { Precedence } from "../../src/turn/precedence.ts";
import { times } from "../support/many.ts";

const all = (line: Precedence<string>) => {
  const out: string[] = [];
  for (let next = line.next(); next !== undefined; next = line.next()) out.push(next);
  return out;
};

it("quick goes before slow, each in its order, and a slow one has its turn after four", () => {
  const line = new Precedence<string>();
  for (const n of times(3)) line.put(`slow ${n}`, true);
  for (const n of times(6)) line.put(`quick ${n}`, false);
  expect(all(line)).toEqual([
    ...["quick 0", "quick 1", "quick 2", "quick 3", "slow 0"],
    ...["quick 4", "quick 5", "slow 1", "slow 2"],
  ]);
});

it("however much comes that is quick, what is slow is done", () => {
  const line = new Precedence<string>();
  line.put("slow", true);
  line.put("quick", false);
  const done = times(20).map(() => {
    line.put("quick", false);
    return line.next();
  });
  expect(done.filter((one) => one === "slow")).toHaveLength(1);
});
