import type { EventTime, EventWarning } from "../model";
import { instantOfWall, localOf, wallMsOf, wallOfInstant } from "../time";
import { timeZoneFromTzid } from "../time-zone";
import { type IcsComponent, propertyOf } from "./components";
import { parseUtcOffset, type IcsTime } from "./values";
import { fixedZone, type ZoneDefinition, zoneDefinition } from "./zone-definition";
import { matchingZone } from "./zone-match";

/** How many definitions of a file may still be held against the zones of the world: ordinary files have one or two. */
export interface ZoneEffort {
  searches: number;
}

/** Enough for every file that means well; it bounds the time for one that does not to a second or so. */
export function zoneEffort(): ZoneEffort {
  return { searches: 100 };
}

/** Gives the times of one file their zones. */
export interface ZoneReader {
  /** `warn` is called when the time cannot be kept exactly as it was written. */
  read(time: IcsTime, tzid: string | undefined, warn: (warning: EventWarning) => void): EventTime;
}

/**
 * How a TZID is understood, in this order:
 *
 * 1. an IANA id or a Windows name, itself or by its ending, or through the definition's X-LIC-LOCATION, as long as the
 *    file's own VTIMEZONE says nothing else;
 * 2. the zone that the file's VTIMEZONE describes: the IANA zone whose clocks go as it says, whatever it is called;
 * 3. a zone whose clocks go like no other: the instant is kept, with a warning that a series may shift;
 * 4. a distance from UTC (`GMT+0200`), as if the file had defined it;
 * 5. a name without any definition: the time stays floating, with a warning. It is never read as UTC.
 */
export function zoneReader(calendar: IcsComponent, effort: ZoneEffort): ZoneReader {
  const definitions = definitionsIn(calendar);
  const named = new Map<string, NamedZone>();
  const zoneNamed = (tzid: string): NamedZone => {
    const found = named.get(tzid) ?? namedZone(tzid, definitions, effort);
    named.set(tzid, found);
    return found;
  };
  return {
    read(time, tzid, warn) {
      if (time.time === null) return { kind: "date", date: time.date };
      const local = `${time.date}T${time.time}`;
      if (time.utc) return { kind: "zoned", local, timeZone: "UTC" };
      const name = tzid?.trim() ?? "";
      if (name === "") return { kind: "floating", local };
      const zone = zoneNamed(name);
      const wallMs = wallMsOf(local);
      if (zone.definition === null) {
        if (zone.timeZone !== null) return { kind: "zoned", local, timeZone: zone.timeZone };
        warn(unknownZone(name, "its times are shown as written, in your own zone"));
        return { kind: "floating", local };
      }
      const described = zone.zoneAt(wallMs);
      if (described !== null) return { kind: "zoned", local, timeZone: described };
      warn(unknownZone(name, "its times are shown at the right moment, but a series may shift when clocks change"));
      const timeZone = zone.timeZone ?? "UTC";
      return { kind: "zoned", local: localOf(wallOfInstant(zone.definition.instantOf(wallMs), timeZone)), timeZone };
    },
  };
}

interface NamedZone {
  /** The IANA id that the name means. */
  timeZone: string | null;
  definition: ZoneDefinition | null;
  /** The IANA zone in which a wall time means what the definition says; null where there is none. */
  zoneAt(wallMs: number): string | null;
}

interface Definition {
  definition: ZoneDefinition | null;
  location: string | null;
}

function definitionsIn(calendar: IcsComponent): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  for (const component of calendar.components) {
    const tzid = propertyOf(component, "TZID")?.value.trim().replaceAll('"', "");
    if (component.name !== "VTIMEZONE" || tzid === undefined) continue;
    definitions.set(tzid, { definition: zoneDefinition(component), location: propertyOf(component, "X-LIC-LOCATION")?.value ?? null });
  }
  return definitions;
}

function namedZone(tzid: string, definitions: ReadonlyMap<string, Definition>, effort: ZoneEffort): NamedZone {
  const own = definitions.get(tzid);
  const timeZone = timeZoneFromTzid(tzid) ?? (own?.location ? timeZoneFromTzid(own.location) : null);
  const definition = own?.definition ?? (timeZone === null ? offsetZone(tzid) : null);
  const byYear = new Map<number, string | null>();
  let latest: string | null = null;
  return {
    timeZone,
    definition,
    zoneAt(wallMs) {
      if (definition === null) return timeZone;
      const instant = definition.instantOf(wallMs);
      const meansTheSame = (zone: string) => instantOfWall(wallMs, zone) === instant;
      // A definition without a rule covers its own years only, and contradicts nothing after them.
      if (timeZone !== null && !definition.repeats && meansTheSame(timeZone)) return timeZone;
      const year = new Date(wallMs).getUTCFullYear();
      const known = byYear.get(year);
      if (known === null || (known !== undefined && meansTheSame(known))) return known;
      if (effort.searches === 0) return latest !== null && meansTheSame(latest) ? latest : null;
      effort.searches -= 1;
      latest = matchingZone(definition, wallMs, timeZone);
      byYear.set(year, latest);
      return latest;
    },
  };
}

/** `GMT+0200`, `UTC-5`, `+05:30`, with or without parentheses around it. */
function offsetZone(tzid: string): ZoneDefinition | null {
  const match = /^\(?(?:GMT|UTC)?\s*([+-])(\d{1,2})(?::?(\d{2}))?\)?$/i.exec(tzid);
  const offset = match === null ? null : parseUtcOffset(`${match[1]}${match[2]?.padStart(2, "0")}${match[3] ?? "00"}`);
  return offset === null ? null : fixedZone(offset);
}

function unknownZone(tzid: string, effect: string): EventWarning {
  const name = tzid.length > 60 ? `${tzid.slice(0, 60)}…` : tzid;
  return { code: "unknown_time_zone", message: `The time zone “${name}” is not known; ${effect}.` };
}
