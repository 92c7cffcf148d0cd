import { z } from "zod";
import { canonicalTimeZone } from "../../events/time-zone";
import type { ListCalendarsResult, RemoteCalendar } from "../port";
import { failureOf } from "./failures";
import type { GoogleSession } from "./session";

/** The most that the API answers in one page. */
const PAGE_SIZE = 250;

/** A field that is odd counts as missing: it must not hide the calendar. */
const text = z.string().optional().catch(undefined);

const entry = z.object({
  id: z.string().min(1),
  summary: text,
  summaryOverride: text,
  description: text,
  backgroundColor: text,
  timeZone: text,
  accessRole: text,
  deleted: z.boolean().optional().catch(undefined),
});

const listPage = z.object({
  items: z.array(entry),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
});

/**
 * The calendars that the person has on their list and has not hidden (`calendarList.list`). A list that cannot be
 * read in full is a failure: a calendar that is missing in it would be taken for removed.
 */
export async function listCalendars(session: GoogleSession): Promise<ListCalendarsResult> {
  const calendars: RemoteCalendar[] = [];
  const asked = new Set<string>();
  let pageToken: string | undefined;
  for (;;) {
    const answer = await session.send((api, options) =>
      api.calendarList.list({ maxResults: PAGE_SIZE, showHidden: false, showDeleted: false, pageToken }, options),
    );
    if (answer.kind === "refused") return answer.failure;
    const page = listPage.safeParse(answer.body);
    if (!page.success) return failureOf(typeof answer.body === "string" ? "unreadable_answer" : "incomplete_answer", 200);
    const { items, nextPageToken, nextSyncToken } = page.data;
    calendars.push(...items.flatMap((item) => (item.deleted === true ? [] : [calendarOf(item)])));
    if (!nextPageToken) return nextSyncToken ? { kind: "calendars", calendars } : failureOf("incomplete_answer");
    if (asked.has(nextPageToken)) return failureOf("incomplete_answer");
    asked.add(nextPageToken);
    pageToken = nextPageToken;
  }
}

function calendarOf({ id, summary, summaryOverride, description, backgroundColor, timeZone, accessRole }: z.infer<typeof entry>): RemoteCalendar {
  return {
    remoteId: id,
    name: summaryOverride?.trim() || summary?.trim() || id,
    description: description?.trim() || null,
    color: /^#[0-9a-f]{6}$/i.test(backgroundColor ?? "") ? (backgroundColor?.toLowerCase() ?? null) : null,
    timeZone: timeZone === undefined ? null : canonicalTimeZone(timeZone),
    // Who sees only when somebody is busy reads as well; a role that is new to us may do no more than that.
    accessRole: accessRole === "owner" || accessRole === "writer" ? accessRole : "reader",
  };
}
