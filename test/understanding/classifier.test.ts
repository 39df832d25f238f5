import { describe, expect, it } from "vitest";
import { predict, reasons, vectorOf } from "../../src/understanding/classifier.ts";
import { learn } from "../../src/understanding/learn.ts";
import { theReader } from "../support/lessons.ts";

const reader = await theReader();

/** A set of our own, of another trade: the engine learns whatever is labelled. */
const LESSONS = [
  ["weather", "will it rain tomorrow"],
  ["weather", "is it sunny outside today"],
  ["weather", "how cold does it get at night"],
  ["weather", "do I need an umbrella for the rain"],
  ["music", "play a song by this band"],
  ["music", "turn the volume of the song up"],
  ["music", "which album is this tune from"],
  ["music", "skip to the next track"],
  ["travel", "book a train to Kyoto"],
  ["travel", "when does the flight leave"],
  ["travel", "how much is a ticket for the train"],
  ["travel", "find a hotel near the station"],
].map(([label = "", text = ""]) => ({ label, text }));

const model = learn(reader, "en", LESSONS);

function guess(text: string): [label: string, probability: number] {
  const probabilities = [
    ...predict(model, vectorOf(reader.read(text, "en").groups, model.idf, model.unseen)),
  ];
  const best = probabilities.indexOf(Math.max(...probabilities));
  return [model.labels[best] ?? "", probabilities[best] ?? 0];
}

describe("the intent model", () => {
  it("learns what it is taught", () => {
    for (const { label, text } of LESSONS) expect([text, guess(text)[0]]).toEqual([text, label]);
  });

  it.each([
    ["weather", "any rain expected this night?"],
    ["music", "I like that song, play the album"],
    ["travel", "a ticket for the next flight"],
    ["travel", "trian tickets to the staton"],
  ])("hears %s in words that it was not taught so: %s", (label, text) => {
    expect(guess(text)[0]).toBe(label);
  });

  it("gives probabilities that add up to one, also for nothing and for nonsense", () => {
    for (const text of ["will it rain", "", "qqqq zzzz", "録音"]) {
      const list = predict(model, vectorOf(reader.read(text, "en").groups, model.idf, model.unseen));
      expect(list.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
      expect(list.every((p) => p >= 0 && p <= 1)).toBe(true);
    }
  });

  it("is less sure of what it never saw", () => {
    expect(guess("qqqq zzzz")[1]).toBeLessThan(guess("will it rain tomorrow")[1]);
  });

  it("is the same model when it learns the same again", () => {
    expect(learn(reader, "en", LESSONS)).toEqual(model);
  });

  it("is another model from another seed, and says the same of its lessons", () => {
    const other = learn(reader, "en", LESSONS, { seed: 8 });
    expect(other.weights).not.toEqual(model.weights);
    expect(other.labels).toEqual(model.labels);
  });

  it("tells in words why", () => {
    const names = reasons(model, reader.read("will it rain", "en").groups, "weather", 5).map(
      ([name]) => name,
    );
    expect(names.join(" ")).toMatch(/rain/);
  });
});
