import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { internalQuery, type ActionCtx } from "../_generated/server";
import type { KnownResources } from "../../lib/providers/port";

const KNOWN_PER_QUERY = 1_000;

interface Resource {
  remoteId: string;
  etag: string;
}

const resources = v.array(v.object({ remoteId: v.string(), etag: v.string() }));

/** What is stored of a calendar, read when it is asked for; everything is read at most once. */
export function knownResources(ctx: Pick<ActionCtx, "runQuery">, calendarId: Id<"calendars">): KnownResources {
  let everything: Promise<Map<string, string>> | null = null;
  const all = () => (everything ??= readAll(ctx, calendarId));
  return {
    all,
    some: async (remoteIds) => {
      const found: Resource[] = [];
      for (let from = 0; from < remoteIds.length; from += KNOWN_PER_QUERY) {
        const asked = remoteIds.slice(from, from + KNOWN_PER_QUERY);
        found.push(...(await ctx.runQuery(internal.sync.known.some, { calendarId, remoteIds: asked })));
      }
      return mapOf(found);
    },
    count: async (atMost) => {
      if (atMost > KNOWN_PER_QUERY) return Math.min((await all()).size, atMost);
      return await ctx.runQuery(internal.sync.known.count, { calendarId, atMost });
    },
  };
}

async function readAll(ctx: Pick<ActionCtx, "runQuery">, calendarId: Id<"calendars">): Promise<Map<string, string>> {
  const found: Resource[] = [];
  let cursor: string | null = null;
  do {
    const page: { resources: Resource[]; cursor: string | null } = await ctx.runQuery(internal.sync.known.page, {
      calendarId,
      cursor,
    });
    found.push(...page.resources);
    cursor = page.cursor;
  } while (cursor !== null);
  return mapOf(found);
}

function mapOf(found: readonly Resource[]): Map<string, string> {
  return new Map(found.map(({ remoteId, etag }) => [remoteId, etag]));
}

/** A page of everything that is stored of a calendar. */
export const page = internalQuery({
  args: { calendarId: v.id("calendars"), cursor: v.union(v.string(), v.null()) },
  returns: v.object({ resources, cursor: v.union(v.string(), v.null()) }),
  handler: async (ctx, { calendarId, cursor }) => {
    const found = await ctx.db
      .query("providerEventMappings")
      .withIndex("by_calendarId_remoteId", (q) => q.eq("calendarId", calendarId))
      .paginate({ cursor, numItems: KNOWN_PER_QUERY });
    return {
      resources: found.page.flatMap(({ remoteId, etag, placeholder }) => (placeholder === true ? [] : [{ remoteId, etag }])),
      cursor: found.isDone ? null : found.continueCursor,
    };
  },
});

/** Of at most `KNOWN_PER_QUERY` ids those that are stored. */
export const some = internalQuery({
  args: { calendarId: v.id("calendars"), remoteIds: v.array(v.string()) },
  returns: resources,
  handler: async (ctx, { calendarId, remoteIds }) => {
    const found: Resource[] = [];
    for (const remoteId of remoteIds.slice(0, KNOWN_PER_QUERY)) {
      const mapping = await ctx.db
        .query("providerEventMappings")
        .withIndex("by_calendarId_remoteId", (q) => q.eq("calendarId", calendarId).eq("remoteId", remoteId))
        .unique();
      if (mapping !== null && mapping.placeholder !== true) found.push({ remoteId, etag: mapping.etag });
    }
    return found;
  },
});

/** How many are stored, counted up to `atMost`, which is at most `KNOWN_PER_QUERY`. */
export const count = internalQuery({
  args: { calendarId: v.id("calendars"), atMost: v.number() },
  returns: v.number(),
  handler: async (ctx, { calendarId, atMost }) => {
    const found = await ctx.db
      .query("providerEventMappings")
      .withIndex("by_calendarId_remoteId", (q) => q.eq("calendarId", calendarId))
      .take(Math.min(atMost, KNOWN_PER_QUERY));
    return found.length;
  },
});
