import { type Temporal } from "temporal-polyfill";
import { vtimezone } from "./zones";

/** When something is: a date, or a wall time in a zone, in UTC (`"UTC"`) or nowhere in particular (`"floating"`). */
export type When =
  | { readonly kind: "date"; readonly date: Temporal.PlainDate }
  | { readonly kind: "time"; readonly wall: Temporal.PlainDateTime; readonly zone: string };

const basic = (text: string) => text.replaceAll(/[-:]/g, "").slice(0, 15);

/** A line such as `DTSTART;TZID=Europe/Berlin:20261122T100000`. */
export function timeLine(name: string, when: When): string {
  if (when.kind === "date") return `${name};VALUE=DATE:${basic(when.date.toString())}`;
  const text = basic(when.wall.toString({ smallestUnit: "second" }));
  if (when.zone === "UTC") return `${name}:${text}Z`;
  return when.zone === "floating" ? `${name}:${text}` : `${name};TZID=${when.zone}:${text}`;
}

/** How the expected list names a time: a date, an instant, or a wall time without an offset. */
export function asExpected(when: When): string {
  if (when.kind === "date") return when.date.toString();
  if (when.zone === "floating") return when.wall.toString({ smallestUnit: "second" });
  return when.wall.toZonedDateTime(when.zone).toInstant().toString({ smallestUnit: "second" });
}

/** The same wall time so many days later. */
export function later(when: When, days: number): When {
  return when.kind === "date"
    ? { ...when, date: when.date.add({ days }) }
    : { ...when, wall: when.wall.add({ days }) };
}

/** Text as a property's value (RFC 5545, section 3.3.11). */
export const escaped = (text: string): string => text.replaceAll(/([\\;,])/g, "\\$1").replaceAll("\n", "\\n");

/** One calendar object: the zones that its lines name, and its events. */
export function calendarObject(events: readonly (readonly string[])[]): string {
  const named = [...new Set(events.flat().flatMap((line) => /;TZID=([^:;]+):/.exec(line)?.[1] ?? []))];
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//LinearTime//Test calendars//EN",
    ...named.flatMap(vtimezone),
    ...events.flatMap((lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"]),
    "END:VCALENDAR",
  ]
    .map(folded)
    .join("");
}

/** Lines are at most 75 bytes long; what is longer goes on after a blank (RFC 5545, section 3.1). */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  for (const character of line) {
    if (Buffer.byteLength(part + character) > 74) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return `${[...parts, part].join("\r\n ")}\r\n`;
}
