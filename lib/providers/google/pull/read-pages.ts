import { failureOf } from "../failures";
import { type Refusal, refused } from "../refusal";
import type { GoogleSession } from "../session";
import { type EventsPage, type PageQuery, readEventsPage } from "./events-page";

/** `askedWith` is the page token of the request; empty for the first one. */
export type PageRead = { askedWith: string } & ({ kind: "page"; page: EventsPage } | { kind: "stopped"; refusal: Refusal });

/** How much smaller a page is asked for again when its answer was too large to be taken. */
const SHRINK = 4;

/**
 * The pages of one listing, from `pageToken` on, up to the last one or to a refusal. How many events a page holds is
 * only a wish, at Google and here: a page may be short or empty without being the last.
 */
export async function* readPages(session: GoogleSession, query: PageQuery): AsyncGenerator<PageRead, void, void> {
  const asked = new Set<string>();
  let { pageToken, maxResults } = query;
  for (;;) {
    const askedWith = pageToken ?? "";
    const page = await readEventsPage(session, { ...query, pageToken, maxResults });
    if (page.kind === "refused") {
      if (page.failure.code !== "answer_too_large" || maxResults === 1) {
        yield { kind: "stopped", refusal: page, askedWith };
        return;
      }
      maxResults = Math.max(1, Math.floor(maxResults / SHRINK));
      continue;
    }
    yield { kind: "page", page, askedWith };
    if (page.next.kind === "end") return;
    pageToken = page.next.pageToken;
    if (asked.has(pageToken)) {
      // A listing that goes round in circles would never end.
      yield { kind: "stopped", refusal: refused(failureOf("incomplete_answer")), askedWith };
      return;
    }
    asked.add(pageToken);
  }
}
