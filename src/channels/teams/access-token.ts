import { z } from "zod";
import type { Clock } from "../../ports.ts";
import type { Bot } from "./settings.ts";

const MARGIN_MS = 300_000;
const TIMEOUT_MS = 10_000;

const granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
});

/**
 * The bot's own access token, kept until shortly before it ends. It is asked for at the address of the settings alone,
 * whatever an activity says; a redirect there is an error.
 */
export function accessTokens(
  { appId, password, cloud }: Extract<Bot, { kind: "single-tenant" }>,
  clock: Clock,
): () => Promise<string> {
  let kept: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;
  const ask = async () => {
    const response = await fetch(`${cloud.loginUrl}/oauth2/v2.0/token`, {
      method: "POST",
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: appId,
        client_secret: password,
        scope: cloud.scope.endsWith("/.default") ? cloud.scope : `${cloud.scope}/.default`,
      }),
    });
    if (!response.ok) throw new Error(`no access token: ${response.status}`);
    const { access_token: token, expires_in: seconds } = granted.parse(await response.json());
    kept = { token, until: clock.now() + seconds * 1_000 - MARGIN_MS };
    return token;
  };
  return () => {
    const now = clock.now();
    if (kept && now < kept.until && kept.until - now < 86_400_000) return Promise.resolve(kept.token);
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
