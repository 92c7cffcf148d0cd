import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { type PageShape } from "../../serving/exchange";
import { badParameter, syncTokenExpired } from "../refusals";
import { type CalendarBook, etagOf } from "./book";
import { hashOfQuery, openCursor, sealCursor, syncCursor } from "./cursors";
import { readPage, readPageSize } from "./events/reading/list-query";
import { atLeast, type ListEntry, type Role, type StoredCalendar } from "./model";
import { CALENDAR_COLORS, FOREGROUND, USUAL_COLOR } from "./palette";
import { cutPage } from "./paging";

/** A list entry with its calendar. */
export interface Listed {
  entry: ListEntry;
  calendar: StoredCalendar | undefined;
  role: Role;
}

/** An entry as the API answers it; a calendar that is gone is only named. */
export function entryResource({ entry, calendar, role }: Listed): calendar_v3.Schema$CalendarListEntry {
  const head = { kind: "calendar#calendarListEntry", etag: etagOf(Math.max(entry.revision, calendar?.describedRevision ?? 0)), id: entry.calendarId };
  if (entry.deleted || calendar === undefined) return { ...head, deleted: true };
  return {
    ...head,
    summary: calendar.summary,
    ...(calendar.description === null ? {} : { description: calendar.description }),
    ...(calendar.location === null ? {} : { location: calendar.location }),
    ...(entry.summaryOverride === null ? {} : { summaryOverride: entry.summaryOverride }),
    timeZone: calendar.timeZone,
    colorId: entry.colorId,
    backgroundColor: CALENDAR_COLORS[entry.colorId] ?? CALENDAR_COLORS[USUAL_COLOR] ?? FOREGROUND,
    foregroundColor: FOREGROUND,
    ...(entry.selected ? { selected: true } : {}),
    ...(entry.hidden ? { hidden: true } : {}),
    ...(entry.primary ? { primary: true } : {}),
    accessRole: role,
    defaultReminders: entry.primary ? [{ method: "popup", minutes: 10 }] : [],
    conferenceProperties: { allowedConferenceSolutionTypes: ["hangoutsMeet"] },
  };
}

/** Everything on a person's list, what was removed included. */
export function listed(book: CalendarBook, accountId: string): Listed[] {
  return [...book.list(accountId).entries.values()].map((entry) => {
    const calendar = book.calendar(entry.calendarId);
    return { entry, calendar, role: calendar?.roles.get(accountId) ?? "reader" };
  });
}

const ROLES: readonly string[] = ["freeBusyReader", "reader", "writer", "owner"];

/** One page of `calendarList.list`. Throws 400 on what is refused, 410 on an expired sync token. */
export function listCalendars(book: CalendarBook, accountId: string, query: URLSearchParams, shape: PageShape): calendar_v3.Schema$CalendarList {
  const of = `list:${accountId}`;
  const hash = hashOfQuery(query, ["pageToken", "maxResults", "alt", "key", "prettyPrint", "access_token"]);
  const page = readPage(query, of, hash);
  const since = readSince(book, accountId, query, of);
  const minRole = query.get("minAccessRole");
  if (minRole !== null && !ROLES.includes(minRole)) throw badParameter("Invalid value for: minAccessRole", "minAccessRole");
  const until = page?.until ?? book.now();
  const [withDeleted, withHidden] = [since !== null || query.get("showDeleted") === "true", since !== null || query.get("showHidden") === "true"];
  const found = listed(book, accountId)
    .filter(({ entry, role }) => (withDeleted || !entry.deleted) && (withHidden || !entry.hidden) && (minRole === null || atLeast(role, minRole as Role)))
    .filter(({ entry }) => since === null || (entry.revision > since && entry.revision <= until))
    .map((each) => ({ ...each, position: [since === null ? each.entry.order : each.entry.revision, each.entry.calendarId] as const }));
  const { items, next } = cutPage(found, page?.after ?? null, readPageSize(query, 100, 250), shape, page === null);
  return {
    kind: "calendar#calendarList",
    etag: etagOf(until),
    ...(next === undefined
      ? { nextSyncToken: sealCursor({ k: "sync", of, revision: until, single: false, timeMin: null, timeMax: null }) }
      : { nextPageToken: sealCursor({ k: "page", of, query: hash, after: next, until }) }),
    items: items.map(entryResource),
  };
}

function readSince(book: CalendarBook, accountId: string, query: URLSearchParams, of: string): number | null {
  const token = query.get("syncToken");
  if (token === null) return null;
  if (query.has("minAccessRole")) throw badParameter("Sync token cannot be used together with minAccessRole.", "minAccessRole");
  const cursor = openCursor(token, syncCursor);
  if (cursor === null || cursor.of !== of) throw badParameter("Invalid sync token value.", "syncToken");
  if (cursor.revision < book.list(accountId).oldestCursor) throw syncTokenExpired();
  return cursor.revision;
}
