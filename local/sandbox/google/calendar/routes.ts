import { randomBytes } from "node:crypto";
import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { z } from "zod";
import { canonicalTimeZone } from "../../../../lib/events/time-zone";
import { type Answer, json, jsonOf, type SandboxRequest } from "../../serving/exchange";
import { type Route } from "../../serving/router";
import { type Bearers, type Caller } from "../oauth/bearer";
import { type Need } from "../oauth/scopes";
import { badRequest, notFound } from "../refusals";
import { accessTo } from "./access";
import { type CalendarBook, etagOf } from "./book";
import { entryResource, listCalendars, listed } from "./calendar-list";
import { type StoredCalendar } from "./model";
import { CALENDAR_COLORS, EVENT_COLORS, FOREGROUND, USUAL_COLOR } from "./palette";

export interface CalendarRoutesDeps {
  book: CalendarBook;
  bearers: Bearers;
}

const text = z.string().max(8192).nullish();
const calendarBody = z.object({ summary: text, description: text, location: text, timeZone: text });
const entryBody = z.object({ id: text, summaryOverride: text, colorId: text, selected: z.boolean().nullish(), hidden: z.boolean().nullish() });

/** Calendars, calendar lists, colours and settings of Calendar API v3, but for `watch`. */
export function calendarRoutes(prefix: string, { book, bearers }: CalendarRoutesDeps): Route[] {
  const at = (method: Route["method"], path: string, kind: string, need: Need, handle: (request: SandboxRequest, caller: Caller) => Answer): Route => ({
    method,
    pattern: `${prefix}${path}`,
    kind: `calendar.${kind}`,
    handle: (request) => handle(request, bearers.require(request, need)),
  });
  const idIn = (request: SandboxRequest): string => request.params["calendarId"] ?? "";
  const entryOf = (caller: Caller, id: string) => {
    const wanted = id === "primary" ? caller.account.email : id;
    const found = listed(book, caller.account.id).find(({ entry }) => entry.calendarId === wanted && !entry.deleted);
    if (found === undefined) throw notFound();
    return found;
  };
  const ENTRY = "/users/me/calendarList/:calendarId";
  const CALENDAR = "/calendars/:calendarId";

  const changeEntry = (request: SandboxRequest, caller: Caller): Answer => {
    const { entry } = entryOf(caller, idIn(request));
    const { colorId, summaryOverride, selected, hidden } = read(entryBody, request);
    book.putEntry(caller.account.id, {
      ...entry,
      ...(colorId == null ? {} : { colorId }),
      ...(summaryOverride === undefined ? {} : { summaryOverride }),
      ...(selected == null ? {} : { selected }),
      ...(hidden == null ? {} : { hidden }),
    });
    return json(200, entryResource(entryOf(caller, idIn(request))));
  };
  const changeCalendar = (request: SandboxRequest, caller: Caller): Answer => {
    const { calendar } = accessTo(book, caller, idIn(request), "owner");
    const { summary, description, location, timeZone } = read(calendarBody, request);
    book.describe(calendar.id, {
      ...(summary == null ? {} : { summary }),
      ...(description === undefined ? {} : { description }),
      ...(location === undefined ? {} : { location }),
      ...(timeZone == null ? {} : { timeZone: zoneOf(timeZone) }),
    });
    return json(200, calendarResource(calendar));
  };

  return [
    at("GET", "/users/me/calendarList", "calendarList.list", "readList", (request, { account }) =>
      json(200, listCalendars(book, account.id, request.url.searchParams, request.pages)),
    ),
    at("GET", ENTRY, "calendarList.get", "readList", (request, caller) => json(200, entryResource(entryOf(caller, idIn(request))))),
    at("POST", "/users/me/calendarList", "calendarList.insert", "writeList", (request, caller) => {
      const { calendar } = accessTo(book, caller, read(entryBody, request).id ?? "", "reader");
      const known = book.list(caller.account.id).entries.get(calendar.id);
      book.share(calendar.id, caller.account.id, calendar.roles.get(caller.account.id) ?? "reader", { colorId: known?.colorId ?? USUAL_COLOR, primary: false });
      return json(200, entryResource(entryOf(caller, calendar.id)));
    }),
    at("PATCH", ENTRY, "calendarList.patch", "writeList", changeEntry),
    at("PUT", ENTRY, "calendarList.update", "writeList", changeEntry),
    at("DELETE", ENTRY, "calendarList.delete", "writeList", (request, caller) => {
      const { entry } = entryOf(caller, idIn(request));
      if (entry.primary) throw badRequest("Cannot remove the primary calendar from the list.", "cannotRemovePrimaryCalendar");
      book.putEntry(caller.account.id, { ...entry, deleted: true });
      return { status: 204 };
    }),
    at("GET", CALENDAR, "calendars.get", "readCalendars", (request, caller) =>
      json(200, calendarResource(accessTo(book, caller, idIn(request), "reader").calendar)),
    ),
    at("POST", "/calendars", "calendars.insert", "writeCalendars", (request, caller) => {
      const { summary, description, location, timeZone } = read(calendarBody, request);
      if (summary == null || summary === "") throw badRequest("Missing title.", "required");
      const calendar = book.addCalendar({
        id: `c_${randomBytes(32).toString("hex")}@group.calendar.google.com`,
        summary,
        description: description ?? null,
        location: location ?? null,
        timeZone: timeZone == null ? caller.account.timeZone : zoneOf(timeZone),
        watchable: true,
      });
      book.share(calendar.id, caller.account.id, "owner", { colorId: USUAL_COLOR, primary: false });
      return json(200, calendarResource(calendar));
    }),
    at("PATCH", CALENDAR, "calendars.patch", "writeCalendars", changeCalendar),
    at("PUT", CALENDAR, "calendars.update", "writeCalendars", changeCalendar),
    at("DELETE", CALENDAR, "calendars.delete", "writeCalendars", (request, caller) => {
      const { calendar } = accessTo(book, caller, idIn(request), "owner");
      if (calendar.id === caller.account.email) throw badRequest("The primary calendar cannot be deleted.", "cannotDeletePrimaryCalendar");
      book.deleteCalendar(calendar.id);
      return { status: 204 };
    }),
    at("GET", "/colors", "colors.get", "anyCalendar", () => json(200, colors())),
    at("GET", "/users/me/settings", "settings.list", "readSettings", (_request, caller) =>
      json(200, { kind: "calendar#settings", etag: etagOf(1), items: settingsOf(caller), nextSyncToken: "settings" } satisfies calendar_v3.Schema$Settings),
    ),
    at("GET", "/users/me/settings/:setting", "settings.get", "readSettings", (request, caller) => {
      const found = settingsOf(caller).find(({ id }) => id === request.params["setting"]);
      if (found === undefined) throw notFound();
      return json(200, found);
    }),
  ];
}

