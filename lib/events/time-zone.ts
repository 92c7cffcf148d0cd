/**
 * Renamed zones, old id → current id. Engines disagree on which of two links is canonical
 * (V8 still answers `Asia/Calcutta`), so that stored ids would depend on where they were read.
 */
const RENAMED: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Fort_Wayne": "America/Indiana/Indianapolis",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
  "US/Alaska": "America/Anchorage",
  "US/Arizona": "America/Phoenix",
  "US/Central": "America/Chicago",
  "US/Eastern": "America/New_York",
  "US/Hawaii": "Pacific/Honolulu",
  "US/Mountain": "America/Denver",
  "US/Pacific": "America/Los_Angeles",
};

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
 * The IANA id meant by an iCalendar TZID: an id itself, or one at the end of a producer's path
 * such as `/freeassociation.sourceforge.net/Tzfile/Europe/Berlin`. Null for every other name.
 */
export function timeZoneFromTzid(tzid: string): string | null {
  const name = tzid.trim().replace(/^"(.*)"$/, "$1");
  const direct = canonicalTimeZone(name);
  if (direct !== null || !name.includes("/")) return direct;
  const segments = name.split("/").filter((segment) => segment !== "");
  for (const length of [3, 2, 1]) {
    if (segments.length < length) continue;
    const found = canonicalTimeZone(segments.slice(-length).join("/"));
    if (found !== null) return found;
  }
  return null;
}

function resolve(name: string): string | null {
  if (UTC_NAMES.has(name.toLowerCase())) return "UTC";
  if (name.length > 64 || !/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return null;
  try {
    const resolved = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
    const spelled = spelling(name);
    return RENAMED[spelled] ?? RENAMED[resolved] ?? (UTC_NAMES.has(resolved.toLowerCase()) ? "UTC" : resolved);
  } catch {
    return null;
  }
}

/** `europe/KIEV` → `Europe/Kiev`, for the look-up in {@link RENAMED}. */
function spelling(name: string): string {
  return name
    .split("/")
    .map((part) => (part.toLowerCase() === "us" ? "US" : capitalised(part)))
    .join("/");
}

function capitalised(part: string): string {
  return part
    .split("_")
    .map((word) => (word.toLowerCase() === "es" ? "es" : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()))
    .join("_");
}
