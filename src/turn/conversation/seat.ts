import type { Facts } from "../../dialog/form/form.ts";
import type { Cause } from "../../reply/said.ts";
import type { Speaker } from "../../reply/speaker.ts";
import type { TurnMoment } from "../talk.ts";

/** Whose desk a turn takes place at. */
export interface Seat {
  operator: string;
  speaker: Speaker;
  facts: Facts;
  moment: TurnMoment;
  /** What the words are a sign of, for which a person may be offered. */
  sign?: Cause;
}

/** A person is called to one customer, never to a chat that others read. */
export function alone(seat: Seat): Seat {
  const { staff: _, ...moment } = seat.moment;
  return { ...seat, moment };
}

/** The seat of words that are a sign of this, or of nothing. */
export function withSign(seat: Seat, sign: Cause | undefined): Seat {
  const { sign: _, ...rest } = seat;
  return sign ? { ...rest, sign } : rest;
}
