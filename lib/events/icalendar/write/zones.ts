import { canonicalJson } from "../../content-hash";
import type { EventTime } from "../../model";
import { instantOf } from "../../time";
import { type IcsComponent, propertyOf } from "../components";
import { timeZoneLines } from "../write-zone";
import { zoneEffort, zoneReader } from "../zones";
import type { TzidOf } from "./date-values";
import { type Block, newBlock } from "./document";

/** A definition begins that long before the first time in it, so that the event may be moved back without another one. */
const MARGIN_MS = 10 * 366 * 86_400_000;

/**
 * How one file names the zones of what is written into it. A name the file has already is taken when its times come
 * out right under it; otherwise the IANA id, whose definition is then one of `added()`. Where the file means something
 * else by that id, the time is written in UTC.
 */
export function zoneWriter(calendar: IcsComponent, lineEnd: string): { tzidOf: TzidOf; added(): Block[] } {
  const zones = zoneReader(calendar, zoneEffort());
  const known = tzidsIn(calendar);
  /** Of each zone that is new to the file, the earliest time written in it. */
  const earliest = new Map<string, number>();
  const reads = (tzid: string, time: EventTime): boolean => {
    if (time.kind !== "zoned") return false;
    let exact = true;
    const [date = "", clock = ""] = time.local.split("T");
    const read = zones.read({ date, time: clock, utc: false }, tzid, () => { exact = false; });
    return exact && canonicalJson(read) === canonicalJson(time);
  };
  const tzidOf: TzidOf = (time) => {
    const standing = known.find((tzid) => reads(tzid, time));
    if (standing !== undefined) return standing;
    if (known.includes(time.timeZone)) return null;
    earliest.set(time.timeZone, Math.min(earliest.get(time.timeZone) ?? Infinity, instantOf(time, "UTC")));
    return time.timeZone;
  };
  return { tzidOf, added: () => [...earliest].map(([timeZone, fromAt]) => newBlock(timeZoneLines(timeZone, fromAt - MARGIN_MS), lineEnd)) };
}

function tzidsIn(calendar: IcsComponent): string[] {
  const defined = calendar.components.filter(({ name }) => name === "VTIMEZONE").map((zone) => propertyOf(zone, "TZID")?.value.trim());
  const used = calendar.components.flatMap(({ properties }) => properties.map(({ params }) => params["tzid"]));
  return [...new Set([...used, ...defined].filter((tzid) => tzid !== undefined && tzid !== ""))] as string[];
}
