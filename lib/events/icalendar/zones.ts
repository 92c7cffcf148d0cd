import type { EventTime, EventWarning } from "../model";
import { instantOfWall, localOf, wallMsOf, wallOfInstant } from "../time";
import { timeZoneFromTzid } from "../time-zone";
import { type IcsComponent, propertyOf } from "./components";
import type { IcsTime } from "./values";
import { type ZoneDefinition, zoneDefinition } from "./zone-definition";

/** Gives the times of one file their zones. */
export interface ZoneReader {
  /** `warn` is called when the time cannot be kept exactly as it was written. */
  read(time: IcsTime, tzid: string | undefined, warn: (warning: EventWarning) => void): EventTime;
}

/**
 * How a TZID is understood, in this order:
 *
 * 1. an IANA id, itself or by its ending, or through the definition's X-LIC-LOCATION. Where the file's own
 *    VTIMEZONE gives another instant, the file is believed and the time is shown as that zone's clocks show it;
 * 2. a zone that only the file knows: its instant is kept, in UTC, with a warning;
 * 3. a name without any definition: the time stays floating, with a warning. It is never read as UTC.
 */
export function zoneReader(calendar: IcsComponent): ZoneReader {
  const definitions = new Map<string, { definition: ZoneDefinition | null; location: string | null }>();
  for (const component of calendar.components) {
    const tzid = propertyOf(component, "TZID")?.value.trim();
    if (component.name !== "VTIMEZONE" || tzid === undefined) continue;
    const location = propertyOf(component, "X-LIC-LOCATION")?.value ?? null;
    definitions.set(tzid, { definition: zoneDefinition(component), location });
  }
  return {
    read(time, tzid, warn) {
      if (time.time === null) return { kind: "date", date: time.date };
      const local = `${time.date}T${time.time}`;
      if (time.utc) return { kind: "zoned", local, timeZone: "UTC" };
      if (tzid === undefined || tzid.trim() === "") return { kind: "floating", local };
      const own = definitions.get(tzid.trim());
      const timeZone = timeZoneFromTzid(tzid) ?? (own?.location ? timeZoneFromTzid(own.location) : null);
      const instant = own?.definition?.instantOf(wallMsOf(local)) ?? null;
      if (timeZone !== null) {
        if (instant === null || timeZone === "UTC" || instant === instantOfWall(wallMsOf(local), timeZone)) {
          return { kind: "zoned", local, timeZone };
        }
        return { kind: "zoned", local: localOf(wallOfInstant(instant, timeZone)), timeZone };
      }
      if (instant !== null) {
        warn(unknownZone(tzid, "its times are shown at the right moment, but a series may shift when clocks change"));
        return { kind: "zoned", local: localOf(instant), timeZone: "UTC" };
      }
      warn(unknownZone(tzid, "its times are shown as written, in your own zone"));
      return { kind: "floating", local };
    },
  };
}

function unknownZone(tzid: string, effect: string): EventWarning {
  const name = tzid.length > 60 ? `${tzid.slice(0, 60)}…` : tzid;
  return { code: "unknown_time_zone", message: `The time zone “${name}” is not known; ${effect}.` };
}
