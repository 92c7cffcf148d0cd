import { api } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";
import { rowsOf } from "../../lib/events/columns";
import type { Visitor } from "./visitor";

/** `start title` of an occurrence, the start as {@link ExpectedOccurrence} writes it. */
export type Sight = string;

/** How long to look for it: a series comes into view when it is projected, shortly after its page was applied. */
export const PROJECTED = { timeout: 30_000, interval: 500 };

/** The UTC months from `first` on, as `YYYY-MM`. */
export function monthsFrom(first: string, count: number): string[] {
  const [year = 0, month = 1] = first.split("-").map(Number);
  return Array.from({ length: count }, (_, index) => new Date(Date.UTC(year, month - 1 + index)).toISOString().slice(0, 7));
}

/** Everything that a visitor sees of a calendar in some months, read in tiles and pages, each occurrence once. */
export async function seen(visitor: Visitor, calendarId: Id<"calendars">, months: readonly string[]): Promise<Sight[]> {
  const sights = new Map<string, Sight>();
  for (const month of months) {
    let cursor: string | null = null;
    do {
      const page: typeof api.events.tiles.month._returnType = await visitor.client.query(api.events.tiles.month, { calendarId, month, cursor });
      for (const row of rowsOf(page.occurrences)) {
        sights.set(row.occurrenceKey, `${startOf(row)} ${row.title}`);
      }
      cursor = page.cursor;
    } while (cursor !== null);
  }
  return [...sights.values()].sort();
}

function startOf({ kind, startAt }: { kind: "date" | "zoned" | "floating"; startAt: number }): string {
  const instant = new Date(startAt).toISOString();
  if (kind === "zoned") return instant.replace(".000Z", "Z");
  return instant.slice(0, kind === "date" ? 10 : 19);
}
