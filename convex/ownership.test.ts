import { convexTest, type TestConvex } from "convex-test";
import { makeFunctionReference } from "convex/server";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { partsOf } from "../lib/events/event-details";
import { event } from "../lib/events/testing/events";
import { convexModules } from "../tests/support/convex-modules";
import { calendarRow } from "../tests/support/rows";
import type { Id } from "./_generated/dataModel";
import { audit } from "./monitoring/audit";
import schema from "./schema";

/*
 * Every public function, called by nobody and by somebody else: neither may see or change
 * anything. A public function that is missing from the table below fails the first test.
 */

const ISSUER = "https://issuer.example";

interface Owned {
  connectionId: Id<"providerConfigs">;
  calendarId: Id<"calendars">;
  eventId: Id<"unifiedEvents">;
  jobId: Id<"syncJobs">;
  alertId: Id<"alerts">;
}

/** What a stranger gets: an empty answer, or an error with this code. */
type Refusal = { empty: unknown } | { code: string };

interface Entry {
  kind: "query" | "mutation" | "action";
  args: (owned: Owned) => Record<string, unknown>;
  nobody: Refusal;
  somebodyElse: Refusal;
}

const SERVER_ONLY: Pick<Entry, "nobody" | "somebodyElse"> = {
  nobody: { code: "forbidden" },
  somebodyElse: { code: "forbidden" },
};
const browser = { secret: "guess", address: "127.0.0.1", previousTokenHash: null };
const unauthenticated = { code: "unauthenticated" };
const missing = { code: "not_found" };
const firstPage = { paginationOpts: { numItems: 10, cursor: null } };
const emptyPage = { empty: expect.objectContaining({ page: [], isDone: true }) };
const ofDeployment = { nobody: unauthenticated, somebodyElse: { code: "forbidden" } };
const EMPTY_TILE = {
  occurrences: { occurrenceKey: [], eventId: [], recurring: [], title: [], location: [], kind: [], startAt: [], endAt: [], status: [], transparency: [] },
  cursor: null,
};
const OPEN_FILTER = { status: null, type: null, provider: null };

