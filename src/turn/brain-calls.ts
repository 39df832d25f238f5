import { createCipheriv } from "node:crypto";
import type { Moment } from "../dialog/open.ts";
import type { Content } from "../knowledge/content.ts";
import type { Random } from "../requests/receipt.ts";
import type { Brain, DeskFacts, Retention, TurnMoment } from "./talk.ts";

/** What crosses between the thread that serves and the thread that understands: plain data, so no function. */

/** What a brain is asked turn by turn. The rest is told once, when it is ready. */
export type Ask = Exclude<keyof Brain, keyof Told | "retention" | "desk">;

type Asked<K extends Ask> = Required<Brain>[K];

/** A moment whose randomness is a seed of {@link SEED_BYTES}. */
export type SeededMoment = Omit<TurnMoment, "random"> & { seed: Uint8Array };

/** What an ask is given. */
export type Given<K extends Ask> = Seeded<Parameters<Asked<K>>>;

type Seeded<T extends readonly unknown[]> = { [I in keyof T]: T[I] extends Moment ? SeededMoment : T[I] };

export type Answer<K extends Ask> = Awaited<ReturnType<Asked<K>>>;

export interface Call<K extends Ask = Ask> {
  id: number;
  ask: K;
  given: Given<K>;
}

/** What a brain tells once. */
export type Told = Pick<Brain, "operators" | "contacts">;

/** From the thread: first that it is ready, or why it cannot be; then an answer a call. */
export type Report =
  | ({
      kind: "ready";
      content: Content;
      desks: ReadonlyMap<string, { retention: Retention; desk: DeskFacts }>;
    } & Told)
  | { kind: "failed"; message: string }
  | { kind: "answer"; id: number; value: unknown }
  /** Names the error; never its message, which may hold what a customer wrote. */
  | { kind: "error"; id: number; name: string }
  | { kind: "rejection"; name: string };

const SEED_BYTES = 32;

export function seeded({ random, ...moment }: TurnMoment): SeededMoment {
  return { ...moment, seed: random(SEED_BYTES) };
}

/** The randomness of a seed: the key stream of AES-256 in counter mode. */
export function unseeded({ seed, ...moment }: SeededMoment): TurnMoment {
  let stream: ReturnType<typeof createCipheriv> | undefined;
  const random: Random = (bytes) => {
    stream ??= createCipheriv("aes-256-ctr", seed, new Uint8Array(16));
    return stream.update(new Uint8Array(bytes));
  };
  return { ...moment, random };
}
