import { Temporal } from "temporal-polyfill";
import { isObject, type JsonObject } from "@/lib/providers/transform/json";
import { textOfHtml } from "@/lib/providers/transform/html-text";
import { zoneOf } from "@/lib/providers/microsoft/zones";

/**
 * What an event of Microsoft Graph says of what all calendars have in common: two JSON texts that mean the same
 * have the same meaning here, whatever defaults they spell out and in whichever zone they write a time.
 */
export function graphMeaning(json: JsonObject): JsonObject {
  const allDay = json["isAllDay"] === true;
  return {
    subject: json["subject"] ?? "",
    body: body(json["body"]),
    start: time(json["start"], allDay),
    end: time(json["end"], allDay),
    location: place(json),
    recurrence: recurrence(json["recurrence"]),
    // Who has no address cannot be invited.
    attendees: list(json["attendees"]).filter(isObject).filter(({ emailAddress }) => isObject(emailAddress) && emailAddress["address"]).map(({ type, status, emailAddress }) => ({
      type: typeof type === "string" ? type.toLowerCase() : "required",
      response: response(status),
      address: isObject(emailAddress) ? emailAddress["address"] : undefined,
      name: isObject(emailAddress) ? emailAddress["name"] : undefined,
    })),
    categories: list(json["categories"]),
    sensitivity: json["sensitivity"] === "personal" ? "private" : (json["sensitivity"] ?? "normal"),
    showAs: json["showAs"] === "unknown" ? "busy" : (json["showAs"] ?? "busy"),
    reminder: json["isReminderOn"] === true ? json["reminderMinutesBeforeStart"] : json["isReminderOn"],
    isOnlineMeeting: json["isOnlineMeeting"] === true,
  };
}

function body(value: unknown): string {
  if (!isObject(value)) return "";
  const content = String(value["content"] ?? "");
  const text = String(value["contentType"]).toLowerCase() === "html" ? textOfHtml(content) : content.replaceAll("\r\n", "\n");
  return text.trim() === "" ? "" : text;
}

function time(value: unknown, allDay: boolean): unknown {
  if (!isObject(value)) return undefined;
  const text = String(value["dateTime"]);
  if (allDay) return text.slice(0, 10);
  if (/(?:Z|[+-]\d{2}:\d{2})$/i.test(text)) return Math.floor(Date.parse(text) / 1_000);
  const zone = zoneOf(typeof value["timeZone"] === "string" ? value["timeZone"] : "UTC");
  if (zone === null) return text.slice(0, 19);
  return Math.floor(Temporal.PlainDateTime.from(text.slice(0, 19)).toZonedDateTime(zone).epochMilliseconds / 1_000);
}

function place(json: JsonObject): string {
  const name = isObject(json["location"]) ? json["location"]["displayName"] : "";
  const names = list(json["locations"]).filter(isObject).map(({ displayName }) => displayName);
  return String(name || names.filter(Boolean).join("; "));
}

/** Of a pattern and a range, the members that their type uses. */
const USED: Readonly<Record<string, readonly string[]>> = {
  daily: [],
  weekly: ["firstDayOfWeek"],
  absolutemonthly: ["dayOfMonth"],
  relativemonthly: ["index"],
  absoluteyearly: ["dayOfMonth", "month"],
  relativeyearly: ["index", "month"],
  noend: [],
  enddate: ["endDate"],
  numbered: ["numberOfOccurrences"],
};
const DEFAULTS: JsonObject = { firstDayOfWeek: "sunday", index: "first" };

function recurrence(value: unknown): unknown {
  if (!isObject(value) || !isObject(value["pattern"]) || !isObject(value["range"])) return undefined;
  const { pattern, range } = value as { pattern: JsonObject; range: JsonObject };
  const type = (json: JsonObject) => String(json["type"]).toLowerCase();
  const used = (json: JsonObject) => (USED[type(json)] ?? []).map((name) => json[name] ?? DEFAULTS[name]).map((value) => (typeof value === "string" ? value.toLowerCase() : value));
  const days = /^(weekly|relative)/.test(type(pattern)) ? list(pattern["daysOfWeek"]).map(String).map((day) => day.toLowerCase()).sort() : [];
  return { pattern: [type(pattern), pattern["interval"], days, ...used(pattern)], range: [type(range), ...used(range)] };
}

function response(status: unknown): string {
  const given = isObject(status) ? String(status["response"] ?? "none") : "none";
  return ({ notResponded: "none", organizer: "accepted" } as Record<string, string>)[given] ?? given;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
