import { convexTest, type TestConvex } from "convex-test";
import type { Doc, Id } from "../../convex/_generated/dataModel";
import schema from "../../convex/schema";
import { convexModules } from "./convex-modules";
import { calendarRow, syncStateRow } from "./rows";

export type Deployment = TestConvex<typeof schema>;
const ISSUER = "https://issuer.example";

/** Somebody with one connected account and one calendar. */
export interface Monitored {
  orgId: Id<"organizations">;
  ownerUserId: Id<"users">;
  connectionId: Id<"providerConfigs">;
  calendarId: Id<"calendars">;
  as: ReturnType<Deployment["withIdentity"]>;
}

export const newDeployment = (): Deployment => convexTest(schema, convexModules);

/** Somebody new, whose e-mail is `<name>@example.com`. */
export async function somebodyMonitored(t: Deployment, name: string): Promise<Monitored> {
  const ids = await t.run(async (ctx) => {
    const orgId = await ctx.db.insert("organizations", { name });
    const tokenIdentifier = `${ISSUER}|${name}`;
    const ownerUserId = await ctx.db.insert("users", { tokenIdentifier, subject: name, email: `${name}@example.com`, name });
    await ctx.db.insert("memberships", { orgId, userId: ownerUserId, role: "owner" });
    const owner = { orgId, ownerUserId };
    const account = { provider: "caldav", account: `${name}@dav.example.com`, serverUrl: "https://dav.example.com/" };
    const connectionId = await ctx.db.insert("providerConfigs", { ...owner, ...account });
    await ctx.db.insert("connectionState", { orgId, providerConfigId: connectionId, status: "active", reason: null, nextSyncAt: null });
    const calendarId = await ctx.db.insert("calendars", calendarRow({ ...owner, providerConfigId: connectionId }, { name: `Work of ${name}` }));
    await ctx.db.insert(
      "calendarSyncState",
      syncStateRow({ ...owner, providerConfigId: connectionId, calendarId }, { phase: "synced", lastSuccessAt: Date.now() }),
    );
    return { ...owner, connectionId, calendarId };
  });
  return { ...ids, as: t.withIdentity({ issuer: ISSUER, subject: name, tokenIdentifier: `${ISSUER}|${name}` }) };
}

/** A job of theirs, as the queue would have left it. */
export async function jobOf(t: Deployment, whose: Monitored, more: Partial<Doc<"syncJobs">> = {}): Promise<Id<"syncJobs">> {
  const status = more.status ?? "failed";
  const waiting = status === "pending" || status === "retry";
  const over = status === "failed" || status === "completed" || status === "cancelled";
  return await t.run((ctx) =>
    ctx.db.insert("syncJobs", {
      orgId: whose.orgId,
      ownerUserId: whose.ownerUserId,
      provider: "caldav",
      providerConfigId: whose.connectionId,
      calendarId: whose.calendarId,
      type: "incremental_sync",
      priority: "medium",
      status,
      dedupeKey: `calendar:${whose.calendarId}`,
      waiting,
      attempt: status === "failed" ? 6 : 0,
      maxRetries: 5,
      scheduledAt: Date.now(),
      claimAt: Date.now(),
      leaseId: status === "processing" ? "lease" : null,
      leaseExpiresAt: status === "processing" ? Date.now() + 60_000 : null,
      scheduledFunctionId: null,
      startedAt: waiting ? null : Date.now(),
      completedAt: over ? Date.now() : null,
      result: null,
      error: status === "failed" ? { code: "server_error", message: "It answered 500.", retryable: true, at: Date.now() } : null,
      ...more,
    }),
  );
}

/** The code of the error that a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "none";
  } catch (error) {
    const data: unknown = error instanceof Error && "data" in error ? error.data : null;
    const parsed = (typeof data === "string" ? JSON.parse(data) : data) as { code?: string } | null;
    return parsed?.code ?? String(error);
  }
}
