import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import type { Haste } from "../../src/storage/writer.ts";
import { times } from "../support/many.ts";
import { tempFolder } from "../support/temp.ts";

/** A database whose writes are named, with the names of those that are on the disk. */
function named() {
  const database = openSqlite(join(tempFolder(), "desk.db"));
  onTestFinished(() => database.close());
  const { writer } = database;
  const done: string[] = [];
  const nothing = async () => {};
  const write = (name: string, haste: Haste) => writer.write(nothing, haste).then(() => void done.push(name));
  return { done, write };
}

it("L06: what is to be acknowledged does not wait for the work that came before it; other work does", async () => {
  const { done, write } = named();
  const work = times(1_000).map((n) => write(`work ${n}`, "usual"));
  const late = write("late", "usual");
  await write("event", "awaited");
  // The batch that it is in has room for some.
  expect(done.length).toBeLessThan(300);
  await Promise.all([...work, late]);
  expect(done.at(-1)).toBe("late");
});

it("work goes on however many events come, and each haste keeps its order", async () => {
  const { done, write } = named();
  let worked = false;
  let events = 0;
  const comes = async () => {
    while (!worked && events < 20_000) await write(`event ${events++}`, "awaited");
  };
  const coming = times(500).map(comes);
  await Promise.all(times(100).map((n) => write(`work ${n}`, "usual")));
  worked = true;
  const before = done.length;
  await Promise.all(coming);
  // One in four.
  expect(before).toBeLessThan(1_000);
  for (const kind of ["event", "work"]) {
    const numbers = done.filter((name) => name.startsWith(kind)).map((name) => Number(name.split(" ")[1]));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }
});
