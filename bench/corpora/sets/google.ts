import { canonicalJson } from "@/lib/events/content-hash";
import type { UnifiedEvent } from "@/lib/events/model";
import { instantOf } from "@/lib/events/time";
import { googleKeepPlan } from "@/lib/providers/google/transform/event-json";
import { fromUnified } from "@/lib/providers/google/transform/from-unified";
import { toUnified } from "@/lib/providers/google/transform/to-unified";
import { isObject, type JsonObject } from "@/lib/providers/transform/json";
import { writablePart } from "@/lib/providers/transform/kept-fields";
import type { SetReport } from "../set-report";
import { type FoundObject, objectsIn } from "./json-files";
import { googleMeaning } from "./meaning/google";
import { differing, reportOf } from "./round-trips";

const CONTEXT = { calendarTimeZone: null };

/**
 * Events of the Google Calendar API, wherever they stand in the JSON files of `folder`. One passes when
 *
 * 1. everything that a client can write (`googleKeepPlan`) comes back exactly as it was;
 * 2. what all calendars have in common comes back from the unified event alone, without what was kept beside it;
 * 3. the times of the unified event are the instants or dates of the original;
 * 4. a deleted one is recognised, with its series and its original start.
 */
export async function googleSet(folder: string): Promise<SetReport> {
  return reportOf("google", await objectsIn(folder, isEvent), lossOf);
}

function isEvent(json: JsonObject): boolean {
  if (json["kind"] === "calendar#event") return true;
  const isTime = (value: unknown) => isObject(value) && (typeof value["date"] === "string" || typeof value["dateTime"] === "string");
  return (isTime(json["start"]) && isTime(json["end"])) || (json["status"] === "cancelled" && typeof json["id"] === "string");
}

function lossOf({ json }: FoundObject): string | null {
  const reading = toUnified({ id: "request", ...json }, CONTEXT);
  if (reading.kind === "unreadable") return reading.reason;
  if (reading.kind === "occurrence") return "read as an occurrence, which Google does not have";
  if (reading.kind === "deleted") return deletionLoss(json, reading);
  const { event } = reading;
  const written = fromUnified(event, CONTEXT).body;
  return (
    (reading.seriesRemoteId === (json["recurringEventId"] ?? null) ? null : "the series was lost") ??
    differing(writablePart(json, googleKeepPlan), writablePart(written, googleKeepPlan), canonicalJson) ??
    differing(googleMeaning(json), googleMeaning(fromUnified({ ...event, extended: null }, CONTEXT).body), canonicalJson) ??
    timesLoss(json, event)
  );
}

function deletionLoss(json: JsonObject, reading: Extract<ReturnType<typeof toUnified>, { kind: "deleted" }>): string | null {
  if (json["status"] !== "cancelled") return "read as deleted";
  if (reading.remoteId !== json["id"]) return "deleted under another id";
  if (typeof json["recurringEventId"] === "string" && reading.seriesRemoteId !== json["recurringEventId"]) return "the series of a deleted instance was lost";
  const original = json["originalStartTime"];
  if (!isObject(original)) return null;
  const place = reading.recurrenceId === null ? null : placeOf(reading.recurrenceId);
  return place === expectedPlace(original) ? null : "the original start of a deleted instance was lost";
}

function timesLoss(json: JsonObject, event: UnifiedEvent): string | null {
  for (const [name, time] of [["start", event.start], ["end", event.end], ["originalStartTime", event.recurrenceId]] as const) {
    const given = json[name];
    const expected = isObject(given) ? expectedPlace(given) : null;
    if (expected !== null && (time === null || placeOf(time) !== expected)) return `${name} is at another time`;
  }
  return null;
}

/** An instant or a date; null where the original has neither offset nor date. */
function expectedPlace(time: JsonObject): string | number | null {
  if (typeof time["date"] === "string") return time["date"];
  const text = String(time["dateTime"]);
  return /(?:Z|[+-]\d{2}:\d{2})$/i.test(text) ? Math.floor(Date.parse(text) / 1_000) * 1_000 : null;
}

function placeOf(time: UnifiedEvent["start"]): string | number {
  return time.kind === "date" ? time.date : instantOf(time, "UTC");
}
