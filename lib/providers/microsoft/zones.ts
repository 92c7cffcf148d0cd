import { canonicalTimeZone } from "../../events/time-zone";
import { ianaFromWindows, windowsFromIana } from "../../events/time-zones/windows";

/**
 * The IANA zone of a name that Graph uses: a Windows name, an IANA id, or `tzone://Microsoft/Utc`. Null for zones that
 * were made up in Outlook (`tzone://Microsoft/Custom`) and for names nobody knows.
 */
export function zoneOf(name: string | undefined): string | null {
  if (name === undefined) return null;
  if (/^tzone:\/\/microsoft\/utc$/i.test(name)) return "UTC";
  return canonicalTimeZone(name) ?? canonicalTimeZone(ianaFromWindows(name) ?? "");
}

/** The name under which a zone is written: Windows names are understood by every mailbox. */
export function zoneName(timeZone: string): string {
  return timeZone === "UTC" ? "UTC" : (windowsFromIana(timeZone) ?? timeZone);
}
