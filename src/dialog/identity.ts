import type { Said } from "../reply/said.ts";
import { newDigits, readDigits } from "../requests/identity.ts";
import { showReceipt } from "../requests/receipt.ts";
import type { Change, Found, Lookup } from "../requests/register.ts";
import type { Moment } from "./open.ts";

/** The request for which a code may be asked for in this conversation: plain JSON. */
export interface Offered {
  /** Ten letters. */
  receipt: string;
  /** A code is on its way: digits typed now are it. */
  awaits?: true;
}

/** The outcome of a turn about a code. With a `lookup` nothing else counts. */
export interface CodeTurn {
  offered: Offered | undefined;
  said: Said[];
  changes?: Change[];
  lookup?: Lookup;
}

type CodeSaid = Extract<Said, { kind: "code" }>;
const sayOf = (receipt: string, step: CodeSaid["step"], more: { seconds?: number } = {}): CodeSaid => ({
  kind: "code",
  step,
  receipt: showReceipt(receipt),
  ...more,
});

const found = <L extends Found["look"]>({ found }: Moment, look: L) =>
  found?.find((one): one is Extract<Found, { look: L }> => one.look === look);

/** The customer wants a code: it goes to the address that the request holds, when one may go now. */
export function askCode(offered: Offered, moment: Moment): CodeTurn {
  const { receipt } = offered;
  const said = (step: CodeSaid["step"], more: { seconds?: number } = {}): Said[] => [
    sayOf(receipt, step, more),
  ];
  const room = found(moment, "mail-code");
  if (!room) return { offered, said: [], lookup: { look: "mail-code", receipt } };
  switch (room.may) {
    case "send": {
      const code = newDigits(moment.random);
      return {
        offered: { receipt, awaits: true },
        said: said("sent"),
        changes: [{ do: "mail-code", receipt, code }],
      };
    }
    case "wait":
      return { offered, said: said("wait", { seconds: room.seconds }) };
    case "enough":
      return { offered, said: said("enough") };
    case "done":
    case "no":
      return { offered: undefined, said: said(room.may) };
  }
}

/** Digits while a code is awaited; undefined when the words give none. What is wrong with a code is never told. */
export function giveCode(offered: Offered, text: string, moment: Moment): CodeTurn | undefined {
  const digits = readDigits(text);
  if (!digits) return undefined;
  const { receipt } = offered;
  const failed: CodeTurn = { offered, said: [sayOf(receipt, "failed")] };
  if (digits.value === undefined) return failed;
  const tried = found(moment, "try-code");
  if (!tried) return { offered, said: [], lookup: { look: "try-code", receipt, code: digits.value } };
  const { use } = tried;
  if (use === null) return failed;
  const step = use === "holder" ? "confirmed" : "address";
  return {
    offered: undefined,
    said: [sayOf(receipt, step)],
    changes: [{ do: "confirm", receipt }],
  };
}

/** No code is awaited any more. */
export const leaveCode = ({ receipt }: Offered): CodeTurn => ({
  offered: { receipt },
  said: [sayOf(receipt, "left")],
});
