import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { type Occurrence } from "../../../../../lib/events/expand";
import { etagOf } from "../book";
import { type StoredEvent } from "../model";
import { instanceId } from "./occurrences";
import { writeTime } from "./times";

/** For whom an event is written down. */
export interface EventView {
  calendarId: string;
  /** The zone in whose clock times are told. */
  zone: string;
  /** Where the sandbox's page is, for `htmlLink`. */
  pageUrl: string;
  /** Where there are more attendees than this, only the one whose calendar it is is told; null is no limit. */
  maxAttendees: number | null;
}

/** An event as the API answers it. */
export function eventResource(event: StoredEvent, view: EventView): calendar_v3.Schema$Event {
  const isSelf = (email: string | null | undefined): true | undefined => (email === view.calendarId ? true : undefined);
  const { attendees = [], ...fields } = event.fields;
  const shown = view.maxAttendees === null ? attendees : attendees.filter(({ email }) => attendees.length <= (view.maxAttendees ?? 0) || isSelf(email));
  return withoutBlanks({
    kind: "calendar#event",
    etag: etagOf(event.revision),
    id: event.id,
    status: event.status,
    htmlLink: `${view.pageUrl}/?calendar=${encodeURIComponent(view.calendarId)}&event=${encodeURIComponent(event.id)}`,
    created: new Date(event.createdAt).toISOString(),
    updated: new Date(event.updatedAt).toISOString(),
    ...fields,
    creator: { ...event.creator, self: isSelf(event.creator.email) },
    organizer: { ...event.organizer, self: isSelf(event.organizer.email) },
    start: writeTime(event.start, view.zone),
    end: writeTime(event.end, view.zone),
    recurrence: event.recurrence.length === 0 ? undefined : [...event.recurrence],
    recurringEventId: event.original?.masterId,
    originalStartTime: event.original === null ? undefined : writeTime(event.original.start, view.zone),
    iCalUID: event.iCalUID,
    sequence: event.sequence,
    attendees: shown.length === 0 ? undefined : shown.map((each) => ({ ...each, organizer: each.email === event.organizer.email || undefined, self: isSelf(each.email) })),
    attendeesOmitted: shown.length < attendees.length ? true : undefined,
    eventType: fields.eventType ?? "default",
  });
}

/** An instance that nobody has changed: the master's own words at its own time. */
export function generatedInstance(master: StoredEvent, { start, end }: Pick<Occurrence, "start" | "end">): StoredEvent {
  return { ...master, id: instanceId(master.id, start), start, end, recurrence: [], original: { masterId: master.id, start } };
}

/** What a listing tells of a deleted event: which one it was, and for an instance when it would have been. */
export function cancelledStub(event: StoredEvent, zone: string): calendar_v3.Schema$Event {
  return {
    kind: "calendar#event",
    etag: etagOf(event.revision),
    id: event.id,
    status: "cancelled",
    ...(event.original === null
      ? {}
      : { recurringEventId: event.original.masterId, originalStartTime: writeTime(event.original.start, zone) }),
  };
}

/** JSON has no `undefined`, but a patch is merged before it becomes JSON. */
function withoutBlanks<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
