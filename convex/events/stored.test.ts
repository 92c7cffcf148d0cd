import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../_generated/api";
import type { UnifiedEvent } from "../../lib/events/model";
import { ATTENDEE } from "../../lib/events/testing/events";
import { daily, event, NOW, upsert, World, zoned } from "../../tests/support/event-world";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const DETAILS = {
  description: "Bring the plans",
  url: "https://example.com/plans",
  attendees: [{ ...ATTENDEE, name: "Ana", email: "ana@example.com" }],
  warnings: [{ code: "unknown_time_zone" as const, message: "An unknown zone." }],
};
const detailed = (fields: Partial<UnifiedEvent> = {}) => event({ ...DETAILS, ...fields });

async function shown(world: World) {
  const [row] = await world.rows("unifiedEvents");
  if (row === undefined) throw new Error("There is no event.");
  return await world.viewer().query(api.events.details.get, { eventId: row._id });
}

/** Stores events as it was done when details were a part of their rows, and occurrences knew neither faces nor reaches. */
async function asBefore(world: World): Promise<void> {
  await world.t.run(async (ctx) => {
    for (const { _id, _creationTime, orgId: _orgId, calendarId: _calendarId, eventId, ...details } of await ctx.db.query("eventDetails").collect()) {
      await ctx.db.patch(eventId, details);
      await ctx.db.delete(_id);
    }
    for (const row of await ctx.db.query("unifiedEvents").collect()) {
      const { start, end } = row;
      await ctx.db.patch(row._id, { description: row.description ?? null });
      for (const occurrence of await ctx.db.query("eventOccurrences").collect()) {
        if (occurrence.eventId === row._id) await ctx.db.patch(occurrence._id, { start, end, face: undefined, reach: undefined, long: false });
      }
    }
  });
}

describe("the details of an event", () => {
  it("are read with it, and are no part of the row that views read", async () => {
    const world = await World.make();
    await world.apply([upsert("/a.ics", "1", detailed())]);
    expect(await shown(world)).toMatchObject({ title: "Stand-up", ...DETAILS });
    const [row] = await world.rows("unifiedEvents");
    expect(Object.keys(row ?? {}).filter((field) => field in DETAILS)).toEqual([]);
  });

  it("have no row where there is nothing to say, and lose it when nothing is left", async () => {
    const world = await World.make();
    await world.apply([upsert("/a.ics", "1", event())]);
    expect(await world.rows("eventDetails")).toEqual([]);
    await world.apply([upsert("/a.ics", "2", detailed())]);
    expect(await world.rows("eventDetails")).toHaveLength(1);
    await world.apply([upsert("/a.ics", "3", event())]);
    expect(await world.rows("eventDetails")).toEqual([]);
    expect(await shown(world)).toMatchObject({ description: null, attendees: [] });
  });

  it("change without the row and the occurrences of their event", async () => {
    const world = await World.make();
    await world.apply([upsert("/a.ics", "1", detailed())]);
    const before = [await world.rows("unifiedEvents"), await world.rows("eventOccurrences")];
    await world.apply([upsert("/a.ics", "2", detailed({ description: "Bring nothing" }))]);
    expect([await world.rows("unifiedEvents"), await world.rows("eventOccurrences")]).toEqual(before);
    expect(await shown(world)).toMatchObject({ description: "Bring nothing", url: DETAILS.url });
  });

  it("stay as they are when only the event's row changes", async () => {
    const world = await World.make();
    await world.apply([upsert("/a.ics", "1", detailed())]);
    const before = await world.rows("eventDetails");
    await world.apply([upsert("/a.ics", "2", detailed({ title: "Retro" }))]);
    expect(await world.rows("eventDetails")).toEqual(before);
    expect(await shown(world)).toMatchObject({ title: "Retro", ...DETAILS });
  });

  it("of an exception that is no longer one go with it", async () => {
    const world = await World.make();
    const series = event({ recurrence: daily(4) });
    await world.apply([upsert("/a.ics", "1", series, detailed({ recurrenceId: zoned("2026-06-02T09:00:00") }))]);
    expect(await world.rows("eventDetails")).toHaveLength(1);
    await world.apply([upsert("/a.ics", "2", series)]);
    expect(await world.rows("eventDetails")).toEqual([]);
  });

  it("go with their calendar", async () => {
    const world = await World.make();
    await world.apply([upsert("/a.ics", "1", detailed())]);
    await world.t.mutation(internal.calendars.removal.step, { calendarId: world.calendarId });
    await world.t.finishAllScheduledFunctions(vi.runAllTimers);
    for (const table of ["unifiedEvents", "eventDetails", "eventOccurrences"] as const) expect(await world.rows(table)).toEqual([]);
  });
});

describe("an event that an earlier version stored", () => {
  const changes = [
    upsert("/a.ics", "1", detailed()),
    upsert("/b.ics", "1", event({ iCalUID: "b", title: "Trip", start: zoned("2026-06-29T09:00:00"), end: zoned("2026-07-02T09:00:00") })),
    upsert("/c.ics", "1", event({ iCalUID: "c", title: "Nights", start: zoned("2026-06-29T22:00:00"), end: zoned("2026-07-02T09:00:00"), recurrence: daily(2) })),
  ];
  const TABLES = ["unifiedEvents", "eventDetails", "eventOccurrences"] as const;
  const everything = async (world: World) => await Promise.all(TABLES.map(async (table) => (await world.rows(table)).map(({ _id, _creationTime, ...fields }) => fields)));

  it("still shows what it says", async () => {
    const world = await World.make();
    await world.apply(changes);
    await asBefore(world);
    expect(await shown(world)).toMatchObject({ title: "Stand-up", ...DETAILS });
    expect(await world.titles("2026-06")).toEqual(["2026-06-01T07:00 Stand-up", "2026-06-29T07:00 Trip", "2026-06-29T20:00 Nights", "2026-06-30T20:00 Nights"]);
  });

  it("is stored as others are when it changes", async () => {
    const [world, other] = [await World.make(), await World.make()];
    const [before, after] = [upsert("/a.ics", "1", detailed()), upsert("/a.ics", "2", detailed({ title: "Retro" }))];
    await other.apply([after]);
    await world.apply([before]);
    await asBefore(world);
    await world.apply([after]);
    expect(await shown(world)).toMatchObject({ title: "Retro", ...DETAILS });
    expect((await everything(world)).map((rows) => rows.map((row) => Object.keys(row).sort()))).toEqual((await everything(other)).map((rows) => rows.map((row) => Object.keys(row).sort())));
  });

  it("is brought up to date in the background, once", async () => {
    const world = await World.make();
    await world.apply(changes);
    const wanted = await everything(world);
    await asBefore(world);
    expect(await everything(world)).not.toEqual(wanted);
    await world.t.mutation(internal.events.upgrade.step, {});
    await world.t.finishAllScheduledFunctions(vi.runAllTimers);
    const upgraded = await everything(world);
    expect(upgraded).toEqual(wanted);
    expect(await world.titles("2026-07")).toEqual(["2026-06-29T07:00 Trip", "2026-06-29T20:00 Nights", "2026-06-30T20:00 Nights"]);
    expect(await world.t.run((ctx) => ctx.db.query("upgrades").collect())).toMatchObject([{ done: true, cursor: null }]);
    await asBefore(world);
    await world.t.mutation(internal.events.upgrade.step, {});
    expect(await everything(world)).not.toEqual(wanted);
  });
});
