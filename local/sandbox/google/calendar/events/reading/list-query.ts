import { badParameter, badRequest, refusal, syncTokenExpired } from "../../../refusals";
import { hashOfQuery, openCursor, pageCursor, type PageCursor, syncCursor, type SyncCursor } from "../../cursors";
import { type StoredCalendar } from "../../model";
import { readInstantParameter } from "../times";

/** What `events.list` was asked. */
export interface ListQuery {
  single: boolean;
  showDeleted: boolean;
  orderBy: "startTime" | "updated" | null;
  timeMin: number | null;
  timeMax: number | null;
  updatedMin: number | null;
  text: string | null;
  iCalUID: string | null;
  /** Empty is every type. */
  eventTypes: string[];
  /** `name=value`, of private and of shared extended properties. */
  privateProperties: string[];
  sharedProperties: string[];
  pageSize: number;
  since: SyncCursor | null;
  page: PageCursor | null;
  /** What the next pages must be asked with. */
  hash: string;
  /** Whether the last page may carry a sync token. */
  givesSyncToken: boolean;
}

/** What cannot be asked together with `syncToken`, from the reference of `events.list`. */
const REFUSED_WITH_SYNC_TOKEN = ["iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin", "timeMax", "updatedMin"];
/** With these, no token is given: what they leave out could not be told apart later. */
const WITHOUT_SYNC_TOKEN = ["iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "updatedMin"];
const USUAL_PAGE = 250;
const LARGEST_PAGE = 2500;

/** Reads the parameters. Throws 400 on what is refused, 410 on an expired sync token. */
export function readListQuery(query: URLSearchParams, calendar: StoredCalendar): ListQuery {
  const since = readSince(query, calendar);
  const hash = hashOfQuery(query, ["pageToken", "maxResults", "alt", "key", "prettyPrint", "access_token"]);
  const page = readPage(query, `events:${calendar.id}`, hash);
  const single = query.get("singleEvents") === "true";
  const orderBy = query.get("orderBy");
  if (orderBy !== null && orderBy !== "startTime" && orderBy !== "updated") throw badParameter("Invalid value for: orderBy", "orderBy");
  if (orderBy === "startTime" && !single) {
    throw badParameter("The requested ordering is not available for the particular query.", "orderBy");
  }
  const [timeMin, timeMax] = [readInstantParameter(query, "timeMin"), readInstantParameter(query, "timeMax")];
  if (timeMin !== null && timeMax !== null && timeMin >= timeMax) {
    throw refusal(400, "The specified time range is empty.", { domain: "calendar", reason: "timeRangeEmpty", locationType: "parameter", location: "timeMax" });
  }
  const deleted = query.get("showDeleted");
  if (since !== null && deleted === "false") throw badRequest("showDeleted cannot be false with a sync token.");
  return {
    single,
    showDeleted: since !== null || deleted === "true",
    orderBy,
    timeMin,
    timeMax,
    updatedMin: readInstantParameter(query, "updatedMin"),
    text: query.get("q"),
    iCalUID: query.get("iCalUID"),
    eventTypes: query.getAll("eventTypes"),
    privateProperties: query.getAll("privateExtendedProperty"),
    sharedProperties: query.getAll("sharedExtendedProperty"),
    pageSize: readPageSize(query, USUAL_PAGE, LARGEST_PAGE),
    since,
    page,
    hash,
    givesSyncToken: WITHOUT_SYNC_TOKEN.every((name) => !query.has(name)),
  };
}

/** `maxResults`, never more than the method allows. Throws a 400. */
export function readPageSize(query: URLSearchParams, usual: number, largest: number): number {
  const asked = query.get("maxResults");
  if (asked === null) return usual;
  const size = Number(asked);
  if (!Number.isInteger(size) || size < 1) throw badParameter("Invalid value for: maxResults", "maxResults");
  return Math.min(size, largest);
}

/** `pageToken`, which must belong to this listing. Throws a 400. */
export function readPage(query: URLSearchParams, of: string, hash: string): PageCursor | null {
  const token = query.get("pageToken");
  if (token === null || token === "") return null;
  const page = openCursor(token, pageCursor);
  if (page === null || page.of !== of || page.query !== hash) throw badParameter("Invalid page token value.", "pageToken");
  return page;
}

function readSince(query: URLSearchParams, calendar: StoredCalendar): SyncCursor | null {
  const token = query.get("syncToken");
  if (token === null) return null;
  const refused = REFUSED_WITH_SYNC_TOKEN.find((name) => query.has(name));
  if (refused !== undefined) throw badParameter(`Sync token cannot be used together with ${refused}.`, refused);
  const since = openCursor(token, syncCursor);
  if (since === null || since.of !== `events:${calendar.id}`) throw badParameter("Invalid sync token value.", "syncToken");
  if (since.revision < calendar.oldestCursor) throw syncTokenExpired();
  if (since.single !== (query.get("singleEvents") === "true")) throw badParameter("Sync token was issued for another value of singleEvents.", "singleEvents");
  return since;
}
