import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { internal } from "../_generated/api";
import { jobOf, newDeployment, somebodyMonitored, type Deployment, type Monitored } from "../../tests/support/monitored";

const START = Date.UTC(2026, 0, 5, 9);

let t: Deployment;
let nora: Monitored;

beforeEach(async () => {
  vi.useFakeTimers({ now: START });
  t = newDeployment();
  nora = await somebodyMonitored(t, "nora");
});
afterEach(() => void vi.useRealTimers());

/** A run of a calendar that stands there ends since its cursor, or the token of its next page, was refused. */
async function refusedAt(position: { cursor: string | null; pageToken: string | null; complete: boolean }, attempt = 0) {
  await t.run((ctx) => ctx.db.insert("syncTokens", { orgId: nora.orgId, calendarId: nora.calendarId, done: 0, ...position }));
  const jobId = await jobOf(t, nora, { status: "processing", attempt, maxRetries: 3 });
  await t.mutation(internal.sync.complete.startOver, { jobId, leaseId: "lease" });
  expect(await t.run((ctx) => ctx.db.query("syncTokens").first())).toMatchObject({ cursor: null, pageToken: null, complete: false });
  return await t.run((ctx) => ctx.db.get(jobId));
}

describe("a cursor that is refused", () => {
  it("is followed by a full read at once, which is no failure", async () => {
    expect(await refusedAt({ cursor: "c", pageToken: null, complete: true })).toMatchObject({ type: "full_sync", status: "pending", attempt: 0, scheduledAt: START, error: null });
  });

  it("in the middle of a full read is a failure: it begins again later, and not for ever", async () => {
    const again = await refusedAt({ cursor: null, pageToken: "p", complete: false });
    expect(again).toMatchObject({ status: "retry", attempt: 1, error: { code: "listing_broken_off" } });
    expect(again?.scheduledAt).toBeGreaterThan(START);
  });

  it("in the middle of a full read is given up in the end", async () => {
    expect(await refusedAt({ cursor: null, pageToken: "p", complete: false }, 3)).toMatchObject({ status: "failed" });
  });
});
