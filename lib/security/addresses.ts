import ipaddr from "ipaddr.js";

/** Which addresses this installation may call on behalf of a user. */
export interface AddressPolicy {
  /** `ALLOW_PRIVATE_ADDRESSES=1`: loopback and private networks, and http. Never metadata, link-local or our own ports. */
  allowPrivate: boolean;
  /** Ports that LinearTime itself listens on: never called on this machine. */
  ownPorts: readonly number[];
}

export type AddressVerdict = { allowed: true } | { allowed: false; reason: string };

/** Cloud metadata services outside the link-local ranges, which are denied as a whole. */
const METADATA = ["168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"].map((text) =>
  ipaddr.parse(text).toNormalizedString(),
);

const PRIVATE_RANGES: ReadonlySet<string> = new Set(["loopback", "private", "uniqueLocal", "carrierGradeNat"]);

/** Prefixes that carry an IPv4 address to somewhere else, or that `range()` counts as ordinary. */
const DENIED_PREFIXES = ["64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10", "5f00::/16"].map(
  (cidr) => ipaddr.IPv6.parseCIDR(cidr),
);
const IPV4_COMPATIBLE = ipaddr.IPv6.parseCIDR("::/96");

/**
 * Whether a connection to `ip`:`port` is allowed. `ownAddresses` are the addresses of this machine's interfaces:
 * like loopback they lead to our own ports.
 */
export function checkAddress(
  ip: string,
  port: number,
  policy: AddressPolicy,
  ownAddresses: readonly string[] = [],
): AddressVerdict {
  const address = unwrapped(ip);
  if (address === null) return denied("is not an IP address");
  if (METADATA.includes(address.toNormalizedString())) return denied("is a cloud metadata service");
  if (address instanceof ipaddr.IPv6 && DENIED_PREFIXES.some((prefix) => address.match(prefix))) {
    return denied("leads to another network");
  }
  const range = address.range();
  const isOurs =
    range === "loopback" || ownAddresses.some((own) => unwrapped(own)?.toNormalizedString() === address.toNormalizedString());
  if (isOurs && policy.ownPorts.includes(port)) return denied("is LinearTime itself");
  if (range === "unicast") return { allowed: true };
  if (PRIVATE_RANGES.has(range)) {
    return policy.allowPrivate ? { allowed: true } : denied("is in a private network");
  }
  return denied(`is not a public address (${range})`);
}

/** The address meant by an IPv4-mapped or IPv4-compatible one is the IPv4 address inside. */
function unwrapped(ip: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (!ipaddr.isValid(ip)) return null;
  const address = ipaddr.parse(ip);
  if (address instanceof ipaddr.IPv4) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  const bytes = address.toByteArray();
  const isUnspecifiedOrLoopback = bytes.slice(0, 15).every((byte) => byte === 0) && (bytes[15] ?? 0) <= 1;
  if (address.match(IPV4_COMPATIBLE) && !isUnspecifiedOrLoopback) return new ipaddr.IPv4(bytes.slice(12));
  return address;
}

function denied(reason: string): AddressVerdict {
  return { allowed: false, reason };
}
