import { describe, expect, it } from "vitest";
import { documentsRead, isOfHost, ofRuns, slowest, writtenByTable, type Usage } from "./usage";

const used = (documentsRead: number, written: Record<string, number>) => ({ calls: 1, documentsRead, elapsedMs: 1, written });

const usage: Usage = {
  "sync/dispatcher:dispatch": used(3, { syncJobs: 1, queueLanes: 2, _scheduled_functions: 2 }),
  "sync/complete:succeed": used(4, { syncJobs: 1 }),
  "sync/sweep:sweep": used(50, { syncJobs: 7 }),
  "monitoring/metrics/fold:step": used(50, { syncMetrics: 9 }),
  "events/tiles:month": used(500, {}),
  "accounts/rateLimits:take": used(1, { rateLimits: 1 }),
  "accounts/sessions:resolve": used(1, { sessions: 1 }),
};

describe("what runs used", () => {
  it("leaves out crons, screens and sign-in", () => {
    expect(Object.keys(ofRuns(usage)).sort()).toEqual(["accounts/rateLimits:take", "sync/complete:succeed", "sync/dispatcher:dispatch"]);
  });

  it("is added up over functions, by table", () => {
    expect(documentsRead(ofRuns(usage))).toBe(8);
    expect(Object.fromEntries(writtenByTable(ofRuns(usage)))).toEqual({ syncJobs: 2, queueLanes: 2, rateLimits: 1, _scheduled_functions: 2 });
    expect(slowest(ofRuns(usage), 1)).toBe("sync/dispatcher:dispatch 0.0 s in 1 calls");
    expect(isOfHost("_scheduled_functions")).toBe(true);
    expect(isOfHost("syncJobs")).toBe(false);
  });
});
