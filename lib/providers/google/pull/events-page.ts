import { z } from "zod";
import { failureOf } from "../failures";
import { type Refusal, refused } from "../refusal";
import type { GoogleSession } from "../session";

/** What one page of `events.list` is asked with. With a sync token, the API takes nothing that narrows the list. */
export interface PageQuery {
  calendarId: string;
  syncToken?: string;
  pageToken?: string;
  maxResults: number;
}

/** One page as Google sent it. */
export interface EventsPage {
  kind: "events";
  /** Not looked at yet. */
  items: unknown[];
  /** The calendar's own zone, as Google names it. */
  timeZone: string | null;
  /** Where the next page begins, or, on the last one, where the next run does: never both, never neither. */
  next: { kind: "page"; pageToken: string } | { kind: "end"; syncToken: string };
}

const pageBody = z.object({
  items: z.array(z.unknown()),
  timeZone: z.string().optional(),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
});

/**
 * Asks for one page. What is no whole page is a failure: an answer without its list, or without the token that says
 * whether there is more, would look like a calendar in which everything was deleted.
 */
export async function readEventsPage(session: GoogleSession, query: PageQuery): Promise<EventsPage | Refusal> {
  const answer = await session.send((api, options) => api.events.list(parametersOf(query), options));
  if (answer.kind === "refused") return answer;
  const parsed = pageBody.safeParse(answer.body);
  if (!parsed.success) return refused(failureOf(typeof answer.body === "string" ? "unreadable_answer" : "incomplete_answer", 200));
  const { items, timeZone = null, nextPageToken, nextSyncToken } = parsed.data;
  if (nextPageToken) return { kind: "events", items, timeZone, next: { kind: "page", pageToken: nextPageToken } };
  if (nextSyncToken) return { kind: "events", items, timeZone, next: { kind: "end", syncToken: nextSyncToken } };
  return refused(failureOf("incomplete_answer", 200));
}

/**
 * A sync token belongs to the parameters of the listing that gave it. Series come as they are, not as their instances;
 * everything else is left to what the API does by itself, which with a sync token is all that it allows.
 */
function parametersOf({ calendarId, syncToken, pageToken, maxResults }: PageQuery) {
  const common = { calendarId, pageToken, maxResults, singleEvents: false };
  return syncToken === undefined ? { ...common, showDeleted: false } : { ...common, syncToken };
}
