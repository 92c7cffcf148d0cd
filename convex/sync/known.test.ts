import { convexTest } from "convex-test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Id } from "../_generated/dataModel";
import type { ActionCtx } from "../_generated/server";
import schema from "../schema";
import type { KnownResources } from "../../lib/providers/port";
import { convexModules } from "../../tests/support/convex-modules";
import { calendarRow } from "../../tests/support/rows";
import { knownResources } from "./known";

let known: KnownResources;
let queries: () => number;
let store: (remoteId: string) => Promise<unknown>;

beforeEach(async () => {
  const t = convexTest(schema, convexModules);
  const { orgId, calendars } = await t.run(async (ctx) => {
    const organization = await ctx.db.insert("organizations", { name: "Nora" });
    const ownerUserId = await ctx.db.insert("users", { tokenIdentifier: "https://issuer.example|nora", subject: "nora", email: "nora@example.com", name: "Nora" });
    const providerConfigId = await ctx.db.insert("providerConfigs", { orgId: organization, ownerUserId, provider: "caldav", account: "nora", serverUrl: "https://dav.example.com/" });
    const whose = { orgId: organization, ownerUserId, providerConfigId };
    const first = await ctx.db.insert("calendars", calendarRow(whose, { remoteId: "1", name: "One" }));
    const second = await ctx.db.insert("calendars", calendarRow(whose, { remoteId: "2", name: "Two" }));
    return { orgId: organization, calendars: [first, second] as const };
  });
  const insert = (calendarId: Id<"calendars">, remoteId: string) =>
    t.run((ctx) =>
      ctx.db.insert("providerEventMappings", { orgId, calendarId, remoteId, iCalUID: null, etag: `etag of ${remoteId}`, hash: "", unreadableReason: null, unreadableAt: null }),
    );
  store = (remoteId) => insert(calendars[0], remoteId);
  await insert(calendars[1], "of another calendar");
  const runQuery = vi.fn(t.query);
  queries = () => runQuery.mock.calls.length;
  known = knownResources({ runQuery: runQuery as ActionCtx["runQuery"] }, calendars[0]);
});

describe("what is known of a calendar", () => {
  it("is nothing at first", async () => {
    expect([await known.all(), await known.some(["a"]), await known.count(5)]).toEqual([new Map(), new Map(), 0]);
  });

  it("is looked up by ids without reading the rest", async () => {
    for (const remoteId of ["a", "b", "c"]) await store(remoteId);
    expect(await known.some(["c", "never", "a", "of another calendar"])).toEqual(new Map([["c", "etag of c"], ["a", "etag of a"]]));
    expect(await known.some([])).toEqual(new Map());
    expect(queries()).toBe(1);
  });

  it("is counted as far as somebody wants to know", async () => {
    for (const remoteId of ["a", "b", "c"]) await store(remoteId);
    expect([await known.count(1), await known.count(3), await known.count(10), await known.count(5_000)]).toEqual([1, 3, 3, 3]);
  });

  it("is read as a whole once, in pages, and stays what it was", async () => {
    await Promise.all(Array.from({ length: 1_200 }, (_, n) => store(`e${n}`)));
    expect((await known.all()).size).toBe(1_200);
    expect(queries()).toBe(2);
    await store("later");
    expect((await known.all()).size).toBe(1_200);
    expect(queries()).toBe(2);
    expect((await known.some(Array.from({ length: 1_100 }, (_, n) => `e${n}`))).size).toBe(1_100);
    expect(queries()).toBe(4);
  });
});