const FUNCTIONS: Record<string, Entry> = {
  "accounts/me:get": {
    kind: "query",
    args: () => ({}),
    nobody: { empty: null },
    somebodyElse: { empty: expect.objectContaining({ email: "else@example.com" }) },
  },
  "accounts/password:signUp": {
    kind: "action",
    args: () => ({ ...browser, name: "N", email: "n@example.com", password: "long enough" }),
    ...SERVER_ONLY,
  },
  "accounts/password:signIn": {
    kind: "action",
    args: () => ({ ...browser, email: "n@example.com", password: "long enough" }),
    ...SERVER_ONLY,
  },
  "accounts/demo:begin": {
    kind: "action",
    args: () => browser,
    ...SERVER_ONLY,
  },
  "connections/oauth/demo:connect": {
    kind: "action",
    args: () => ({ secret: "guess" }),
    ...SERVER_ONLY,
  },
  "accounts/sessions:resolve": {
    kind: "query",
    args: () => ({ secret: "guess", tokenHash: "x" }),
    ...SERVER_ONLY,
  },
  "accounts/sessions:end": {
    kind: "mutation",
    args: () => ({ secret: "guess", tokenHash: "x" }),
    ...SERVER_ONLY,
  },
  "accounts/enrolment:ensure": {
    kind: "mutation",
    args: () => ({}),
    nobody: unauthenticated,
    somebodyElse: { empty: null },
  },
  "accounts/clerkWebhook:receive": {
    kind: "mutation",
    args: () => ({ secret: "guess", deliveryId: "msg_1", timestamp: "1800000000", signature: "v1,x", body: "{}" }),
    ...SERVER_ONLY,
  },
  "connections/list:list": {
    kind: "query",
    args: () => ({}),
    nobody: { empty: [] },
    somebodyElse: { empty: [] },
  },
  "connections/caldav:connect": {
    kind: "action",
    args: () => ({ serverUrl: "", username: "", password: "" }),
    nobody: unauthenticated,
    somebodyElse: { empty: expect.objectContaining({ ok: false }) },
  },
  "connections/caldav:reconnect": {
    kind: "action",
    args: ({ connectionId }) => ({ connectionId, password: "x" }),
    nobody: unauthenticated,
    somebodyElse: missing,
  },
  "connections/oauth/start:start": {
    kind: "action",
    args: ({ connectionId }) => ({
      secret: "guess",
      provider: "google",
      session: "s",
      address: "127.0.0.1",
      redirectUri: "https://calendar.example.com/api/oauth/google/callback",
      returnTo: null,
      connectionId,
    }),
    ...SERVER_ONLY,
  },
  "connections/oauth/complete:complete": {
    kind: "action",
    args: () => ({ secret: "guess", provider: "google", session: "s", state: "x", code: "y", issuer: null }),
    ...SERVER_ONLY,
  },
  "connections/oauth/states:abandon": {
    kind: "mutation",
    args: () => ({ secret: "guess", provider: "google", session: "s", stateHash: "x" }),
    ...SERVER_ONLY,
  },
  "connections/manage:syncNow": {
    kind: "mutation",
    args: ({ connectionId }) => ({ connectionId }),
    nobody: unauthenticated,
    somebodyElse: missing,
  },
  "connections/manage:rebuild": {
    kind: "mutation",
    args: ({ connectionId }) => ({ connectionId }),
    nobody: unauthenticated,
    somebodyElse: missing,
  },
  "connections/manage:pause": {
    kind: "mutation",
    args: ({ connectionId }) => ({ connectionId }),
    nobody: unauthenticated,
    somebodyElse: missing,
  },
  "connections/manage:resume": {
    kind: "mutation",
    args: ({ connectionId }) => ({ connectionId }),
    nobody: unauthenticated,
    somebodyElse: missing,
  },
  "connections/offers:list": {
    kind: "query",
    args: () => ({}),
    nobody: { empty: [] },
    somebodyElse: { empty: [] },
  },
  "connections/manage:disconnect": {
    kind: "mutation",
    args: ({ connectionId }) => ({ connectionId }),
    nobody: unauthenticated,
    somebodyElse: missing,
  },
  "calendars/list:list": {
    kind: "query",
    args: () => ({}),
    nobody: { empty: [] },
    somebodyElse: { empty: [] },
  },
  "calendars/states:list": {
    kind: "query",
    args: () => ({}),
    nobody: { empty: [] },
    somebodyElse: { empty: [] },
  },
  "calendars/unreadable:list": {
    kind: "query",
    args: ({ calendarId }) => ({ calendarId }),
    nobody: { empty: [] },
    somebodyElse: { empty: [] },
  },
  "calendars/settings:setVisible": {
    kind: "mutation",
    args: ({ calendarId }) => ({ calendarId, visible: false }),
    nobody: unauthenticated,
    somebodyElse: missing,
  },
  "calendars/held:release": {
    kind: "mutation",
    args: ({ calendarId }) => ({ calendarId }),
    nobody: unauthenticated,
    somebodyElse: missing,
  },
  "calendars/rebuild:request": {
    kind: "mutation",
    args: ({ calendarId }) => ({ calendarId }),
    nobody: unauthenticated,
    somebodyElse: missing,
  },
  "events/tiles:month": {
    kind: "query",
    args: ({ calendarId }) => ({ calendarId, month: "2026-06", cursor: null }),
    nobody: { empty: EMPTY_TILE },
    somebodyElse: { empty: EMPTY_TILE },
  },
  "webhooks/notify:receive": {
    kind: "mutation",
    args: () => ({ secret: "guess", notifications: [{ provider: "google", channelId: "c", token: "t", deliveryId: "1", tellsOfChange: true }] }),
    ...SERVER_ONLY,
  },
  "events/details:get": {
    kind: "query",
    args: ({ eventId }) => ({ eventId }),
    nobody: { empty: null },
    somebodyElse: { empty: null },
  },
};

