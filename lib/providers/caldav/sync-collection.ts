import { isAboutTheQuestion } from "./change-markers";
import { DavFailure } from "./dav-failure";
import { textOf } from "./dav-xml";
import { pathOf, sameKey } from "./hrefs";
import type { KnownByKey, KnownObjects } from "./known-objects";
import type { ListedObject } from "./listing";
import { type DavBody, type DavSession, NAMESPACES } from "./session";

/** What a server reports as changed since a token. */
export interface Delta {
  /** Objects that are there, with their etags now; ordered by href. */
  changed: ListedObject[];
  /** Hrefs of what the server says is gone. */
  removed: string[];
  /** Names the state after these changes. */
  token: string;
}

/** Truncated answers that are put together at most: a server that never comes to an end is not followed. */
const MOST_PARTS = 500;

/**
 * Asks what changed since `token` with a `sync-collection` report (RFC 6578 §3.2), and goes on with the returned
 * token while the server truncates its answer (§3.6). Null when the server does not take the token, or answers
 * with what is no such report: servers say that with 403, 409, 410, 412 or 500, and all of them mean that the
 * calendar has to be compared in full. Rejects with a {@link DavFailure} where a listing would fail as well.
 */
export async function readDelta(session: DavSession, calendar: URL, token: string): Promise<Delta | null> {
  const rows = new Map<string, DeltaRow>();
  const seen = new Set([token]);
  let since = token;
  try {
    for (let part = 0; part < MOST_PARTS; part += 1) {
      const answer = await readPart(session, calendar, since);
      if (answer === null) return null;
      for (const row of answer.rows) rows.set(sameKey(row.href), row);
      since = answer.token;
      if (!answer.truncated) return deltaOf([...rows.values()], since);
      if (seen.has(since)) return null;
      seen.add(since);
    }
    return null;
  } catch (error) {
    if (error instanceof DavFailure && isAboutTheQuestion(error)) return null;
    throw error;
  }
}

type DeltaRow = ListedObject | { href: string; removed: true };

async function readPart(session: DavSession, calendar: URL, since: string) {
  const { url, rows, syncToken } = await session.report(calendar, reportSince(since), "0");
  if (syncToken === null) return null;
  const self = sameKey(calendar.pathname.replace(/\/?$/, "/"));
  const found: DeltaRow[] = [];
  let truncated = false;
  for (const { href: raw, status, props } of rows) {
    const href = pathOf(raw, url);
    if (href === null) return null;
    if (sameKey(href.replace(/\/?$/, "/")) === self) truncated ||= status === 507;
    else if (status === 404 || status === 410) found.push({ href, removed: true });
    else if (status >= 400) return null;
    else if (!href.endsWith("/")) found.push({ href, etag: textOf(props["getetag"])?.trim() ?? "" });
  }
  return { rows: found, truncated, token: syncToken };
}

function deltaOf(rows: readonly DeltaRow[], token: string): Delta {
  const ordered = [...rows].sort((a, b) => (a.href < b.href ? -1 : a.href > b.href ? 1 : 0));
  return {
    changed: ordered.flatMap((row) => ("removed" in row ? [] : [row])),
    removed: ordered.flatMap((row) => ("removed" in row ? [row.href] : [])),
    token,
  };
}

function reportSince(token: string): DavBody {
  return {
    "d:sync-collection": {
      _attributes: NAMESPACES,
      "d:sync-token": { _text: token },
      "d:sync-level": { _text: "1" },
      "d:prop": { "d:getetag": {} },
    },
  };
}

/**
 * Whether a report may in truth be a listing of everything, as some servers answer a token that they no longer
 * know: then it does not tell what was deleted in the meantime, and the calendar has to be listed. A state that
 * has not moved, or a report that names a deletion, is what it says it is. `named` is what is stored of what it names.
 */
export async function mayBeEverything(delta: Delta, sent: string, named: KnownByKey, known: KnownObjects): Promise<boolean> {
  if (delta.token === sent || delta.removed.length > 0) return false;
  if (delta.changed.length === 0) return (await known.count(1)) > 0;
  const stored = delta.changed.filter(({ href }) => named.has(sameKey(href)));
  if (stored.some(({ href, etag }) => etag !== "" && named.get(sameKey(href))?.etag === etag)) return true;
  const most = stored.length * 2;
  return stored.length > 0 && (await known.count(most + 1)) <= most;
}
