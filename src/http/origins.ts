/** Which pages may call us. */
export interface AllowedOrigins {
  /** This server's own origin, always allowed. */
  own: string;
  /** By operator. */
  listed: ReadonlyMap<string, readonly string[]>;
  /** Any page on this machine, for development. */
  local: boolean;
}

const LOCAL = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/** May a page of this origin chat with the operator (undefined: with any of them)? Compared exactly. */
export function allowsOrigin({
  own,
  listed,
  local,
}: AllowedOrigins): (origin: string, operator: string | undefined) => boolean {
  const all = new Set([...listed.values()].flat());
  return (origin, operator) => {
    if (origin === own || (local && LOCAL.test(origin))) return true;
    return operator === undefined ? all.has(origin) : (listed.get(operator)?.includes(origin) ?? false);
  };
}
