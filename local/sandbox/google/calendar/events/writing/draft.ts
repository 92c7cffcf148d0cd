import { createHash } from "node:crypto";
import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { type EventTime } from "../../../../../../lib/events/model";
import { instantOf } from "../../../../../../lib/events/time";
import { badRequest } from "../../../refusals";
import { type EventDraft } from "../../book";
import { type EventFields, type Person, type StoredEvent } from "../../model";
import { type EventBody } from "./event-body";
import { readRecurrence } from "../recurrence-lines";
import { readTime } from "../times";

export interface DraftFacts {
  id: string;
  calendarZone: string;
  /** Whether the caller understands conferences (`conferenceDataVersion=1`); otherwise what is there stays. */
  conferences: boolean;
  /** The event as it is; null for a new one. */
  before: StoredEvent | null;
  /** Who makes a new event, and whose calendar it is. */
  creator: Person;
  organizer: Person;
}

/** The event that a whole body describes. Throws a 400 where it describes none. */
export function draftOf(body: EventBody, facts: DraftFacts): EventDraft {
  const { before } = facts;
  const start = readTime(body.start, facts.calendarZone, "start");
  const end = readTime(body.end, facts.calendarZone, "end");
  if (start.kind !== end.kind) throw badRequest("Start and end times must either both be date or both be dateTime.");
  const [startAt, endAt] = [instantOf(start, "UTC"), instantOf(end, "UTC")];
  if (endAt < startAt || (endAt === startAt && start.kind === "date")) throw refusedRange();
  const recurrence = before?.original == null ? (body.recurrence ?? []) : [];
  if (recurrence.length > 0 && start.kind === "zoned" && body.start?.timeZone == null) {
    throw badRequest("Missing time zone definition for start time.", "required");
  }
  readRecurrence(recurrence, start);
  const moved = before !== null && (!same(before.start, start) || !same(before.end, end) || !same(before.recurrence, recurrence));
  return {
    id: facts.id,
    iCalUID: before?.iCalUID ?? body.iCalUID ?? `${facts.id}@google.com`,
    sequence: nextSequence(body.sequence ?? null, before?.sequence ?? 0, moved),
    status: body.status ?? "confirmed",
    start,
    end,
    recurrence,
    original: before?.original ?? null,
    creator: before?.creator ?? facts.creator,
    organizer: before?.organizer ?? facts.organizer,
    fields: fieldsOf(body, facts),
  };
}

function refusedRange() {
  return badRequest("The specified time range is empty.", "timeRangeEmpty");
}

function nextSequence(sent: number | null, known: number, moved: boolean): number {
  if (sent !== null && sent < known) {
    throw badRequest(
      "Invalid sequence value. The specified sequence number is below the current sequence number of the resource. Re-fetch the resource and use its sequence number on the following request.",
    );
  }
  return Math.max(sent ?? 0, moved ? known + 1 : known);
}

function same(a: EventTime | readonly string[], b: EventTime | readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function fieldsOf(body: EventBody, { before, conferences, id }: DraftFacts): EventFields {
  const { attendees, conferenceData, hangoutLink: _, ...rest } = body;
  const conference = conferences ? conferenceOf(conferenceData, id) : { conferenceData: before?.fields.conferenceData, hangoutLink: before?.fields.hangoutLink };
  const guests = attendees?.map((each) => ({ ...each, responseStatus: each.responseStatus ?? "needsAction" }));
  const fields: Record<string, unknown> = { reminders: { useDefault: true }, ...present({ ...rest, attendees: guests }), ...conference };
  for (const name of ["id", "iCalUID", "status", "start", "end", "recurrence", "sequence"]) delete fields[name];
  return present(fields);
}

/** What was asked for is there at once: a link in the form of Meet's, the same for the same event. */
function conferenceOf(asked: EventBody["conferenceData"], id: string): Pick<EventFields, "conferenceData" | "hangoutLink"> {
  if (asked == null) return {};
  const { createRequest, ...kept } = asked;
  if (createRequest == null) return { conferenceData: present(kept) as calendar_v3.Schema$ConferenceData, hangoutLink: linkIn(kept.entryPoints) };
  return meeting(id, createRequest.requestId);
}

function linkIn(entryPoints: readonly Record<string, unknown>[] | null | undefined): string | undefined {
  const uri = entryPoints?.find((each) => each["entryPointType"] === "video")?.["uri"];
  return typeof uri === "string" ? uri : undefined;
}

/** A video meeting in the form of Google's. Its address leads nowhere. */
export function meeting(eventId: string, requestId: string): Required<Pick<EventFields, "conferenceData" | "hangoutLink">> {
  const letters = createHash("sha256").update(eventId).digest("hex").replaceAll(/\d/g, (digit) => "ghjkmnpqrs"[Number(digit)] ?? "t");
  const code = `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7, 10)}`;
  const key = { type: "hangoutsMeet" };
  return {
    hangoutLink: `https://meet.google.com/${code}`,
    conferenceData: {
      conferenceId: code,
      conferenceSolution: { key, name: "Google Meet" },
      createRequest: { requestId, conferenceSolutionKey: key, status: { statusCode: "success" } },
      entryPoints: [{ entryPointType: "video", uri: `https://meet.google.com/${code}`, label: `meet.google.com/${code}` }],
    },
  };
}

/** Without the fields that are null or absent. */
function present(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null && each !== undefined));
}
