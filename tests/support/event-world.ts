import { convexTest, type TestConvex } from "convex-test";
import { vi } from "vitest";
import { api, internal } from "../../convex/_generated/api";
import type { Doc, Id } from "../../convex/_generated/dataModel";
import schema from "../../convex/schema";
import type { Lease } from "../../convex/sync/lease";
import { rowsOf } from "../../lib/events/columns";
import { event as plainEvent } from "../../lib/events/testing/events";
import type { EventTime, UnifiedEvent } from "../../lib/events/model";
import type { RemoteChange } from "../../lib/providers/port";
import { convexModules } from "./convex-modules";
import { calendarRow, syncStateRow } from "./rows";

/** What the clock says in these tests. */
export const NOW = Date.UTC(2026, 5, 15, 12);
export const zoned = (local: string): EventTime => ({ kind: "zoned", local, timeZone: "Europe/Berlin" });

/** Half an hour on the morning of 1 June in Berlin. */
export function event(fields: Partial<UnifiedEvent> = {}): UnifiedEvent {
  const morning = { title: "Stand-up", start: zoned("2026-06-01T09:00:00"), end: zoned("2026-06-01T09:30:00") };
  return { ...plainEvent("2026-06-01", "2026-06-02"), ...morning, ...fields };
}

/** A resource as a CalDAV server has it: a series with its exceptions. */
export const upsert = (remoteId: string, etag: string, ...events: UnifiedEvent[]): RemoteChange => ({
  kind: "upsert",
  seriesRemoteId: null,
  remoteId,
  etag,
  iCalUID: events[0]?.iCalUID ?? "uid-1",
  events,
});

export const daily = (count: number) => ({ rrules: [`FREQ=DAILY;COUNT=${count}`], rdates: [], exdates: [] });

/** One calendar of one person, and a run that has its lease. */
export class World {
  private constructor(
    readonly t: TestConvex<typeof schema>,
    readonly calendarId: Id<"calendars">,
    readonly lease: Lease,
  ) {}

  static async make(): Promise<World> {
    const t = convexTest(schema, convexModules);
    const ids = await t.run(async (ctx) => {
      const orgId = await ctx.db.insert("organizations", { name: "Nora" });
      const ownerUserId = await ctx.db.insert("users", {
        tokenIdentifier: "https://issuer.example|nora",
        subject: "nora",
        email: "nora@example.com",
        name: "Nora",
      });
      await ctx.db.insert("memberships", { orgId, userId: ownerUserId, role: "owner" });
      const providerConfigId = await ctx.db.insert("providerConfigs", {
        orgId,
        ownerUserId,
        provider: "caldav",
        account: "nora",
        serverUrl: "https://dav.example.com/",
      });
      const calendarId = await ctx.db.insert("calendars", calendarRow({ orgId, ownerUserId, providerConfigId }));
      const common = { orgId, calendarId };
      await ctx.db.insert("syncTokens", { ...common, cursor: null, pageToken: null, done: 0, complete: false });
      await ctx.db.insert("calendarSyncState", syncStateRow({ ...common, ownerUserId, providerConfigId }));
      const jobId = await ctx.db.insert("syncJobs", {
        ...common,
        providerConfigId,
        type: "full_sync",
        priority: "medium",
        status: "processing",
        dedupeKey: `calendar:${calendarId}`,
        waiting: false,
        attempt: 0,
        maxRetries: 3,
        scheduledAt: NOW,
        claimAt: NOW,
        leaseId: "lease-1",
        leaseExpiresAt: NOW + 60_000,
        scheduledFunctionId: null,
        startedAt: NOW,
        completedAt: null,
        result: null,
        error: null,
      });
      return { calendarId, jobId };
    });
    return new World(t, ids.calendarId, { jobId: ids.jobId, leaseId: "lease-1" });
  }

  async apply(changes: RemoteChange[], { lease = this.lease, deletionsConcluded = false, full = false }: { lease?: Lease; deletionsConcluded?: boolean; full?: boolean } = {}) {
    const counts = await this.t.mutation(internal.events.apply.page, {
      ...lease,
      changes,
      deletionsConcluded,
      full,
      position: { pageToken: "p", done: changes.length, total: null, end: { cursor: null, listed: 1 } },
    });
    await this.t.finishAllScheduledFunctions(vi.runAllTimers);
    return counts;
  }

  /** One portion of a run, whose occurrences are left to {@link projected}; `ends` with the last. */
  async applyQuietly(changes: RemoteChange[], { ends, ...page }: { deletionsConcluded: boolean; full: boolean; ends: boolean }) {
    const position = { pageToken: "p", done: changes.length, total: null, end: ends ? { cursor: null, listed: 1 } : null };
    return await this.t.mutation(internal.events.apply.page, { ...this.lease, changes, ...page, position });
  }

  /** What is seen of a month when everything that waited has been done. */
  async projected(month: string) {
    await this.t.finishInProgressScheduledFunctions();
    const mappingIds = await this.t.run(async (ctx) => (await ctx.db.query("providerEventMappings").collect()).map((row) => row._id));
    // One by one: what is too much for one step would wait for a clock.
    for (const mappingId of mappingIds) await this.t.mutation(internal.events.projection.project, { mappingIds: [mappingId] });
    await this.t.finishInProgressScheduledFunctions();
    return await this.titles(month);
  }

  rows<Table extends "unifiedEvents" | "eventDetails" | "eventOccurrences" | "providerEventMappings" | "syncTokens">(table: Table): Promise<Doc<Table>[]> {
    return this.t.run((ctx) => ctx.db.query(table).collect());
  }

  /** What a person sees: Nora, whose calendar it is, or somebody else. */
  viewer(subject = "nora") {
    return this.t.withIdentity({ issuer: "https://issuer.example", subject, tokenIdentifier: `https://issuer.example|${subject}` });
  }

  async titles(month: string, subject = "nora") {
    const viewer = this.viewer(subject);
    const titles = new Map<string, string>();
    let cursor: string | null = null;
    do {
      const tile: typeof api.events.tiles.month._returnType = await viewer.query(
        api.events.tiles.month,
        { calendarId: this.calendarId, month, cursor },
      );
      for (const row of rowsOf(tile.occurrences)) {
        titles.set(row.occurrenceKey, `${new Date(row.startAt).toISOString().slice(0, 16)} ${row.title}`);
      }
      cursor = tile.cursor;
    } while (cursor !== null);
    return [...titles.values()];
  }
}
