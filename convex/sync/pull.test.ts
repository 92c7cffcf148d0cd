import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { event } from "../../lib/events/testing/events";
import type { RemoteChange } from "../../lib/providers/port";
import type { Id } from "../_generated/dataModel";
import type { ActionCtx } from "../_generated/server";
import { portions, pullCalendar } from "./pull";

const upsert = (remoteId: string, title: string, count = 1): RemoteChange => ({
  kind: "upsert",
  seriesRemoteId: null,
  remoteId,
  etag: "1",
  iCalUID: "uid-1",
  events: Array.from({ length: count }, () => event("2026-03-02", "2026-03-03", { title, description: title })),
});

describe("the changes of a page", () => {
  it("are one portion, even when there are none", () => {
    expect(portions([])).toEqual([{ changes: [], last: true }]);
    expect(portions([upsert("a", "A")])).toEqual([{ changes: [upsert("a", "A")], last: true }]);
  });

  it("are cut where one mutation could not take them: by resources, by events, by weight", () => {
    const sizes = (changes: RemoteChange[]) => portions(changes).map((portion) => [portion.changes.length, portion.last]);
    expect(sizes(Array.from({ length: 120 }, (_, index) => upsert(String(index), "A")))).toEqual([[50, false], [50, false], [20, true]]);
    expect(sizes([upsert("a", "A", 300), upsert("b", "B", 300)])).toEqual([[1, false], [1, true]]);
    expect(sizes(Array.from({ length: 40 }, (_, index) => upsert(String(index), "x".repeat(200_000)))).length).toBeGreaterThan(1);
  });

  it("hold of each event what is stored of it", () => {
    const [change] = portions([upsert("a", "x".repeat(2_000_000))])[0]?.changes ?? [];
    expect(JSON.stringify(change).length).toBeLessThan(200_000);
    expect(change?.kind === "upsert" && change.events[0]?.warnings.map(({ code }) => code)).toEqual(["shortened", "shortened"]);
  });
});

describe("a run", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  });

  it("rests between two transactions for as long as it is told to, and not after the last one", async () => {
    vi.stubEnv("BATCH_DELAY_MS", "1000");
    const runMutation = vi.fn(async () => await Promise.resolve({ upserted: 50, unchanged: 0, deleted: 0, unreadable: 0 }));
    const changes = Array.from({ length: 100 }, (_, index) => upsert(String(index), "A"));
    async function* pull() {
      yield await Promise.resolve({ kind: "page" as const, changes, pageToken: null, cursor: "end", last: true, listed: 100, total: 100, deletions: null });
    }
    const calendarId = "calendar" as Id<"calendars">;
    const calendar = { calendarId, remoteId: "a", cursor: null, pageToken: null, done: 0, complete: false, releasedDeletions: null };
    const provider = { pull } as unknown as Parameters<typeof pullCalendar>[2]["provider"];
    const run = pullCalendar({ runMutation } as unknown as ActionCtx, { jobId: "job" as Id<"syncJobs">, leaseId: "lease" }, { provider, calendar, type: "full_sync", deadline: Infinity });
    await vi.advanceTimersByTimeAsync(999);
    expect(runMutation).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(runMutation).toHaveBeenCalledTimes(2);
    expect(await run).toMatchObject({ kind: "done", result: { upserted: 100 } });
  });
});