const MONITORING: Record<string, Entry> = {
  "monitoring/access:amOperator": {
    kind: "query",
    args: () => ({}),
    nobody: { empty: false },
    somebodyElse: { empty: false },
  },
  "monitoring/health:check": { kind: "query", args: () => ({ secret: "guess" }), ...SERVER_ONLY },
  "monitoring/overview:figuresIn": {
    kind: "query",
    args: () => ({ scope: "own", window: "1h" }),
    nobody: { empty: null },
    somebodyElse: { empty: expect.objectContaining({ points: [], providers: [] }) },
  },
  "monitoring/overview:queueNow": {
    kind: "query",
    args: () => ({ scope: "own" }),
    nobody: { empty: null },
    somebodyElse: { empty: { waiting: 0, processing: 0, retry: 0, failed: 0, oldestDueAt: null } },
  },
  "monitoring/jobs/list:list": {
    kind: "query",
    args: () => ({ scope: "own", ...OPEN_FILTER, ...firstPage }),
    nobody: emptyPage,
    somebodyElse: emptyPage,
  },
  "monitoring/jobs/inspect:get": {
    kind: "query",
    args: ({ jobId }) => ({ scope: "own", jobId }),
    nobody: { empty: null },
    somebodyElse: { empty: null },
  },
  "monitoring/jobs/decide:retry": {
    kind: "mutation",
    args: ({ jobId }) => ({ scope: "own", jobId }),
    nobody: unauthenticated,
    somebodyElse: missing,
  },
  "monitoring/jobs/decide:remove": {
    kind: "mutation",
    args: ({ jobId }) => ({ scope: "own", jobId }),
    nobody: unauthenticated,
    somebodyElse: missing,
  },
  "monitoring/jobs/decide:cancel": {
    kind: "mutation",
    args: ({ jobId }) => ({ scope: "deployment", jobId }),
    ...ofDeployment,
  },
  "monitoring/jobs/decideAll:retryAll": {
    kind: "mutation",
    args: () => ({ scope: "deployment", type: null, provider: null }),
    ...ofDeployment,
  },
  "monitoring/jobs/decideAll:discardAll": {
    kind: "mutation",
    args: () => ({ scope: "own", type: null, provider: null }),
    nobody: unauthenticated,
    somebodyElse: { empty: null },
  },
  "monitoring/alerts/list:open": {
    kind: "query",
    args: () => ({ scope: "own" }),
    nobody: { empty: [] },
    somebodyElse: { empty: [] },
  },
  "monitoring/alerts/list:closed": {
    kind: "query",
    args: () => ({ scope: "deployment", ...firstPage }),
    nobody: emptyPage,
    somebodyElse: emptyPage,
  },
  "monitoring/alerts/list:count": {
    kind: "query",
    args: () => ({}),
    nobody: { empty: 0 },
    somebodyElse: { empty: 0 },
  },
  "monitoring/alerts/list:acknowledge": {
    kind: "mutation",
    args: ({ alertId }) => ({ scope: "own", alertId }),
    nobody: unauthenticated,
    somebodyElse: missing,
  },
  "monitoring/auditLog:list": {
    kind: "query",
    args: () => ({ scope: "own", ...firstPage }),
    nobody: emptyPage,
    somebodyElse: emptyPage,
  },
  "monitoring/subscriptions:list": {
    kind: "query",
    args: () => ({ scope: "own", ...firstPage }),
    nobody: emptyPage,
    somebodyElse: emptyPage,
  },
  "monitoring/notifications:list": {
    kind: "query",
    args: () => ({ scope: "own", ...firstPage }),
    nobody: emptyPage,
    somebodyElse: emptyPage,
  },
};
Object.assign(FUNCTIONS, MONITORING);

async function publicFunctions(): Promise<string[]> {
  const names: string[] = [];
  for (const [file, load] of Object.entries(convexModules)) {
    if (file.includes("_generated") || /(schema|auth\.config|crons)\.ts$/.test(file)) continue;
    const exports = (await load()) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exports)) {
      const isPublic = typeof value === "function" && "isPublic" in value && value.isPublic;
      if (isPublic) names.push(`${file.replace(/^.*\/convex\//, "").replace(/\.ts$/, "")}:${name}`);
    }
  }
  return names.sort();
}

async function person(t: TestConvex<typeof schema>, subject: string) {
  return await t.run(async (ctx) => {
    const orgId = await ctx.db.insert("organizations", { name: subject });
    const userId = await ctx.db.insert("users", {
      tokenIdentifier: `${ISSUER}|${subject}`,
      subject,
      email: `${subject}@example.com`,
      name: subject,
    });
    await ctx.db.insert("memberships", { orgId, userId, role: "owner" });
    return { orgId, ownerUserId: userId };
  });
}

