import { type Config, suffixOf } from "./config.ts";

const LOCAL = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/**
 * Which pages may get tokens and chat: this server's own, those listed for the operator and, in
 * development, any on this machine. `operator` undefined: those of any operator.
 */
export function allowedOrigins(config: Config): (origin: string, operator: string | undefined) => boolean {
  const own = new URL(config.publicUrl).origin;
  const all = new Set([...config.origins.values()].flat());
  return (origin, operator) => {
    if (origin === own) return true;
    if (!config.production && LOCAL.test(origin)) return true;
    if (operator === undefined) return all.has(origin);
    return config.origins.get(suffixOf(operator))?.includes(origin) ?? false;
  };
}
