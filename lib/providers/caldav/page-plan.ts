import type { PullPage, PullRequest } from "../port";
import type { Changes } from "./find-changes";
import { sameKey } from "./hrefs";
import type { KnownByKey } from "./known-objects";
import type { ListedObject } from "./listing";

/** One page of a run: what is to be read for it, and what it reports as deleted. */
export interface PlannedPage {
  objects: ListedObject[];
  deleted: string[];
  /** `read <href>` or `deleted <href>`: everything up to that href is done. */
  token: string;
}

export interface PagePlan {
  /** At least one: the last page carries the cursor. */
  pages: PlannedPage[];
  counts: Pick<PullPage, "total" | "listed" | "deletions">;
}

/**
 * Cuts changes into pages: what is to be read ordered by href, deletions last. A resumed `full` run goes on after
 * its page token, and looks again at earlier objects that are not known with their present etag.
 */
export function planPages(changes: Changes, request: Pick<PullRequest, "mode" | "pageToken" | "pageSize">): PagePlan {
  const { pageSize, pageToken, mode } = request;
  const { known } = changes;
  const isChanged = ({ href, etag }: ListedObject) => etag === "" || known.get(sameKey(href))?.etag !== etag;
  const stand = standOf(pageToken);
  const isBehind = ({ href }: ListedObject) => stand !== null && (stand.phase === "deleted" || href <= stand.href);

  const found = objectsOf(changes);
  const again = found.filter((object) => isBehind(object) && isChanged(object));
  const ahead = found.filter((object) => !isBehind(object) && (mode === "full" || isChanged(object)));
  const deleted = deletedOf(changes, known).sort();
  const pages = [
    ...inPages(again, pageSize).map((objects) => ({ objects, deleted: [], token: pageToken ?? "" })),
    ...inPages(ahead, pageSize).map((objects) => ({ objects, deleted: [], token: `read ${objects.at(-1)?.href ?? ""}` })),
    ...inPages(deleted, pageSize).map((remoteIds) => ({ objects: [], deleted: remoteIds, token: `deleted ${remoteIds.at(-1) ?? ""}` })),
  ];
  if (pages.length === 0) pages.push({ objects: [], deleted: [], token: pageToken ?? "read " });

  const toRead = again.length + ahead.length;
  if (changes.kind !== "listing") return { pages, counts: { total: toRead, listed: null, deletions: null } };
  const listed = changes.listing.complete ? found.length : null;
  return { pages, counts: { total: mode === "full" ? listed : toRead, listed, deletions: deleted.length } };
}

export function inPages<T>(items: readonly T[], size: number): T[][] {
  const step = Math.max(1, size);
  return Array.from({ length: Math.ceil(items.length / step) }, (_, page) => items.slice(page * step, (page + 1) * step));
}

function objectsOf(changes: Changes): readonly ListedObject[] {
  switch (changes.kind) {
    case "none":
      return [];
    case "listing":
      return changes.listing.objects;
    case "delta":
      return changes.delta.changed;
  }
}

/** The remoteIds, as they are stored, of what is gone: absence counts only where everything was listed. */
function deletedOf(changes: Changes, known: KnownByKey): string[] {
  switch (changes.kind) {
    case "none":
      return [];
    case "delta":
      return changes.delta.removed.flatMap((href) => known.get(sameKey(href))?.remoteId ?? []);
    case "listing": {
      if (!changes.listing.complete) return [];
      const listed = new Set(changes.listing.objects.map(({ href }) => sameKey(href)));
      return [...known].filter(([key]) => !listed.has(key)).map(([, { remoteId }]) => remoteId);
    }
  }
}

function standOf(pageToken: string | null): { phase: "read" | "deleted"; href: string } | null {
  const match = /^(read|deleted) (.*)$/s.exec(pageToken ?? "");
  return match === null ? null : { phase: match[1] === "deleted" ? "deleted" : "read", href: match[2] ?? "" };
}
