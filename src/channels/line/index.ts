import { Limiter } from "../../http/limiter.ts";
import type { Clock, Ids, Log } from "../../ports.ts";
import type { Texts } from "../../reply/texts.ts";
import type { Conversation, Store } from "../../turn/store.ts";
import type { Turn } from "../../turn/turn.ts";
import type { Capabilities, Channel } from "../channel.ts";
import { Circuit } from "./circuit.ts";
import { type Account, type Desk, LINE, type LineSettings, type LinkPage } from "./desk.ts";
import { linkRoutes } from "./link.ts";
import { Marking } from "./marking.ts";
import { connect } from "./platform.ts";
import { monthOf } from "./pushes.ts";
import { ReadMode } from "./read-mode.ts";
import { webhookRoute } from "./receive.ts";
import type { LineRecords } from "./records.ts";
import { lineSender } from "./send.ts";
import { tellChanges } from "./status.ts";
import { Waiting } from "./waiting.ts";

export interface LineOptions {
  settings: LineSettings;
  store: Store;
  records: LineRecords;
  /** The engine; it is given once it is there, since it must know this channel's sender first. */
  turn: () => Turn;
  texts: Texts;
  linkPage: LinkPage | undefined;
  onMarked: Desk["onMarked"];
  random: (bytes: number) => Uint8Array;
  clock: Clock;
  ids: Ids;
  log: Log;
}

/** A page on which numbers and codes are tried: 20 at once, then one in three seconds from one address. */
const LINK_RATE = { burst: 20, perSecond: 1 / 3 };
/** A turn does not wait longer for the language of somebody who has not written yet. */
const LANGUAGE_MS = 1_000;

const CAPABILITIES: Capabilities = { choices: 13, pushes: true, typing: "loading" };

/** LINE: one account per operator, by the Messaging API. */
export async function line(options: LineOptions): Promise<Channel> {
  const { settings, records, clock } = options;
  const accounts = new Map<string, Account>();
  for (const [operator, account] of settings.accounts) {
    const platform = await connect(settings.apiBase, account.accessToken);
    const readMode = new ReadMode(() => platform.readsByHand(), clock);
    accounts.set(operator, { ...account, operator, platform, circuit: new Circuit(), readMode });
  }
  const waiting = new Waiting();
  const desk: Desk = {
    ...options,
    accounts,
    get turn() {
      return options.turn();
    },
    waiting,
    // Arrivals are numbered from 1 on.
    tryNumber: () => -Buffer.from(options.random(6)).readUIntBE(0, 6) - 1,
    limits: { links: new Limiter(LINK_RATE) },
  };
  const marking = new Marking(desk);
  const quiet = tellChanges(desk);
  return {
    name: LINE,
    capabilities: CAPABILITIES,
    routes: [...accounts.values()].flatMap((account) => [
      webhookRoute(desk, account),
      ...linkRoutes(desk, account),
    ]),
    upgrades: [],
    sender: lineSender(desk),
    language: (conversation) => languageOf(accounts, conversation),
    agentWrites({ id, operator, customer }) {
      const account = accounts.get(operator);
      if (account) waiting.writes(id, account.platform, customer);
    },
    read: (conversation, seq) => marking.begin(conversation, seq),
    async pushes() {
      const month = monthOf(clock.now());
      return Promise.all(
        [...accounts.values()].map(async ({ operator, pushLimit }) => ({
          operator,
          count: await records.pushes(operator, month),
          limit: pushLimit,
        })),
      );
    },
    stop() {
      quiet();
      waiting.stop();
      marking.stop();
    },
  };
}

/** What the profile says, if it says so at once. */
async function languageOf(
  accounts: ReadonlyMap<string, Account>,
  { operator, customer }: Conversation,
): Promise<string | undefined> {
  const asked = accounts
    .get(operator)
    ?.platform.language(customer)
    .catch(() => undefined);
  if (!asked) return undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), LANGUAGE_MS);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
