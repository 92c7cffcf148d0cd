import { WINDOWS_ZONES } from "./windows-zones";

const byName = new Map(Object.entries(WINDOWS_ZONES).map(([name, zones]) => [name.toLowerCase(), zones.split(" ")[0]]));
const byZone = new Map(Object.entries(WINDOWS_ZONES).flatMap(([name, zones]) => zones.split(" ").map((zone) => [zone, name])));

/** The IANA id of a Windows time zone such as `W. Europe Standard Time`, in any letter case. */
export function ianaFromWindows(name: string): string | undefined {
  return byName.get(name.trim().toLowerCase());
}

/** The Windows zone that a canonical IANA id belongs to; Windows has none for a few of them. */
export function windowsFromIana(zone: string): string | undefined {
  return byZone.get(zone);
}