async function owned(t: TestConvex<typeof schema>): Promise<Owned> {
  const owner = await person(t, "owner");
  return await t.run(async (ctx) => {
    const connectionId = await ctx.db.insert("providerConfigs", {
      ...owner,
      provider: "caldav",
      account: "owner",
      serverUrl: "https://dav.example.com/",
    });
    await ctx.db.insert("connectionState", {
      orgId: owner.orgId,
      providerConfigId: connectionId,
      status: "active",
      reason: null,
      nextSyncAt: null,
    });
    const calendarId = await ctx.db.insert("calendars", calendarRow({ ...owner, providerConfigId: connectionId }));
    const common = { orgId: owner.orgId, calendarId };
    const mappingId = await ctx.db.insert("providerEventMappings", {
      ...common,
      remoteId: "/work/a.ics",
      iCalUID: "a",
      etag: "1",
      hash: "h",
      unreadableReason: "broken",
      unreadableAt: 1,
    });
    const { core, details } = partsOf(event("2026-06-10", "2026-06-11", { title: "Secret", description: "Nobody else may read this" }));
    const eventId = await ctx.db.insert("unifiedEvents", { ...common, ...core, mappingId, recurrenceKey: "", projection: null });
    await ctx.db.insert("eventDetails", { ...common, ...details, eventId });
    const startAt = Date.UTC(2026, 5, 10);
    await ctx.db.insert("eventOccurrences", {
      ...common,
      mappingId,
      eventId,
      recurrenceKey: "",
      start: core.start,
      end: core.end,
      startAt,
      endAt: startAt + 86_400_000,
      long: false,
    });
    const jobId = await ctx.db.insert("syncJobs", {
      orgId: owner.orgId,
      ownerUserId: owner.ownerUserId,
      provider: "caldav",
      providerConfigId: connectionId,
      calendarId,
      type: "full_sync",
      priority: "low",
      status: "failed",
      dedupeKey: `calendar:${calendarId}`,
      waiting: false,
      attempt: 4,
      maxRetries: 3,
      scheduledAt: 1,
      claimAt: 1,
      leaseId: null,
      leaseExpiresAt: null,
      scheduledFunctionId: null,
      startedAt: 1,
      completedAt: 2,
      result: null,
      error: { code: "server_error", message: "It answered 500.", retryable: true, at: 2 },
    });
    const alertId = await ctx.db.insert("alerts", {
      key: "dead_job:1",
      kind: "dead_job",
      severity: "warning",
      orgId: owner.orgId,
      ownerUserId: owner.ownerUserId,
      subject: null,
      message: "Work was given up.",
      openedAt: 2,
      closedAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
    });
    await audit(ctx, {
      actor: owner.ownerUserId,
      action: "connection_made",
      object: { kind: "connection", id: connectionId },
      outcome: "done",
      owner,
    });
    return { connectionId, calendarId, eventId, jobId, alertId };
  });
}

async function outcome(
  as: Pick<TestConvex<typeof schema>, "query" | "mutation" | "action">,
  name: string,
  entry: Entry,
  args: Record<string, unknown>,
): Promise<Refusal> {
  try {
    if (entry.kind === "query") return { empty: await as.query(makeFunctionReference<"query">(name), args) };
    if (entry.kind === "mutation") {
      return { empty: await as.mutation(makeFunctionReference<"mutation">(name), args) };
    }
    return { empty: await as.action(makeFunctionReference<"action">(name), args) };
  } catch (error) {
    const data: unknown = error instanceof Error && "data" in error ? error.data : error;
    const parsed: unknown = typeof data === "string" ? JSON.parse(data) : data;
    return { code: (parsed as { code?: string }).code ?? String(error) };
  }
}

beforeAll(() => {
  vi.stubEnv("LINEARTIME_SERVER_SECRET", "the real secret, which nobody outside knows");
});

describe("public functions", () => {
  it("are all in this table", async () => {
    expect(await publicFunctions()).toEqual(Object.keys(FUNCTIONS).sort());
  });

  for (const [name, entry] of Object.entries(FUNCTIONS)) {
    it(`${name} gives nothing to nobody and nothing to somebody else`, async () => {
      const t = convexTest(schema, convexModules);
      const args = entry.args(await owned(t));
      const everything = () =>
        t.run(async (ctx) => ({
          calendars: await ctx.db.query("calendars").collect(),
          state: await ctx.db.query("connectionState").collect(),
          jobs: await ctx.db.query("syncJobs").collect(),
          users: await ctx.db.query("users").collect(),
          alerts: await ctx.db.query("alerts").collect(),
        }));
      await person(t, "else");
      const before = await everything();
      expect(await outcome(t, name, entry, args)).toEqual(entry.nobody);
      const stranger = t.withIdentity({ issuer: ISSUER, subject: "else", tokenIdentifier: `${ISSUER}|else` });
      expect(await outcome(stranger, name, entry, args)).toEqual(entry.somebodyElse);
      expect(await everything()).toEqual(before);
    });
  }

  it("show the owner what is theirs", async () => {
    const t = convexTest(schema, convexModules);
    const mine = await owned(t);
    const owner = t.withIdentity({ issuer: ISSUER, subject: "owner", tokenIdentifier: `${ISSUER}|owner` });
    const tile = makeFunctionReference<"query">("events/tiles:month");
    expect(await owner.query(tile, { calendarId: mine.calendarId, month: "2026-06", cursor: null })).toMatchObject({
      occurrences: { title: ["Secret"], kind: ["date"], startAt: [Date.UTC(2026, 5, 10)], endAt: [Date.UTC(2026, 5, 11)] },
    });
    const details = makeFunctionReference<"query">("events/details:get");
    expect(await owner.query(details, { eventId: mine.eventId })).toMatchObject({
      title: "Secret",
      calendarName: "Work",
      connectionLabel: "owner on dav.example.com",
    });
  });
});
