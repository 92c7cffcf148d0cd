import type { EventTime, EventWarning } from "../../events/model";
import { instantOfWall, localOf, wallMsOf, wallOfInstant } from "../../events/time";
import { parseDateTime, timeInZone } from "../transform/zoned-time";
import type { DateTimeJson } from "./event-json";
import { zoneName, zoneOf } from "./zones";

type Warn = (warning: EventWarning) => void;

/**
 * A `dateTimeTimeZone` in the zone that the event was made in. Graph answers in UTC, or in the zone that the request
 * prefers; only the original zone keeps a series at its time of day across clock changes. Null when it is no time.
 */
export function timeOf(json: DateTimeJson, originalZone: string | undefined, warn: Warn): EventTime | null {
  const written = parseDateTime(json.dateTime);
  if (written === null) return null;
  const timeZone = json.timeZone === undefined ? "UTC" : zoneOf(json.timeZone);
  const original = zoneOf(originalZone);
  if (originalZone !== undefined && original === null) {
    warn(unknownZone(originalZone, "its times are shown at the right moment, but a series may shift when clocks change"));
  }
  if (written.instant !== null) return timeInZone(written.instant, original ?? timeZone ?? "UTC");
  if (timeZone === null) {
    warn(unknownZone(json.timeZone ?? "", "its times are shown as written, in your own zone"));
    return { kind: "floating", local: written.local };
  }
  if (original === null || original === timeZone) return { kind: "zoned", local: written.local, timeZone };
  return timeInZone(instantOfWall(wallMsOf(written.local), timeZone), original);
}

/**
 * The date of one end of an all-day event: the one written, whatever zone is written with it. Where the clock does not
 * stand at midnight, the time was converted on its way; in the event's own zone it does.
 */
export function dateOf(json: DateTimeJson, originalZone: string | undefined): EventTime | null {
  const written = parseDateTime(json.dateTime);
  if (written === null) return null;
  const [timeZone, original] = [zoneOf(json.timeZone ?? "UTC"), zoneOf(originalZone)];
  if (written.local.endsWith("T00:00:00") || timeZone === null || original === null) return { kind: "date", date: written.local.slice(0, 10) };
  const instant = written.instant ?? instantOfWall(wallMsOf(written.local), timeZone);
  return { kind: "date", date: localOf(wallOfInstant(instant, original)).slice(0, 10) };
}

/** The inverse of both. A floating time is written in the zone of the mailbox, or in UTC where that is not known. */
export function timeJson(time: EventTime, mailboxTimeZone: string | null): DateTimeJson {
  switch (time.kind) {
    case "date":
      return { dateTime: `${time.date}T00:00:00.0000000`, timeZone: "UTC" };
    case "floating":
      return { dateTime: `${time.local}.0000000`, timeZone: zoneName(mailboxTimeZone ?? "UTC") };
    case "zoned":
      return { dateTime: `${time.local}.0000000`, timeZone: zoneName(time.timeZone) };
  }
}

function unknownZone(name: string, effect: string): EventWarning {
  return { code: "unknown_time_zone", message: `The time zone “${name.slice(0, 60)}” is not known; ${effect}.` };
}
