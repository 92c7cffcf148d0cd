import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { canonicalTimeZone } from "../../../../../lib/events/time-zone";
import { instantOf, recurrenceKey } from "../../../../../lib/events/time";
import { type Answer, json, jsonOf, type SandboxRequest } from "../../../serving/exchange";
import { type Route } from "../../../serving/router";
import { type Bearers, type Caller } from "../../oauth/bearer";
import { type Need } from "../../oauth/scopes";
import { badParameter, badRequest } from "../../refusals";
import { type Access, accessTo } from "../access";
import { type CalendarBook, etagOf } from "../book";
import { hashOfQuery, sealCursor } from "../cursors";
import { type Role, type StoredEvent } from "../model";
import { cutPage } from "../paging";
import { checkIfMatch, notModified } from "../preconditions";
import { mergedPatch, readEventBody } from "./writing/event-body";
import { findEvent } from "./reading/find";
import { instanceAt, instancesOf } from "./reading/instances";
import { listEvents } from "./reading/list";
import { readListQuery, readPage, readPageSize } from "./reading/list-query";
import { type MailLog } from "./writing/mail";
import { eventResource, type EventView } from "./resource";
import { readInstantParameter } from "./times";
import { cancelEvent, insertEvent, moveEvent, replaceEvent, type Writer } from "./writing/write";

export interface EventRoutesDeps {
  book: CalendarBook;
  bearers: Bearers;
  mails: MailLog;
  /** Where the sandbox's page is. */
  pageUrl(): string;
}

const ONE = "/:eventId";

/** The `events` collection of Calendar API v3, but for `watch`. */
export function eventRoutes(prefix: string, deps: EventRoutesDeps): Route[] {
  const { book, mails } = deps;
  const at = (method: Route["method"], path: string, name: string, need: Need, role: Role, handle: (call: Call) => Answer): Route => ({
    method,
    pattern: `${prefix}/calendars/:calendarId/events${path}`,
    kind: `calendar.events.${name}`,
    handle: (request) => handle(callOf(request, deps, need, role)),
  });

  const change = (call: Call, mode: "update" | "patch"): Answer => {
    const { request, calendar, view } = call;
    const before = findEvent(calendar, request.params["eventId"] ?? "");
    checkIfMatch(request, etagOf(before.revision));
    const sent = jsonOf(request);
    const whole = mode === "update" ? sent : mergedPatch(writable(eventResource(before, view)), sent);
    const event = replaceEvent(book, calendar, before, readEventBody(whole), writerOf(call));
    mails.tell(event, "Updated invitation", call.sendUpdates);
    return answer(event, view);
  };

  return [
    at("GET", "", "list", "readEvents", "reader", ({ request, calendar, role, view }) =>
      json(200, listEvents({ calendar, role }, readListQuery(request.url.searchParams, calendar), view, book.now(), request.pages)),
    ),
    at("POST", "", "insert", "writeEvents", "writer", (call) => {
      const event = insertEvent(book, call.calendar, readEventBody(jsonOf(call.request)), writerOf(call));
      mails.tell(event, "Invitation", call.sendUpdates);
      return answer(event, call.view);
    }),
    at("GET", ONE, "get", "readEvents", "reader", ({ request, calendar, view }) => {
      const event = findEvent(calendar, request.params["eventId"] ?? "");
      return notModified(request, etagOf(event.revision)) ?? answer(event, view);
    }),
    at("PUT", ONE, "update", "writeEvents", "writer", (call) => change(call, "update")),
    at("PATCH", ONE, "patch", "writeEvents", "writer", (call) => change(call, "patch")),
    at("DELETE", ONE, "delete", "writeEvents", "writer", ({ request, calendar, sendUpdates }) => {
      const event = findEvent(calendar, request.params["eventId"] ?? "");
      checkIfMatch(request, etagOf(event.revision));
      mails.tell(cancelEvent(book, calendar, event), "Cancelled", sendUpdates);
      return { status: 204 };
    }),
    at("GET", `${ONE}/instances`, "instances", "readEvents", "reader", listInstances),
    at("POST", `${ONE}/move`, "move", "writeEvents", "writer", ({ request, calendar, caller, view }) => {
      const destination = request.url.searchParams.get("destination");
      if (destination === null) throw badParameter("Required parameter: destination", "destination");
      const to = accessTo(book, caller, destination, "writer").calendar;
      const event = moveEvent(book, calendar, to, request.params["eventId"] ?? "");
      return answer(event, { ...view, calendarId: to.id });
    }),
  ];
}

