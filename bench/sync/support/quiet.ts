import { setTimeout as sleep } from "node:timers/promises";
import type { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";

const queue = makeFunctionReference<"query", Record<string, never>, QueueState>("monitoring/metrics/queue:read");
const PATIENCE_MS = 15 * 60_000;

/** What the queue says of itself. */
export interface QueueState {
  waiting: number;
  /** Of the job that has been due for longest; null where none is due. */
  oldestMs: number | null;
  /** Null where nothing runs. */
  longestRunMs: number | null;
}

/** Nothing runs and nothing is due. What waits for its time does not count. */
export const isQuiet = ({ oldestMs, longestRunMs }: QueueState): boolean => oldestMs === null && longestRunMs === null;

/** Waits until nothing runs and nothing is due, as an administrator sees it. Rejects after a quarter of an hour. */
export async function untilQuiet(admin: ConvexHttpClient, everyMs = 20): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    if (isQuiet(await admin.query(queue, {}))) return;
    await sleep(everyMs);
  }
  throw new Error("The queue has not come to rest for a quarter of an hour.");
}
