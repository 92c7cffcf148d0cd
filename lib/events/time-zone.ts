import { ZONE_ALIASES } from "./time-zones/aliases";
import { ianaFromWindows } from "./time-zones/windows";

const UTC_NAMES: ReadonlySet<string> = new Set([
  "z", "utc", "gmt", "uct", "zulu", "universal", "etc/utc", "etc/gmt", "etc/uct", "etc/zulu", "etc/universal",
]);

/** Zone names come from strangers' files, so the cache is bounded. */
const CACHE_ENTRIES = 2_000;
const cache = new Map<string, string | null>();

/**
 * The IANA id to store for `name`, whatever its letter case or age; `UTC` for all names of UTC;
 * null when it is not an IANA id (offsets such as `+02:00` are not).
 */
export function canonicalTimeZone(name: string): string | null {
  const known = cache.get(name);
  if (known !== undefined) return known;
  const canonical = resolve(name);
  if (cache.size >= CACHE_ENTRIES) cache.clear();
  cache.set(name, canonical);
  return canonical;
}

/**
 * The IANA id meant by an iCalendar TZID: an id itself, one at the end of a producer's path such as
 * `/freeassociation.sourceforge.net/Tzfile/Europe/Berlin`, or the Windows zone of that name. Null for every other name.
 */
export function timeZoneFromTzid(tzid: string): string | null {
  const name = tzid.trim().replace(/^"(.*)"$/, "$1");
  const direct = canonicalTimeZone(name) ?? ianaFromWindows(name) ?? null;
  if (direct !== null || !name.includes("/")) return direct;
  const segments = name.split("/").filter((segment) => segment !== "");
  for (const length of [3, 2, 1]) {
    if (segments.length < length) continue;
    const found = canonicalTimeZone(segments.slice(-length).join("/"));
    if (found !== null) return found;
  }
  return null;
}

/** Lower case → as it is stored. Engines disagree on which of two names is canonical, so that ours come first. */
const aliases = new Map(Object.entries(ZONE_ALIASES).map(([name, zone]) => [name.toLowerCase(), zone]));

function resolve(name: string): string | null {
  if (UTC_NAMES.has(name.toLowerCase())) return "UTC";
  if (name.length > 64 || !/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return null;
  const known = aliases.get(name.toLowerCase());
  if (known !== undefined) return known;
  try {
    const resolved = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
    if (UTC_NAMES.has(resolved.toLowerCase())) return "UTC";
    // An engine may answer with an older name than the one that was asked for.
    return aliases.get(resolved.toLowerCase()) ?? resolved;
  } catch {
    return null;
  }
}
