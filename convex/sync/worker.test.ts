import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { internal } from "../_generated/api";
import { parseEncryptionKeys, seal } from "../../lib/security/envelope";
import { envelopeContext, storeEnvelope } from "../connections/credentials/envelopes";
import { jobOf, newDeployment, somebodyMonitored } from "../../tests/support/monitored";

const START = Date.UTC(2026, 0, 5, 9);
const KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

beforeEach(() => {
  vi.useFakeTimers({ now: START, toFake: ["Date"] });
  vi.stubEnv("CONVEX_ENCRYPTION_KEY", KEY);
  vi.stubEnv("CALDAV_API_RATE_LIMIT", "5");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe("a run whose account has made its calls of this minute", () => {
  it("goes on in the next one, and has not failed", async () => {
    const t = newDeployment();
    const nora = await somebodyMonitored(t, "nora");
    const secret = { orgId: nora.orgId, providerConfigId: nora.connectionId, field: "password" };
    const envelope = await seal(parseEncryptionKeys(KEY), envelopeContext({ ...secret, provider: "caldav" }), "correct horse");
    await t.run(async (ctx) => {
      await storeEnvelope(ctx, { ...secret, envelope });
      await ctx.db.insert("rateLimits", { key: `calls ${nora.connectionId}`, count: 5, windowEndsAt: START + 40_000 });
    });
    const lease = { jobId: await jobOf(t, nora, { status: "processing", type: "refresh_calendar_list", calendarId: null }), leaseId: "lease" };
    await t.action(internal.sync.worker.run, lease);
    expect(await t.run((ctx) => ctx.db.get(lease.jobId))).toMatchObject({
      status: "pending",
      attempt: 0,
      error: null,
      scheduledAt: START + 40_000,
      unfolded: [{ outcome: "continued" }],
    });
    expect((await t.run((ctx) => ctx.db.query("connectionState").first()))?.status).toBe("active");
  });
});
