import { expect } from "vitest";
import { isOver, move } from "../../src/handoff/state.ts";
import { saying } from "./plant-line.ts";
import { type Records, T0, tell } from "./records.ts";

const ABOUT = { trigger: "asked", topic: null, clauses: [] } as const;
const callbackOf = (value: string) => ({
  number: "AAAA-BBBB",
  targetOn: "2027-01-18",
  contact: value,
  text: value,
});

/** A hand-off in a chat that an agent of that name has ended, with a note and a word of theirs; and a call-back. */
export async function plantHandoff({ store }: Records, value: string, n: number): Promise<void> {
  const conversation = `o${n}`;
  const chat = `${conversation}-chat`;
  const request = { do: "request", ...ABOUT, place: 1 } as const;
  await tell(store, { conversation, words: value, desk: { id: chat, step: request } });
  const by = { id: `a${n}`, name: value };
  for (const step of [
    { do: "claim", by },
    { do: "end", by },
  ] as const) {
    const done = await store.handoffs.change(
      chat,
      T0,
      () => false,
      ({ handoff }) => {
        const moved = move(handoff, step, T0);
        if (!moved.ok) throw new Error(moved.issue);
        const { standing } = moved;
        if (isOver(standing.state)) return { standing, resolution: value };
        const note = { audience: "staff", at: T0, by: by.id, name: value, text: value } as const;
        return { standing, note, say: { id: `${chat}-word`, message: saying(value), agent: value } };
      },
    );
    expect(done).toBeDefined();
  }
  const callback = { do: "callback", ...ABOUT, callback: callbackOf(value) } as const;
  await tell(store, { conversation, words: value, desk: { id: `${conversation}-later`, step: callback } });
}

export async function readBackHandoff({ store }: Records, value: string, n: number): Promise<void> {
  const { handoffs, conversations, transcript } = store;
  expect(await handoffs.find(`o${n}-chat`, T0)).toMatchObject({ agent: { name: value }, resolution: value });
  expect(await handoffs.notes(`o${n}-chat`)).toMatchObject([{ name: value, text: value }]);
  expect(await handoffs.find(`o${n}-later`, T0)).toMatchObject({ callback: callbackOf(value) });
  const chat = await conversations.find(`o${n}`);
  const word = chat && (await transcript.find(chat, `o${n}-chat-word`));
  expect(word?.content).toMatchObject({ agent: value, message: { text: value } });
}
