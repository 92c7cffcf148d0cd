import { parseComponents, propertyOf } from "../../events/icalendar/components";
import { timeZoneFromTzid } from "../../events/time-zone";
import type { RemoteCalendar } from "../port";
import { attributeOf, childNames, childOf, childrenOf, textOf } from "./dav-xml";
import type { DavRow } from "./session";

/**
 * What is asked about every collection in a home. Not the ctag or sync token: some servers read every object to
 * compute them, and one broken object would hide all calendars.
 */
export const COLLECTION_PROPS = [
  "d:resourcetype",
  "d:displayname",
  "d:current-user-privilege-set",
  "c:calendar-description",
  "c:calendar-timezone",
  "c:supported-calendar-component-set",
  "ca:calendar-color",
] as const;

/** A row of a home's listing as a calendar; null for what is not a collection of events. */
export function calendarOfRow(row: DavRow, base: URL): RemoteCalendar | null {
  if (!childNames(row.props["resourcetype"]).includes("calendar") || !holdsEvents(row)) return null;
  if (!URL.canParse(row.href, base)) return null;
  const url = new URL(row.href, base);
  const path = decoded(url.pathname.replace(/\/$/, "").split("/").at(-1) ?? "");
  return {
    remoteId: url.href,
    name: textOf(row.props["displayname"])?.trim() || path || url.host,
    description: textOf(row.props["calendarDescription"])?.trim() || null,
    color: colorOf(textOf(row.props["calendarColor"])),
    timeZone: timeZoneOf(textOf(row.props["calendarTimezone"])),
    accessRole: accessRoleOf(row.props["currentUserPrivilegeSet"]),
  };
}

/** A name for people: where it is not valid percent-encoding it stays as it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** RFC 4791 §5.2.3: a collection that does not say takes every kind of component. */
function holdsEvents(row: DavRow): boolean {
  const components = childrenOf(row.props["supportedCalendarComponentSet"], "comp");
  return components.length === 0 || components.some((comp) => attributeOf(comp, "name")?.toUpperCase() === "VEVENT");
}

/** `#rgb`, `#rrggbb` or `#rrggbbaa` → `#rrggbb`, in lower case. */
function colorOf(text: string | null): string | null {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text?.trim() ?? "")?.[1]?.toLowerCase();
  if (digits === undefined) return null;
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits.slice(0, 6)}`;
}

/** The property holds an iCalendar object with one VTIMEZONE (RFC 4791 §5.2.2); some servers write a bare name. */
function timeZoneOf(text: string | null): string | null {
  if (text === null || text.trim() === "") return null;
  const direct = timeZoneFromTzid(text);
  if (direct !== null) return direct;
  // A zone that cannot be read is as good as none: it only colours new events.
  for (const component of parseComponents(text).components.flatMap((root) => [root, ...root.components])) {
    for (const name of ["TZID", "X-LIC-LOCATION"]) {
      const zone = timeZoneFromTzid(propertyOf(component, name)?.value ?? "");
      if (zone !== null) return zone;
    }
  }
  return null;
}

/** RFC 3744 §5.4. A server without access control says nothing: everything in a user's own home is theirs. */
function accessRoleOf(set: unknown): RemoteCalendar["accessRole"] {
  const privileges = childrenOf(set, "privilege").flatMap(childNames);
  if (set === null || set === undefined || childOf(set, "privilege") === null) return "owner";
  if (privileges.includes("all") || (privileges.includes("write") && privileges.includes("writeAcl"))) return "owner";
  return privileges.some((name) => name === "write" || name === "writeContent" || name === "bind") ? "writer" : "reader";
}
