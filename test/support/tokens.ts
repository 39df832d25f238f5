import type { Channel } from "../../src/channels/channel.ts";
import { fingerprint, type Pass, Tokens } from "../../src/channels/direct-line/tokens.ts";
import type { Exchange } from "../../src/http/exchange.ts";
import { randomIds } from "../../src/keys.ts";
import { SECRET } from "./desk.ts";
import { TOKEN_KEY } from "./parts.ts";

const tokens = new Tokens(TOKEN_KEY, { now: () => Date.now() }, randomIds);

/** A token that says what the test wants it to say. */
async function mint(changes: Partial<Pass>): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const plain = { conversation: "", customer: "dl_anyone", operator: "jcom", generation: 0 };
  const issued = await tokens.issue({ ...plain, first: now, secret: fingerprint(SECRET), ...changes });
  return issued?.token ?? "";
}

/** A channel that lets whoever holds any token in, with the token that `pass` would have. */
export function trusting(channel: Channel, pass: (exchange: Exchange) => Partial<Pass>): Channel {
  const routes = channel.routes.map((route) => ({
    ...route,
    async handle(exchange: Exchange) {
      if (exchange.params.conversationId === undefined) return route.handle(exchange);
      const token = await mint({ conversation: exchange.params.conversationId, ...pass(exchange) });
      const header = (name: string) => (name === "authorization" ? `Bearer ${token}` : exchange.header(name));
      return route.handle({ ...exchange, header });
    },
  }));
  return { ...channel, routes };
}

/** What the token says about its holder. */
export function userOf(token: string): string {
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as {
    user: string;
  };
  return claims.user;
}

let addresses = 0;
/** Headers of a customer behind an address of its own, for a desk that trusts the proxy at 127.0.0.1. */
export function elsewhere(): Record<string, string> {
  addresses += 1;
  return { "X-Forwarded-For": `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}` };
}