/** A call that may do what it asks for. */
interface Call extends Access {
  request: SandboxRequest;
  caller: Caller;
  view: EventView;
  sendUpdates: string | null;
}

function callOf(request: SandboxRequest, { book, bearers, pageUrl }: EventRoutesDeps, need: Need, needed: Role): Call {
  const caller = bearers.require(request, need);
  const access = accessTo(book, caller, request.params["calendarId"] ?? "", needed);
  const query = request.url.searchParams;
  const zone = canonicalTimeZone(query.get("timeZone") ?? access.calendar.timeZone);
  if (zone === null) throw badParameter("Invalid time zone.", "timeZone");
  const most = query.get("maxAttendees");
  const maxAttendees = most === null ? null : Number(most);
  if (maxAttendees !== null && (!Number.isInteger(maxAttendees) || maxAttendees < 1)) throw badParameter("Invalid value for: maxAttendees", "maxAttendees");
  const view = { calendarId: access.calendar.id, zone, pageUrl: pageUrl(), maxAttendees };
  return { ...access, request, caller, view, sendUpdates: query.get("sendUpdates") };
}

function writerOf({ request, caller }: Call): Writer {
  return {
    person: { email: caller.account.email, displayName: caller.account.name },
    conferences: request.url.searchParams.get("conferenceDataVersion") === "1",
  };
}

function answer(event: StoredEvent, view: EventView): Answer {
  return json(200, eventResource(event, view), { ETag: etagOf(event.revision) });
}

/** What a patch is applied to: what a client may write, without the sequence, which counts by itself. */
function writable({ sequence: _, ...resource }: calendar_v3.Schema$Event): calendar_v3.Schema$Event {
  return resource;
}

function listInstances({ request, calendar, role, view }: Call): Answer {
  const query = request.url.searchParams;
  const master = findEvent(calendar, request.params["eventId"] ?? "");
  if (master.recurrence.length === 0) throw badRequest("The event is not a recurring event.");
  const window = { timeMin: readInstantParameter(query, "timeMin"), timeMax: readInstantParameter(query, "timeMax") };
  const all = instancesOf(calendar, master, window, query.get("showDeleted") === "true");
  const original = query.get("originalStart");
  const wanted = original === null ? all : instanceAt(all, keyOf(original));
  const of = `instances:${calendar.id}:${master.id}`;
  const hash = hashOfQuery(query, ["pageToken", "maxResults"]);
  const page = readPage(query, of, hash);
  const listed = wanted.map((event) => ({ event, position: [instantOf(event.start, "UTC"), event.id] as const }));
  const { items, next } = cutPage(listed, page?.after ?? null, readPageSize(query, 250, 2500), request.pages, page === null);
  return json(200, {
    kind: "calendar#events",
    etag: etagOf(calendar.revision),
    summary: calendar.summary,
    updated: new Date(calendar.updatedAt).toISOString(),
    timeZone: view.zone,
    accessRole: role,
    defaultReminders: [],
    ...(next === undefined ? {} : { nextPageToken: sealCursor({ k: "page", of, query: hash, after: next, until: 0 }) }),
    items: items.map(({ event }) => eventResource(event, view)),
  } satisfies calendar_v3.Schema$Events);
}

/** `originalStart` is a date, or a time with an offset. */
function keyOf(originalStart: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(originalStart)) return originalStart;
  const instant = Date.parse(originalStart);
  if (Number.isNaN(instant)) throw badParameter("Bad Request", "originalStart");
  return recurrenceKey({ kind: "zoned", local: new Date(instant).toISOString().slice(0, 19), timeZone: "UTC" });
}
