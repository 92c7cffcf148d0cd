import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { instantOf } from "../../../../../../lib/events/time";
import { type PageShape } from "../../../../serving/exchange";
import { etagOf } from "../../book";
import { sealCursor } from "../../cursors";
import { type Access } from "../../access";
import { type StoredCalendar, type StoredEvent } from "../../model";
import { cutPage, type Positioned } from "../../paging";
import { instancesOf, vanishedInstances } from "./instances";
import { type ListQuery } from "./list-query";
import { touches } from "../occurrences";
import { cancelledStub, eventResource, type EventView } from "../resource";

interface Listed extends Positioned {
  event: StoredEvent;
}

/** One page of `events.list`. `revision` stands for everything that has happened up to now. */
export function listEvents(
  { calendar, role }: Access,
  query: ListQuery,
  view: EventView,
  revision: number,
  shape: PageShape,
): calendar_v3.Schema$Events {
  const until = query.page?.until ?? revision;
  const found = query.since === null ? everything(calendar, query) : changes(calendar, query, query.since.revision, until);
  const { items, next } = cutPage(found, query.page?.after ?? null, query.pageSize, shape, query.page === null);
  const of = `events:${calendar.id}`;
  return {
    kind: "calendar#events",
    etag: etagOf(calendar.revision),
    summary: calendar.summary,
    ...(calendar.description === null ? {} : { description: calendar.description }),
    updated: new Date(calendar.updatedAt).toISOString(),
    timeZone: view.zone,
    accessRole: role,
    defaultReminders: calendar.watchable ? [{ method: "popup", minutes: 10 }] : [],
    ...(next === undefined ? {} : { nextPageToken: sealCursor({ k: "page", of, query: query.hash, after: next, until }) }),
    ...(next === undefined && query.givesSyncToken ? { nextSyncToken: sealCursor(syncCursorAt(of, query, until)) } : {}),
    items: items.map(({ event }) => (event.status === "cancelled" ? cancelledStub(event, view.zone) : eventResource(event, view))),
  };
}

function syncCursorAt(of: string, { since, single, timeMin, timeMax }: ListQuery, revision: number) {
  return { k: "sync" as const, of, revision, single, timeMin: since?.timeMin ?? timeMin, timeMax: since?.timeMax ?? timeMax };
}

function everything(calendar: StoredCalendar, query: ListQuery): Listed[] {
  const events = [...calendar.events.values()];
  const shown = query.single ? events.flatMap((event) => instances(calendar, event, query)) : events.filter((event) => isShown(calendar, event, query));
  return shown.filter((event) => fits(event, query)).map((event) => ({ event, position: positionOf(event, query) }));
}

/** What changed after `since`, up to and with `until`, in the order in which it happened. */
function changes(calendar: StoredCalendar, query: ListQuery, since: number, until: number): Listed[] {
  const isNew = (event: StoredEvent): boolean => event.revision > since && event.revision <= until;
  const changed = [...calendar.events.values()].filter(isNew);
  if (!query.single) return changed.map((event) => ({ event, position: [event.revision, event.id] }));
  const window = { ...query, timeMin: query.since?.timeMin ?? null, timeMax: query.since?.timeMax ?? null };
  const masters = new Set(changed.filter(({ recurrence }) => recurrence.length > 0).map(({ id }) => id));
  return changed
    .filter(({ original }) => original === null || !masters.has(original.masterId))
    .flatMap((event) => {
      const present = event.recurrence.length > 0 ? instancesOf(calendar, event, window, true) : [event];
      return [...present, ...vanishedInstances(event, since, window, present)];
    })
    .map((event) => ({ event, position: [event.revision, event.id] }));
}

/** With single events, a series is never told itself, and its exceptions come with it. */
function instances(calendar: StoredCalendar, event: StoredEvent, query: ListQuery): StoredEvent[] {
  if (event.recurrence.length > 0) return instancesOf(calendar, event, query, query.showDeleted);
  if (event.original !== null && calendar.events.has(event.original.masterId)) return [];
  return (event.status !== "cancelled" || query.showDeleted) && touches(event, query) ? [event] : [];
}

/**
 * Deleted instances of a series that stands are told even where deleted events are not asked for: without them the
 * series could not be expanded. From the reference, at `showDeleted`.
 */
function isShown(calendar: StoredCalendar, event: StoredEvent, query: ListQuery): boolean {
  if (!touches(event, query)) return false;
  if (event.status !== "cancelled" || query.showDeleted) return true;
  if (query.updatedMin !== null && event.updatedAt >= query.updatedMin) return true;
  return event.original !== null && calendar.events.get(event.original.masterId)?.status !== "cancelled";
}

function fits(event: StoredEvent, query: ListQuery): boolean {
  const { fields } = event;
  if (query.updatedMin !== null && event.updatedAt < query.updatedMin) return false;
  if (query.eventTypes.length > 0 && !query.eventTypes.includes(fields.eventType ?? "default")) return false;
  if (query.iCalUID !== null && event.iCalUID !== query.iCalUID) return false;
  const has = (properties: Record<string, string> | undefined, wanted: string): boolean => {
    const [name = "", ...value] = wanted.split("=");
    return properties !== undefined && Object.hasOwn(properties, name) && properties[name] === value.join("=");
  };
  if (!query.privateProperties.every((each) => has(fields.extendedProperties?.private, each))) return false;
  if (!query.sharedProperties.every((each) => has(fields.extendedProperties?.shared, each))) return false;
  if (query.text === null) return true;
  const words = [fields.summary, fields.description, fields.location, ...(fields.attendees ?? []).flatMap(({ email, displayName }) => [email, displayName])];
  const said = words.join("\n").toLowerCase();
  return query.text.toLowerCase().split(/\s+/).every((word) => said.includes(word));
}

function positionOf(event: StoredEvent, { orderBy, single }: ListQuery): [number, string] {
  if (orderBy === "startTime") return [instantOf(event.start, "UTC"), event.id];
  if (orderBy === "updated") return [event.updatedAt, event.id];
  return [event.order, single ? event.id : ""];
}
