import { z } from "zod";

const report = z.record(
  z.string(),
  z.object({ calls: z.number(), documentsRead: z.number(), elapsedMs: z.number(), written: z.record(z.string(), z.number()) }),
);
export type Usage = z.infer<typeof report>;

/** What the embedded backend has counted of queries and mutations (`/api/usage`). */
export interface UsageMeter {
  reset(): Promise<void>;
  read(): Promise<Usage>;
}

export function usageMeter(url: string, adminKey: string): UsageMeter {
  const ask = async (method: "GET" | "DELETE"): Promise<unknown> => {
    const response = await fetch(`${url}/api/usage`, { method, headers: { Authorization: `Convex ${adminKey}` } });
    if (!response.ok) throw new Error(`The backend did not tell what was used: HTTP ${response.status}`);
    return response.json();
  };
  return { reset: async () => void (await ask("DELETE")), read: async () => report.parse(await ask("GET")) };
}

/** What crons do every minute whatever happens, and what open screens and this bench ask. */
const NOT_OF_A_RUN = [
  /^monitoring\//,
  /^sync\/(polling|sweep|retention):/,
  /^webhooks\/(schedule|retention):/,
  /^events\/(tiles|details|roll|upgrade):/,
  /^calendars\/(list|states):/,
  /^connections\/(list|manage):/,
  /^connections\/credentials\/(resealing|forgetting):/,
  /^accounts\/(?!rateLimits)/,
];

/** What belongs to the runs of the queue, from the notification or the wish for a sync to their ends. */
export function ofRuns(usage: Usage): Usage {
  return Object.fromEntries(Object.entries(usage).filter(([path]) => !NOT_OF_A_RUN.some((pattern) => pattern.test(path))));
}

/** Documents written, by table, the most first. */
export function writtenByTable(usage: Usage): [table: string, documents: number][] {
  const sums = new Map<string, number>();
  for (const { written } of Object.values(usage)) {
    for (const [table, count] of Object.entries(written)) sums.set(table, (sums.get(table) ?? 0) + count);
  }
  return [...sums].sort(([, a], [, b]) => b - a);
}

export const documentsRead = (usage: Usage): number => Object.values(usage).reduce((sum, { documentsRead }) => sum + documentsRead, 0);

/** Schedules are the host's, as on Convex: `ctx.scheduler` is not a write of a document. */
export const isOfHost = (table: string): boolean => table.startsWith("_") || table.includes("/_");

/** What people look at, and what ties it to its provider: a sync that finds nothing new writes none of it. */
export const CONTENT_TABLES: ReadonlySet<string> = new Set(["unifiedEvents", "eventDetails", "eventOccurrences", "providerEventMappings", "eventVersions"]);

/** The functions that took most of the backend's time, in words. */
export function slowest(usage: Usage, count = 4): string {
  const named = Object.entries(usage).sort(([, a], [, b]) => b.elapsedMs - a.elapsedMs).slice(0, count);
  return named.map(([path, { calls, elapsedMs }]) => `${path} ${(elapsedMs / 1000).toFixed(1)} s in ${calls} calls`).join(", ");
}
