import { canonicalJson } from "@/lib/events/content-hash";
import { graphKeepPlan } from "@/lib/providers/microsoft/event-json";
import { fromUnified } from "@/lib/providers/microsoft/from-unified";
import { toUnified } from "@/lib/providers/microsoft/to-unified";
import { isObject, type JsonObject } from "@/lib/providers/transform/json";
import { writablePart } from "@/lib/providers/transform/kept-fields";
import type { SetReport } from "../set-report";
import { type FoundObject, objectsIn } from "./json-files";
import { graphMeaning } from "./meaning/graph";
import { differing, reportOf } from "./round-trips";

const CONTEXT = { mailboxTimeZone: null };

/**
 * Events of Microsoft Graph, wherever they stand in the JSON files of `folder`. One passes when
 *
 * 1. everything that a client can write (`graphKeepPlan`) comes back exactly as it was;
 * 2. what all calendars have in common comes back from the unified event alone, without what was kept beside it;
 * 3. a deleted one, or one that only repeats its master, is recognised as such, with its series.
 */
export async function graphSet(folder: string): Promise<SetReport> {
  return reportOf("graph", await objectsIn(folder, isEvent), lossOf);
}

const TYPES: ReadonlySet<unknown> = new Set(["singleInstance", "occurrence", "exception", "seriesMaster"]);

/** Suggestions, schedules and proposals have a start and an end too, but nothing else. */
function isEvent(json: JsonObject): boolean {
  if (isObject(json["@removed"])) return true;
  const timed = [json["start"], json["end"]].every((time) => isObject(time) && typeof time["dateTime"] === "string");
  return timed && (TYPES.has(json["type"]) || ["subject", "id", "organizer", "body"].some((name) => json[name] !== undefined));
}

function lossOf({ json }: FoundObject): string | null {
  const reading = toUnified({ id: "request", ...json }, CONTEXT);
  switch (reading.kind) {
    case "unreadable":
      return reading.reason;
    case "deleted":
      return isObject(json["@removed"]) && reading.remoteId === json["id"] ? null : "read as deleted";
    case "occurrence":
      return json["type"] === "occurrence" && reading.seriesRemoteId === json["seriesMasterId"] ? null : "read as an occurrence";
    case "event": {
      const { event } = reading;
      const written = fromUnified(event, CONTEXT).body;
      const exception = json["type"] === "exception";
      if (exception && (event.recurrenceId === null || reading.seriesRemoteId !== (json["seriesMasterId"] ?? null))) return "the series was lost";
      return (
        differing(writablePart(json, graphKeepPlan), writablePart(written, graphKeepPlan), canonicalJson) ??
        differing(graphMeaning(json), graphMeaning(fromUnified({ ...event, extended: null }, CONTEXT).body), canonicalJson)
      );
    }
  }
}
