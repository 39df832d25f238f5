import type { NewRequest } from "../../src/requests/register.ts";
import type { Stores } from "../../src/storage/store.ts";

const claim = { by: "filing", leaseMs: 1_000 };
let turns = 0;

/** A request as a form files it, a Monday in November 2026. */
export function request(receipt: string, changes: Partial<NewRequest> = {}): NewRequest {
  return {
    type: "disclosure",
    receipt,
    code: `code of ${receipt}`,
    receivedAt: Date.parse("2026-11-16T10:00:00+09:00"),
    targetOn: "2026-12-01",
    locale: "ja",
    answers: { scope: ["all"], name: "山田太郎", reply: "email", email: "taro@example.jp" },
    consent: "2026-11-22",
    form: 1,
    ...changes,
  };
}

/** Files them in one turn of a new conversation. */
export async function fileAll(
  store: Stores,
  operator: string,
  requests: readonly NewRequest[],
): Promise<void> {
  turns += 1;
  const id = `filing-${operator}-${turns}-${requests[0]?.receipt}`;
  const now = requests[0]?.receivedAt ?? 0;
  await store.conversations.create({ id, channel: "web", operator, customer: `dl_${id}` }, now);
  const arrival = {
    conversation: id,
    channel: "web",
    eventId: id,
    digest: "",
    kind: "message" as const,
    incoming: { text: "x" },
    activity: null,
  };
  const received = await store.inbox.receive(arrival, now, claim);
  if (received.kind !== "recorded" || !received.job) throw new Error("no turn");
  const changes = requests.map((one, i) => ({ do: "file" as const, request: { ...one, form: i + 1 } }));
  const result = { state: "done" as const, talk: { locale: "ja" as const }, messages: [], changes };
  const done = await store.inbox.commit(received.job, result, now, claim, false);
  if (done.kind !== "committed") throw new Error("not filed");
}
