import { BlockList, isIP, isIPv6 } from "node:net";

/** Which peers' forwarding headers count. */
export type TrustedProxies = (address: string) => boolean;

/** `list`: addresses and networks such as `10.0.0.0/8`. @throws {TypeError} naming nothing but the position */
export function trustedProxies(list: readonly string[]): TrustedProxies {
  const trusted = new BlockList();
  for (const entry of list) {
    const [address = "", bits] = entry.split("/");
    const family = isIP(address);
    if (family === 0) throw new TypeError("not an address");
    const type = family === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) trusted.addAddress(address, type);
    else trusted.addSubnet(address, Number(bits), type);
  }
  return (address) =>
    list.length > 0 && isIP(address) !== 0 && trusted.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

/**
 * Who is calling, as rate limits count: the last address that no proxy of ours has vouched for.
 * `forwarded`: the X-Forwarded-For header, read only when the peer is trusted.
 */
export function clientAddress(
  peer: string | undefined,
  forwarded: string | undefined,
  trusted: TrustedProxies,
): string {
  let address = plain(peer ?? "");
  const hops = (forwarded ?? "").split(",").map((hop) => plain(hop.trim()));
  while (trusted(address) && hops.length > 0) {
    const hop = hops.pop() ?? "";
    if (isIP(hop) === 0) break;
    address = hop;
  }
  return isIPv6(address) ? network64(address) : address;
}

/** An IPv4 address that came mapped into IPv6 is that IPv4 address. */
function plain(address: string): string {
  return address.toLowerCase().replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, "");
}

/** One household or one server has a whole /64: it counts as one. */
function network64(address: string): string {
  const [head = "", tail] = address.split("%", 1)[0]?.split("::") ?? [];
  const left = head ? head.split(":") : [];
  const right = tail ? tail.split(":") : [];
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const groups = [...left, ...zeros, ...right].slice(0, 4).map((g) => Number.parseInt(g, 16).toString(16));
  return `${groups.join(":")}::/64`;
}