function read<Body>(schema: z.ZodType<Body>, request: SandboxRequest): Body {
  const parsed = schema.safeParse(jsonOf(request));
  if (!parsed.success) throw badRequest(`Invalid value for: ${parsed.error.issues[0]?.path.join(".") ?? "the body"}`);
  return parsed.data;
}

function zoneOf(name: string): string {
  const zone = canonicalTimeZone(name);
  if (zone === null) throw badRequest("Invalid time zone.");
  return zone;
}

function calendarResource(calendar: StoredCalendar): calendar_v3.Schema$Calendar {
  return {
    kind: "calendar#calendar",
    etag: etagOf(calendar.describedRevision),
    id: calendar.id,
    summary: calendar.summary,
    ...(calendar.description === null ? {} : { description: calendar.description }),
    ...(calendar.location === null ? {} : { location: calendar.location }),
    timeZone: calendar.timeZone,
    conferenceProperties: { allowedConferenceSolutionTypes: ["hangoutsMeet"] },
  };
}

function colors(): calendar_v3.Schema$Colors {
  const shades = (palette: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(palette).map(([id, background]) => [id, { background, foreground: FOREGROUND }]));
  return { kind: "calendar#colors", updated: "2012-02-14T00:00:00.000Z", calendar: shades(CALENDAR_COLORS), event: shades(EVENT_COLORS) };
}

function settingsOf({ account }: Caller): calendar_v3.Schema$Setting[] {
  const values = { timezone: account.timeZone, locale: "en", weekStart: "1", format24HourTime: "true", defaultEventLength: "60" };
  return Object.entries(values).map(([id, value]) => ({ kind: "calendar#setting", etag: etagOf(1), id, value }));
}
