import { Temporal } from "temporal-polyfill";
import { canonicalTimeZone } from "@/lib/events/time-zone";
import { looksLikeHtml } from "@/lib/providers/transform/html-text";
import { isObject, type JsonObject } from "@/lib/providers/transform/json";

/**
 * What an event of the Google Calendar API says of what all calendars have in common: two JSON texts that mean the
 * same have the same meaning here, whatever defaults they spell out and however they write a time.
 */
export function googleMeaning(json: JsonObject): JsonObject {
  const description = typeof json["description"] === "string" ? json["description"] : "";
  return {
    iCalUID: json["iCalUID"] ?? `${typeof json["id"] === "string" ? json["id"] : "request"}@google.com`,
    summary: json["summary"] ?? "",
    // Formatting is the provider's; plain text is everybody's.
    description: looksLikeHtml(description) ? undefined : description.trim() === "" ? "" : description,
    location: json["location"] ?? "",
    url: isObject(json["source"]) ? json["source"]["url"] : undefined,
    status: json["status"] ?? "confirmed",
    transparency: json["transparency"] ?? "opaque",
    visibility: json["visibility"] ?? "default",
    start: time(json["start"]),
    end: time(json["end"]),
    originalStartTime: time(json["originalStartTime"]),
    recurrence: list(json["recurrence"]).map(String).filter((line) => !/^EXRULE/i.test(line)).flatMap((line) => dates(line, isObject(json["start"]) ? json["start"]["timeZone"] : undefined)).sort(),
    organizer: person(json["organizer"]),
    attendees: list(json["attendees"]).filter(isObject).filter(({ email }) => email !== undefined).map((attendee) => ({
      ...person(attendee),
      response: attendee["responseStatus"] ?? "needsAction",
      optional: attendee["optional"] === true,
      resource: attendee["resource"] === true,
      comment: attendee["comment"] ?? "",
      additionalGuests: attendee["additionalGuests"] ?? 0,
    })),
    reminders: reminders(json["reminders"]),
    conference: conference(json["conferenceData"]),
    attachments: list(json["attachments"]).filter(isObject).map(({ fileUrl, title, mimeType }) => ({ fileUrl, title, mimeType })),
    colorId: json["colorId"],
    sequence: json["sequence"] ?? 0,
  };
}

function time(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  if (typeof value["date"] === "string") return value["date"];
  const text = String(value["dateTime"]);
  const hasOffset = /(?:Z|[+-]\d{2}:\d{2})$/i.test(text);
  const named = typeof value["timeZone"] === "string" ? canonicalTimeZone(value["timeZone"]) : null;
  return { at: hasOffset ? Math.floor(Date.parse(text) / 1_000) : text, timeZone: named ?? (hasOffset ? "UTC" : undefined) };
}

/** RDATE and EXDATE lines hold one date or many; a time counts as its instant, one without a zone in that of the series. */
function dates(line: string, seriesZone: unknown): string[] {
  const match = /^(RDATE|EXDATE)((?:;[^:]*)?):(.*)$/i.exec(line);
  if (match === null) return [line];
  const zone = canonicalTimeZone(/;TZID=([^;]+)/i.exec(match[2] ?? "")?.[1] ?? String(seriesZone)) ?? "UTC";
  return (match[3] ?? "").split(",").map((date) => `${match[1]?.toUpperCase()} ${instant(date, zone)}`);
}

function instant(date: string, zone: string): string {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})$/.exec(date);
  if (match === null) return date;
  const [, year, month, day, hours, minutes, seconds] = match;
  const at = Temporal.PlainDateTime.from(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}`).toZonedDateTime(zone);
  return `${new Date(at.epochMilliseconds).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

function person(value: unknown): JsonObject {
  return isObject(value) ? { email: value["email"], name: value["displayName"] } : {};
}

function reminders(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  const overrides = list(value["overrides"]).map((each) => (isObject(each) ? { method: each["method"], minutes: each["minutes"] } : each));
  return { useDefault: value["useDefault"] === true, overrides };
}

function conference(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  const entries = list(value["entryPoints"]).filter(isObject).map((entry) => ({ type: entry["entryPointType"], uri: entry["uri"], label: entry["label"] }));
  // A conference that is still being made has no address to keep.
  return entries.length === 0 ? undefined : { id: value["conferenceId"], entries, notes: value["notes"] };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
